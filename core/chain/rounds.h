// Consensus rounds of one height: their order, how long they last, who may propose in them.
//
// Theory. A chain decides one block per height, in rounds Fast < MultiLeader(0..) <
// SingleLeader(0..) < Validator(0..). A validator has a current round, which only grows. It votes
// at most once to validate in a round, and to confirm only what a quorum validated (or what a super
// owner proposed in the fast round, where there is only one honest proposer and one step suffices).
// Having voted to confirm it is locked: it validates another block only if a quorum validated that
// in a later round. Two quorums share an honest validator, so two blocks are never both confirmed.
// Progress: rounds with many proposers may be skipped by a signed proposal in a later one; rounds
// with one leader end only by a certificate of timeout, so that no two proposers disturb each other
// for ever.
//
//   round            may propose            a new proposal needs          the vote it earns
//   Fast             nobody                 nothing                       to confirm
//   MultiLeader(r)   owners, or all if open round >= current              to validate
//   SingleLeader(0)  the leader by weights  round >= current              to validate
//   SingleLeader(r)  the leader by weights  round == current              to validate
//   Validator(r)     the leader by votes    round == current              to validate
//
// Super owners may propose in every round, and while the current round is Fast nobody else may.
// linera-base/src/ownership.rs, linera-chain/src/manager.rs
#pragma once

#include "core/chain/room.h"
#include "core/types/committee.h"

namespace mica::chain {

enum class Proposers : uint8_t { kNobody, kOwners, kOwnerLeader, kValidatorLeader };
enum class Admission : uint8_t { kAlways, kNotBeforeCurrent, kOnlyCurrent };
struct RoundRules {
  Proposers proposers;  // besides the super owners
  Admission admission;
  bool confirms;  // a proposal is voted for with a confirmed vote at once
};
const RoundRules& rules_of(const Round& round);

Round first_round(const ChainOwnership& ownership);
// None after Validator(u32::MAX).
std::optional<Round> next_round(const ChainOwnership& ownership, const Round& round);
// How long the round lasts; none: for ever.
std::optional<TimeDelta> round_duration(const ChainOwnership& ownership, const Round& round);

// As Rust prints it for debugging, which is how upstream's errors show it: "MultiLeader(0)".
std::string round_debug_text(const Round& round);

// A fair die with weighted sides, and its throw for one round.
// rand_distr 0.4.3 WeightedAliasIndex<u64>, rand_chacha 0.3 ChaCha8Rng
class LeaderTable {
 public:
  // None if there is no weight at all, or too much.
  static std::optional<LeaderTable> make(const std::vector<uint64_t>& weights);
  static std::optional<LeaderTable> make(const std::map<AccountOwner, uint64_t>& owners);
  // `seed` is the block height.
  size_t leader(uint32_t round, uint64_t seed) const;

 private:
  uint64_t total_ = 0;
  std::vector<uint64_t> odds_;
  std::vector<uint32_t> aliases_;
};

// The only regular owner (or, in validator rounds, validator) who may propose; none in rounds that
// have no leader.
std::optional<AccountOwner> round_leader(const ChainOwnership& ownership,
                                         const std::map<AccountOwner, uint64_t>& fallback_owners,
                                         uint64_t seed, const Round& round);

// What an honest client keeps to; validators would let super owners propose in any round. Ours use
// that where nobody leads, and in every other single-leader round: upstream's super owner waits for
// ever where no regular owner proposes. linera-chain/src/manager.rs,
// ChainManagerInfo::should_propose
bool should_propose(const ChainOwnership& ownership,
                    const std::map<AccountOwner, uint64_t>& fallback_owners, uint64_t seed,
                    const Round& round, const AccountOwner& owner);

// The validators' accounts with their votes: who leads in validator rounds.
std::map<AccountOwner, uint64_t> fallback_owners_of(const Committee& committee);

}  // namespace mica::chain
