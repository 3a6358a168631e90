#include "core/worker/chain_reader.h"

#include "tests/core/worker/network.h"

namespace mica::worker {
namespace {

// Over a store that is only read, one reader gives the answers of a worker.
TEST(ChainReader, NeedsAStoreAndNoWorker) {
  TestNetwork network;
  network.confirm(0, network.block(0, {transfer_to(network.chain_id(1), 3)}));
  TestNode& node = *network.nodes[0];
  const StateReader& state = node.store;
  const ColdStore& cold = node.store;
  const NetworkDescription description = describe(network.genesis).value();
  WorkSession::CommitteeBlobs blobs(limits::kCommitteeBlobCacheBytes);
  Committees committees;
  const CommitId before = node.store.last_commit();
  for (size_t index : {0, 1}) {
    const ChainReader mine(state, cold, description, blobs, committees, network.chain_id(index));
    const ChainReader theirs = node.worker->read(network.chain_id(index));
    EXPECT_TRUE(mine.is_active());
    EXPECT_EQ(mine.tip().block_hash, theirs.tip().block_hash);
    EXPECT_EQ(mine.balance(AccountOwner::chain()), theirs.balance(AccountOwner::chain()));
    EXPECT_EQ(mine.pending_bundles(), theirs.pending_bundles());
    EXPECT_EQ(mine.pending_bundles().size(), index);
    EXPECT_EQ(mine.manager(), theirs.manager());
    ASSERT_TRUE(mine.current_committee());
    EXPECT_EQ(mine.certificates({0}, 9).value->size(), 1 - index);
  }
  EXPECT_EQ(node.store.last_commit(), before);
}

TEST(RecordReader, KeepsCommitteeBlobsWithinTheirBytes) {
  MemoryStore store;
  Batch batch;
  std::vector<BlobId> ids;
  for (uint8_t name = 0; name < 10; ++name) {
    const BlobContent blob{BlobType::Committee, Bytes(100, name)};
    ids.push_back(blob.id());
    batch.put_cold(blob_key(blob.id()), blob.bytes);
  }
  ASSERT_TRUE(store.apply(batch).ok());
  RecordReader::CommitteeBlobs kept(300);
  const NetworkDescription network;
  const RecordReader records(store, store, network, kept);
  for (const BlobId& id : ids) ASSERT_TRUE(records.blob(id));
  EXPECT_EQ(kept.bytes(), 300u);
  EXPECT_NE(kept.find(ids.back()), nullptr);
  EXPECT_EQ(kept.find(ids.front()), nullptr);
}

}  // namespace
}  // namespace mica::worker
