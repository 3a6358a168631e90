#include "tests/sim/adversity.h"

#include "tests/sim/ledger.h"

namespace mica::sim {
namespace {

using C = ClientCommand;
constexpr size_t kChains = 3;
constexpr uint64_t kTokens = 100;
constexpr Behaviour kFaults[] = {
    Behaviour::kDown,          Behaviour::kEquivocates,        Behaviour::kHung,
    Behaviour::kGarbage,       Behaviour::kEquivocates,        Behaviour::kTruncated,
    Behaviour::kForgedVotes,   Behaviour::kWithholds,          Behaviour::kStale,
    Behaviour::kLengthensLogs, Behaviour::kNamesUnknownEpochs, Behaviour::kTellsNothing,
    Behaviour::kLengthensLogs};

constexpr uint8_t kSecondOwner = 111;

uint8_t owner_name(size_t chain) { return static_cast<uint8_t>(101 + chain); }

// How chain 0 is used by a second device, which leaves the fast round to the first.
enum class Sharing : uint8_t { kNone, kOneOwner, kTwoOwners, kByTurns };
Sharing sharing_of(uint64_t seed) {
  if (seed / 2 % 2 != 0) return Sharing::kNone;
  constexpr Sharing kKinds[] = {Sharing::kOneOwner, Sharing::kTwoOwners, Sharing::kByTurns};
  return kKinds[seed / 4 % 3];
}

ChainOwnership shared_ownership(uint64_t seed) {
  const AccountOwner first = sim_owner(owner_name(0)), second = sim_owner(kSecondOwner);
  const bool fast = seed % 2 == 0, by_turns = sharing_of(seed) == Sharing::kByTurns;
  ChainOwnership ownership;
  if (!by_turns) ownership.multi_leader_rounds = ChainOwnership::kDefaultMultiLeaderRounds;
  if (fast && !by_turns) {
    ownership.super_owners = {first, second};
    return ownership;
  }
  ownership.owners = {{second, 1}};
  if (fast) {
    ownership.super_owners = {first};
    ownership.timeout_config.fast_round_duration = TimeDelta{5'000'000};
  } else {
    ownership.owners[first] = 1;
  }
  return ownership;
}

WorldOptions options_of(uint64_t seed) {
  WorldOptions options{.seed = seed};
  options.tokens = kTokens;
  options.loss_permille = seed % 3 == 0 ? 0 : 20;
  options.duplicate_permille = seed % 5 == 0 ? 0 : 50;
  options.jitter_us = 500 + seed % 7 * 3'000;
  options.flush_us = 500 + seed % 11 * 1'000;
  for (size_t i = 0; i < kChains; ++i) {
    const AccountOwner owner = sim_owner(owner_name(i));
    options.chains.push_back(seed % 2 == 0 ? ChainOwnership::single_super(owner)
                                           : ChainOwnership::single(owner));
  }
  if (sharing_of(seed) > Sharing::kOneOwner) options.chains[0] = shared_ownership(seed);
  return options;
}

class Adversity {
 public:
  explicit Adversity(uint64_t seed)
      : world_(options_of(seed)),
        fast_(seed % 2 == 0),
        faulty_(seed % 4 != 0),
        stays_faulty_(faulty_ && seed % 3 != 0),
        bad_(seed / 4 % World::kValidators),
        loses_store_(seed / 16 % 4 == 1),
        poisons_(seed % 3 == 1) {
    const Sharing sharing = sharing_of(seed);
    const bool shared = sharing != Sharing::kNone;
    clients_ = kChains + shared;
    if (sharing > Sharing::kOneOwner) owners_.back() = kSecondOwner;
    AdversityTotals& totals = report_.totals;
    totals.worlds = 1;
    totals.fast_worlds = fast_;
    totals.faulty_worlds = faulty_;
    totals.shared_worlds = shared;
    totals.two_owner_worlds = sharing > Sharing::kOneOwner;
    totals.poisoned_worlds = poisons_;
    if (faulty_) world_.behave(bad_, kFaults[seed % std::size(kFaults)]);
    for (size_t i = 0; i < clients_; ++i) {
      world_.add_client(owners_[i]);
      track(i);
    }
    world_.run_for(1'000'000);
  }

