// ClientChain's blocks: drafts, the receiving block, and the way to a certificate and its delivery.
#include "core/app/client_chain.h"
#include "core/client/epochs.h"

namespace mica::app {
namespace {

Failure busy(std::string message) {
  return {FailureCode::Busy, std::move(message), MoneyState::Untouched};
}

Failure nothing_to_receive() {
  return {FailureCode::NothingToDo, "no message that waits can be received", MoneyState::Untouched};
}

// Each of the kind that one of the operations publishes; of data, if none of them publishes it.
std::vector<BlobContent> blobs_to_publish(const std::vector<Operation>& operations,
                                          const std::vector<Bytes>& contents) {
  std::set<BlobId> published;
  for (const Operation& operation : operations) published.merge(published_blob_ids(operation));
  std::vector<BlobContent> blobs;
  for (const Bytes& bytes : contents) {
    BlobContent blob{BlobType::Data, bytes};
    for (const BlobId& id : published) {
      const BlobContent candidate{id.blob_type, bytes};
      if (candidate.id() != id) continue;
      blob = candidate;
      published.erase(id);
      break;
    }
    blobs.push_back(std::move(blob));
  }
  return blobs;
}

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

// By upstream's texts, which are ours too. linera-execution/src/lib.rs, ExecutionError
Failure failure_of(const NodeError& error) {
  FailureCode code = FailureCode::ExecutionFailed;
  const std::string message = error.message();
  if (contains(message, "balance") || contains(message, "Fee") || contains(message, "unding")) {
    code = FailureCode::InsufficientBalance;
  } else if (contains(message, "must be an owner") || contains(message, "nauthorized") ||
             contains(message, "nauthenticated")) {
    code = FailureCode::NotOwner;
  } else if (contains(message, "not supported")) {
    code = FailureCode::Unsupported;
  } else if (error.as<NodeError::ClientIoError>()) {
    code = FailureCode::StorageFailed;
  } else if (error.as<NodeError::InactiveChain>()) {
    code = FailureCode::UnknownChain;
  }
  return {code, message, MoneyState::Untouched};
}

namespace {

template <class T>
std::vector<T> joined(const std::vector<std::vector<T>>& lists) {
  std::vector<T> out;
  for (const std::vector<T>& list : lists) out.insert(out.end(), list.begin(), list.end());
  return out;
}

}  // namespace

Effects effects_of(const StagedBlock& staged) {
  const BlockBody& body = staged.block.body;
  Effects out;
  out.block = staged.proposed;
  out.block_hash = staged.hash;
  out.balances = staged.balances;
  out.fees = staged.fees;
  out.messages = joined(body.messages);
  for (const BlobContent& blob : joined(body.blobs)) {
    const CryptoHash hash = blob.id().hash;
    if (blob.blob_type == BlobType::ChainDescription) out.opened_chains.push_back({hash});
    if (blob.blob_type == BlobType::ApplicationDescription) {
      out.created_applications.push_back({hash});
    }
  }
  for (const BlobId& id : staged.proposed.published_blob_ids()) out.published_blobs.push_back(id);
  out.events = joined(body.events);
  out.oracle_responses = joined(body.oracle_responses);
  out.operation_results = body.operation_results;
  return out;
}

// --- making a block -----------------------------------------------------------------------------

void ClientChain::ready_for_block(Ready then) {
  if (!tracked_.owner) {
    return then(
        Failure{FailureCode::NotOwner, "this chain is only followed", MoneyState::Untouched});
  }
  if (outside_.storage_failure()) return then(outside_.storage_failure());
  if (draft_ || staging_) return then(busy("another block of this chain waits for an answer"));
  auto pending = outside_.records().pending(id_);
  if (!pending.ok()) {
    return then(
        Failure{FailureCode::StorageCorrupt, pending.error().message(), MoneyState::Unknown});
  }
  if (commit_ || *pending) return then(busy("a signed block of this chain is not certified yet"));
  const bool fast_unsure = tracked_.allow_fast_blocks &&
                           fast_safe_height_ != outside_.worker().read(id_).tip().next_block_height;
  if (synchronized_ && !rounds_stale_ && !fast_unsure) return then(std::nullopt);
  synchronize(std::move(then));
}

ProposedBlock ClientChain::assemble(const ChainInfo& info, const Plan& plan) {
  Worker& worker = outside_.worker();
  ProposedBlock block;
  block.chain_id = id_;
  block.epoch = info.epoch;
  block.height = info.next_block_height;
  block.previous_block_hash = info.block_hash;
  block.authenticated_signer = tracked_.owner;
  block.timestamp = std::max(outside_.now(), info.timestamp);
  auto operation = [&](Operation one) {
    block.transactions.push_back({Transaction::ExecuteOperation{std::move(one)}});
  };
  for (Operation& one : epoch_changes(worker, outside_.admin_chain(), id_)) {
    operation(std::move(one));
  }
  if (plan.receive_incoming) {
    for (IncomingBundle& bundle : inbox_order_.choose(worker.read(id_).pending_bundles())) {
      block.timestamp = std::max(block.timestamp, bundle.bundle.timestamp);
      block.transactions.push_back({Transaction::ReceiveMessages{std::move(bundle)}});
    }
  }
  for (const Operation& one : plan.operations) operation(one);
  return block;
}

void ClientChain::stage(Plan plan, Staged then) {
  staging_ = true;
  auto done = [self = shared_from_this(), then](Result<StagedBlock, Failure> staged) {
    self->staging_ = false;
    then(std::move(staged));
  };
  auto flow = steps();
  ChainInfoQuery query{.chain_id = id_};
  query.request_manager_values = true;
  flow->local_handle(
      {NodeRequest::HandleChainInfoQuery{query}},
      [self = shared_from_this(), flow, plan, done](NodeResult<ChainInfo> info) {
        if (!info.ok()) {
          return done(
              Failure{FailureCode::UnknownChain, info.error().message(), MoneyState::Untouched});
        }
        flow->local(
            [self] { return self->outside_.worker().read(self->id_).current_committee(); },
            [=](Found<Committee> committee) {
              if (!committee) {
                return done(Failure{FailureCode::Internal, "no committee", MoneyState::Untouched});
              }
              self->stage_with(*info, *committee, plan, done);
            });
      });
}

void ClientChain::stage_with(const ChainInfo& info, const Committee& committee, Plan plan,
                             Staged then) {
  const ChainOwnership& ownership = info.manager.ownership;
  if (!ownership.is_owner(*tracked_.owner) && !ownership.open_multi_leader_rounds) {
    return then(
        Failure{FailureCode::NotOwner, "this key does not own the chain", MoneyState::Untouched});
  }
  const ProposedBlock block = assemble(info, plan);
  if (block.transactions.empty()) {
    return then(Failure{FailureCode::NothingToDo, "there is nothing to put into a block",
                        MoneyState::Untouched});
  }
  const Round round = expected_round(info.manager, committee, block.height, *tracked_.owner,
                                     !tracked_.allow_fast_blocks, false)
                          .value_or(info.manager.current_round);
  const BundlePolicy policy = plan.fee_cap ? BundlePolicy::kLeaveOut : BundlePolicy::kAutoRetry;
  stage_block({block, round, plan.blobs, policy, plan.fee_cap}, std::move(then));
}

void ClientChain::stage_block(Staging staging, Staged then) {
  execute<StagedBlock>(
      [self = shared_from_this(), staging] {
        return self->outside_.worker().stage_block(self->outside_.now(), staging.block,
                                                   staging.round, staging.published, staging.policy,
                                                   staging.fee_cap);
      },
      std::move(then));
}

// Here, and again when what it lacked has come.
template <class T>
void ClientChain::execute(std::function<LocalAnswer<T>()> run,
                          std::function<void(Result<T, Failure>)> then) {
  steps()->local(run, [self = shared_from_this(), run, then](LocalAnswer<T> answer) {
    if (answer.result.ok()) return then(std::move(answer.result).value());
    const NodeError error = answer.result.error();
    std::vector<Wanted> wanted = std::move(answer.missing);
    auto add = [&](const auto& ids) { wanted.insert(wanted.end(), ids.begin(), ids.end()); };
    if (wanted.empty()) {
      if (const auto* blobs = error.as<NodeError::BlobsNotFound>()) add(blobs->value);
      if (const auto* events = error.as<NodeError::EventsNotFound>()) add(events->value);
    }
    self->bring(wanted, [=](bool brought) {
      if (!brought) return then(failure_of(error));
      self->execute<T>(run, then);
    });
  });
}

void ClientChain::query(uint64_t command_id, const ClientCommand::QueryApplication& command) {
  auto self = shared_from_this();
  execute<ServiceAnswer>(
      [self, command] {
        return self->outside_.worker().query_application(self->outside_.now(), self->id_,
                                                         command.application_id, command.query);
      },
      [self, command_id](Result<ServiceAnswer, Failure> answer) {
        if (!answer.ok()) return self->fail(command_id, answer.error());
        self->outside_.done<ClientCommand::QueryApplication>(
            command_id, {std::move(answer->response), std::move(answer->operations)});
      });
}

// What a block reads of chains that are not followed. Only the first is surely needed: the run
// could not see clearly beyond it. False without that one.
void ClientChain::bring(std::vector<Wanted> wanted, std::function<void(bool)> then) {
  const auto& validators = outside_.committee().validators;
  if (validators.empty() || wanted.empty()) return then(false);
  auto self = shared_from_this();
  auto fetch = make_flow<Fetch>(outside_, validators.begin()->first);
  fetch->find_blobs(wanted_of<BlobId>(wanted), [=](NodeStatus) {
    fetch->catch_up_publishers(wanted_of<EventId>(wanted), [=](NodeStatus) {
      Worker& worker = self->outside_.worker();
      const auto* blob = std::get_if<BlobId>(&wanted.front());
      const auto* event = std::get_if<EventId>(&wanted.front());
      then(blob ? worker.has_blob(*blob) : event && worker.event(*event).has_value());
    });
  });
}

// --- drafts -------------------------------------------------------------------------------------

void ClientChain::prepare(uint64_t command_id, const ClientCommand::PrepareBlock& command) {
  Plan plan{command.operations, blobs_to_publish(command.operations, command.blobs),
            command.receive_incoming};
  ready_for_block([self = shared_from_this(), command_id, plan](std::optional<Failure> failure) {
    if (!failure && (self->draft_ || self->staging_ || self->commit_)) {
      failure = busy("another block of this chain waits for an answer");
    }
    if (failure) return self->fail(command_id, *failure);
    self->stage(plan, [self, command_id, plan](Result<StagedBlock, Failure> staged) {
      if (!staged.ok()) return self->fail(command_id, staged.error());
      self->draft_ = Draft{self->outside_.new_id(), plan, *staged};
      self->outside_.done<ClientCommand::PrepareBlock>(command_id,
                                                       {self->draft_->id, effects_of(*staged)});
    });
  });
}

void ClientChain::remake_draft() {
  const uint64_t id = draft_->id;
  stage(draft_->plan, [self = shared_from_this(), id](Result<StagedBlock, Failure> staged) {
    if (!self->has_draft(id)) return;
    self->draft_->stale = !staged.ok();
    if (!staged.ok()) return;
    self->draft_->staged = *staged;
    self->outside_.emit({ClientOutput::DraftChanged{id, effects_of(*staged)}});
  });
}

void ClientChain::commit_draft(uint64_t command_id, uint64_t draft_id) {
  if (!has_draft(draft_id)) {
    return fail(command_id,
                {FailureCode::DraftGone, "there is no such draft", MoneyState::Untouched});
  }
  if (commit_ && !draft_->pending) return fail(command_id, busy("this block is being proposed"));
  if (draft_->stale) {
    draft_.reset();
    return fail(command_id, {FailureCode::DraftGone, "the chain moved on; make the block again",
                             MoneyState::Untouched});
  }
  const BlockHeight next = outside_.worker().read(id_).tip().next_block_height;
  if (staging_ || draft_->staged.proposed.height != next) {
    return fail(command_id, {FailureCode::Conflict, "the chain moved on; see the new effects",
                             MoneyState::Untouched});
  }
  if (draft_->pending) {
    draft_.reset();
    return retry_pending(command_id);
  }
  PendingBlock pending;
  pending.block = draft_->staged.block;
  pending.blobs = draft_->plan.blobs;
  pending.owner = *tracked_.owner;
  draft_.reset();
  start_commit(command_id, std::move(pending));
}

// --- the receiving block ------------------------------------------------------------------------

void ClientChain::receive_incoming(uint64_t command_id,
                                   const ClientCommand::ReceiveIncoming& command) {
  const Amount cap = command.fee_cap;
  ready_for_block([self = shared_from_this(), command_id, cap](std::optional<Failure> failure) {
    if (!failure && (self->draft_ || self->staging_ || self->commit_)) {
      failure = busy("another block of this chain waits for an answer");
    }
    if (failure) return self->fail(command_id, *failure);
    if (self->outside_.worker().read(self->id_).is_closed()) {
      return self->fail(command_id, nothing_to_receive());
    }
    self->stage_receiving(command_id, cap);
  });
}

void ClientChain::stage_receiving(uint64_t command_id, const Amount& fee_cap) {
  Plan plan{.operations = {}, .blobs = {}, .receive_incoming = true, .fee_cap = fee_cap};
  stage(plan,
        [self = shared_from_this(), command_id, fee_cap](Result<StagedBlock, Failure> staged) {
          if (!staged.ok()) return self->fail(command_id, staged.error());
          self->inbox_order_.note(*staged);
          self->dirty_ = true;
          self->received_block_staged(command_id, fee_cap, *staged);
        });
}

void ClientChain::received_block_staged(uint64_t command_id, const Amount& fee_cap,
                                        StagedBlock staged) {
  if (staged.proposed.transactions.empty()) {
    // None of those that were tried; their origins go last now.
    const auto pending = outside_.worker().read(id_).pending_bundles();
    if (!inbox_order_.has_untried(pending)) return fail(command_id, nothing_to_receive());
    // Posted, so that a long inbox does not grow the stack; no other block is made in between.
    staging_ = true;
    return outside_.post([self = shared_from_this(), command_id, fee_cap] {
      self->stage_receiving(command_id, fee_cap);
    });
  }
  if (staged.fees > fee_cap) {  // of operations: a new epoch's
    return fail(command_id, {FailureCode::ExecutionFailed,
                             "receiving would cost more than the fee cap", MoneyState::Untouched});
  }
  PendingBlock pending;
  pending.block = std::move(staged.block);
  pending.owner = *tracked_.owner;
  pending.receiving = true;
  start_commit(command_id, std::move(pending));
}

// --- to the certificate -------------------------------------------------------------------------

void ClientChain::start_commit(std::optional<uint64_t> command_id, PendingBlock pending) {
  const bool allow_fast =
      tracked_.allow_fast_blocks &&
      (pending.fast_proposal || fast_safe_height_ == pending.block.header.height);
  Commit::Events events;
  auto told = std::make_shared<bool>(!command_id);
  events.unsettled = [self = shared_from_this(), command_id, told](Failure failure) {
    self->dirty_ = true;
    if (!std::exchange(*told, true)) self->fail(*command_id, std::move(failure));
  };
  events.done = [self = shared_from_this(), command_id, told](Propose::Outcome outcome) {
    self->commit_ended(std::exchange(*told, true) ? std::nullopt : command_id, std::move(outcome));
  };
  commit_ = make_flow<Commit>(outside_, std::move(pending), allow_fast, std::move(events));
  dirty_ = true;
  commit_->start();
}

void ClientChain::commit_ended(std::optional<uint64_t> command_id, Propose::Outcome outcome) {
  commit_.reset();
  dirty_ = true;
  if (outcome.end == Propose::End::kCommitted) {
    const ConfirmedBlockCertificate& certificate = *outcome.certificate;
    fast_safe_height_ = certificate.value.header.height.next();
    if (command_id) {
      outside_.done<ClientCommand::CommitDraft>(*command_id,
                                                {certificate, hash_of(certificate.value)});
    }
    return deliver(certificate);
  }
  if (outcome.end == Propose::End::kConflict) {
    outcome.failure = {FailureCode::Conflict, "another block was certified at this height",
                       MoneyState::Untouched};
  }
  if (command_id) fail(*command_id, std::move(outcome.failure));
  if (outcome.certificate) deliver(*outcome.certificate);
}

void ClientChain::retry_pending(uint64_t command_id) {
  auto pending = outside_.records().pending(id_);
  if (!pending.ok()) {
    return fail(command_id,
                {FailureCode::StorageCorrupt, pending.error().message(), MoneyState::Unknown});
  }
  if (!commit_ && !*pending) {
    return fail(command_id, {FailureCode::NothingToDo, "no block of this chain is pending",
                             MoneyState::Untouched});
  }
  const PendingBlock block = commit_ ? commit_->pending() : **pending;
  if (commit_ && commit_->attempting()) {
    return fail(command_id, busy("the pending block is being proposed now"));
  }
  if (commit_) commit_->stop();
  start_commit(command_id, *pending ? **pending : block);
}

void ClientChain::show_pending(uint64_t command_id) {
  auto pending = outside_.records().pending(id_);
  if (!pending.ok() || !*pending) return retry_pending(command_id);  // which tells what is amiss
  if (draft_ || staging_ || (commit_ && commit_->attempting())) {
    return fail(command_id, busy("this chain is busy with a block"));
  }
  const PendingBlock block = **pending;
  const Round round = block.proposal ? block.proposal->content.round : Round{};
  staging_ = true;
  stage_block({block.block.proposed(), round, block.blobs},
              [self = shared_from_this(), command_id](Result<StagedBlock, Failure> staged) {
                self->staging_ = false;
                if (!staged.ok()) return self->fail(command_id, staged.error());
                self->draft_ = Draft{self->outside_.new_id(), {}, *staged};
                self->draft_->pending = true;
                self->dirty_ = true;
                self->outside_.done<ClientCommand::ShowPending>(
                    command_id, {self->draft_->id, effects_of(*staged)});
              });
}

void ClientChain::deliver(const ConfirmedBlockCertificate& certificate) {
  const BlockHeight height = certificate.value.header.height;
  const CryptoHash hash = hash_of(certificate.value);
  if (deliveries_.contains(height)) return;
  auto delivery = make_flow<Deliver>(outside_, certificate);
  deliveries_[height] = delivery;
  delivery->start([self = shared_from_this(), height, hash] {
    self->deliveries_.erase(height);
    Batch batch;
    WalletRecords::remove_undelivered(batch, self->id_, height);
    self->outside_.apply(std::move(batch));
    if (!self->tracked_.owner) return;
    self->outside_.emit(
        {ClientOutput::BlockChanged{self->id_, height, hash, BlockState::Delivered}});
  });
}

}  // namespace mica::app
