#include "core/client/fetch.h"

namespace mica {
namespace {

constexpr AskOptions kDownload{.timeout_ms = 10'000};
constexpr size_t kMaxBatch = 500;  // linera-core/src/client/mod.rs

}  // namespace

std::vector<ValidatorPublicKey> Fetch::everyone() {
  std::vector<ValidatorPublicKey> all = {source_};
  for (const auto& [validator, state] : outside().committee().validators) {
    if (validator != source_ && state.votes > 0) all.push_back(validator);
  }
  return all;
}

// --- certificates -----------------------------------------------------------------------------

void Fetch::process(const ConfirmedBlockCertificate& certificate, ConfirmedMode mode,
                    InfoThen then) {
  fetched_blobs_ = fetched_admin_ = false;
  process_again_after(NodeError(), certificate, mode, std::move(then));
}

void Fetch::process_again_after(const NodeError&, const ConfirmedBlockCertificate& certificate,
                                ConfirmedMode mode, InfoThen then) {
  local([=, this] { return worker().process_confirmed(now(), certificate, mode); },
        [=, this](LocalAnswer<ChainInfo> answer) {
          if (answer.result.ok()) return then(std::move(answer.result));
          const NodeError error = answer.result.error();
          auto again = [=, this](NodeStatus status) {
            if (!status.ok()) return then(status.error());
            process_again_after(error, certificate, mode, then);
          };
          if (const auto* blobs = error.as<NodeError::BlobsNotFound>()) {
            if (!std::exchange(fetched_blobs_, true)) return download_blobs(blobs->value, again);
          }
          if (error.as<NodeError::EventsNotFound>()) {
            const bool admin = chain_of(certificate.value) == outside().admin_chain();
            if (!admin && !std::exchange(fetched_admin_, true)) {
              return catch_up_admin_chain(again);
            }
          }
          then(error);
        });
}

void Fetch::certificates(const ChainId& chain, std::vector<BlockHeight> heights,
                         CertificatesThen then) {
  ask(source_, {NodeRequest::DownloadRawCertificatesByHeights{chain, heights}}, kDownload,
      [=](NodeResult<NodeResponse> result) {
        if (!result.ok()) return then(result.error());
        auto* found = std::get_if<NodeResponse::Certificates>(&result->kind);
        if (found == nullptr) return then(NodeError(NodeError::UnexpectedMessage{}));
        // A reply may be cut at the size limit, but not reordered.
        auto& list = found->certificates;
        bool fits = !list.empty() && list.size() <= heights.size();
        for (size_t i = 0; fits && i < list.size(); ++i) {
          const BlockHeader& header = list[i].value.header;
          fits = header.chain_id == chain && header.height == heights[i];
        }
        if (!fits) {
          return then(NodeError(NodeError::MissingCertificatesByHeights{chain, heights}));
        }
        then(std::move(list));
      });
}

void Fetch::process_all(std::vector<ConfirmedBlockCertificate> list, size_t next,
                        ConfirmedMode mode, Then then) {
  if (next == list.size()) return then(Ok{});
  const ConfirmedBlockCertificate certificate = list[next];
  process(certificate, mode,
          [this, list = std::move(list), next, mode, then](NodeResult<ChainInfo> result) mutable {
            if (!result.ok()) return then(result.error());
            // Posted, so that a long list does not grow the stack.
            outside().post(held([this, list = std::move(list), next, mode, then]() mutable {
              process_all(std::move(list), next + 1, mode, then);
            }));
          });
}

void Fetch::download_chain(const ChainId& chain, BlockHeight end, Then then) {
  const BlockHeight start = worker().tip(chain).next_block_height;
  if (start >= end) return then(Ok{});
  const auto stored_hash = worker().block_hash(chain, start);
  if (stored_hash) {  // preprocessed before
    return local([this, stored_hash] { return worker().certificate(*stored_hash); },
                 [=, this](Found<ConfirmedBlockCertificate> certificate) {
                   if (!certificate) {
                     return then(NodeError(NodeError::MissingCertificates{{*stored_hash}}));
                   }
                   process_all({*certificate}, 0, ConfirmedMode::kAuto, [=, this](NodeStatus ok) {
                     if (!ok.ok()) return then(ok);
                     if (worker().tip(chain).next_block_height > start) {
                       return download_chain(chain, end, then);
                     }
                     then(NodeError(NodeError::ResponseHandlingError{"a block was not executed"}));
                   });
                 });
  }
  std::vector<BlockHeight> heights;
  for (BlockHeight h = start; h < end && heights.size() < kMaxBatch; h = h.next()) {
    heights.push_back(h);
  }
  certificates(chain, heights, [=, this](NodeResult<std::vector<ConfirmedBlockCertificate>> list) {
    if (!list.ok()) return then(list.error());
    process_all(std::move(list).value(), 0, ConfirmedMode::kAuto, [=, this](NodeStatus status) {
      if (!status.ok()) return then(status);
      if (worker().tip(chain).next_block_height > start) {
        return download_chain(chain, end, then);
      }
      then(NodeError(NodeError::ResponseHandlingError{"a block was not executed"}));
    });
  });
}

void Fetch::catch_up_admin_chain(Then then) {
  const ChainId admin = outside().admin_chain();
  ask_info(source_, {NodeRequest::HandleChainInfoQuery{ChainInfoQuery{.chain_id = admin}}}, admin,
           true, {}, [=, this](NodeResult<ChainInfo> info) {
             if (!info.ok()) return then(info.error());
             make_flow<Fetch>(outside(), source_)
                 ->download_chain(admin, info->next_block_height, held(then));
           });
}

// --- blobs and descriptions -------------------------------------------------------------------

void Fetch::download_blobs(std::vector<BlobId> ids, Then then) {
  if (ids.empty()) return then(Ok{});
  const BlobId id = ids.back();
  ids.pop_back();
  download_blob(id, everyone(), [=, this](NodeStatus status) {
    if (!status.ok()) return then(status);
    download_blobs(ids, then);
  });
}

void Fetch::download_blob(const BlobId& id, std::vector<ValidatorPublicKey> from, Then then) {
  if (from.empty()) return then(NodeError(NodeError::BlobsNotFound{{id}}));
  const ValidatorPublicKey validator = from.front();
  from.erase(from.begin());
  ask(validator, {NodeRequest::DownloadBlob{id}}, kDownload,
      [=, this](NodeResult<NodeResponse> result) {
        auto* blob = result.ok() ? std::get_if<NodeResponse::Blob>(&result->kind) : nullptr;
        if (blob == nullptr || blob->blob.id() != id) return download_blob(id, from, then);
        outside().apply(worker().store_blobs({blob->blob}));
        then(Ok{});
      });
}

void Fetch::find_blob(const BlobId& id, Then then) {
  if (worker().has_blob(id)) return then(Ok{});
  find_blob_at(id, everyone(), std::move(then));
}

void Fetch::find_blob_at(const BlobId& id, std::vector<ValidatorPublicKey> from, Then then) {
  if (from.empty()) return then(NodeError(NodeError::BlobsNotFound{{id}}));
  const ValidatorPublicKey validator = from.front();
  from.erase(from.begin());
  ask(validator, {NodeRequest::BlobLastUsedByCertificate{id}}, kDownload,
      [=, this](NodeResult<NodeResponse> result) {
        auto* found =
            result.ok() ? std::get_if<NodeResponse::Certificates>(&result->kind) : nullptr;
        if (found == nullptr || found->certificates.size() != 1 ||
            !found->certificates[0].value.required_blob_ids().contains(id)) {
          return find_blob_at(id, from, then);
        }
        // Not executed even if it is a followed chain's next block: that comes with its own sync.
        process(found->certificates[0], ConfirmedMode::kPreprocess,
                [=, this](NodeResult<ChainInfo> info) {
                  if (info.ok() && worker().has_blob(id)) return then(Ok{});
                  find_blob_at(id, from, then);
                });
      });
}

// --- incoming messages ------------------------------------------------------------------------

void Fetch::receive(const ChainId& chain, const ChainId& origin, BlockHeight height, Then then) {
  if (height < worker().next_height_to_receive(chain, origin)) return then(Ok{});
  receive_older(chain, origin, height, {}, std::move(then));
}

void Fetch::receive_older(ChainId chain, ChainId origin, BlockHeight height,
                          std::vector<ConfirmedBlockCertificate> newer, Then then) {
  certificates(
      origin, {height}, [=, this](NodeResult<std::vector<ConfirmedBlockCertificate>> list) mutable {
        if (!list.ok()) return then(list.error());
        const ConfirmedBlockCertificate certificate = std::move((*list)[0]);
        const auto& previous = certificate.value.body.previous_message_blocks;
        const auto before = previous.find(chain);
        if (!certificate.value.recipients().contains(chain)) {
          return then(NodeError(NodeError::UnexpectedCertificateValue{}));
        }
        newer.push_back(certificate);
        if (before == previous.end() || before->second.second >= height ||
            before->second.second < worker().next_outbox_height(origin, chain)) {
          const BlockHeight newest = newer.front().value.header.height;
          std::reverse(newer.begin(), newer.end());
          return process_received(chain, origin, newest, std::move(newer), then);
        }
        // Nobody is followed into the past without a certificate that holds.
        const BlockHeight older = before->second.second;
        local([this, certificate] { return worker().committee(certificate.value.header.epoch); },
              [=, this](Found<Committee> committee) {
                if (committee && !check_certificate(certificate, *committee).ok()) {
                  return then(NodeError(NodeError::CryptoError{"an invalid certificate"}));
                }
                receive_older(chain, origin, older, newer, then);
              });
      });
}

void Fetch::process_received(ChainId chain, ChainId origin, BlockHeight height,
                             std::vector<ConfirmedBlockCertificate> oldest_first, Then then) {
  process_all(std::move(oldest_first), 0, ConfirmedMode::kPreprocess, [=, this](NodeStatus status) {
    if (!status.ok()) return then(status);
    if (height < worker().next_height_to_receive(chain, origin)) return then(Ok{});
    // Its sender was known before this chain was followed.
    local([=, this] { return worker().retry_cross_chain(now(), origin); },
          [then](LocalAnswer<Ok> answer) { then(answer.result); });
  });
}

}  // namespace mica
