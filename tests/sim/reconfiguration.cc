#include "tests/sim/reconfiguration.h"

#include <algorithm>

#include "tests/sim/ledger.h"

namespace mica::sim {

std::array<ClientCommand::PrepareBlock, 2> new_committee(World& world, Epoch epoch,
                                                         const std::vector<size_t>& validators) {
  const Committee committee = world.committee_of(validators);
  const BlobContent blob = committee.to_blob();
  const CryptoHash hash = blob.id().hash;
  world.expect_committee(epoch, committee);
  const auto admin = [](AdminOperation operation) {
    return Operation::system(SystemOperation::Admin{std::move(operation)});
  };
  const ChainId chain = world.chain(0);
  return {{{chain, {admin({AdminOperation::PublishCommitteeBlob{hash}})}, {blob.bytes}, false},
           {chain, {admin({AdminOperation::CreateCommittee{epoch, hash}})}, {}, false}}};
}

Operation remove_committee(Epoch epoch) {
  return Operation::system(SystemOperation::Admin{{AdminOperation::RemoveCommittee{epoch}}});
}

namespace {

using C = ClientCommand;
constexpr size_t kChains = 3;  // the first is the admin chain
constexpr size_t kAdmin = 0;
constexpr uint64_t kTokens = 100;
constexpr uint64_t kHeard_us = 30'000'000;  // a client that is there has heard of an epoch by then

uint8_t owner_name(size_t chain) { return static_cast<uint8_t>(101 + chain); }

WorldOptions options_of(uint64_t seed) {
  WorldOptions options{.seed = seed};
  options.tokens = kTokens;
  options.reserves = 4;
  options.loss_permille = seed % 3 == 0 ? 0 : 20;
  options.duplicate_permille = seed % 5 == 0 ? 0 : 50;
  for (size_t i = 0; i < kChains; ++i) {
    options.chains.push_back(ChainOwnership::single(sim_owner(owner_name(i))));
  }
  return options;
}

bool has_new_epoch(const Block& block) {
  for (const Transaction& transaction : block.body.transactions) {
    const auto* execute = std::get_if<Transaction::ExecuteOperation>(&transaction.kind);
    const auto* system =
        execute ? std::get_if<Operation::System>(&execute->operation.kind) : nullptr;
    using New = SystemOperation::ProcessNewEpoch;
    if (system && std::holds_alternative<New>(system->operation.kind)) return true;
  }
  return false;
}

class Reconfiguration {
 public:
  explicit Reconfiguration(uint64_t seed) : world_(options_of(seed)) {
    report_.totals.worlds = 1;
    if (seed % 2 == 0) world_.behave(seed / 2 % world_.validators(), Behaviour::kDown);
    for (size_t i = 0; i < kChains; ++i) {
      world_.add_client(owner_name(i));
      track(i);
    }
    world_.run_for(1'000'000);
  }

  ReconfigurationReport run() {
    for (int step = 0; step < 24; ++step) {
      act();
      attend();
      world_.run_for(20'000 + world_.random(600'000));
    }
    settle();
    check();
    report_.broken.insert(report_.broken.end(), world_.offences().begin(), world_.offences().end());
    report_.log = world_.log;
    return std::move(report_);
  }

 private:
  ChainId chain(size_t client) const { return world_.chain(client); }
  Epoch epoch_of(size_t client) { return world_.look_client(client).read(chain(client)).epoch(); }
  Epoch newest() { return epoch_of(kAdmin); }
  const std::vector<size_t>& members() { return members_.at(newest()); }

  void say(const std::string& what) {
    world_.log.push_back(std::to_string(world_.now().micros % 1'000'000'000'000) + " " + what);
  }

  void track(size_t client) {
    world_.command(client, {C::TrackChain{chain(client), sim_owner(owner_name(client)), false}});
  }

  void act() {
    const size_t user = 1 + world_.random(kChains - 1);
    switch (world_.random(9)) {
      case 0:
      case 1:
      case 2:
        return reconfigure();
      case 3:
        return remove_epoch();
      case 4:
      case 5:
        return away_.contains(user) ? come_back(user) : leave(user);
      case 6:
        say("crash of validator");
        return world_.crash_validator(world_.random(world_.validators()), world_.random(2));
      default:
        return pay(user);
    }
  }

  bool busy(size_t client) const {
    const ChainSummary* summary = world_.summary(client, chain(client));
    return summary == nullptr || summary->pending_height;
  }

