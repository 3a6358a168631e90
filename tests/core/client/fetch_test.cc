#include "core/client/fetch.h"

#include <gtest/gtest.h>

#include "tests/core/client/network_outside.h"

namespace mica::client {
namespace {

class FetchTest : public testing::Test {
 protected:
  NodeStatus download(size_t source, uint64_t end) {
    std::optional<NodeStatus> result;
    make_flow<Fetch>(outside_, network_.names[source])
        ->download_chain(network_.chain_id(0), {end},
                         [&](Downloaded done) { result = done.status; });
    took_ = outside_.run_until([&] { return result.has_value(); }, 3'600 * kSecond_us).value_or(0);
    return result.value_or(NodeError(NodeError::UnexpectedMessage{}));
  }
  // A block that publishes blobs with these bytes.
  ConfirmedBlockCertificate publish(std::vector<Bytes> blobs) {
    auto block = network_.block(0, {});
    for (const Bytes& bytes : blobs) {
      const BlobContent blob{BlobType::Data, bytes};
      block.transactions.push_back(
          operation(Operation::system(SystemOperation::PublishDataBlob{blob.id().hash})));
      for (size_t i = 0; i < 4; ++i) {
        network_.nodes[i]->store.flushed(
            network_.nodes[i]->store.apply(network_.worker(i).store_blobs({blob})).value());
      }
    }
    return network_.full(network_.confirm(0, block));
  }

  TestNetwork network_;
  NetworkOutside outside_{network_};
  uint64_t took_ = 0;
};

TEST_F(FetchTest, ALongChainIsNotCopiedForEachOfItsBlocks) {
  size_t bytes = 0;
  for (int i = 0; i < 60; ++i) {
    std::vector<Transaction> many(100, crumb_to(network_.chain_id(1)));
    bytes = encode(network_.full(network_.confirm(0, network_.block(0, many)))).size();
  }
  const size_t heap = heap_in_use();
  EXPECT_TRUE(download(0, 60).ok());
  const size_t stored = heap_in_use() - heap;
  EXPECT_LT(outside_.heap, heap + stored + 60 * 12 * bytes);
}

TEST_F(FetchTest, AllBlobsOfABlockComeAtOnceAndFromWhoHasThem) {
  publish({{1}, {2}, {3}});
  outside_.script[0] = [](const NodeRequest& request) {
    return std::get_if<NodeRequest::DownloadBlob>(&request.kind) ? Lie::silent() : Lie::honest();
  };
  EXPECT_TRUE(download(0, 1).ok());
  EXPECT_LT(took_, 3 * kSecond_us / 2);
}

TEST_F(FetchTest, ASilentSourceIsNotWaitedForToFindABlob) {
  const auto certificate = publish({{1}});
  const BlobId blob = BlobContent{BlobType::Data, {1}}.id();
  outside_.script[0] = [](const NodeRequest&) { return Lie::silent(); };
  std::optional<NodeStatus> result;
  make_flow<Fetch>(outside_, network_.names[0])->find_blob(blob, [&](NodeStatus s) { result = s; });
  const auto took = outside_.run_until([&] { return result.has_value(); }, 60 * kSecond_us);
  ASSERT_TRUE(took);
  EXPECT_TRUE(result->ok());
  EXPECT_LT(*took, 5 * kSecond_us / 2);  // about the block, and about the blob
}

TEST_F(FetchTest, ABlobThatNobodyHasIsAnError) {
  std::optional<NodeStatus> result;
  make_flow<Fetch>(outside_, network_.names[0])
      ->find_blob(BlobContent{BlobType::Data, {9}}.id(), [&](NodeStatus s) { result = s; });
  const auto took = outside_.run_until([&] { return result.has_value(); }, 60 * kSecond_us);
  ASSERT_TRUE(took);
  EXPECT_FALSE(result->ok());
  EXPECT_LT(*took, kSecond_us);
}

// An epoch that no chain tells of: the admin chain is looked at once.
TEST_F(FetchTest, AnUnknownEpochIsAnErrorAfterOneLook) {
  auto certificate =
      network_.full(network_.confirm(1, network_.block(1, {crumb_to(network_.chain_id(0))})));
  certificate.value.header.epoch = {99};
  std::optional<NodeResult<ChainInfo>> result;
  make_flow<Fetch>(outside_, network_.names[0])
      ->process(certificate, ConfirmedMode::kPreprocess,
                [&](NodeResult<ChainInfo> r) { result = std::move(r); });
  outside_.run_until([&] { return result.has_value(); }, 60 * kSecond_us);
  ASSERT_TRUE(result);
  EXPECT_FALSE(result->ok());
  EXPECT_LE(outside_.asked[0], 2u);
}

}  // namespace
}  // namespace mica::client
