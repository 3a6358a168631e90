#include "core/client/fetch.h"

#include "core/base/limits.h"
#include "core/client/ask_anyone.h"

namespace mica::client {
namespace {

constexpr AskOptions kDownload{.timeout_ms = 10'000};

std::vector<CertificatePtr> shared(std::vector<ConfirmedBlockCertificate> list) {
  std::vector<CertificatePtr> out;
  for (ConfirmedBlockCertificate& one : list) {
    out.push_back(std::make_shared<const ConfirmedBlockCertificate>(std::move(one)));
  }
  return out;
}

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
            if (!status.ok()) return fail(*one, status.error());
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
          const bool is_here = answer.cause && answer.cause->wanted.empty();
          fail(*one, error, is_here ? std::move(answer.cause) : std::nullopt);
        });
}

void Fetch::fail(Processing& one, NodeError error, std::optional<ExecutionError> cause) {
  cause_ = std::move(cause);
  one.then(std::move(error));
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

void Fetch::process_all(std::shared_ptr<std::vector<CertificatePtr>> list, ConfirmedMode mode,
                        size_t next, Then then) {
  if (next == list->size()) return then(Ok{});
  process(std::move((*list)[next]), mode,
          [this, list, mode, next, then](NodeResult<ChainInfo> result) {
            if (!result.ok()) return then(result.error());
            // Posted, so that a long list does not grow the stack.
            outside().post(held([=, this] { process_all(list, mode, next + 1, then); }));
          });
}

void Fetch::download_chain(const ChainId& chain, BlockHeight end, ChainThen then) {
  const BlockHeight start = worker().read(chain).tip().next_block_height;
  if (start >= end) return then({});
  auto execute = [this, chain, start, end, then](std::vector<CertificatePtr> list) {
    process_all(std::make_shared<std::vector<CertificatePtr>>(std::move(list)),
                ConfirmedMode::kAuto, 0, [this, chain, start, end, then](NodeStatus status) {
                  executed(chain, start, end, std::move(status), then);
                });
  };
  const auto stored_hash = worker().read(chain).block_hash(start);
  if (stored_hash) {  // preprocessed before
    return local([this, stored_hash] { return worker().certificate(*stored_hash); },
                 [execute, stored_hash, then](ReadAnswer<ConfirmedBlockCertificate> certificate) {
                   if (!certificate) {
                     return then({NodeError(NodeError::MissingCertificates{{*stored_hash}}), {}});
                   }
                   execute({std::make_shared<const ConfirmedBlockCertificate>(
                       std::move(*certificate.value))});
                 });
  }
  std::vector<BlockHeight> heights;
  for (BlockHeight h = start; h < end && heights.size() < limits::kChainBatch; h = h.next()) {
    heights.push_back(h);
  }
  certificates(chain, std::move(heights),
               [execute, then](NodeResult<std::vector<ConfirmedBlockCertificate>> list) {
                 if (!list.ok()) return then({list.error(), {}});
                 execute(shared(std::move(list).value()));
               });
}

// The next part, unless the one before brought nothing; another flow may have been faster.
void Fetch::executed(const ChainId& chain, BlockHeight start, BlockHeight end, NodeStatus status,
                     const ChainThen& then) {
  const bool advanced = worker().read(chain).tip().next_block_height > start;
  if (advanced) return download_chain(chain, end, then);
  if (status.ok()) {
    return then({NodeError(NodeError::ResponseHandlingError{"a block was not executed"}), {}});
  }
  const Downloaded ended{std::move(status), cause_};
  if (!ended.not_executed) return then(ended);
  keep_rest(chain, start, end, [ended, then] { then(ended); });
}

void Fetch::keep_rest(const ChainId& chain, BlockHeight start, BlockHeight end,
                      std::function<void()> then) {
  std::vector<BlockHeight> heights;
  const ChainReader here = worker().read(chain);
  for (BlockHeight h = start; h < end && heights.size() < limits::kChainBatch; h = h.next()) {
    if (!here.block_hash(h)) heights.push_back(h);
  }
  if (heights.empty()) return then();
  certificates(chain, std::move(heights),
               [=, this](NodeResult<std::vector<ConfirmedBlockCertificate>> list) {
                 if (!list.ok() || list->empty()) return then();
                 const BlockHeight next = list->back().value.header.height.next();
                 process_all(
                     std::make_shared<std::vector<CertificatePtr>>(shared(std::move(list).value())),
                     ConfirmedMode::kPreprocess, 0, [=, this](NodeStatus status) {
                       if (!status.ok()) return then();
                       keep_rest(chain, next, end, then);
                     });
               });
}

void Fetch::catch_up(const ChainId& chain, Then then) {
  if (!caught_up_.insert(chain).second) {
    return then(NodeError(NodeError::ResponseHandlingError{
        "a block needs what its chains do not have, such as an epoch to come"}));
  }
  ask_info(source_, {NodeRequest::HandleChainInfoQuery{ChainInfoQuery{.chain_id = chain}}}, chain,
           true, {}, [this, chain, then](NodeResult<ChainInfo> info) {
             if (!info.ok()) return then(info.error());
             // What is kept unexecuted has its events and blobs here.
             download_chain(chain, info->next_block_height, [then](Downloaded downloaded) {
               then(downloaded.not_executed ? NodeStatus(Ok{}) : downloaded.status);
             });
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
