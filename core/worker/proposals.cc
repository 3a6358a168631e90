// Blocks that an owner proposes. linera-core/src/chain_worker/state.rs, handle_block_proposal
#include "core/chain/errors.h"
#include "core/worker/impl.h"

namespace mica::worker {

namespace {

NodeError invalid_owner() { return worker_error("Block was not signed by an authorized owner"); }

NodeStatus check_signer(const ProposedBlock& block, const AccountOwner& owner) {
  if (!block.authenticated_signer || *block.authenticated_signer == owner) return Ok{};
  return worker_error("Operations in the block are not authenticated by the proper owner: " +
                      owner.to_text());
}

NodeStatus check_signature(const BlockProposal& proposal) {
  auto valid = proposal.check_signature();
  if (valid.ok()) return Ok{};
  return worker_error("Signature of the block proposal: " + valid.error().message());
}

NodeStatus check_size(const ProposedBlock& block, const ResourceControlPolicy& policy) {
  if (policy.maximum_block_proposal_size == UINT64_MAX) return Ok{};
  size_t size = encode(block).size();
  if (size <= policy.maximum_block_proposal_size) return Ok{};
  return chain_error("Block proposal has size " + std::to_string(size) + " which is too large");
}

NodeError fast_block_with_oracles() { return worker_error("Fast blocks cannot query oracles"); }

// What a proposal's block needs before it can be voted for, but for the blobs it creates itself.
std::set<BlobId> required_blob_ids(const BlockProposal& proposal) {
  std::set<BlobId> ids = proposal.content.block.published_blob_ids();
  if (!proposal.content.outcome) return ids;
  for (const auto& responses : proposal.content.outcome->oracle_responses) {
    for (const OracleResponse& response : responses) {
      if (const auto* blob = std::get_if<OracleResponse::Blob>(&response.kind)) {
        ids.insert(blob->blob_id);
      }
    }
  }
  return ids;
}

size_t bytes_of(const Batch& batch) {
  size_t bytes = 0;
  for (const HotOp& op : batch.hot) {
    if (const auto* put = std::get_if<Put>(&op)) bytes += put->key.size() + put->value.size();
  }
  return bytes;
}

NodeError missing_updates(const ChainId& chain, MissingBundles missing, bool aggregated) {
  if (aggregated) return NodeError::MissingCrossChainUpdates{chain, std::move(missing)};
  return NodeError::MissingCrossChainUpdate{chain, missing[0].first, missing[0].second};
}

}  // namespace

NodeStatus Worker::Impl::check_original(const BlockProposal& proposal, const ChainManager& manager,
                                        const Committee& committee) const {
  const ProposedBlock& block = proposal.content.block;
  if (!proposal.original_proposal) return check_signer(block, proposal.signature.owner());
  const auto& original = proposal.original_proposal->kind;
  if (const auto* regular = std::get_if<OriginalProposal::Regular>(&original)) {
    MICA_TRY(check_signatures(regular->certificate, committee));
    return Ok{};
  }
  BlockProposal first{
      {block, {Round::Fast{}}, {}}, std::get_if<OriginalProposal::Fast>(&original)->signature, {}};
  const AccountOwner super_owner = first.signature.owner();
  if (!manager.state().ownership.super_owners.contains(super_owner)) return invalid_owner();
  MICA_TRY(check_signer(block, super_owner));
  return check_signature(first);
}

NodeStatus Worker::Impl::check_time(const ProposedBlock& block, Timestamp now) const {
  const uint64_t at = block.timestamp.micros, grace = config_.block_time_grace_period.micros;
  if (!config_.sign || at <= now.micros || at - now.micros <= grace) return Ok{};
  // Clients parse the part in brackets and wait.
  return worker_error("Block timestamp (" + std::to_string(at) +
                      ") is further in the future from local time (" + std::to_string(now.micros) +
                      ") than block time grace period (" + std::to_string(grace) +
                      ") [us:" + std::to_string(at) + ":" + std::to_string(now.micros) + "]");
}

std::map<BlobId, std::optional<BlobContent>> Worker::Impl::unstored_blobs(
    WorkerCall& call, const ChainState& chain, const std::set<BlobId>& ids,
    const Block* block) const {
  std::map<BlobId, std::optional<BlobContent>> blobs;
  for (const BlobId& id : ids) {
    if (!call.session.has_blob(id)) blobs.emplace(id, std::nullopt);
  }
  if (block && !blobs.empty()) {
    for (const auto& created : block->body.blobs) {
      for (const BlobContent& blob : created) {
        auto found = blobs.find(blob.id());
        if (found != blobs.end()) found->second = blob;
      }
    }
  }
  for (auto& [id, blob] : blobs) {
    if (!blob) blob = chain.pending_blob(id);
  }
  return blobs;
}

NodeStatus Worker::Impl::load_proposal_blobs(WorkerCall& call, Overlay& work, ChainState& chain,
                                             const BlockProposal& proposal,
                                             std::vector<BlobContent>& published) {
  const std::set<BlobId> required = required_blob_ids(proposal);
  auto blobs = unstored_blobs(call, chain, required, nullptr);
  std::vector<BlobId> missing;
  for (const auto& [id, blob] : blobs) {
    if (!blob) missing.push_back(id);
  }
  if (!missing.empty()) {
    if (chain.execution.system.ownership.get().open_multi_leader_rounds) {
      for (const AccountOwner& other : chain.pending_proposed_blobs.keys()) {
        chain.pending_proposed_blobs.erase(other);
      }
    }
    bool validated = proposal.content.outcome.has_value();
    PendingBlobs pending = chain.pending_proposed_blobs.open(proposal.signature.owner());
    // A client, which votes for nothing, also wants what an earlier round has locked.
    if (!config_.sign && proposal.content.round < pending.round.get()) pending.clear();
    MICA_TRY(pending.update(proposal.content.round, validated, required, blobs));
    work.commit_into(call.session.overlay());
    return NodeError(NodeError::BlobsNotFound{std::move(missing)});
  }
  for (const BlobId& id : proposal.content.block.published_blob_ids()) {
    auto unstored = blobs.find(id);
    auto blob = unstored != blobs.end() ? unstored->second : call.session.blob(id);
    if (blob) published.push_back(*std::move(blob));
  }
  return Ok{};
}

NodeResult<Worker::Impl::KnownExecution> Worker::Impl::execute(WorkerCall& call, Overlay& work,
                                                               ChainState& chain,
                                                               BlockExecution what) {
  Overlay trial(work);
  const bool replaying = what.recorded != nullptr;
  what.local_time = call.now;
  what.applications = config_.applications;
  what.answers = call.answers;
  auto result = execute_block(trial, call.session, chain, std::move(what));
  if (!result.ok()) {
    call.cause = result.error().cause;
    return result.error().error;
  }
  ExecutedBlock executed = std::move(result).value();
  KnownExecution execution;
  execution.fees = executed.fees_paid;
  execution.left_out = std::move(executed.left_out);
  execution.block = Block::assemble(std::move(executed.block), std::move(executed.outcome));
  execution.hash = hash_of(execution.block);
  auto changes = std::make_shared<Batch>();
  trial.move_into(*changes);
  execution.changes = changes;
  if (!replaying && call.session.unloaded().empty()) {
    executions_.insert(execution.hash, changes, bytes_of(*changes));
  }
  return execution;
}

NodeResult<Worker::Impl::KnownExecution> Worker::Impl::execute_proposal(
    WorkerCall& call, Overlay& work, ChainState& chain, const BlockProposal& proposal,
    std::vector<BlobContent> published) {
  const ProposalContent& content = proposal.content;
  if (content.outcome) {
    KnownExecution known;
    known.block = Block::assemble(content.block, *content.outcome);
    known.hash = hash_of(known.block);
    return known;
  }
  BlockExecution what;
  what.block = content.block;
  what.round = content.round.multi_leader();
  what.published_blobs = std::move(published);
  auto executed = execute(call, work, chain, std::move(what));
  // Nobody is asked for a block that is refused whatever the answer.
  const bool asks = call.cause && !wanted_of<HttpQuestion>(call.cause->wanted).empty();
  if (!executed.ok() && content.round.is_fast() && asks) {
    call.cause.reset();
    return fast_block_with_oracles();
  }
  return executed;
}

void Worker::Impl::keep_blobs(ChainState& chain, ChainManager::Changed changed,
                              const std::map<BlobId, BlobContent>& blobs) {
  auto replace = [&](Map<BlobId, BlobContent>& kept) {
    kept.clear();
    for (const auto& [id, blob] : blobs) kept.put(id, blob);
  };
  if (changed.proposed) replace(chain.proposed_blobs);
  if (changed.locking) replace(chain.locking_blobs);
}

NodeResult<ChainInfoResponse> Worker::Impl::handle_proposal(WorkerCall& call,
                                                            const BlockProposal& proposal,
                                                            bool aggregated) {
  const ChainId& chain_id = proposal.content.block.chain_id;
  {
    Overlay fresh(call.session.overlay());
    MICA_TRY(ChainState(fresh, chain_id).initialize_if_needed(call.now, committees_, call.session));
    fresh.commit_into(call.session.overlay());
  }
  auto current_round = [&] {
    return ChainState(call.session.overlay(), chain_id).manager.get().current_round;
  };
  const Round old_round = current_round();
  auto response = vote_for_proposal(call, proposal, aggregated);
  // A proposal that comes to nothing may have opened its round all the same.
  if (response.ok() || current_round() > old_round) {
    create_network_actions(call, chain_id, old_round);
  }
  return response;
}

NodeResult<ChainInfoResponse> Worker::Impl::vote_for_proposal(WorkerCall& call,
                                                              const BlockProposal& proposal,
                                                              bool aggregated) {
  const ProposedBlock& block = proposal.content.block;
  const Round& round = proposal.content.round;
  Overlay work(call.session.overlay());
  ChainState chain(work, block.chain_id);
  if (auto sound = proposal.check_invariants(); !sound.ok()) {
    return worker_error("The block proposal is invalid: " + sound.error().message());
  }
  MICA_TRY(check_signature(proposal));
  MICA_TRY(chain.tip_state.get().verify_block_chaining(block));
  CommitteePtr committee = MICA_TRY(chain.current_committee(committees_, call.session));
  if (Epoch epoch = chain.execution.system.epoch.get(); epoch != block.epoch) {
    return worker_error("Unexpected epoch " + block.epoch.to_text() + ": chain " +
                        block.chain_id.to_text() + " is at " + epoch.to_text());
  }
  MICA_TRY(check_size(block, committee->committee.policy));
  ChainManager manager(chain.manager.get());
  if (!manager.verify_owner(proposal.signature.owner(), round)) return invalid_owner();
  MICA_TRY(check_original(proposal, manager, committee->committee));
  if (MICA_TRY(manager.check_proposed_block(proposal)) == ManagerOutcome::kSkip) {
    return respond(chain);  // we voted for it before
  }
  // That a round was opened is remembered even if this proposal comes to nothing.
  if (manager.update_signed_proposal(proposal, call.now)) {
    chain.manager.set(manager.state());
    work.commit_into(call.session.overlay());
  }
  MICA_TRY(manager.check_confirmed_vote(proposal));
  std::vector<BlobContent> published;
  MICA_TRY(load_proposal_blobs(call, work, chain, proposal, published));
  MICA_TRY(check_time(block, call.now));
  {
    Overlay inboxes(work);
    auto missing = MICA_TRY(
        ChainState(inboxes, block.chain_id)
            .remove_bundles_from_inboxes(block.transactions, block.timestamp, !aggregated));
    if (!missing.empty()) return missing_updates(block.chain_id, std::move(missing), aggregated);
  }
  KnownExecution execution =
      MICA_TRY(execute_proposal(call, work, chain, proposal, std::move(published)));
  if (round.is_fast() && execution.block.has_oracle_responses()) {
    return fast_block_with_oracles();
  }
  MICA_TRY(chain.tip_state.get().update_counters(execution.block.body));

  std::set<BlobId> expected = required_blob_ids(proposal);
  if (proposal.content.outcome) expected.merge(execution.block.created_blob_ids());
  std::map<BlobId, BlobContent> blobs;
  std::vector<BlobId> absent;
  for (auto& [id, blob] : unstored_blobs(call, chain, expected, &execution.block)) {
    blob ? void(blobs.emplace(id, *std::move(blob))) : absent.push_back(id);
  }
  if (!absent.empty()) return NodeError(NodeError::BlobsNotFound{std::move(absent)});
  keep_blobs(chain,
             manager.create_vote(proposal, execution.block, execution.hash, config_.sign, call.now),
             blobs);
  chain.manager.set(manager.state());
  remember_block(execution.hash, std::make_shared<Block>(std::move(execution.block)));
  work.commit_into(call.session.overlay());
  return respond(chain);
}

NodeResult<StagedBlock> Worker::Impl::stage_block(WorkerCall& call, BlockExecution what) {
  const ProposedBlock block = what.block;
  Overlay work(call.session.overlay());
  ChainState chain(work, block.chain_id);
  MICA_TRY(chain.initialize_if_needed(call.now, committees_, call.session));
  work.commit_into(call.session.overlay());
  CommitteePtr committee = MICA_TRY(chain.current_committee(committees_, call.session));
  {
    Overlay inboxes(work);
    auto missing =
        MICA_TRY(ChainState(inboxes, block.chain_id)
                     .remove_bundles_from_inboxes(block.transactions, block.timestamp, true));
    if (!missing.empty()) return missing_updates(block.chain_id, std::move(missing), false);
  }
  KnownExecution execution = MICA_TRY(execute(call, work, chain, std::move(what)));
  StagedBlock staged;
  staged.proposed = execution.block.proposed();
  staged.fees = execution.fees;
  staged.left_out = std::move(execution.left_out);
  if (staged.proposed.transactions.empty()) return staged;
  MICA_TRY(check_size(staged.proposed, committee->committee.policy));
  staged.hash = execution.hash;

  Overlay trial(work);
  trial.apply(execution.changes->hot);
  ExecutionState after(trial, block.chain_id);
  std::set<AccountOwner> owners = {AccountOwner::chain()};
  if (block.authenticated_signer) owners.insert(*block.authenticated_signer);
  for (const AccountOwner& owner : chain.execution.system.balances.keys()) owners.insert(owner);
  for (const AccountOwner& owner : after.system.balances.keys()) owners.insert(owner);
  for (const AccountOwner& owner : owners) {
    BalanceChange change{owner, chain.execution.system.balance_of(owner),
                         after.system.balance_of(owner)};
    bool always = owner.is_chain() || owner == block.authenticated_signer;
    if (always || change.before != change.after) staged.balances.push_back(change);
  }
  staged.block = std::move(execution.block);
  return staged;
}

}  // namespace mica::worker