  AdversityReport run() {
    for (int step = 0; step < 40; ++step) {
      act();
      world_.run_for(1'000 + world_.random(60'000));
    }
    settle();
    check();
    AdversityTotals& totals = report_.totals;
    totals.lost_commits = world_.lost_commits();
    totals.crashes_that_lost = world_.crashes_that_lost();
    totals.equivocations = world_.equivocations();
    totals.lies = world_.lies();
    totals.fast_proposals = world_.fast_proposals();
    report_.broken.insert(report_.broken.end(), world_.offences().begin(), world_.offences().end());
    report_.log = world_.log;
    return std::move(report_);
  }

 private:
  static size_t chain_of(size_t client) { return client < kChains ? client : 0; }
  ChainId chain(size_t client) const { return world_.chain(chain_of(client)); }

  void say(const std::string& what, size_t who) {
    world_.log.push_back(std::to_string(world_.now().micros % 1'000'000'000'000) + " " + what +
                         " " + std::to_string(who));
  }

  void track(size_t client) {
    world_.command(client, {C::TrackChain{chain(client), sim_owner(owners_[client]),
                                          fast_ && client < kChains}});
  }

  void act() {
    const size_t client = world_.random(clients_);
    if (clients_ > kChains && world_.random(3) == 0) return race();
    switch (world_.random(11)) {
      case 0:
        return crash_client(client);
      case 1:
        return crash_validator(world_.random(World::kValidators));
      case 2:
        say("streams dropped of client", client);
        return world_.drop_streams(client);
      case 3:
        return partition(client);
      case 4:
      case 5:
        say("receives: client", client);
        world_.command(client, {C::ReceiveIncoming{chain(client), Amount{}}});
        return;
      default:
        return pay(client);
    }
  }

  void crash_client(size_t client) {
    ++report_.totals.client_crashes;
    say("crash of client", client);
    world_.crash_client(client, world_.random(3), world_.random(2) == 0 || loses_store_);
  }

  // Its host still knows which chains it followed.
  void lose_store(size_t client) {
    ++report_.totals.stores_lost;
    say("store lost of client", client);
    world_.lose_store(client);
    track(client);
  }

  void crash_validator(size_t validator) {
    ++report_.totals.validator_crashes;
    say("crash of validator", validator);
    world_.crash_validator(validator, world_.random(2));
  }

  // A client loses one or two validators for a while; or all, and the cut heals only at the end.
  void partition(size_t client) {
    ++report_.totals.partitions;
    const size_t many = 1 + world_.random(2);
    say("partition of client", client);
    for (size_t i = 0; i < many; ++i) {
      const size_t validator = world_.random(World::kValidators);
      const bool heal = world_.random(2) == 0;
      world_.partition(client, validator, true);
      if (heal) healing_.emplace_back(client, validator);
    }
    if (world_.random(2) == 0) return;
    for (const auto& [who, validator] : healing_) world_.partition(who, validator, false);
    healing_.clear();
  }

  uint64_t prepare(size_t client) {
    const ChainId to = world_.chain((chain_of(client) + 1 + world_.random(kChains - 1)) % kChains);
    C::PrepareBlock block{chain(client), {}, {}, world_.random(2) == 0};
    if (poisons_ && world_.random(4) == 0) {
      // Claims on money that is not there.
      for (uint64_t i = 1 + world_.random(20); i > 0; --i, ++report_.totals.poison) {
        block.operations.push_back(
            Operation::system(SystemOperation::Claim{sim_owner(owners_[client]),
                                                     to,
                                                     {chain(client), AccountOwner::chain()},
                                                     Amount::from_tokens(1)}));
      }
    }
    block.operations.push_back(Operation::system(SystemOperation::Transfer{
        AccountOwner::chain(), {to, AccountOwner::chain()}, Amount::from_tokens(1)}));
    if (world_.random(8) == 0) {
      // So few that some were published before.
      std::set<Bytes> blobs;
      for (uint64_t i = 1 + world_.random(3); i > 0; --i) {
        blobs.insert(Bytes(100, static_cast<uint8_t>(world_.random(16))));
      }
      for (const Bytes& bytes : blobs) {
        const BlobContent blob{BlobType::Data, bytes};
        block.blobs.push_back(bytes);
        block.operations.push_back(
            Operation::system(SystemOperation::PublishDataBlob{blob.id().hash}));
      }
    }
    const uint64_t id = world_.command(client, {std::move(block)});
    prepared_[client].push_back(id);
    return id;
  }

