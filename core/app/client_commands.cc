// The Client's commands that change something: chains, blocks, the host's records.
#include "core/app/client.h"

namespace mica::app {

std::shared_ptr<ClientChain> Client::chain_of(uint64_t id, const ChainId& chain) {
  auto found = chains_.find(chain);
  if (found != chains_.end()) return found->second;
  fail(id, FailureCode::UnknownChain, "this wallet does not follow that chain");
  return nullptr;
}

// --- chains -------------------------------------------------------------------------------------

void Client::run(uint64_t id, const C::TrackChain& command) {
  const bool fresh = !chains_.contains(command.chain_id);
  const auto chain = track(command);
  if (!chain) return outside_.done<C::TrackChain>(id, {});
  chain->sync().synchronize(
      [this, id, chain_id = command.chain_id, fresh](std::optional<Failure> failure) {
        failure = tracked(chain_id, fresh, std::move(failure));
        if (failure) return outside_.emit({ClientOutput::Failed{id, *failure}});
        outside_.done_durably<C::TrackChain>(id);
      });
}

void Client::run(uint64_t id, const C::TrackChains& command) {
  struct All {
    size_t open = 1;
    C::TrackChains::Result result;
  };
  auto all = std::make_shared<All>();
  auto one_ended = [this, id, all] {
    if (--all->open == 0) outside_.done_durably<C::TrackChains>(id, std::move(all->result));
  };
  for (const C::TrackChain& one : command.chains) {
    const bool fresh = !chains_.contains(one.chain_id);
    const auto chain = track(one);
    if (!chain) continue;
    ++all->open;
    chain->sync().synchronize_in_turn(
        [this, all, one_ended, chain_id = one.chain_id, fresh](std::optional<Failure> failure) {
          failure = tracked(chain_id, fresh, std::move(failure));
          if (failure) all->result.failed.push_back({chain_id, *failure});
          one_ended();
        });
  }
  one_ended();
}

// Null: it is followed just so already.
std::shared_ptr<ClientChain> Client::track(const C::TrackChain& command) {
  const TrackedChain tracked{command.owner, command.allow_fast_blocks};
  auto found = chains_.find(command.chain_id);
  if (found != chains_.end() && found->second->tracked() == tracked) return nullptr;
  Batch batch;
  WalletRecords::put_chain(batch, command.chain_id, tracked);
  outside_.apply(std::move(batch));
  follow_due_ = true;
  if (found == chains_.end()) return add_chain(command.chain_id, tracked);
  found->second->set_tracked(tracked);
  return found->second;
}

// Why it is not followed, or not as was wanted, once it was synchronised as well as it could.
std::optional<Failure> Client::tracked(const ChainId& chain_id, bool fresh,
                                       std::optional<Failure> failure) {
  const auto found = chains_.find(chain_id);
  if (found == chains_.end()) return failure;  // forgotten meanwhile
  ClientChain& chain = *found->second;
  const auto& owner = chain.tracked().owner;
  if (!failure && owner) {
    const auto manager = outside_.worker().read(chain_id).manager();
    if (manager && !manager->ownership.is_owner(*owner) &&
        !manager->ownership.open_multi_leader_rounds) {
      failure = {FailureCode::NotOwner, "this key does not own the chain", MoneyState::Untouched};
    }
  }
  // One that stands before a block that cannot be executed here is followed all the same.
  if (failure && failure->code == FailureCode::Unsupported) failure.reset();
  if (!failure) {
    chain.resume();
    return std::nullopt;
  }
  // Without a quorum the chain stays and is synchronised later.
  if (fresh && failure->code != FailureCode::NoQuorum) remove_chain(chain_id);
  return failure;
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

void Client::run(uint64_t id, const C::ShowLocked& command) {
  if (auto chain = chain_of(id, command.chain_id)) chain->blocks().show_locked(id);
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
