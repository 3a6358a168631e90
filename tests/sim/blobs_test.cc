// Data blobs between chains: published again, read by who does not follow the publisher, brought to
// who missed them.
#include "tests/sim/story.h"

namespace mica::sim {
namespace {

using Blobs = std::vector<Bytes>;

BlobId id_of(const Bytes& bytes) { return BlobContent{BlobType::Data, bytes}.id(); }

class DataBlobs : public testing::Test {
 protected:
  Answer publish(size_t client, size_t chain, const Blobs& blobs) {
    std::vector<Operation> operations;
    for (const Bytes& bytes : blobs) {
      operations.push_back(Operation::system(SystemOperation::PublishDataBlob{id_of(bytes).hash}));
    }
    return make(world, client, chain, std::move(operations), blobs);
  }
  Answer read(size_t client, size_t chain, const Bytes& bytes) {
    return make(world, client, chain,
                {Operation::system(SystemOperation::VerifyBlob{id_of(bytes)})});
  }

  World world{{.jitter_us = 0}};
  const size_t alice = wallet(world, 101, 0), bob = wallet(world, 102, 1);
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
  ASSERT_TRUE(run(world, bob, {ClientCommand::Synchronize{world.chain(1)}}));
  world.partition(bob, 0, true);
  EXPECT_TRUE(read(bob, 1, {2}));
}

}  // namespace
}  // namespace mica::sim
