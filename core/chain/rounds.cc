#include "core/chain/rounds.h"

#include <algorithm>
#include <bit>

namespace mica::chain {

namespace {

using enum Proposers;
using enum Admission;
constexpr RoundRules kFast = {kNobody, kAlways, true};
constexpr RoundRules kMultiLeader = {kOwners, kNotBeforeCurrent, false};
constexpr RoundRules kFirstSingleLeader = {kOwnerLeader, kNotBeforeCurrent, false};
constexpr RoundRules kSingleLeader = {kOwnerLeader, kOnlyCurrent, false};
constexpr RoundRules kValidator = {kValidatorLeader, kOnlyCurrent, false};

// ChaCha with 8 rounds, nonce 0, keyed from 64 bits as rand_core's seed_from_u64.
class ChaCha8 {
 public:
  explicit ChaCha8(uint64_t seed) {
    for (uint32_t& word : key_) {
      seed = seed * 6364136223846793005ULL + 11634580027462260723ULL;
      word = std::rotr(static_cast<uint32_t>(((seed >> 18) ^ seed) >> 27),
                       static_cast<int>(seed >> 59));
    }
  }
  uint32_t u32() {
    if (next_ == block_.size()) refill();
    return block_[next_++];
  }
  uint64_t u64() {
    uint64_t low = u32();
    return low | static_cast<uint64_t>(u32()) << 32;
  }
  // Uniform below `range`, by rand 0.8's widening multiplication with rejection.
  uint32_t below(uint32_t range) {
    uint32_t zone = UINT32_MAX - (UINT32_MAX - range + 1) % range;
    for (;;) {
      uint64_t product = static_cast<uint64_t>(u32()) * range;
      if (static_cast<uint32_t>(product) <= zone) return static_cast<uint32_t>(product >> 32);
    }
  }
  uint64_t below(uint64_t range) {
    uint64_t zone = UINT64_MAX - (UINT64_MAX - range + 1) % range;
    for (;;) {
      u128 product = static_cast<u128>(u64()) * range;
      if (static_cast<uint64_t>(product) <= zone) return static_cast<uint64_t>(product >> 64);
    }
  }

 private:
  static void quarter(uint32_t& a, uint32_t& b, uint32_t& c, uint32_t& d) {
    a += b, d = std::rotl(d ^ a, 16);
    c += d, b = std::rotl(b ^ c, 12);
    a += b, d = std::rotl(d ^ a, 8);
    c += d, b = std::rotl(b ^ c, 7);
  }
  void refill() {
    std::array<uint32_t, 16> in = {0x61707865, 0x3320646e, 0x79622d32, 0x6b206574};
    std::copy(key_.begin(), key_.end(), in.begin() + 4);
    in[12] = static_cast<uint32_t>(counter_);
    in[13] = static_cast<uint32_t>(counter_ >> 32);
    ++counter_;
    auto x = in;
    for (int i = 0; i < 4; ++i) {
      quarter(x[0], x[4], x[8], x[12]);
      quarter(x[1], x[5], x[9], x[13]);
      quarter(x[2], x[6], x[10], x[14]);
      quarter(x[3], x[7], x[11], x[15]);
      quarter(x[0], x[5], x[10], x[15]);
      quarter(x[1], x[6], x[11], x[12]);
      quarter(x[2], x[7], x[8], x[13]);
      quarter(x[3], x[4], x[9], x[14]);
    }
    for (size_t i = 0; i < 16; ++i) block_[i] = x[i] + in[i];
    next_ = 0;
  }

