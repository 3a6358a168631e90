// Blocks that the published client 0.15.17 proposed, executed and got certified, recorded from its
// wire under FLAG_ZERO_HASH: our execution must give its block hashes.
#include "core/chain/block_execution.h"
#include "tests/core/execution/world.h"

namespace mica::chain {
namespace {

using Op = SystemOperation;

class NoPrevious : public PreviousBlocks {
 public:
  std::optional<BlockAt> last_sent_to(const ChainId&) const override { return {}; }
  std::optional<BlockAt> last_published_to(const StreamId&) const override { return {}; }
};

CryptoHash hash(std::string_view text) { return CryptoHash::from_text(text).value(); }
AccountOwner owner(std::string_view text) { return AccountOwner::from_text(text).value(); }

class PublishedClient : public testing::Test {
 protected:
  PublishedClient() : world_(policy()) {
    ChainDescription description{
        .origin = {ChainOrigin::Child{faucet_, {0}, 0}},
        .timestamp = {1'795'220'245'643'000},
        .config = {.ownership = ChainOwnership::single(me_), .balance = tokens(100)}};
    // The recorded chain's own description is not in the record; its hash does not enter.
    world_.lookup.blobs[description_blob_id(chain_)] = description.to_blob();
    ExecutionState state(world_.overlay, chain_);
    EXPECT_TRUE(initialize_chain(state, chain_, world_.lookup).ok());
  }
  static ResourceControlPolicy policy() {
    ResourceControlPolicy zero_hash;
    zero_hash.http_request_allow_list.insert(std::string(kFlagZeroHash));
    return zero_hash;
  }
  std::string execute(uint64_t timestamp, Transaction transaction) {
    BlockExecution what{.block = {.chain_id = chain_,
                                  .epoch = {},
                                  .transactions = {std::move(transaction)},
                                  .height = height_,
                                  .timestamp = {timestamp},
                                  .authenticated_signer = me_,
                                  .previous_block_hash = previous_hash_},
                        .round = 0,
                        .published_blobs = {}};
    auto executed = execute_block(world_.overlay, world_.lookup, NoPrevious(), what);
    if (!executed.ok()) return executed.error().error.message();
    previous_hash_ = hash_of(Block::assemble(executed->block, executed->outcome));
    height_ = height_.next();
    return previous_hash_->to_text();
  }
  template <class Op>
  std::string execute_operation(uint64_t timestamp, Op op) {
    return execute(timestamp, {Transaction::ExecuteOperation{Operation::system(std::move(op))}});
  }

  const ChainId chain_{hash("562b630e2f39eb5d3200bbf06ff1773000f9f0a0df777eccf7fa4f6e5eaffaf0")};
  const ChainId faucet_{hash("046791f3505d5de60b90b163ece66f27683a2177192e0586dbae2b386d837f34")};
  const AccountOwner me_ = owner("0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a");
  World world_;
  BlockHeight height_;
  std::optional<CryptoHash> previous_hash_;
};

TEST_F(PublishedClient, AgreesOnFourBlocks) {
  EXPECT_EQ(execute_operation(1'795'220'333'876'000, Op::Transfer{{}, {chain_, me_}, tokens(3)}),
            "e7013f56786b6d3cb0aaa1c3270dd1630dc393df81573cc7ff03d5ee856587fa");
  EXPECT_EQ(execute_operation(1'795'220'334'021'000, Op::Transfer{{}, {faucet_, {}}, tokens(2)}),
            "b620a3e260d6882632258bb504e37a0253cdbe038989daa988f88edf14019320");
  PostedMessage credit{.kind = MessageKind::Tracked,
                       .message = {Message::System{{SystemMessage::Credit{{}, tokens(7), {}}}}}};
  MessageBundle bundle{{1},
                       {1'795'220'337'243'000},
                       hash("f24b53d43557db605d785f514703eeec10d17e1e19d1dd1698c711c5a44e50cf"),
                       0,
                       {credit}};
  EXPECT_EQ(execute(1'795'220'337'355'000,
                    {Transaction::ReceiveMessages{{faucet_, bundle, MessageAction::Accept}}}),
            "48fb35bd7f924201e20a418fe97d7a8bc74b47aa975aa537f1f8f7dff4b81aab");
  AccountOwner second = owner("0xabababababababababababababababababababab");
  EXPECT_EQ(execute_operation(1'795'220'340'293'000,
                              Op::ChangeOwnership{{}, {{me_, 100}, {second, 100}}, 2, false, {}}),
            "069c8097d1587f76db997017ec82ff5de4519e292d709f8cf19db5f29b604b1d");
}

}  // namespace
}  // namespace mica::chain
