#include "core/wallet/wallet_records.h"

#include <gtest/gtest.h>

#include "core/storage/memory_store.h"

namespace mica::wallet {
namespace {

ChainId chain(uint8_t name) {
  ChainId id;
  id.hash.bytes.fill(name);
  return id;
}

class Records : public testing::Test {
 protected:
  void change(const std::function<void(Batch&)>& add) {
    Batch batch;
    add(batch);
    ASSERT_TRUE(store_.apply(batch).ok());
  }
  static PendingBlock block_of(const ChainId& id) {
    PendingBlock pending;
    pending.block.header.chain_id = id;
    pending.receiving = true;
    return pending;
  }
  // As docs/formats/wallet.md has it.
  static Bytes key(uint8_t table, const ChainId& id) {
    Bytes key = {'W', table};
    key.insert(key.end(), id.hash.bytes.begin(), id.hash.bytes.end());
    return key;
  }

  MemoryStore store_;
  WalletRecords records_{store_};
};

TEST_F(Records, ChainsAreKeptReplacedAndRemoved) {
  EXPECT_TRUE(records_.chains()->empty());
  change([&](Batch& batch) {
    WalletRecords::put_chain(batch, chain(1), {AccountOwner::chain(), true});
    WalletRecords::put_chain(batch, chain(2), {});
  });
  change([&](Batch& batch) { WalletRecords::put_chain(batch, chain(2), {std::nullopt, true}); });
  auto chains = records_.chains();
  ASSERT_TRUE(chains.ok());
  ASSERT_EQ(chains->size(), 2u);
  EXPECT_EQ(chains->at(chain(1)).owner, AccountOwner::chain());
  EXPECT_TRUE(chains->at(chain(2)).allow_fast_blocks);
  change([&](Batch& batch) { WalletRecords::remove_chain(batch, chain(1)); });
  EXPECT_EQ(records_.chains()->size(), 1u);
}

TEST_F(Records, AForgottenChainKeepsTheBlockThatMayStillBeCertified) {
  change([&](Batch& batch) {
    WalletRecords::put_chain(batch, chain(1), {});
    WalletRecords::put_pending(batch, block_of(chain(1)));
    WalletRecords::put_undelivered(batch, chain(1), {7});
  });
  change([&](Batch& batch) { WalletRecords::remove_chain(batch, chain(1)); });
  auto pending = records_.pending(chain(1));
  ASSERT_TRUE(pending.ok());
  ASSERT_TRUE(pending->has_value());
  EXPECT_TRUE((*pending)->receiving);
  EXPECT_TRUE(records_.undelivered(chain(1)).empty());
}

TEST_F(Records, OneBlockIsPendingPerChain) {
  EXPECT_FALSE(records_.pending(chain(1))->has_value());
  PendingBlock second = block_of(chain(1));
  second.receiving = false;
  change([&](Batch& batch) {
    WalletRecords::put_pending(batch, block_of(chain(1)));
    WalletRecords::put_pending(batch, second);
  });
  EXPECT_EQ(**records_.pending(chain(1)), second);
  EXPECT_FALSE(records_.pending(chain(2))->has_value());
  change([&](Batch& batch) { WalletRecords::remove_pending(batch, chain(1)); });
  EXPECT_FALSE(records_.pending(chain(1))->has_value());
}

TEST_F(Records, DamageIsNamedAndNeverTakenForNothing) {
  change([&](Batch& batch) { batch.put(key(1, chain(9)), {0xff, 1, 2}); });
  auto chains = records_.chains();
  ASSERT_FALSE(chains.ok());
  EXPECT_EQ(chains.error().code, ErrorCode::kCorrupt);
  change([&](Batch& batch) { batch.put(key(2, chain(9)), {0}); });
  auto pending = records_.pending(chain(9));
  ASSERT_FALSE(pending.ok());
  EXPECT_EQ(pending.error().code, ErrorCode::kCorrupt);
  EXPECT_NE(pending.error().where.find("0909"), std::string::npos);
}

TEST_F(Records, UndeliveredHeightsComeInOrder) {
  change([&](Batch& batch) {
    for (uint64_t height : {300, 2, 70'000, 255, 256}) {
      WalletRecords::put_undelivered(batch, chain(1), {height});
    }
    WalletRecords::put_undelivered(batch, chain(2), {1});
  });
  const std::vector<BlockHeight> want = {{2}, {255}, {256}, {300}, {70'000}};
  EXPECT_EQ(records_.undelivered(chain(1)), want);
  change([&](Batch& batch) { WalletRecords::remove_undelivered(batch, chain(1), {256}); });
  EXPECT_EQ(records_.undelivered(chain(1)).size(), 4u);
  EXPECT_EQ(records_.undelivered(chain(2)).size(), 1u);
}

TEST_F(Records, HostRecordsAreFoundByPrefixAndGoWhenEmpty) {
  change([&](Batch& batch) {
    WalletRecords::put_record(batch, "site/a", {1});
    WalletRecords::put_record(batch, "site/b", {2});
    WalletRecords::put_record(batch, "label/a", {3});
  });
  EXPECT_EQ(records_.records("site/").size(), 2u);
  EXPECT_EQ(records_.records("").size(), 3u);
  EXPECT_EQ(records_.records("site/").at("site/b"), Bytes{2});
  change([&](Batch& batch) { WalletRecords::put_record(batch, "site/a", {}); });
  EXPECT_EQ(records_.records("site/").size(), 1u);
}

}  // namespace
}  // namespace mica::wallet
