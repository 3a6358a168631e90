#include "core/chain/block_execution.h"

#include "core/base/limits.h"
#include "core/execution/system.h"

namespace mica::chain {

namespace {

// Why a block or one of its transactions failed.
struct BlockError {
  NodeError error;
  std::optional<ExecutionError> cause;  // none: not an error of execution, never retried
  bool too_costly = false;              // a bundle whose own fees are above the cap

  BlockError(NodeError node_error) : error(std::move(node_error)) {}
  BlockError(const ExecutionError& failed, const ExecutionContext& context)
      : error(to_node_error(failed, context)), cause(failed) {}
  bool is(ExecutionError::Kind kind) const { return cause && cause->kind == kind; }
};
template <class T>
using BlockResult = Result<T, BlockError>;
using BlockStatus = BlockResult<Ok>;

// TRY for an ExecutionResult inside a block.
#define MICA_TRY_IN(context, expression)                                    \
  ({                                                                        \
    auto try_result_ = (expression);                                        \
    if (!try_result_.ok()) return BlockError(try_result_.error(), context); \
    std::move(try_result_).value();                                         \
  })

BlockError limit(std::string what, const ExecutionContext& context) {
  return {ExecutionError(ExecutionError::Kind::kLimit, "exceeds limit: " + std::move(what)),
          context};
}

BlockError refused(std::string text) { return NodeError(NodeError::ChainError{std::move(text)}); }

std::string list_of(const auto& applications) {
  std::string out = "[";
  for (const ApplicationId& id : applications) out += (out.size() > 1 ? ", " : "") + id.to_text();
  return out + "]";
}

const IncomingBundle* bundle_of(const Transaction& transaction) {
  auto* receive = std::get_if<Transaction::ReceiveMessages>(&transaction.kind);
  return receive ? &receive->bundle : nullptr;
}

bool is_exempt_from_permissions(const Operation& operation) {
  auto* system = std::get_if<Operation::System>(&operation.kind);
  return system && brings_up_to_date(system->operation);
}

BlockStatus check_operation_allowed(const ApplicationPermissions& permissions,
                                    const Operation& operation) {
  if (!permissions.execute_operations) return Ok{};
  const auto& allowed = *permissions.execute_operations;
  auto* user = std::get_if<Operation::User>(&operation.kind);
  if (user && std::find(allowed.begin(), allowed.end(), user->application_id) != allowed.end()) {
    return Ok{};
  }
  return refused("All operations on this chain must be from one of the following applications: " +
                 list_of(allowed));
}

// linera-chain/src/chain.rs, check_app_permissions
BlockStatus check_permissions(const ApplicationPermissions& permissions, const ProposedBlock& block,
                              bool need_accepted_message) {
  std::set<ApplicationId> mandatory(permissions.mandatory_applications.begin(),
                                    permissions.mandatory_applications.end());
  for (const Transaction& transaction : block.transactions) {
    if (const IncomingBundle* incoming = bundle_of(transaction)) {
      if (need_accepted_message && incoming->action != MessageAction::Accept) continue;
      for (const PostedMessage& posted : incoming->bundle.messages) {
        auto* user = std::get_if<Message::User>(&posted.message.kind);
        if (user) mandatory.erase(user->application_id);
      }
      continue;
    }
    const Operation& operation =
        std::get_if<Transaction::ExecuteOperation>(&transaction.kind)->operation;
    if (is_exempt_from_permissions(operation)) {
      mandatory.clear();
      continue;
    }
    MICA_TRY(check_operation_allowed(permissions, operation));
    auto* user = std::get_if<Operation::User>(&operation.kind);
    if (user) mandatory.erase(user->application_id);
  }
  if (mandatory.empty()) return Ok{};
  return refused("Missing operations or messages from mandatory applications: " +
                 list_of(mandatory));
}

bool has_only_rejected_bundles(const ProposedBlock& block) {
  return std::all_of(block.transactions.begin(), block.transactions.end(), [](const auto& each) {
    const IncomingBundle* incoming = bundle_of(each);
    return incoming && incoming->action == MessageAction::Reject;
  });
}

WaitReason wait_reason_of(const BlockError& failure) {
  using Kind = ExecutionError::Kind;
  if (failure.too_costly) return WaitReason::TooCostly;
  if (!failure.cause) return WaitReason::Failed;
  switch (failure.cause->kind) {
    case Kind::kLimit:
      return WaitReason::TooLarge;
    case Kind::kUnanswered:
      return WaitReason::Unanswered;
    case Kind::kUnsupported:
      return WaitReason::NotSupported;
    case Kind::kFailed:
    case Kind::kFunding:
    case Kind::kUnauthorized:
    case Kind::kTransient:
      return WaitReason::Failed;
  }
  return WaitReason::Failed;
}

// Of the block without its bundles, with room for the longest count of transactions.
uint64_t size_without_bundles(const ProposedBlock& block) {
  ProposedBlock rest = block;
  std::erase_if(rest.transactions, [](const auto& each) { return bundle_of(each) != nullptr; });
  constexpr uint64_t kLongestCount = 5;
  return encode(rest).size() + kLongestCount;
}

bool is_protected(const MessageBundle& bundle) {
  return std::any_of(bundle.messages.begin(), bundle.messages.end(),
                     [](const auto& message) { return message.kind == MessageKind::Protected; });
}

// linera-chain/src/chain.rs, execute_block
BlockStatus check_block(const SystemState& system, const ResourceControlPolicy& policy,
                        const BlockExecution& what) {
  const ProposedBlock& block = what.block;
  Timestamp parent = system.timestamp.get();
  if (block.timestamp < parent) {
    return refused("Block timestamp " + to_decimal(block.timestamp.micros) +
                   " must not be earlier than the parent block's timestamp " +
                   to_decimal(parent.micros));
  }
  if (block.transactions.empty()) return refused("Empty blocks are not allowed");
  std::set<BlobId> published;
  for (const BlobContent& blob : what.published_blobs) published.insert(blob.id());
  if (published != block.published_blob_ids()) {
    return refused("Internal error published_blobs mismatch");
  }
  if (system.closed.get() && !has_only_rejected_bundles(block)) {
    return refused("Closed chains cannot have operations, accepted messages or empty blocks");
  }
  return check_permissions(system.application_permissions.get(), block,
                           policy.has_flag(kFlagMandatoryAppsNeedAcceptedMessage));
}

// One run over a block's transactions. linera-chain/src/block_tracker.rs, BlockExecutionTracker
class BlockRun {
 public:
  BlockRun(const Lookup& lookup, const PreviousBlocks& previous, BlockExecution what,
           ResourceControlPolicy policy)
      : lookup_(lookup),
        previous_(previous),
        what_(std::move(what)),
        resources_(std::move(policy), what_.block.authenticated_signer) {
    if (makes_block()) proposal_size_ = size_without_bundles(what_.block);
  }