  std::array<uint32_t, 8> key_{};
  uint64_t counter_ = 0;
  std::array<uint32_t, 16> block_{};
  size_t next_ = 16;
};

Round single_leader(uint32_t round) { return {Round::SingleLeader{round}}; }
Round multi_leader(uint32_t round) { return {Round::MultiLeader{round}}; }
Round validator(uint32_t round) { return {Round::Validator{round}}; }

std::optional<AccountOwner> pick(const std::map<AccountOwner, uint64_t>& owners, uint32_t round,
                                 uint64_t seed) {
  auto table = LeaderTable::make(owners);
  if (!table) return std::nullopt;
  return std::next(owners.begin(), static_cast<ptrdiff_t>(table->leader(round, seed)))->first;
}

}  // namespace

const RoundRules& rules_of(const Round& round) {
  if (round.is_fast()) return kFast;
  if (std::get_if<Round::MultiLeader>(&round.kind)) return kMultiLeader;
  if (const auto* single = std::get_if<Round::SingleLeader>(&round.kind)) {
    return single->round == 0 ? kFirstSingleLeader : kSingleLeader;
  }
  return kValidator;
}

Round first_round(const ChainOwnership& ownership) {
  if (!ownership.super_owners.empty()) return {Round::Fast{}};
  if (ownership.owners.empty()) return validator(0);
  return ownership.multi_leader_rounds > 0 ? multi_leader(0) : single_leader(0);
}

std::optional<Round> next_round(const ChainOwnership& ownership, const Round& round) {
  if (round.is_fast()) {
    return ownership.multi_leader_rounds == 0 ? single_leader(0) : multi_leader(0);
  }
  if (const auto* multi = std::get_if<Round::MultiLeader>(&round.kind)) {
    bool last = multi->round == UINT32_MAX || multi->round + 1 >= ownership.multi_leader_rounds;
    return last ? single_leader(0) : multi_leader(multi->round + 1);
  }
  if (const auto* single = std::get_if<Round::SingleLeader>(&round.kind)) {
    return single->round == UINT32_MAX ? validator(0) : single_leader(single->round + 1);
  }
  uint32_t last = std::get_if<Round::Validator>(&round.kind)->round;
  if (last == UINT32_MAX) return std::nullopt;
  return validator(last + 1);
}

std::optional<TimeDelta> round_duration(const ChainOwnership& ownership, const Round& round) {
  const TimeoutConfig& config = ownership.timeout_config;
  if (round.is_fast()) {
    return ownership.owners.empty() ? std::nullopt : config.fast_round_duration;
  }
  if (const auto* multi = std::get_if<Round::MultiLeader>(&round.kind)) {
    uint32_t next = multi->round == UINT32_MAX ? UINT32_MAX : multi->round + 1;
    if (next != ownership.multi_leader_rounds) return std::nullopt;
    return config.base_timeout;
  }
  const auto* single = std::get_if<Round::SingleLeader>(&round.kind);
  uint64_t number = single ? single->round : std::get_if<Round::Validator>(&round.kind)->round;
  uint64_t micros;
  if (__builtin_mul_overflow(config.timeout_increment.micros, number, &micros)) {
    micros = UINT64_MAX;
  }
  return TimeDelta{saturating_add(Timestamp{config.base_timeout.micros}, TimeDelta{micros}).micros};
}

std::string round_debug_text(const Round& round) {
  auto numbered = [](const char* name, uint32_t number) {
    return std::string(name) + "(" + std::to_string(number) + ")";
  };
  if (const auto* multi = std::get_if<Round::MultiLeader>(&round.kind)) {
    return numbered("MultiLeader", multi->round);
  }
  if (const auto* single = std::get_if<Round::SingleLeader>(&round.kind)) {
    return numbered("SingleLeader", single->round);
  }
  if (const auto* fallback = std::get_if<Round::Validator>(&round.kind)) {
    return numbered("Validator", fallback->round);
  }
  return "Fast";
}

std::optional<LeaderTable> LeaderTable::make(const std::map<AccountOwner, uint64_t>& owners) {
  std::vector<uint64_t> weights;
  weights.reserve(owners.size());
  for (const auto& [owner, weight] : owners) weights.push_back(weight);
  return make(weights);
}

std::optional<LeaderTable> LeaderTable::make(const std::vector<uint64_t>& weights) {
  const uint64_t count = weights.size();
  if (count == 0 || count > UINT32_MAX) return std::nullopt;
  LeaderTable table;
  for (uint64_t weight : weights) {
    if (weight > UINT64_MAX / count) return std::nullopt;
    table.total_ += weight;
    table.odds_.push_back(weight * count);
  }
  const uint64_t total = table.total_;
  if (total == 0) return std::nullopt;
  table.aliases_.resize(count);
  std::vector<uint32_t> small, big;
  for (uint32_t i = 0; i < count; ++i) (table.odds_[i] < total ? small : big).push_back(i);
  while (!small.empty() && !big.empty()) {
    uint32_t s = small.back(), b = big.back();
    small.pop_back(), big.pop_back();
    table.aliases_[s] = b;
    table.odds_[b] = table.odds_[b] - total + table.odds_[s];
    (table.odds_[b] < total ? small : big).push_back(b);
  }
  for (uint32_t rest : small) table.odds_[rest] = total;
  for (uint32_t rest : big) table.odds_[rest] = total;
  return table;
}

size_t LeaderTable::leader(uint32_t round, uint64_t seed) const {
  ChaCha8 random(std::rotl(static_cast<uint64_t>(round), 32) + seed);
  uint32_t side = random.below(static_cast<uint32_t>(odds_.size()));
  return random.below(total_) < odds_[side] ? side : aliases_[side];
}

std::optional<AccountOwner> round_leader(const ChainOwnership& ownership,
                                         const std::map<AccountOwner, uint64_t>& fallback_owners,
                                         uint64_t seed, const Round& round) {
  if (const auto* single = std::get_if<Round::SingleLeader>(&round.kind)) {
    return pick(ownership.owners, single->round, seed);
  }
  if (const auto* fallback = std::get_if<Round::Validator>(&round.kind)) {
    return pick(fallback_owners, fallback->round, seed);
  }
  return std::nullopt;
}

bool should_propose(const ChainOwnership& ownership,
                    const std::map<AccountOwner, uint64_t>& fallback_owners, uint64_t seed,
                    const Round& round, const AccountOwner& owner) {
  if (round.is_fast()) return ownership.super_owners.contains(owner);
  if (std::get_if<Round::MultiLeader>(&round.kind)) return true;
  const auto leader = round_leader(ownership, fallback_owners, seed, round);
  if (leader == owner) return true;
  if (!ownership.super_owners.contains(owner)) return false;
  // Without regular owners nobody leads; and those who lead may have nothing to propose, for ever.
  const auto* single = std::get_if<Round::SingleLeader>(&round.kind);
  return !leader || (single && single->round % 2 == 1);
}

std::map<AccountOwner, uint64_t> fallback_owners_of(const Committee& committee) {
  std::map<AccountOwner, uint64_t> owners;
  for (const auto& [key, state] : committee.validators) {
    auto owner = owner_of(state.account_public_key);
    if (owner.ok()) owners[*owner] = state.votes;  // the last one wins, as in upstream's collect()
  }
  return owners;
}

}  // namespace mica::chain
