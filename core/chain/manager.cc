#include "core/chain/manager.h"

#include "core/chain/errors.h"
#include "core/crypto/secp256k1.h"

namespace mica::chain {

namespace {

NodeError insufficient_round(const Round& round) {
  return chain_error("Round number should be at least " + round_debug_text(round));
}
NodeError insufficient_round_strict(const Round& round) {
  return chain_error("Round number should be greater than " + round_debug_text(round));
}
const Round kFirstSingleLeaderRound = {Round::SingleLeader{0}};

BlockVote vote_for(const Block& block, const CryptoHash& hash, const Round& round,
                   CertificateKind kind, const ValidatorSigner& sign) {
  LiteVote vote = sign_vote({hash, block.header.chain_id, kind}, round, sign);
  return {block, hash, round, vote.signature};
}

}  // namespace

Round round_of(const LockingBlock& locking) {
  const auto* regular = std::get_if<LockingBlock::Regular>(&locking.kind);
  return regular ? regular->certificate.round : Round{Round::Fast{}};
}

LiteVote sign_vote(const LiteValue& value, const Round& round, const ValidatorSigner& sign) {
  return {value, round, sign(vote_hash(value, round))};
}

ChainManager ChainManager::fresh(ChainOwnership ownership, BlockHeight height, Timestamp now,
                                 std::map<AccountOwner, uint64_t> fallback_owners) {
  ManagerState state;
  state.current_round = first_round(ownership);
  auto duration = round_duration(ownership, state.current_round);
  if (duration) state.round_timeout = saturating_add(now, *duration);
  state.ownership = std::move(ownership);
  state.fallback_owners = std::move(fallback_owners);
  state.seed = height.height;
  return ChainManager(std::move(state));
}

std::optional<LiteVote> ChainManager::pending_vote() const {
  const auto& confirmed = state_.confirmed_vote;
  const auto& validated = state_.validated_vote;
  if (validated && (!confirmed || validated->round > confirmed->round)) {
    return validated->lite(CertificateKind::Validated);
  }
  if (confirmed) return confirmed->lite(CertificateKind::Confirmed);
  return std::nullopt;
}

ChainManagerInfo ChainManager::info() const {
  ChainManagerInfo info;
  info.ownership = state_.ownership;
  info.timeout = state_.timeout;
  info.pending = pending_vote();
  info.timeout_vote = state_.timeout_vote;
  info.fallback_vote = state_.fallback_vote;
  info.current_round = state_.current_round;
  info.leader =
      round_leader(state_.ownership, state_.fallback_owners, state_.seed, state_.current_round);
  info.round_timeout = state_.round_timeout;
  return info;
}

void ChainManager::add_values(ChainManagerInfo& info) const {
  info.requested_signed_proposal = state_.signed_proposal;
  info.requested_proposed = state_.proposed;
  info.requested_locking = state_.locking_block;
  if (state_.confirmed_vote) info.requested_confirmed = state_.confirmed_vote->block;
  if (state_.validated_vote) info.requested_validated = state_.validated_vote->block;
}

const Block* ChainManager::block(const CryptoHash& hash) const {
  for (const auto* vote : {&state_.confirmed_vote, &state_.validated_vote}) {
    if (*vote && (*vote)->hash == hash) return &(*vote)->block;
  }
  if (!state_.locking_block) return nullptr;
  const auto* regular = std::get_if<LockingBlock::Regular>(&state_.locking_block->kind);
  if (regular && hash_of(regular->certificate.value) == hash) return &regular->certificate.value;
  return nullptr;
}

bool ChainManager::verify_owner(const AccountOwner& owner, const Round& round) const {
  const ChainOwnership& ownership = state_.ownership;
  if (ownership.super_owners.contains(owner)) return true;
  switch (rules_of(round).proposers) {
    case Proposers::kNobody:
      return false;
    case Proposers::kOwners:
      return ownership.open_multi_leader_rounds || ownership.owners.contains(owner);
    case Proposers::kOwnerLeader:
    case Proposers::kValidatorLeader:
      return round_leader(ownership, state_.fallback_owners, state_.seed, round) == owner;
  }
  return false;
}

NodeStatus ChainManager::check_round(const BlockProposal& proposal) const {
  const Round& round = proposal.content.round;
  const Round& current = state_.current_round;
  switch (rules_of(round).admission) {
    case Admission::kAlways:
      return Ok{};
    case Admission::kNotBeforeCurrent:
      if (current.is_fast() &&
          !state_.ownership.super_owners.contains(proposal.signature.owner())) {
        return NodeError(NodeError::WrongRound{current});
      }
      if (round < current) return insufficient_round(round);
      return Ok{};
    case Admission::kOnlyCurrent:
      if (round != current) return NodeError(NodeError::WrongRound{current});
      return Ok{};
  }
  return Ok{};
}

// Having voted to confirm, we validate another block only if a quorum did so no earlier, and the
// same block of the fast round in any later round.
NodeStatus ChainManager::check_confirmed_vote(const BlockProposal& proposal) const {
  if (!state_.confirmed_vote) return Ok{};
  const BlockVote& vote = *state_.confirmed_vote;
  bool compatible = false;
  if (proposal.original_proposal) {
    const auto& original = proposal.original_proposal->kind;
    if (const auto* regular = std::get_if<OriginalProposal::Regular>(&original)) {
      compatible = vote.round <= regular->certificate.round;
    } else {
      compatible = vote.round.is_fast() && vote.block.proposed() == proposal.content.block;
    }
  }
  if (compatible) return Ok{};
  return chain_error("Already voted to confirm a different block for height " +
                     std::to_string(proposal.content.block.height.height) + " at round number " +
                     round_debug_text(vote.round));
}

NodeResult<ManagerOutcome> ChainManager::check_proposed_block(const BlockProposal& proposal) const {
  const Round& round = proposal.content.round;
  const uint64_t height = proposal.content.block.height.height;
  if (state_.proposed && state_.proposed->content == proposal.content) {
    return ManagerOutcome::kSkip;
  }
  if (height == UINT64_MAX) {
    return chain_error("Sequence numbers above the maximal value are not usable for blocks");
  }
  MICA_TRY(check_round(proposal));
  if (state_.validated_vote && round <= state_.validated_vote->round) {
    return insufficient_round_strict(state_.validated_vote->round);
  }
  if (state_.locking_block && round <= round_of(*state_.locking_block)) {
    return chain_error("Proposal for height " + std::to_string(height) +
                       " is not newer than locking block in round " +
                       round_debug_text(round_of(*state_.locking_block)));
  }
  return ManagerOutcome::kAccept;
}

NodeResult<ManagerOutcome> ChainManager::check_validated_block(const CryptoHash& hash,
                                                               const Round& round) const {
  const auto& confirmed = state_.confirmed_vote;
  if (confirmed && confirmed->hash == hash && confirmed->round == round) {
    return ManagerOutcome::kSkip;
  }
  if (state_.validated_vote && round < state_.validated_vote->round) {
    return insufficient_round(state_.validated_vote->round);
  }
  if (state_.locking_block && round <= round_of(*state_.locking_block)) {
    return insufficient_round_strict(round_of(*state_.locking_block));
  }
  return ManagerOutcome::kAccept;
}

bool ChainManager::update_signed_proposal(const BlockProposal& proposal, Timestamp now) {
  const Round& round = proposal.content.round;
  // Later single-leader rounds are opened by timeouts alone.
  if (round > kFirstSingleLeaderRound) return false;
  if (state_.signed_proposal && state_.signed_proposal->content.round >= round) {
    if (state_.current_round >= state_.signed_proposal->content.round) return false;
    update_current_round(now);
    return true;
  }
  if (state_.proposed && state_.proposed->content.round >= round) return false;
  state_.signed_proposal = proposal;
  update_current_round(now);
  return true;
}

// What a proposal proves to be locked: the block validated before, or the fast round's.
bool ChainManager::lock_original(const BlockProposal& proposal, const Block& block) {
  if (!proposal.original_proposal) {
    if (!proposal.content.round.is_fast() || state_.locking_block) return false;
    return update_locking({LockingBlock::Fast{proposal}});
  }
  const auto& original = proposal.original_proposal->kind;
  if (const auto* fast = std::get_if<OriginalProposal::Fast>(&original)) {
    if (state_.locking_block) return false;
    // With the first signature but the retry's content: use only its block and signature.
    BlockProposal first = proposal;
    first.signature = fast->signature;
    return update_locking({LockingBlock::Fast{std::move(first)}});
  }
  const LiteCertificate& lite = std::get_if<OriginalProposal::Regular>(&original)->certificate;
  if (state_.locking_block && round_of(*state_.locking_block) >= lite.round) return false;
  return update_locking({LockingBlock::Regular{{block, lite.round, lite.signatures}}});
}

ChainManager::Changed ChainManager::create_vote(const BlockProposal& proposal, const Block& block,
                                                const CryptoHash& hash, const ValidatorSigner& sign,
                                                Timestamp now) {
  const Round& round = proposal.content.round;
  Changed changed;
  changed.locking = lock_original(proposal, block);
  changed.proposed = update_proposed(proposal);
  update_current_round(now);
  if (!sign) return changed;
  if (rules_of(round).confirms) {
    state_.validated_vote.reset();
    state_.confirmed_vote = vote_for(block, hash, round, CertificateKind::Confirmed, sign);
  } else {
    state_.validated_vote = vote_for(block, hash, round, CertificateKind::Validated, sign);
  }
  return changed;
}

ChainManager::Changed ChainManager::create_final_vote(ValidatedBlockCertificate certificate,
                                                      const CryptoHash& hash,
                                                      const ValidatorSigner& sign, Timestamp now) {
  const Round round = certificate.round;
  std::optional<BlockVote> vote;
  if (sign) vote = vote_for(certificate.value, hash, round, CertificateKind::Confirmed, sign);
  Changed changed;
  changed.locking = update_locking({LockingBlock::Regular{std::move(certificate)}});
  update_current_round(now);
  if (vote && state_.current_round == round) {  // never vote in a past round
    state_.confirmed_vote = std::move(vote);
    state_.validated_vote.reset();
  }
  return changed;
}

NodeResult<bool> ChainManager::create_timeout_vote(const ChainId& chain, BlockHeight height,
                                                   const Round& round, Epoch epoch,
                                                   const ValidatorSigner& sign, Timestamp now) {
  if (!sign) return false;
  if (round != state_.current_round) return NodeError(NodeError::WrongRound{state_.current_round});
  if (!state_.round_timeout) {
    return chain_error("Not signing timeout certificate; current round does not time out");
  }
  if (now < *state_.round_timeout) {
    return chain_error("Not signing timeout certificate; current round times out at time " +
                       std::to_string(state_.round_timeout->micros));
  }
  if (state_.timeout_vote && state_.timeout_vote->round == round) return false;
  CryptoHash hash = hash_of(Timeout{chain, height, epoch});
  state_.timeout_vote = sign_vote({hash, chain, CertificateKind::Timeout}, round, sign);
  return true;
}

void ChainManager::handle_timeout_certificate(TimeoutCertificate certificate, Timestamp now) {
  if (state_.timeout && state_.timeout->round >= certificate.round) return;
  state_.timeout = std::move(certificate);
  update_current_round(now);
}

// The current round is the latest that anything accepted proves to have begun; it never goes back.
void ChainManager::update_current_round(Timestamp now) {
  Round round = first_round(state_.ownership);
  auto at_least = [&](const Round& other) { round = std::max(round, other); };
  if (state_.timeout) {
    at_least(next_round(state_.ownership, state_.timeout->round)
                 .value_or(Round{Round::Validator{UINT32_MAX}}));
  }
  if (state_.locking_block) at_least(round_of(*state_.locking_block));
  if (state_.proposed) at_least(state_.proposed->content.round);
  if (state_.signed_proposal) at_least(state_.signed_proposal->content.round);
  if (round <= state_.current_round) return;
  auto duration = round_duration(state_.ownership, round);
  state_.round_timeout.reset();
  if (duration) state_.round_timeout = saturating_add(now, *duration);
  state_.current_round = round;
}

bool ChainManager::update_proposed(const BlockProposal& proposal) {
  const Round& round = proposal.content.round;
  if (state_.proposed && state_.proposed->content.round >= round) return false;
  if (state_.signed_proposal && state_.signed_proposal->content.round <= round) {
    state_.signed_proposal.reset();
  }
  state_.proposed = proposal;
  return true;
}

bool ChainManager::update_locking(LockingBlock locking) {
  if (state_.locking_block && round_of(*state_.locking_block) >= round_of(locking)) return false;
  state_.locking_block = std::move(locking);
  return true;
}

}  // namespace mica::chain
