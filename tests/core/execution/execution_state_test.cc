#include "core/execution/execution_state.h"

#include <map>
#include <memory>
#include <random>

#include "tests/core/execution/world.h"

namespace mica::execution {
namespace {

// linera-execution/src/test_utils/mod.rs, dummy_chain_description; 0.15.21's five rounds.
ChainDescription dummy_chain_description(uint32_t index) {
  ByteArray<32> key;
  key.fill(static_cast<uint8_t>(2 * index + 1));
  ChainOwnership ownership =
      ChainOwnership::single({AccountOwner::Address32{hash_named("Ed25519PublicKey", key)}});
  ownership.multi_leader_rounds = 5;
  return {.origin = {ChainOrigin::Root{index}},
          .timestamp = {},
          .config = {.ownership = ownership,
                     .epoch = {},
                     .min_active_epoch = {},
                     .max_active_epoch = {},
                     .balance = Amount::max(),
                     .application_permissions = {}}};
}

// linera-execution/src/unit_tests/system_tests.rs, legacy_hash_matches_pre_change_value
TEST(ExecutionState, LegacyHashOfUpstream) {
  MemoryStore store;
  Overlay overlay(store);
  ExecutionState state(overlay, chain_named(1));
  state.system.description.set(dummy_chain_description(5));
  state.system.epoch.set({1});
  state.system.admin_chain_id.set(dummy_chain_description(0).id());
  EXPECT_EQ(legacy_state_hash(state).to_text(),
            "9202ab5b42345f8cd95b41ab8760b8a889bc4ae6658125a3a505e96fcbd597a5");
}

TEST(ExecutionState, EveryFieldIsHashed) {
  MemoryStore store;
  Overlay overlay(store);
  std::set<CryptoHash> seen;
  ExecutionState state(overlay, chain_named(1));
  auto expect_new = [&] { EXPECT_TRUE(seen.insert(legacy_state_hash(state)).second); };
  expect_new();
  state.system.description.set(dummy_chain_description(1));
  expect_new();
  state.system.epoch.set({2});
  expect_new();
  state.system.admin_chain_id.set(chain_named(2));
  expect_new();
  state.system.committees.set({{Epoch{0}, Committee{}}});
  expect_new();
  state.system.ownership.set(ChainOwnership::single(owner_named(1)));
  expect_new();
  state.system.balance.set(tokens(1));
  expect_new();
  state.system.balances.put(owner_named(1), {});  // an entry of zero counts
  expect_new();
  state.system.timestamp.set({5});
  expect_new();
  state.system.closed.set(true);
  expect_new();
  state.system.application_permissions.set({.mandatory_applications = {{}}});
  expect_new();
  state.system.used_blobs.insert({BlobType::Data, {}});
  expect_new();
  state.system.event_subscriptions.put({chain_named(1), StreamId::new_epochs()}, {});
  expect_new();
  state.users.open({}).put({}, {});
  expect_new();
  state.stream_event_counts.put(StreamId::new_epochs(), 1);
  expect_new();
}

// Raw keys and values without lengths, the count last.
TEST(ExecutionState, HashOfAnApplicationsState) {
  MemoryStore store;
  Overlay overlay(store);
  KeyValues values(overlay, {1});
  EXPECT_EQ(state_hash(values), sha3_256(Bytes{0, 0, 0, 0}));
  values.put(Bytes{7}, {70, 71});
  values.put(Bytes{5, 6}, {});
  values.put(Bytes{9}, {1});
  values.erase(Bytes{9});
  EXPECT_EQ(state_hash(values), sha3_256(Bytes{5, 6, 7, 70, 71, 2, 0, 0, 0}));
}

ApplicationId application(uint8_t name) {
  ApplicationId id;
  id.application_description_hash.bytes.fill(name);
  return id;
}

// Whatever layers are made, dropped and committed, a hash that was kept is the hash of what is
// there: the same as that of equal entries in a state that was never hashed.
TEST(ExecutionState, KeptHashesAreThoseOfTheEntries) {
  std::mt19937 random(5);
  using Entries = std::map<ApplicationId, std::map<Bytes, Bytes>>;
  MemoryStore store;
  std::vector<std::unique_ptr<Overlay>> layers;
  layers.push_back(std::make_unique<Overlay>(store));
  std::vector<Entries> models(1);
  auto users = [&] { return ExecutionState(*layers.back(), chain_named(1)).users; };
  auto key = [&] {
    Bytes key(random() % 3, 0);
    for (uint8_t& byte : key) byte = static_cast<uint8_t>(random() % 3);
    return key;
  };
  for (int step = 0; step < 1'500; ++step) {
    const ApplicationId id = application(static_cast<uint8_t>(random() % 4));
    const Bytes one = key();
    switch (random() % 9) {
      case 0:
        if (layers.size() < 4) {
          models.push_back(models.back());
          layers.push_back(std::make_unique<Overlay>(*layers.back()));
        }
        break;
      case 1:
        if (layers.size() > 1) {
          if (random() % 2 == 0) {
            layers.back()->commit_into(*layers[layers.size() - 2]);
            models[models.size() - 2] = models.back();
          }
          layers.pop_back();
          models.pop_back();
        } else {
          Batch batch;
          layers.back()->move_into(batch);
          ASSERT_TRUE(store.apply(batch).ok());
        }
        break;
      case 2:
        users().open(id).erase(one);
        models.back()[id].erase(one);
        break;
      case 3:
        users().open(id).erase_prefix(one);
        std::erase_if(models.back()[id], [&](auto& e) { return starts_with(e.first, one); });
        break;
      case 4:
        users().erase(id);
        models.back().erase(id);
        break;
      default:
        users().open(id).put(one, {static_cast<uint8_t>(step)});
        models.back()[id].insert_or_assign(one, Bytes{static_cast<uint8_t>(step)});
    }
    if (random() % 2 == 0) continue;
    MemoryStore empty;
    Overlay fresh(empty);
    ExecutionState expected(fresh, chain_named(1));
    for (const auto& [name, entries] : models.back()) {
      KeyValues values = expected.users.open(name);
      for (const auto& [at, value] : entries) values.put(at, value);
    }
    ASSERT_EQ(legacy_state_hash(ExecutionState(*layers.back(), chain_named(1))),
              legacy_state_hash(expected))
        << "step " << step;
  }
}

// Counts the entries that scans walk over.
class CountingReader final : public StateReader {
 public:
  explicit CountingReader(const StateReader& base) : base_(base) {}
  const Bytes* get(ByteSpan key) const override { return base_.get(key); }
  void scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const override {
    base_.scan_from(prefix, from, [&](ByteSpan key, const Bytes& value) {
      ++visited;
      return visit(key, value);
    });
  }
  mutable size_t visited = 0;

