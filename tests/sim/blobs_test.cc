// Data blobs between chains: published again, read by who does not follow the publisher, brought to
// who missed them.
#include <gtest/gtest.h>

#include "tests/sim/world.h"

namespace mica {
namespace {

using C = ClientCommand;
using Blobs = std::vector<Bytes>;

BlobId id_of(const Bytes& bytes) { return BlobContent{BlobType::Data, bytes}.id(); }

class DataBlobs : public testing::Test {
 protected:
  DataBlobs() : alice(wallet(101, 0)), bob(wallet(102, 1)) {}

  size_t wallet(uint8_t name, size_t chain) {
    const size_t client = world.add_client(name);
    EXPECT_NE(run(client, {C::TrackChain{world.chain(chain), sim_owner(name), false}}), nullptr);
    return client;
  }
  const ClientResult* run(size_t client, C command) {
    const uint64_t id = world.command(client, std::move(command));
    EXPECT_TRUE(world.run_until([&] { return world.answered(client, id); }));
    return world.done(client, id);
  }
  bool commit(size_t client, size_t chain, std::vector<Operation> operations, Blobs blobs) {
    const auto* made =
        run(client, {C::PrepareBlock{world.chain(chain), std::move(operations), blobs, false}});
    const auto* draft = made ? std::get_if<ClientResult::Draft>(&made->kind) : nullptr;
    return draft && run(client, {C::CommitDraft{draft->draft_id}}) != nullptr;
  }
  bool publish(size_t client, size_t chain, const Blobs& blobs) {
    std::vector<Operation> operations;
    for (const Bytes& bytes : blobs) {
      operations.push_back(Operation::system(SystemOperation::PublishDataBlob{id_of(bytes).hash}));
    }
    return commit(client, chain, operations, blobs);
  }
  bool read(size_t client, size_t chain, const Bytes& bytes) {
    return commit(client, chain, {Operation::system(SystemOperation::VerifyBlob{id_of(bytes)})},
                  {});
  }

  World world{{.jitter_us = 0}};
  const size_t alice, bob;
};

// Validators ask only for those they lack, whichever they are.
TEST_F(DataBlobs, ArePublishedAgainBesideNewOnes) {
  ASSERT_TRUE(publish(alice, 0, {{1}, {2}}));
  for (uint8_t fresh = 3; fresh < 9; ++fresh) {
    EXPECT_TRUE(publish(alice, 0, {{1}, {fresh}, {2}})) << int(fresh);
  }
  EXPECT_TRUE(publish(bob, 1, {{1}})) << "known to the validators, not to this client";
}

TEST_F(DataBlobs, AreReadByWhoDoesNotFollowTheirChain) {
  ASSERT_TRUE(publish(alice, 0, {{1}}));
  EXPECT_TRUE(read(bob, 1, {1}));
  EXPECT_FALSE(read(bob, 1, {2})) << "nobody published it";
  EXPECT_TRUE(read(bob, 1, {1})) << "the chain goes on";
}

TEST_F(DataBlobs, AreBroughtToAValidatorThatMissedThem) {
  world.partition(alice, 3, true);
  ASSERT_TRUE(publish(alice, 0, {{1}}));
  world.run_for(30'000'000);
  ASSERT_FALSE(world.look(3).has_blob(id_of({1})));
  ASSERT_TRUE(read(bob, 1, {1}));
  world.run_for(1'000'000);
  EXPECT_TRUE(world.look(3).has_blob(id_of({1})));
  // Without another it is needed.
  ASSERT_TRUE(publish(alice, 0, {{2}}));
  world.run_for(30'000'000);
  ASSERT_FALSE(world.look(3).has_blob(id_of({2})));
  ASSERT_NE(run(bob, {C::Synchronize{world.chain(1)}}), nullptr);
  world.partition(bob, 0, true);
  EXPECT_TRUE(read(bob, 1, {2}));
}

}  // namespace
}  // namespace mica
