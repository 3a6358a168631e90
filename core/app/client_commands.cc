// The Client's commands about chains, blocks and records.
#include "core/app/client.h"

namespace mica::app {
namespace {

// One step down the chain per block, each of which may have to be loaded.
class History : public Flow {
 public:
  using Then = std::function<void(std::vector<HistoryEntry>)>;
  History(Outside& outside, std::shared_ptr<ClientChain> chain)
      : Flow(outside), chain_(std::move(chain)) {}
  void start(std::optional<BlockHeight> below, uint32_t limit, Then then) {
    limit_ = std::min<uint32_t>(limit, 1000);
    then_ = std::move(then);
    next_ = worker().read(chain_->id()).tip().next_block_height;
    if (!below) add_pending();
    if (below && *below < next_) next_ = *below;
    step();
  }

 private:
  void add_pending() {
    auto pending = outside().pending(chain_->id());
    if (!pending.ok() || !*pending || limit_ == 0) return;
    const Block& block = (*pending)->block;
    if (block.header.height != next_) return;
    entries_.push_back({block.header.height, hash_of(block), BlockState::Proposed, block});
  }
  void step() {
    if (entries_.size() >= limit_ || next_.height == 0) return then_(std::move(entries_));
    next_ = {next_.height - 1};
    const auto hash = worker().read(chain_->id()).block_hash(next_);
    if (!hash) return then_(std::move(entries_));
    local([this, hash] { return worker().certificate(*hash); },
          [this, hash](Found<ConfirmedBlockCertificate> certificate) {
            if (certificate) {
              entries_.push_back({next_, *hash, chain_->state_of(next_), certificate->value});
            }
            outside().post(held([this] { step(); }));
          });
  }