  // Whether the block is certified by now; a loss may keep it pending for longer.
  bool make(size_t client, C::PrepareBlock block) {
    const uint64_t prepared = world_.command(client, {std::move(block)});
    world_.run_until([&] { return world_.answered(client, prepared); }, 10'000'000);
    const ClientResult* result = world_.done(client, prepared);
    const auto* draft = result ? std::get_if<ClientResult::Draft>(&result->kind) : nullptr;
    if (draft == nullptr) {
      if (!world_.answered(client, prepared)) prepared_[client].push_back(prepared);
      return false;
    }
    const uint64_t commit = world_.command(client, {C::CommitDraft{draft->draft_id}});
    world_.run_until([&] { return world_.answered(client, commit); }, 30'000'000);
    return world_.done(client, commit) != nullptr;
  }

  void drop_drafts(size_t client) {
    for (uint64_t id : std::exchange(prepared_[client], {})) {
      const ClientResult* result = world_.done(client, id);
      const auto* draft = result ? std::get_if<ClientResult::Draft>(&result->kind) : nullptr;
      if (draft) world_.command(client, {C::DropDraft{draft->draft_id}});
      if (!world_.answered(client, id)) prepared_[client].push_back(id);
    }
  }

  // Mostly the member that has been there longest is replaced, so that nobody stays.
  void reconfigure() {
    if (busy(kAdmin)) return;
    std::vector<size_t> next = members();
    size_t joins = next.back();
    do {
      joins = (joins + 1) % world_.validators();
    } while (std::count(next.begin(), next.end(), joins) > 0);
    const uint64_t kind = world_.random(6);
    if (kind != 0 || next.size() > 4) next.erase(next.begin());
    if (kind != 1 || next.size() < 4) next.push_back(joins);
    const Epoch epoch = newest().next();
    members_[epoch] = next;
    say("committee of epoch " + epoch.to_text());
    for (auto& block : new_committee(world_, epoch, next)) {
      if (!make(kAdmin, std::move(block))) return;
    }
  }

  void remove_epoch() {
    if (busy(kAdmin)) return;
    const Epoch oldest = *world_.look_client(kAdmin).read(chain(kAdmin)).epochs().begin();
    if (oldest == newest()) return;
    say("end of epoch " + oldest.to_text());
    make(kAdmin, {chain(kAdmin), {remove_committee(oldest)}, {}, false});
  }

  void cut_off(size_t client, bool off) {
    for (size_t v = 0; v < world_.validators(); ++v) world_.partition(client, v, off);
  }

  void leave(size_t client) {
    say("client " + std::to_string(client) + " leaves");
    ++report_.totals.away;
    away_.insert(client);
    cut_off(client, true);
  }

  void come_back(size_t client) {
    say("client " + std::to_string(client) + " comes back");
    away_.erase(client);
    cut_off(client, false);
    if (world_.random(2) == 0) world_.crash_client(client, world_.random(3));
    back_since_[client] = world_.now();
    report_.totals.lagged += epoch_of(client).epoch + 2 <= newest().epoch;
    const auto& now = members();
    size_t in_office = 0;
    for (size_t member : members_.at(epoch_of(client))) {
      in_office += static_cast<size_t>(std::count(now.begin(), now.end(), member));
    }
    report_.totals.stranded += in_office < 3;
  }

  void pay(size_t client) {
    if (away_.contains(client) || busy(client)) return;
    const ChainId to = world_.chain(client == 1 ? 2 : 1);
    const Operation transfer = Operation::system(SystemOperation::Transfer{
        AccountOwner::chain(), {to, AccountOwner::chain()}, Amount::from_tokens(1)});
    report_.totals.payments += make(client, {chain(client), {transfer}, {}, false});
  }

  // What a wallet does by itself.
  void attend() {
    for (size_t i = 0; i < kChains; ++i) {
      drop_drafts(i);
      const ChainSummary* summary = world_.summary(i, chain(i));
      if (summary == nullptr) {
        track(i);  // lost by a crash
      } else if (!summary->pending_height &&
                 (!summary->incoming.empty() || summary->epoch_changes > 0)) {
        world_.command(i, {C::ReceiveIncoming{chain(i), Amount{}}});
      }
    }
  }

  bool quiet(size_t client) {
    const ChainSummary* summary = world_.summary(client, chain(client));
    return summary && summary->synchronized && !summary->pending_height &&
           summary->incoming.empty() && epoch_of(client) == newest();
  }

