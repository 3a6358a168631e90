#include "core/worker/proposals.h"

#include "core/chain/errors.h"
#include "core/worker/block_blobs.h"
#include "core/worker/block_runs.h"
#include "core/worker/cross_chain.h"

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

NodeError missing_updates(const ChainId& chain, MissingBundles missing, bool aggregated) {
  if (aggregated) return NodeError::MissingCrossChainUpdates{chain, std::move(missing)};
  return NodeError::MissingCrossChainUpdate{chain, missing[0].first, missing[0].second};
}

NodeStatus check_original(const BlockProposal& proposal, const ChainManager& manager,
                          const Committee& committee) {
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

NodeStatus check_time(const WorkerConfig& config, const ProposedBlock& block, Timestamp now) {
  const uint64_t at = block.timestamp.micros, grace = config.block_time_grace_period.micros;
  if (!config.sign || at <= now.micros || at - now.micros <= grace) return Ok{};
  // Clients parse the part in brackets and wait.
  return worker_error("Block timestamp (" + std::to_string(at) +
                      ") is further in the future from local time (" + std::to_string(now.micros) +
                      ") than block time grace period (" + std::to_string(grace) +
                      ") [us:" + std::to_string(at) + ":" + std::to_string(now.micros) + "]");
}

NodeStatus load_proposal_blobs(WorkerCall& call, Overlay& work, ChainState& chain,
                               const BlockProposal& proposal, std::vector<BlobContent>& published) {
  const std::set<BlobId> required = required_blob_ids(proposal);
  auto blobs = unstored_blobs(call, chain, required, nullptr);
  if (auto missing = missing_ids(blobs); !missing.empty()) {
    if (chain.execution.system.ownership.get().open_multi_leader_rounds) {
      for (const AccountOwner& other : chain.pending_proposed_blobs.keys()) {
        chain.pending_proposed_blobs.erase(other);
      }
    }
    bool validated = proposal.content.outcome.has_value();
    PendingBlobs pending = chain.pending_proposed_blobs.open(proposal.signature.owner());
    // A client, which votes for nothing, also wants what an earlier round has locked.
    if (!call.worker.config().sign && proposal.content.round < pending.round.get()) pending.clear();
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

NodeResult<BlockRun> execute_proposal(WorkerCall& call, Overlay& work, ChainState& chain,
                                      const BlockProposal& proposal,
                                      std::vector<BlobContent> published) {
  const ProposalContent& content = proposal.content;
  if (content.outcome) {
    BlockRun known;
    known.block = Block::assemble(content.block, *content.outcome);
    known.hash = hash_of(known.block);
    return known;
  }
  BlockExecution what;
  what.block = content.block;
  what.round = content.round.multi_leader();
  what.published_blobs = std::move(published);
  auto executed = run_block(call, work, chain, std::move(what));
  // Nobody is asked for a block that is refused whatever the answer.
  const bool asks = call.cause && !sorted(call.cause->wanted).questions.empty();
  if (!executed.ok() && content.round.is_fast() && asks) {
    call.cause.reset();
    return fast_block_with_oracles();
  }
  if (executed.ok() && call.worker.config().sign && !executed->block.has_state_hash()) {
    return worker_error("This validator cannot vote: it has no historical state hash");
  }
  return executed;
}

NodeResult<ChainInfoResponse> vote_for_proposal(WorkerCall& call, const BlockProposal& proposal,
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
  CommitteePtr committee = MICA_TRY(call.current_committee(chain));
  MICA_TRY(check_epoch(chain, block.epoch));
  MICA_TRY(check_size(block, committee->committee.policy));
  ChainManager manager(chain.manager.get());
  if (!manager.verify_owner(proposal.signature.owner(), round)) return invalid_owner();
  MICA_TRY(check_original(proposal, manager, committee->committee));
  if (MICA_TRY(manager.check_proposed_block(proposal)) == ManagerOutcome::kSkip) {
    return call.worker.respond(chain);  // we voted for it before
  }
  // That a round was opened is remembered even if this proposal comes to nothing.
  if (manager.update_signed_proposal(proposal, call.now)) {
    chain.manager.set(manager.state());
    work.commit_into(call.session.overlay());
  }
  MICA_TRY(manager.check_confirmed_vote(proposal));
  std::vector<BlobContent> published;
  MICA_TRY(load_proposal_blobs(call, work, chain, proposal, published));
  MICA_TRY(check_time(call.worker.config(), block, call.now));
  {
    Overlay inboxes(work);
    auto missing = MICA_TRY(
        ChainState(inboxes, block.chain_id)
            .remove_bundles_from_inboxes(block.transactions, block.timestamp, !aggregated));
    if (!missing.empty()) return missing_updates(block.chain_id, std::move(missing), aggregated);
  }
  BlockRun execution =
      MICA_TRY(execute_proposal(call, work, chain, proposal, std::move(published)));
  if (round.is_fast() && execution.block.has_oracle_responses()) {
    return fast_block_with_oracles();
  }
  MICA_TRY(chain.tip_state.get().update_counters(execution.block.body));

  std::set<BlobId> expected = required_blob_ids(proposal);
  if (proposal.content.outcome) expected.merge(execution.block.created_blob_ids());
  auto blobs = unstored_blobs(call, chain, expected, &execution.block);
  if (auto missing = missing_ids(blobs); !missing.empty()) {
    return NodeError(NodeError::BlobsNotFound{std::move(missing)});
  }
  auto changed = manager.create_vote(proposal, execution.block, execution.hash,
                                     call.worker.config().sign, call.now);
  keep_blobs(chain, changed, present_blobs(std::move(blobs)));
  chain.manager.set(manager.state());
  call.worker.remember_block(execution.hash, std::make_shared<Block>(std::move(execution.block)));
  work.commit_into(call.session.overlay());
  return call.worker.respond(chain);
}

// The chain's and the signer's, and every other that is not what it was.
std::vector<BalanceChange> balance_changes(const ExecutionState& before,
                                           const ExecutionState& after,
                                           const std::optional<AccountOwner>& signer) {
  std::set<AccountOwner> owners = {AccountOwner::chain()};
  if (signer) owners.insert(*signer);
  for (const AccountOwner& owner : before.system.balances.keys()) owners.insert(owner);
  for (const AccountOwner& owner : after.system.balances.keys()) owners.insert(owner);
  std::vector<BalanceChange> changes;
  for (const AccountOwner& owner : owners) {
    BalanceChange change{owner, before.system.balance_of(owner), after.system.balance_of(owner)};
    bool always = owner.is_chain() || owner == signer;
    if (always || change.before != change.after) changes.push_back(change);
  }
  return changes;
}

}  // namespace

NodeResult<ChainInfoResponse> handle_proposal(WorkerCall& call, const BlockProposal& proposal,
                                              bool aggregated) {
  const ChainId& chain_id = proposal.content.block.chain_id;
  {
    Overlay fresh(call.session.overlay());
    ChainState chain(fresh, chain_id);
    MICA_TRY(call.initialize(fresh, chain));
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

NodeResult<StagedBlock> stage_execution(WorkerCall& call, BlockExecution what) {
  const ProposedBlock block = what.block;
  Overlay work(call.session.overlay());
  ChainState chain(work, block.chain_id);
  MICA_TRY(call.initialize(work, chain));
  CommitteePtr committee = MICA_TRY(call.current_committee(chain));
  {
    Overlay inboxes(work);
    auto missing =
        MICA_TRY(ChainState(inboxes, block.chain_id)
                     .remove_bundles_from_inboxes(block.transactions, block.timestamp, true));
    if (!missing.empty()) return missing_updates(block.chain_id, std::move(missing), false);
  }
  BlockRun execution = MICA_TRY(run_block(call, work, chain, std::move(what)));
  StagedBlock staged;
  staged.proposed = execution.block.proposed();
  staged.fees = execution.fees;
  staged.left_out = std::move(execution.left_out);
  if (staged.proposed.transactions.empty()) return staged;
  MICA_TRY(check_size(staged.proposed, committee->committee.policy));
  staged.hash = execution.hash;

  Overlay trial(work);
  trial.apply(execution.changes->hot);
  staged.balances = balance_changes(chain.execution, ExecutionState(trial, block.chain_id),
                                    block.authenticated_signer);
  staged.block = std::move(execution.block);
  return staged;
}

}  // namespace mica::worker