  const std::shared_ptr<ClientChain> chain_;
  uint32_t limit_ = 0;
  BlockHeight next_;
  std::vector<HistoryEntry> entries_;
  Then then_;
};

}  // namespace

std::shared_ptr<ClientChain> Client::chain_of(uint64_t id, const ChainId& chain) {
  auto found = chains_.find(chain);
  if (found != chains_.end()) return found->second;
  fail(id, FailureCode::UnknownChain, "this wallet does not follow that chain");
  return nullptr;
}

// --- chains -------------------------------------------------------------------------------------

void Client::run(uint64_t id, const C::TrackChain& command) {
  auto found = chains_.find(command.chain_id);
  const bool fresh = found == chains_.end();
  const TrackedChain tracked{command.owner, command.allow_fast_blocks};
  if (!fresh && found->second->tracked() == tracked) {
    return outside_.done<C::TrackChain>(id, {});
  }
  Batch batch;
  WalletRecords::put_chain(batch, command.chain_id, tracked);
  outside_.apply(std::move(batch));
  if (fresh) {
    found = chains_.emplace(command.chain_id, add_chain(command.chain_id, tracked)).first;
  } else {
    found->second->set_tracked(tracked);
  }
  follow();
  const ChainId chain = command.chain_id;
  found->second->sync().synchronize([this, id, chain, fresh](std::optional<Failure> failure) {
    tracking(id, chain, fresh, std::move(failure));
  });
}

void Client::tracking(uint64_t id, const ChainId& chain_id, bool fresh,
                      std::optional<Failure> failure) {
  const auto found = chains_.find(chain_id);
  if (found == chains_.end()) {  // forgotten meanwhile
    return outside_.emit({ClientOutput::Failed{id, *failure}});
  }
  ClientChain& chain = *found->second;
  const auto& owner = chain.tracked().owner;
  if (!failure && owner) {
    const auto manager = outside_.worker().read(chain_id).manager();
    if (manager && !manager->ownership.is_owner(*owner) &&
        !manager->ownership.open_multi_leader_rounds) {
      failure = {FailureCode::NotOwner, "this key does not own the chain", MoneyState::Untouched};
    }
  }
  if (!failure) {
    chain.resume();
    return outside_.done_durably<C::TrackChain>(id);
  }
  // Without a quorum the chain stays and is synchronised later.
  if (fresh && failure->code != FailureCode::NoQuorum) remove_chain(chain_id);
  outside_.emit({ClientOutput::Failed{id, *failure}});
}

void Client::run(uint64_t id, const C::ForgetChain& command) {
  if (!chain_of(id, command.chain_id)) return;
  remove_chain(command.chain_id);
  outside_.done_durably<C::ForgetChain>(id);
}

void Client::run(uint64_t id, const C::ListChains&) {
  C::ListChains::Result result;
  for (auto& [chain_id, chain] : chains_) result.chains.push_back(chain->summary());
  outside_.done<C::ListChains>(id, std::move(result));
}

void Client::run(uint64_t id, const C::Synchronize& command) {
  auto chain = chain_of(id, command.chain_id);
  if (!chain) return;
  const ChainId chain_id = command.chain_id;
  chain->sync().synchronize_with_inbox([this, id, chain_id](std::optional<Failure> failure) {
    if (failure) return outside_.emit({ClientOutput::Failed{id, *failure}});
    if (auto synchronized = chain_of(id, chain_id)) {
      outside_.done<C::Synchronize>(id, {{synchronized->summary()}});
    }
  });
}

// --- blocks -------------------------------------------------------------------------------------

void Client::run(uint64_t id, const C::PrepareBlock& command) {
  if (auto chain = chain_of(id, command.chain_id)) chain->blocks().prepare(id, command);
}

void Client::run(uint64_t id, const C::CommitDraft& command) {
  for (auto& [chain_id, chain] : chains_) {
    if (chain->blocks().has_draft(command.draft_id)) return chain->blocks().commit_draft(id);
  }
  fail(id, FailureCode::DraftGone, "there is no such draft");
}

void Client::run(uint64_t id, const C::DropDraft& command) {
  for (auto& [chain_id, chain] : chains_) {
    if (!chain->blocks().has_draft(command.draft_id)) continue;
    chain->blocks().drop_draft();
    return outside_.done<C::DropDraft>(id, {});
  }
  fail(id, FailureCode::DraftGone, "there is no such draft");
}

void Client::run(uint64_t id, const C::ReceiveIncoming& command) {
  if (auto chain = chain_of(id, command.chain_id)) chain->blocks().receive_incoming(id, command);
}

void Client::run(uint64_t id, const C::RetryPending& command) {
  if (auto chain = chain_of(id, command.chain_id)) chain->blocks().retry_pending(id);
}

void Client::run(uint64_t id, const C::ShowPending& command) {
  if (auto chain = chain_of(id, command.chain_id)) chain->blocks().show_pending(id);
}

void Client::run(uint64_t id, const C::QueryApplication& command) {
  if (auto chain = chain_of(id, command.chain_id)) chain->query(id, command);
}

void Client::run(uint64_t id, const C::GetHistory& command) {
  auto chain = chain_of(id, command.chain_id);
  if (!chain) return;
  make_flow<History>(outside_, chain)
      ->start(command.below, command.limit, [this, id](std::vector<HistoryEntry> entries) {
        outside_.done<C::GetHistory>(id, {std::move(entries)});
      });
}

void Client::run(uint64_t id, const C::GetCertificate& command) {
  const CryptoHash hash = command.block_hash;
  make_flow<Steps>(outside_)->local([this, hash] { return outside_.worker().certificate(hash); },
                                    [this, id](Found<ConfirmedBlockCertificate> certificate) {
                                      if (certificate)
                                        return outside_.done<C::GetCertificate>(id, {*certificate});
                                      fail(id, FailureCode::InvalidInput,
                                           "no such block is stored here");
                                    });
}

// A description that a validator has was certified: it comes from a block or the genesis.
void Client::run(uint64_t id, const C::CheckChain& command) {
  const BlobId description = description_blob_id(command.chain_id);
  if (outside_.worker().has_blob(description)) return outside_.done<C::CheckChain>(id, {true});
  auto quorum = make_flow<Quorum<bool>>(outside_, outside_.committee(),
                                        [](const bool& known) { return Bytes{known}; });
  auto steps = make_flow<Steps>(outside_);
  quorum->start(
      [steps, description](const ValidatorPublicKey& validator, Quorum<bool>::Vote vote) {
        steps->ask(validator, {NodeRequest::MissingBlobIds{{description}}}, {},
                   [vote](NodeResult<NodeResponse> result) {
                     if (!result.ok()) return vote(result.error());
                     auto* missing = std::get_if<NodeResponse::BlobIds>(&result->kind);
                     if (missing == nullptr) {
                       return vote(NodeError(NodeError::UnexpectedMessage{}));
                     }
                     vote(missing->blob_ids.empty());
                   });
      },
      [this, id](Quorum<bool>::Outcome outcome) {
        if (outcome.reached) {
          return outside_.done<C::CheckChain>(id, {outcome.values.front().second});
        }
        // Validators that are behind do not know it yet.
        if (outcome.disagreement) return outside_.done<C::CheckChain>(id, {true});
        fail(id, FailureCode::NoQuorum, "too few validators answered");
      });
}

void Client::run(uint64_t id, const C::GetValidators&) {
  C::GetValidators::Result result;
  for (const auto& [validator, state] : outside_.committee().validators) {
    result.validators.push_back(outside_.health(validator));
  }
  outside_.done<C::GetValidators>(id, std::move(result));
}

// --- the host's records -------------------------------------------------------------------------

void Client::run(uint64_t id, const C::PutRecord& command) {
  if (outside_.storage_failure()) {
    return outside_.emit({ClientOutput::Failed{id, *outside_.storage_failure()}});
  }
  Batch batch;
  WalletRecords::put_record(batch, command.key, command.value);
  outside_.apply(std::move(batch));
  outside_.done_durably<C::PutRecord>(id);
}

void Client::run(uint64_t id, const C::ListRecords& command) {
  outside_.done<C::ListRecords>(id, {outside_.records().records(command.prefix)});
}

}  // namespace mica::app