 private:
  const StateReader& base_;
};

// Of a hundred applications with a hundred entries each, one changed.
TEST(ExecutionState, AHashCostsWhatChanged) {
  MemoryStore store;
  {
    Overlay overlay(store);
    ExecutionState state(overlay, chain_named(1));
    for (uint8_t name = 0; name < 100; ++name) {
      KeyValues values = state.users.open(application(name));
      for (uint8_t i = 0; i < 100; ++i) values.put(Bytes{i}, {name});
    }
    legacy_state_hash(state);
    Batch batch;
    overlay.move_into(batch);
    ASSERT_TRUE(store.apply(batch).ok());
  }
  CountingReader counting(store);
  Overlay overlay(counting);
  ExecutionState state(overlay, chain_named(1));
  state.users.open(application(7)).put(Bytes{5}, {1});
  const CryptoHash hash = legacy_state_hash(state);
  EXPECT_LE(counting.visited, 200u) << "the list of applications, and the entries of one";
  counting.visited = 0;
  EXPECT_EQ(legacy_state_hash(state), hash);
  EXPECT_LE(counting.visited, 100u) << "the list of applications";
}

TEST(ExecutionState, ModeIsChosenByTheCommittee) {
  ResourceControlPolicy policy;
  EXPECT_EQ(state_hash_mode(policy), StateHashMode::kLegacy);
  policy.http_request_allow_list.insert("FLAG_HISTORICAL_HASH_SHADOW.linera.network");
  EXPECT_EQ(state_hash_mode(policy), StateHashMode::kHistoricalShadow);
  policy.http_request_allow_list.insert("FLAG_HISTORICAL_HASH.linera.network");
  EXPECT_EQ(state_hash_mode(policy), StateHashMode::kHistorical);
  policy.http_request_allow_list.insert("FLAG_ZERO_HASH.linera.network");
  EXPECT_EQ(state_hash_mode(policy), StateHashMode::kZero);
}

TEST(ExecutionState, HashInEachMode) {
  auto hash_under = [](std::string_view flag) {
    ResourceControlPolicy policy;
    policy.http_request_allow_list.insert(std::string(flag));
    World world(policy);
    world.initialize();
    return world.state().state_hash(world.lookup);
  };
  EXPECT_NE(*hash_under("example.org"), CryptoHash{});
  EXPECT_EQ(*hash_under(kFlagZeroHash), CryptoHash{});
  EXPECT_EQ(hash_under(kFlagHistoricalHash).value(), std::nullopt);
  EXPECT_EQ(hash_under("FLAG_HISTORICAL_HASH_SHADOW.linera.network").value(), CryptoHash{});
}

TEST(InitializeChain, TakesTheDescription) {
  World world;
  world.initialize();
  ExecutionState state = world.state();
  EXPECT_EQ(state.system.balance.get(), tokens(10));
  EXPECT_EQ(state.system.timestamp.get(), Timestamp{1000});
  EXPECT_EQ(state.system.admin_chain_id.get(), world.chain_id);
  EXPECT_TRUE(state.system.ownership.get().is_owner(World::kOwner));
  EXPECT_EQ(state.system.committees.get().size(), 1u);
  EXPECT_EQ(state.system.description.get()->id(), world.chain_id);
  EXPECT_FALSE(*initialize_chain(state, world.chain_id, world.lookup));
}

TEST(InitializeChain, NamesTheMissingDescription) {
  World world;
  ExecutionState state(world.overlay, chain_named(9));
  auto made = initialize_chain(state, chain_named(9), world.lookup);
  ASSERT_FALSE(made.ok());
  EXPECT_EQ(made.error().wanted, std::vector<Wanted>{description_blob_id(chain_named(9))});
  EXPECT_TRUE(world.overlay.empty());
}

TEST(InitializeChain, FindsLaterCommitteesByTheAdminChainsEvents) {
  World world;
  ChainDescription child{.origin = {ChainOrigin::Child{world.chain_id, {3}, 0}},
                         .timestamp = {2000},
                         .config = {.ownership = ChainOwnership::single(World::kOwner),
                                    .epoch = {2},
                                    .min_active_epoch = {1},
                                    .max_active_epoch = {2},
                                    .balance = tokens(1),
                                    .application_permissions = {}}};
  world.lookup.add(child.to_blob());
  ExecutionState state(world.overlay, child.id());
  EventId first{world.chain_id, StreamId::new_epochs(), 1};
  EventId second{world.chain_id, StreamId::new_epochs(), 2};
  EXPECT_EQ(initialize_chain(state, child.id(), world.lookup).error().wanted,
            (std::vector<Wanted>{first, second}));
  Committee later;
  later.policy = ResourceControlPolicy::testnet();
  world.lookup.events[first] = encode(world.lookup.description.genesis_committee_blob_hash);
  world.lookup.events[second] = encode(later.to_blob().id().hash);
  EXPECT_EQ(initialize_chain(state, child.id(), world.lookup).error().wanted,
            (std::vector<Wanted>{later.to_blob().id()}));
  world.lookup.add(later.to_blob());
  EXPECT_TRUE(initialize_chain(state, child.id(), world.lookup).ok());
  EXPECT_EQ(state.current_committee(world.lookup)->policy, later.policy);
  EXPECT_EQ(state.system.committees.get().size(), 2u);
}

}  // namespace
}  // namespace mica::execution