  const ClientResult::Draft* draft(size_t client, uint64_t prepared) const {
    const ClientResult* made = world_.done(client, prepared);
    return made ? std::get_if<ClientResult::Draft>(&made->kind) : nullptr;
  }

  // Also those that came too late to be approved.
  void drop_drafts(size_t client) {
    for (uint64_t id : std::exchange(prepared_[client], {})) {
      if (const auto* made = draft(client, id)) {
        world_.command(client, {C::DropDraft{made->draft_id}});
      } else if (!world_.answered(client, id)) {
        prepared_[client].push_back(id);
      }
    }
  }

  // The command that commits it; none: there is no such draft.
  std::optional<uint64_t> approve(size_t client, uint64_t prepared) {
    const ClientResult::Draft* made = draft(client, prepared);
    if (made == nullptr) return std::nullopt;
    ++report_.totals.payments;
    say("pays: client", client);
    return world_.command(client, {C::CommitDraft{made->draft_id}});
  }

  // Two devices want different blocks at one height, and while validators answer the power fails:
  // whoever forgets what it said can be asked for the other block. At some moment the second's
  // signer is slow: what it proposes then comes when more is locked than it knew.
  void race() {
    const size_t rivals[] = {0, kChains};
    for (size_t rival : rivals) drop_drafts(rival);
    const uint64_t drafts[] = {prepare(rivals[0]), prepare(rivals[1])};
    world_.run_for(20'000);
    const size_t first = world_.random(2);
    if (!approve(rivals[first], drafts[first])) return;
    const int head_start = static_cast<int>(world_.random(40));  // or until the power fails
    const int slow = static_cast<int>(world_.random(80));
    bool both = false;
    for (int moment = 0; moment < 80; ++moment) {
      world_.run_for(500);
      const bool failed = world_.random(6) == 0 && power_failure();
      if (moment == slow) world_.hold_signatures(rivals[1 - first], true);
      if (both || (!failed && moment < head_start)) continue;
      both = true;
      if (!approve(rivals[1 - first], drafts[1 - first])) break;
      ++report_.totals.races;
    }
    world_.hold_signatures(rivals[1 - first], false);
  }

  // Of most validators that have something to lose; false: there was none.
  bool power_failure() {
    bool any = false;
    for (size_t v = 0; v < World::kValidators; ++v) {
      if (world_.unflushed(v) == 0 || world_.random(4) == 0) continue;
      any = true;
      ++report_.totals.power_failures;
      say("power failure of validator", v);
      world_.crash_validator(v);
    }
    return any;
  }

  void pay(size_t client) {
    const uint64_t id = prepare(client);
    world_.run_for(20'000);
    const auto commit = approve(client, id);
    if (!commit || world_.random(4) != 0) return;
    if (world_.random(3) == 0) return fall_when_certified(client, *commit);
    // In the middle of it; often between signature, flush and first answers.
    world_.run_for(world_.random(2) == 0 ? 500 + world_.random(2'000) : world_.random(20'000));
    const size_t unlucky = world_.random(World::kValidators + 1);
    if (unlucky < World::kValidators && world_.random(2) == 0) return crash_validator(unlucky);
    if (loses_store_ && report_.totals.stores_lost == 0) return lose_store(client);
    crash_client(client);
  }

  // With what it has stored, and before those whom it pays have heard of it.
  void fall_when_certified(size_t client, uint64_t commit) {
    for (int moment = 0; moment < 100 && !world_.answered(client, commit); ++moment) {
      world_.run_for(500);
    }
    if (world_.done(client, commit) == nullptr) return;
    ++report_.totals.falls;
    say("fall of client", client);
    world_.crash_client(client, world_.client_store(client).unflushed(), loses_store_);
  }

  // Of the two that share chain 0: the other one must go on without it.
  void lose_a_device() {
    lost_ = world_.random(2) == 0 ? 0 : kChains;
    ++report_.totals.lost_devices;
    cut_off(*lost_, true);
    world_.run_for(200'000);  // what was on the wire arrives
    if (stays_faulty_ && needs(*lost_)) {
      cut_off(*lost_, false);
      lost_ = kChains - *lost_;
      cut_off(*lost_, true);
    }
    say("lost: client", *lost_);
  }

  void cut_off(size_t client, bool off) {
    for (size_t v = 0; v < World::kValidators; ++v) world_.partition(client, v, off);
  }

  // Single-leader round 0 is open at some of the honest validators, by a proposal of its leader
  // that the others, locked in the round before, refuse. Without one of the four neither round has
  // a quorum to time out, and only the leader may show the lock in the later one: the protocol
  // itself waits for him. linera-chain/src/manager.rs, check_proposed_block and vote_timeout
  bool needs(size_t client) {
    std::set<Round> rounds;
    bool leads = false;
    for (size_t v = 0; v < World::kValidators; ++v) {
      if (v == bad_) continue;
      const auto info = world_.chain_info(v, chain(client));
      if (!info) continue;
      rounds.insert(info->manager.current_round);
      leads = leads || info->manager.leader == sim_owner(owners_[client]);
    }
    return owners_.front() != owners_.back() && rounds.size() > 1 && leads;
  }

  // All that could be received was. A summary lists only the first bundles.
  static bool only_poison(const std::vector<IncomingBundle>& incoming) {
    std::set<ChainId> origins;
    for (const auto& [origin, bundle, action] : incoming) {
      std::vector<Message> messages;
      for (const PostedMessage& posted : bundle.messages) messages.push_back(posted.message);
      if (origins.insert(origin).second && !is_poison(messages)) return false;
    }
    return true;
  }

  bool quiet(size_t client) {
    const ChainSummary* summary = world_.summary(client, chain(client));
    return summary && summary->synchronized && !summary->pending_height &&
           only_poison(world_.look_client(client).read(chain(client)).pending_bundles()) &&
           summary->next_block_height == highest_[chain_of(client)];
  }

  std::string unfinished(size_t client) const {
    std::string text = "client " + std::to_string(client) + " never finished:";
    const ChainSummary* summary = world_.summary(client, chain(client));
    if (summary == nullptr) return text + " chain unknown";
    if (!summary->synchronized) text += " not synchronized,";
    if (summary->pending_height) text += " a block pending,";
    return text + " " + std::to_string(summary->incoming_count) + " incoming, height " +
           std::to_string(summary->next_block_height.height) + " of " +
           std::to_string(highest_[chain_of(client)].height);
  }

  // With a quorum again, every client must finish what it began.
  void settle() {
    world_.calm(!stays_faulty_);
    say("calm; faulty:", stays_faulty_);
    if (clients_ > kChains && world_.random(3) == 0) lose_a_device();
    world_.run_for(20'000'000);
    bool before = false;  // twice: what a last block sends is still on its way
    for (int round = 0; round < 30; ++round) {
      bool all = true;
      for (size_t v = 0; v < World::kValidators; ++v) {
        const Worker worker = world_.look(v);
        for (size_t c = 0; c < kChains; ++c) {
          highest_[c] = std::max(highest_[c], worker.read(world_.chain(c)).tip().next_block_height);
        }
      }
      for (size_t i = 0; i < clients_; ++i) {
        if (i == lost_) continue;
        if (!world_.summary(i, chain(i))) track(i);  // lost by a crash
        drop_drafts(i);
        world_.input(i, {ClientEvent::Online{}});
        if (quiet(i)) continue;
        all = false;
        if (i < kChains || lost_ == 0) world_.command(i, {C::ReceiveIncoming{chain(i), Amount{}}});
      }
      if (all && before) return;
      before = all;
      world_.run_for(15'000'000);
    }
    for (size_t i = 0; i < clients_; ++i) {
      if (i != lost_ && !quiet(i)) report_.broken.push_back(unfinished(i));
    }
  }

  void check() {
    std::map<std::pair<ChainId, BlockHeight>, CryptoHash> certified = world_.certified();
    auto look = [&](const Worker& worker) {
      for (size_t c = 0; c < kChains; ++c) {
        const ChainId id = world_.chain(c);
        const BlockHeight end = worker.read(id).tip().next_block_height;
        for (BlockHeight h; h < end; h = h.next()) {
          const auto hash = worker.read(id).block_hash(h);
          const auto [known, fresh] = certified.emplace(std::pair(id, h), *hash);
          if (!fresh && known->second != *hash) report_.broken.push_back("two blocks at a height");
        }
      }
    };
    for (size_t v = 0; v < World::kValidators; ++v) look(world_.look(v));
    for (size_t i = 0; i < clients_; ++i) look(world_.look_client(i));
    report_.totals.certified = certified.size();
    for (size_t i = 0; i < clients_; ++i) {
      for (size_t v = 0; v < World::kValidators; ++v) {
        if ((v != bad_ || !faulty_) && world_.counts_ahead(i, v, chain(i))) {
          report_.broken.push_back("client " + std::to_string(i) + " skips messages to come");
        }
      }
    }
    for (const auto& [place, proposed] : world_.proposed()) {
      report_.totals.contested += proposed.blocks > 1;
      if (certified.contains(place) || !proposed.known) continue;
      if (lost_ && place.first == world_.chain(0)) continue;
      report_.broken.push_back("what was proposed at height " +
                               std::to_string(place.second.height) + " was forgotten");
    }
    Ledger ledger(world_, kChains);
    ledger.check(Amount::from_tokens(kTokens * kChains), report_.broken);
    report_.totals.messages = ledger.received();
    for (size_t i = 0; i < clients_; ++i) {
      const ChainSummary* summary = world_.summary(i, chain(i));
      if (summary && quiet(i) && summary->chain_balance != ledger.balance(chain_of(i))) {
        report_.broken.push_back("client " + std::to_string(i) + " shows " +
                                 summary->chain_balance.to_text());
      }
    }
  }

  World world_;
  const bool fast_, faulty_, stays_faulty_;
  const size_t bad_;
  const bool loses_store_;  // one client does, and no vault forgets what it signed
  const bool poisons_;
  size_t clients_ = kChains;
  std::array<uint8_t, kChains + 1> owners_ = {101, 102, 103, 101};
  AdversityReport report_;
  std::array<BlockHeight, kChains> highest_{};        // that some validator has
  std::map<size_t, std::vector<uint64_t>> prepared_;  // commands of each client
  std::vector<std::pair<size_t, size_t>> healing_;
  std::optional<size_t> lost_;  // a client that never comes back
};

}  // namespace

void AdversityTotals::add(const AdversityTotals& other) {
  worlds += other.worlds;
  fast_worlds += other.fast_worlds;
  faulty_worlds += other.faulty_worlds;
  shared_worlds += other.shared_worlds;
  two_owner_worlds += other.two_owner_worlds;
  races += other.races;
  poisoned_worlds += other.poisoned_worlds;
  poison += other.poison;
  lost_devices += other.lost_devices;
  falls += other.falls;
  power_failures += other.power_failures;
  contested += other.contested;
  payments += other.payments;
  certified += other.certified;
  messages += other.messages;
  client_crashes += other.client_crashes;
  validator_crashes += other.validator_crashes;
  partitions += other.partitions;
  crashes_that_lost += other.crashes_that_lost;
  lost_commits += other.lost_commits;
  stores_lost += other.stores_lost;
  equivocations += other.equivocations;
  lies += other.lies;
  fast_proposals += other.fast_proposals;
}

AdversityReport run_adversity(uint64_t seed) { return Adversity(seed).run(); }

}  // namespace mica::sim
