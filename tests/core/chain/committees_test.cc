#include "core/chain/committees.h"

#include "tests/core/execution/world.h"

namespace mica::chain {
namespace {

TEST(Committees, RecentOnesAreKeptWithinTheirBytes) {
  World world;
  const BlobId blob = world.lookup.add(world.committee.to_blob());
  for (uint32_t epoch = 1; epoch < 9; ++epoch) {
    world.lookup.events.emplace(EventId{world.chain_id, StreamId::new_epochs(), epoch},
                                encode(blob.hash));
  }
  Committees committees(2 * encode(world.committee).size());
  auto lookups_of = [&](uint32_t epoch) {
    const int before = world.lookup.events_asked;
    EXPECT_EQ((*committees.of_epoch({epoch}, world.lookup))->committee, world.committee);
    return world.lookup.events_asked - before;
  };
  for (uint32_t epoch = 1; epoch < 9; ++epoch) EXPECT_EQ(lookups_of(epoch), 1);
  EXPECT_EQ(lookups_of(8), 0);
  EXPECT_EQ(lookups_of(7), 0);
  EXPECT_EQ(lookups_of(1), 1) << "only two are kept";
}

}  // namespace
}  // namespace mica::chain