  // Everybody is back, and only the one that was down stays away.
  void settle() {
    for (size_t client : std::set(away_)) come_back(client);
    world_.calm(false);
    say("calm");
    world_.run_for(10'000'000);
    bool before = false;  // twice: what a last block sends is still on its way
    for (int round = 0; round < 30; ++round) {
      bool all = true;
      for (size_t i = 0; i < kChains; ++i) {
        world_.input(i, {ClientEvent::Online{}});
        all = quiet(i) && all;
      }
      attend();
      if (all && before) return;
      before = all;
      world_.run_for(15'000'000);
    }
    for (size_t i = 0; i < kChains; ++i) {
      if (quiet(i)) continue;
      report_.broken.push_back("client " + std::to_string(i) + " stays in epoch " +
                               epoch_of(i).to_text() + " of " + newest().to_text());
    }
  }

  // Of the validator that has most of it.
  std::vector<Block> blocks_of(size_t index) {
    const ChainId id = world_.chain(index);
    size_t best = 0;
    for (size_t v = 1; v < world_.validators(); ++v) {
      const bool more = world_.look(v).read(id).tip().next_block_height >
                        world_.look(best).read(id).tip().next_block_height;
      if (more) best = v;
    }
    std::vector<Block> blocks;
    const BlockHeight end = world_.look(best).read(id).tip().next_block_height;
    for (BlockHeight h; h < end; h = h.next()) {
      auto certificate = world_.certificate(best, *world_.look(best).read(id).block_hash(h));
      if (certificate) blocks.push_back(std::move(certificate->value));
    }
    return blocks;
  }

  void check() {
    ReconfigurationTotals& totals = report_.totals;
    std::map<Epoch, Timestamp> removed;
    for (const Block& block : blocks_of(kAdmin)) {
      for (const auto& events : block.body.events) {
        for (const Event& event : events) {
          const bool made = event.stream_id == StreamId::new_epochs();
          totals.committees += made;
          if (!made) removed[{event.index}] = block.header.timestamp;
        }
      }
    }
    totals.removed = removed.size();
    const auto is_new = [](const auto& of_epoch) {
      return std::none_of(of_epoch.second.begin(), of_epoch.second.end(),
                          [](size_t member) { return member < World::kValidators; });
    };
    totals.replaced = std::any_of(members_.begin(), members_.end(), is_new);
    for (size_t c = 1; c < kChains; ++c) check_epochs(c, removed);
    Ledger ledger(world_, kChains);
    ledger.check(Amount::from_tokens(kTokens * kChains), report_.broken);
  }

  // A removed committee certifies nothing but the way out of its epoch, once that can be known.
  void check_epochs(size_t index, const std::map<Epoch, Timestamp>& removed) {
    ReconfigurationTotals& totals = report_.totals;
    Epoch last;
    for (const Block& block : blocks_of(index)) {
      const BlockHeader& header = block.header;
      ++totals.certified;
      if (header.epoch < last) report_.broken.push_back("a chain went back an epoch");
      last = header.epoch;
      const bool leaves = has_new_epoch(block);
      totals.migrations += leaves;
      const auto end = removed.find(header.epoch);
      if (end == removed.end() || header.timestamp <= end->second) continue;
      totals.by_removed += leaves;
      const Timestamp known = std::max(end->second, back_since_[index]);
      if (!leaves && header.timestamp.micros > known.micros + kHeard_us) {
        report_.broken.push_back("a block of epoch " + header.epoch.to_text() + ", long removed");
      }
    }
  }

  World world_;
  ReconfigurationReport report_;
  std::map<Epoch, std::vector<size_t>> members_ = {{{}, {0, 1, 2, 3}}};
  std::set<size_t> away_;
  std::map<size_t, Timestamp> back_since_;
  std::map<size_t, std::vector<uint64_t>> prepared_;  // commands of each client
};

}  // namespace

void ReconfigurationTotals::add(const ReconfigurationTotals& other) {
  worlds += other.worlds;
  committees += other.committees;
  removed += other.removed;
  replaced += other.replaced;
  away += other.away;
  lagged += other.lagged;
  stranded += other.stranded;
  migrations += other.migrations;
  by_removed += other.by_removed;
  payments += other.payments;
  certified += other.certified;
}

ReconfigurationReport run_reconfiguration(uint64_t seed) { return Reconfiguration(seed).run(); }

}  // namespace mica::sim