  BlockResult<ExecutedBlock> run(Overlay& layer);

 private:
  ExecutionContext context_of(const Transaction& transaction) const;
  BlockStatus begin(ExecutionState& state);
  BlockStatus execute_next(Overlay& layer);
  BlockStatus execute_bundle(Overlay& layer);
  BlockError collect_wanted(Overlay& layer, BlockError first);
  BlockStatus execute_transaction(ExecutionState& state, const Transaction& transaction);
  BlockStatus execute_posted(Execution& run, const IncomingBundle& incoming,
                             const PostedMessage& posted);
  BlockStatus charge_outcome(SystemState& system, const TransactionOutcome& outcome,
                             const ExecutionContext& context);
  void keep_outcome(TransactionOutcome outcome, bool is_operation);
  BlockStatus after_failure(const BlockError& failure);
  void leave_out(std::optional<ChainId> origin, std::optional<WaitReason> reason);
  BlockStatus check_fee_cap(const Amount& fees_before, const ExecutionContext& context);
  BlockStatus finish(ExecutionState& state);

  // Whether the block may still be changed.
  bool makes_block() const { return what_.policy != BundlePolicy::kAbort; }
  uint32_t index() const { return static_cast<uint32_t>(index_); }

  const Lookup& lookup_;
  const PreviousBlocks& previous_;
  BlockExecution what_;
  ResourceController resources_;
  std::map<BlobId, const BlobContent*> published_;
  size_t index_ = 0;  // of the transaction being executed
  uint32_t next_application_index_ = 0, next_chain_index_ = 0;
  CreatedBlobs created_;  // by the transactions so far
  uint32_t limit_errors_ = 0;
  uint64_t proposal_size_ = 0;  // of all operations and the bundles so far
  BlockExecutionOutcome outcome_;
  std::vector<LeftOut> left_out_;
};

ExecutionContext BlockRun::context_of(const Transaction& transaction) const {
  using Kind = ExecutionContext::Kind;
  return {bundle_of(transaction) ? Kind::kIncomingBundle : Kind::kOperation, index()};
}

BlockStatus BlockRun::begin(ExecutionState& state) {
  state.system.timestamp.set(what_.block.timestamp);
  for (const BlobContent& blob : what_.published_blobs) {
    MICA_TRY_IN(ExecutionContext{}, resources_.check_blob_size(blob));
    BlobId id = blob.id();
    state.system.used_blobs.insert(id);
    published_.emplace(id, &blob);
  }
  MICA_TRY_IN(ExecutionContext{}, resources_.track_block_size(kEmptyBlockSize));
  return Ok{};
}

BlockResult<ExecutedBlock> BlockRun::run(Overlay& layer) {
  ExecutionState state(layer, what_.block.chain_id);
  const ApplicationPermissions permissions = state.system.application_permissions.get();
  const bool need_accepted_message =
      resources_.policy().has_flag(kFlagMandatoryAppsNeedAcceptedMessage);
  MICA_TRY(begin(state));
  while (index_ < what_.block.transactions.size()) {
    BlockStatus next = execute_next(layer);
    if (!next.ok()) return collect_wanted(layer, std::move(next).error());
  }
  // Every transaction was a bundle, and all were left out.
  const bool empty = what_.block.transactions.empty();
  if (empty && what_.policy != BundlePolicy::kLeaveOut) {
    return refused("Empty blocks are not allowed");
  }
  if (!empty) {
    // The application that made the block permissible may be among what was left out.
    if (makes_block()) MICA_TRY(check_permissions(permissions, what_.block, need_accepted_message));
    MICA_TRY(finish(state));
  }
  return ExecutedBlock{.block = std::move(what_.block),
                       .outcome = std::move(outcome_),
                       .resources = resources_.tracker(),
                       .fees_paid = resources_.tracker().fees,
                       .left_out = std::move(left_out_)};
}

BlockStatus BlockRun::execute_next(Overlay& layer) {
  const Transaction& transaction = what_.block.transactions[index_];
  if (makes_block() && bundle_of(transaction)) return execute_bundle(layer);
  ExecutionState state(layer, what_.block.chain_id);
  MICA_TRY(execute_transaction(state, transaction));
  ++index_;
  return Ok{};
}

// This run is over, but the transactions to come may lack something too: they are tried, without
// what the failed one would have done. What they would ask outside is not looked at: it is asked
// once, when it is sure.
BlockError BlockRun::collect_wanted(Overlay& layer, BlockError first) {
  if (!first.is(ExecutionError::Kind::kTransient)) return first;
  std::vector<Wanted>& all = first.cause->wanted;
  Overlay attempt(layer);
  ExecutionState state(attempt, what_.block.chain_id);
  while (++index_ < what_.block.transactions.size() && all.size() < limits::kMaxWanted) {
    BlockStatus status = execute_transaction(state, what_.block.transactions[index_]);
    if (status.ok() || !status.error().cause) continue;
    for (const Wanted& one : status.error().cause->wanted) {
      if (std::holds_alternative<HttpQuestion>(one)) continue;
      if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
    }
  }
  first.error = to_node_error(ExecutionError::missing(all), {});
  return first;
}

// In a layer of its own, dropped if the bundle fails; other than that only the resources were
// touched.
BlockStatus BlockRun::execute_bundle(Overlay& layer) {
  const Transaction& transaction = what_.block.transactions[index_];
  const uint64_t size = proposal_size_ + encode(transaction).size();
  if (size > resources_.policy().maximum_block_proposal_size) {
    return after_failure(limit("block proposal size", context_of(transaction)));
  }
  const ResourceTracker before = resources_.tracker();
  Overlay attempt(layer);
  ExecutionState state(attempt, what_.block.chain_id);
  BlockStatus result = execute_transaction(state, transaction);
  if (result.ok()) {
    attempt.commit_into(layer);
    proposal_size_ = size;
    ++index_;
    return Ok{};
  }
  resources_.restore(before);
  return after_failure(result.error());
}

// linera-chain/src/chain.rs, execute_block_inner. The failed transaction's outcome was not kept.
BlockStatus BlockRun::after_failure(const BlockError& failure) {
  using Kind = ExecutionError::Kind;
  if (!failure.cause || failure.is(Kind::kTransient)) return failure;
  const IncomingBundle& incoming = *bundle_of(what_.block.transactions[index_]);
  const ChainId origin = incoming.origin;
  if (failure.is(Kind::kLimit) && index_ > 0 && !failure.too_costly) {
    const bool all = ++limit_errors_ > what_.max_block_limit_errors;
    leave_out(all ? std::nullopt : std::optional(origin), std::nullopt);
    return Ok{};
  }
  // Not upstream's rules: what fails only here and now, for this build cannot run it or somebody
  // outside did not answer, is left in the inbox, for its owner to reject by hand or for later; and
  // what cannot be rejected either does not fail the block.
  const bool only_here = failure.is(Kind::kUnsupported) || failure.is(Kind::kUnanswered);
  const bool may_reject = what_.policy == BundlePolicy::kAutoRetry && !only_here &&
                          incoming.action == MessageAction::Accept &&
                          !is_protected(incoming.bundle);
  if (!may_reject) {
    leave_out(origin, wait_reason_of(failure));
    return Ok{};
  }
  std::get_if<Transaction::ReceiveMessages>(&what_.block.transactions[index_].kind)->bundle.action =
      MessageAction::Reject;
  return Ok{};
}

// The bundles of one origin or of all, from the current transaction on.
void BlockRun::leave_out(std::optional<ChainId> origin, std::optional<WaitReason> reason) {
  auto& transactions = what_.block.transactions;
  std::vector<Transaction> kept;
  for (size_t i = 0; i < transactions.size(); ++i) {
    const IncomingBundle* incoming = i < index_ ? nullptr : bundle_of(transactions[i]);
    if (!incoming || (origin && incoming->origin != *origin)) {
      kept.push_back(std::move(transactions[i]));
      continue;
    }
    const bool known = std::any_of(left_out_.begin(), left_out_.end(), [&](const LeftOut& one) {
      return one.origin == incoming->origin;
    });
    if (known) continue;
    left_out_.push_back(
        {incoming->origin, incoming->bundle.height, incoming->bundle.transaction_index, reason});
  }
  transactions = std::move(kept);
}

// A bundle's own fees and those of the block with it. The execution that exceeds them is undone.
BlockStatus BlockRun::check_fee_cap(const Amount& fees_before, const ExecutionContext& context) {
  if (!what_.fee_cap || resources_.tracker().fees <= *what_.fee_cap) return Ok{};
  BlockError error = limit("fee cap", context);
  const u128 own = saturating_sub(resources_.tracker().fees.attos, fees_before.attos);
  error.too_costly = own > what_.fee_cap->attos;
  return error;
}

BlockStatus BlockRun::execute_transaction(ExecutionState& state, const Transaction& transaction) {
  const ExecutionContext context = context_of(transaction);
  const std::vector<OracleResponse>* recorded = nullptr;
  if (what_.recorded) {
    if (index_ >= what_.recorded->size()) {
      return refused("Executed block contains fewer oracle responses than requests");
    }
    recorded = &(*what_.recorded)[index_];
  }
  const Amount fees_before = resources_.tracker().fees;
  TransactionTracker tracker({.transaction_index = index(),
                              .next_application_index = next_application_index_,
                              .next_chain_index = next_chain_index_,
                              .created_before = &created_,
                              .local_time = what_.local_time},
                             recorded);
  Execution run{state, tracker, resources_, lookup_, what_.applications, what_.answers};
  if (const IncomingBundle* incoming = bundle_of(transaction)) {
    MICA_TRY_IN(context, resources_.track_block_size_of(*incoming));
    for (const PostedMessage& posted : incoming->bundle.messages) {
      MICA_TRY(execute_posted(run, *incoming, posted));
    }
  } else {
    const Operation& operation =
        std::get_if<Transaction::ExecuteOperation>(&transaction.kind)->operation;
    MICA_TRY_IN(context, resources_.track_block_size_of(operation));
    OperationContext operation_context{what_.block.chain_id, what_.block.height, what_.round,
                                       what_.block.authenticated_signer, what_.block.timestamp};
    MICA_TRY_IN(context, execute_operation(run, operation_context, operation));
    MICA_TRY_IN(context, resources_.track_operation({state.system}, operation));
  }
  TransactionOutcome outcome = MICA_TRY_IN(context, std::move(tracker).finish());
  MICA_TRY(charge_outcome(state.system, outcome, context));
  if (bundle_of(transaction)) MICA_TRY(check_fee_cap(fees_before, context));
  keep_outcome(std::move(outcome), bundle_of(transaction) == nullptr);
  return Ok{};
}

// linera-chain/src/block_tracker.rs, execute_message_in_block
BlockStatus BlockRun::execute_posted(Execution& run, const IncomingBundle& incoming,
                                     const PostedMessage& posted) {
  using Kind = ExecutionContext::Kind;
  MessageContext context{.chain_id = what_.block.chain_id,
                         .origin = incoming.origin,
                         .is_bouncing = posted.kind == MessageKind::Bouncing,
                         .height = what_.block.height,
                         .round = what_.round,
                         .authenticated_signer = posted.authenticated_signer,
                         .refund_grant_to = posted.refund_grant_to,
                         .timestamp = what_.block.timestamp};
  const bool closed = run.state.system.closed.get();
  if (incoming.action == MessageAction::Accept) {
    const ExecutionContext here{Kind::kIncomingBundle, index()};
    if (closed) {
      return refused("Closed chains cannot have operations, accepted messages or empty blocks");
    }
    Amount grant = posted.grant;
    MICA_TRY_IN(here, execute_message(run, context, grant, posted.message));
    MICA_TRY_IN(here, send_refund(run, context, grant));
    return Ok{};
  }
  if (posted.kind == MessageKind::Protected && !closed) {
    return refused("Block proposed to " + what_.block.chain_id.to_text() +
                   " is attempting to reject protected message " + to_decimal(posted.index) +
                   " of chain " + incoming.origin.to_text());
  }
  if (posted.kind == MessageKind::Tracked) {
    bounce_message(run, context, posted.grant, posted.message);
  } else {
    MICA_TRY_IN(ExecutionContext{}, send_refund(run, context, posted.grant));
  }
  return Ok{};
}

// linera-chain/src/block_tracker.rs, process_txn_outcome
BlockStatus BlockRun::charge_outcome(SystemState& system, const TransactionOutcome& outcome,
                                     const ExecutionContext& context) {
  const bool free_reject = resources_.policy().has_flag(kFlagFreeReject);
  for (const OutgoingMessage& message : outcome.messages) {
    if (free_reject && message.kind == MessageKind::Bouncing) continue;
    auto* user = std::get_if<Message::User>(&message.message.kind);
    if (user && resources_.is_free_application(user->application_id)) continue;
    MICA_TRY_IN(context, resources_.track_message({system}, message.message));
  }
  MICA_TRY_IN(context, resources_.track_block_size(encode(outcome.oracle_responses).size() +
                                                   encode(outcome.messages).size() +
                                                   encode(outcome.events).size() +
                                                   encode(outcome.blobs).size()));
  for (const BlobContent& blob : outcome.blobs) {
    if (outcome.free_blobs.contains(blob.id())) continue;
    MICA_TRY_IN(context, resources_.track_blob_published({system}, blob));
  }
  for (const BlobId& id : outcome.blobs_published) {
    auto found = published_.find(id);
    if (found == published_.end()) {
      return refused("Internal error Missing published blob " + id.to_text());
    }
    MICA_TRY_IN(context, resources_.track_blob_published({system}, *found->second));
  }
  MICA_TRY_IN(context, resources_.track_block_size_of(outcome.operation_result));
  return Ok{};
}

void BlockRun::keep_outcome(TransactionOutcome outcome, bool is_operation) {
  next_application_index_ = outcome.next_application_index;
  next_chain_index_ = outcome.next_chain_index;
  for (const BlobContent& blob : outcome.blobs) created_.emplace(blob.id(), blob);
  outcome_.oracle_responses.push_back(std::move(outcome.oracle_responses));
  outcome_.events.push_back(std::move(outcome.events));
  outcome_.blobs.push_back(std::move(outcome.blobs));
  outcome_.messages.push_back(std::move(outcome.messages));
  if (is_operation) outcome_.operation_results.push_back({std::move(outcome.operation_result)});
}

BlockStatus BlockRun::finish(ExecutionState& state) {
  for (const auto& messages : outcome_.messages) {
    for (const OutgoingMessage& message : messages) {
      auto block = previous_.last_sent_to(message.destination);
      if (block) outcome_.previous_message_blocks.emplace(message.destination, *block);
    }
  }
  for (const auto& events : outcome_.events) {
    for (const Event& event : events) {
      auto block = previous_.last_published_to(event.stream_id);
      if (block) outcome_.previous_event_blocks.emplace(event.stream_id, *block);
    }
  }
  const auto hash = MICA_TRY_IN(ExecutionContext{}, state.state_hash(lookup_));
  outcome_.state_hash = hash                    ? *hash
                        : what_.historical_hash ? what_.historical_hash->of(state)
                                                : what_.state_hash_if_historical;
  return Ok{};
}

}  // namespace

Result<ExecutedBlock, BlockFailure> execute_block(Overlay& chain, const Lookup& lookup,
                                                  const PreviousBlocks& previous,
                                                  BlockExecution what) {
  // A replay must execute exactly the recorded transactions.
  MICA_CHECK(!what.recorded || what.policy == BundlePolicy::kAbort);
  Overlay layer(chain);
  ExecutionState state(layer, what.block.chain_id);
  if (!state.system.description.get())
    return NodeError(NodeError::InactiveChain{what.block.chain_id});
  auto committee = state.current_committee(lookup);
  if (!committee.ok()) {
    return BlockFailure(to_node_error(committee.error(), {}), committee.error());
  }
  auto checked = check_block(state.system, committee->policy, what);
  if (!checked.ok()) return checked.error().error;
  BlockRun run(lookup, previous, std::move(what), std::move(committee->policy));
  auto executed = run.run(layer);
  if (!executed.ok()) return BlockFailure(executed.error().error, executed.error().cause);
  if (!executed->block.transactions.empty()) layer.commit_into(chain);
  return std::move(executed).value();
}

}  // namespace mica::chain
