#include "core/wallet/block_summary.h"

#include <gtest/gtest.h>

namespace mica::wallet {
namespace {

TEST(BlockSummary, HasEachOperationWholeAndInOrder) {
  const std::vector<Operation> operations = {
      {Operation::System{{SystemOperation::CloseChain{}}}},
      {Operation::User{{}, {1, 2}}},
      {Operation::System{{SystemOperation::Claim{.amount = Amount::from_tokens(1)}}}},
  };
  ProposedBlock block;
  block.height = {7};
  for (const Operation& one : operations) {
    block.transactions.push_back({Transaction::ExecuteOperation{one}});
  }
  const BlockSummary summary = summarize(block);
  EXPECT_EQ(summary.height, block.height);
  EXPECT_EQ(summary.signer, block.authenticated_signer);
  EXPECT_EQ(summary.operations, operations);
}

TEST(BlockSummary, CountsWhatIsReceived) {
  ProposedBlock block;
  IncomingBundle bundle;
  for (MessageAction action :
       {MessageAction::Accept, MessageAction::Accept, MessageAction::Reject}) {
    bundle.action = action;
    block.transactions.push_back({Transaction::ReceiveMessages{bundle}});
  }
  const BlockSummary summary = summarize(block);
  EXPECT_EQ(summary.accepted_bundles, 2u);
  EXPECT_EQ(summary.rejected_bundles, 1u);
  EXPECT_TRUE(summary.operations.empty());
}

}  // namespace
}  // namespace mica::wallet
