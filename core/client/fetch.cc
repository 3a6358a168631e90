#include "core/client/fetch.h"

#include "core/base/limits.h"
#include "core/client/ask_anyone.h"

namespace mica::client {
namespace {

constexpr AskOptions kDownload{.timeout_ms = 10'000};

}  // namespace

std::vector<ValidatorPublicKey> Fetch::everyone() {
  std::vector<ValidatorPublicKey> all = {source_};
  for (const auto& [validator, state] : outside().committee().validators) {
    if (validator != source_ && state.votes > 0) all.push_back(validator);
  }
  return all;
}

// --- certificates -----------------------------------------------------------------------------

struct Fetch::Processing {
  CertificatePtr certificate;
  ConfirmedMode mode;
  InfoThen then;
  std::set<BlobId> fetched;
};

void Fetch::process(CertificatePtr certificate, ConfirmedMode mode, InfoThen then) {
  process_step(
      std::make_shared<Processing>(Processing{std::move(certificate), mode, std::move(then), {}}));
}

// Again and again, as long as what it lacks is something new.
void Fetch::process_step(std::shared_ptr<Processing> one) {
  local([this, one] { return worker().process_confirmed(now(), *one->certificate, one->mode); },
        [this, one](LocalAnswer<ChainInfo> answer) {
          if (answer.result.ok()) return one->then(std::move(answer.result));
          const NodeError error = answer.result.error();
          auto again = [this, one](NodeStatus status) {
            if (!status.ok()) return one->then(status.error());
            process_step(one);
          };
          if (const auto* blobs = error.as<NodeError::BlobsNotFound>()) {
            std::vector<BlobId> lacking;
            for (const BlobId& id : blobs->value) {
              if (one->fetched.insert(id).second) lacking.push_back(id);
            }
            if (!lacking.empty()) return download_blobs(std::move(lacking), again);
          }
          if (const auto* events = error.as<NodeError::EventsNotFound>()) {
            auto elsewhere = events->value;
            std::erase_if(elsewhere, [&](const EventId& event) {
              return event.chain_id == chain_of(one->certificate->value);
            });
            if (!elsewhere.empty()) return catch_up_publishers(elsewhere, again);
          }
          one->then(error);
        });
}

void Fetch::check(const CertificatePtr& certificate, Then then) {
  const Epoch epoch = certificate->value.header.epoch;
  local([this, epoch] { return worker().committee(epoch); },
        [this, certificate, then](ReadAnswer<Committee> committee) {
          if (!committee) {
            return catch_up(outside().admin_chain(), [this, certificate, then](NodeStatus status) {
              if (!status.ok()) return then(status);
              check(certificate, then);
            });
          }
          if (!check_certificate(*certificate, *committee).ok()) {
            return then(NodeError(NodeError::CryptoError{"an invalid certificate"}));
          }
          then(Ok{});
        });
}

void Fetch::certificates(const ChainId& chain, std::vector<BlockHeight> heights,
                         CertificatesThen then) {
  ask(source_, {NodeRequest::DownloadRawCertificatesByHeights{chain, heights}}, kDownload,
      [chain, heights, then = std::move(then)](NodeResult<NodeResponse> result) {
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

void Fetch::process_all(std::shared_ptr<std::vector<CertificatePtr>> list, size_t next, Then then) {
  if (next == list->size()) return then(Ok{});
  process(std::move((*list)[next]), ConfirmedMode::kAuto,
          [this, list, next, then](NodeResult<ChainInfo> result) {
            if (!result.ok()) return then(result.error());
            // Posted, so that a long list does not grow the stack.
            outside().post(held([this, list, next, then] { process_all(list, next + 1, then); }));
          });
}

void Fetch::download_chain(const ChainId& chain, BlockHeight end, Then then) {
  const BlockHeight start = worker().read(chain).tip().next_block_height;
  if (start >= end) return then(Ok{});
  auto execute = [this, chain, start, end, then](std::vector<CertificatePtr> list) {
    process_all(std::make_shared<std::vector<CertificatePtr>>(std::move(list)), 0,
                [this, chain, start, end, then](NodeStatus status) {
                  executed(chain, start, end, std::move(status), then);
                });
  };
  const auto stored_hash = worker().read(chain).block_hash(start);
  if (stored_hash) {  // preprocessed before
    return local([this, stored_hash] { return worker().certificate(*stored_hash); },
                 [execute, stored_hash, then](ReadAnswer<ConfirmedBlockCertificate> certificate) {
                   if (!certificate) {
                     return then(NodeError(NodeError::MissingCertificates{{*stored_hash}}));
                   }
                   execute({std::make_shared<const ConfirmedBlockCertificate>(
                       std::move(*certificate.value))});
                 });
  }
  std::vector<BlockHeight> heights;
  for (BlockHeight h = start; h < end && heights.size() < limits::kChainBatch; h = h.next()) {
    heights.push_back(h);
  }
  certificates(
      chain, std::move(heights),
      [execute, then](NodeResult<std::vector<ConfirmedBlockCertificate>> list) {
        if (!list.ok()) return then(list.error());
        std::vector<CertificatePtr> shared;
        for (auto& one : std::move(list).value()) {
          shared.push_back(std::make_shared<const ConfirmedBlockCertificate>(std::move(one)));
        }
        execute(std::move(shared));
      });
}

// The next part, unless the one before brought nothing; another flow may have been faster.
void Fetch::executed(const ChainId& chain, BlockHeight start, BlockHeight end, NodeStatus status,
                     const Then& then) {
  const bool advanced = worker().read(chain).tip().next_block_height > start;
  if (!status.ok() && !advanced) return then(status);
  if (advanced) return download_chain(chain, end, then);
  then(NodeError(NodeError::ResponseHandlingError{"a block was not executed"}));
}

void Fetch::catch_up(const ChainId& chain, Then then) {
  if (!caught_up_.insert(chain).second) {
    return then(NodeError(NodeError::ResponseHandlingError{
        "a block needs what its chains do not have, such as an epoch to come"}));
  }
  ask_info(source_, {NodeRequest::HandleChainInfoQuery{ChainInfoQuery{.chain_id = chain}}}, chain,
           true, {}, [this, chain, then](NodeResult<ChainInfo> info) {
             if (!info.ok()) return then(info.error());
             download_chain(chain, info->next_block_height, then);
           });
}

void Fetch::catch_up_publishers(const std::vector<EventId>& events, Then then) {
  if (events.empty()) return then(Ok{});
  const ChainId publisher = events.front().chain_id;
  std::vector<EventId> others = events;
  std::erase_if(others, [&](const EventId& event) { return event.chain_id == publisher; });
  catch_up(publisher, [this, others, then](NodeStatus status) {
    if (!status.ok()) return then(status);
    catch_up_publishers(others, then);
  });
}

// --- blobs and descriptions -------------------------------------------------------------------

template <class One>
void Fetch::each_blob(std::vector<BlobId> ids, One one, Then then) {
  if (ids.empty()) return then(Ok{});
  struct All {
    size_t open;
    NodeStatus status = Ok{};
  };
  auto all = std::make_shared<All>(All{ids.size()});
  for (const BlobId& id : ids) {
    one(id, [all, then](NodeStatus status) {
      if (!status.ok() && all->status.ok()) all->status = status;
      if (--all->open == 0) then(all->status);
    });
  }
}

void Fetch::download_blobs(std::vector<BlobId> ids, Then then) {
  each_blob(
      std::move(ids), [this](const BlobId& id, Then done) { download_blob(id, std::move(done)); },
      std::move(then));
}

void Fetch::download_blob(const BlobId& id, Then then) {
  auto judge = [this, id](NodeResponse answer, AskAnyone::Verdict verdict) {
    auto* blob = std::get_if<NodeResponse::Blob>(&answer.kind);
    if (blob == nullptr || blob->blob.id() != id) return verdict(false);
    outside().apply(worker().store_blobs({std::move(blob->blob)}));
    verdict(true);
  };
  make_flow<AskAnyone>(outside(), everyone(), NodeRequest{NodeRequest::DownloadBlob{id}})
      ->start(held(judge), held([id, then](bool found) {
                then(found ? NodeStatus(Ok{}) : NodeError(NodeError::BlobsNotFound{{id}}));
              }));
}

void Fetch::find_blobs(std::vector<BlobId> ids, Then then) {
  each_blob(
      std::move(ids), [this](const BlobId& id, Then done) { find_blob(id, std::move(done)); },
      std::move(then));
}

void Fetch::find_blob(const BlobId& id, Then then) {
  if (worker().has_blob(id)) return then(Ok{});
  auto judge = [this, id](NodeResponse answer, AskAnyone::Verdict verdict) {
    auto* found = std::get_if<NodeResponse::Certificates>(&answer.kind);
    if (found == nullptr || found->certificates.size() != 1 ||
        !found->certificates[0].value.required_blob_ids().contains(id)) {
      return verdict(false);
    }
    // Not executed even if it is a followed chain's next block: that comes with its own sync.
    process(std::make_shared<const ConfirmedBlockCertificate>(std::move(found->certificates[0])),
            ConfirmedMode::kPreprocess, [this, id, verdict](NodeResult<ChainInfo> info) {
              verdict(info.ok() && worker().has_blob(id));
            });
  };
  const NodeRequest request{NodeRequest::BlobLastUsedByCertificate{id}};
  make_flow<AskAnyone>(outside(), everyone(), request)
      ->start(held(judge), held([id, then](bool found) {
                then(found ? NodeStatus(Ok{}) : NodeError(NodeError::BlobsNotFound{{id}}));
              }));
}

}  // namespace mica::client
