// One chain and blocks for it, of operations and of bundles from other chains.
#pragma once

#include "core/chain/block_execution.h"
#include "tests/core/execution/world.h"

namespace mica::chain {

class FakePrevious : public PreviousBlocks {
 public:
  std::optional<BlockAt> last_sent_to(const ChainId& recipient) const override {
    auto found = sent.find(recipient);
    return found == sent.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<BlockAt> last_published_to(const StreamId& stream) const override {
    auto found = published.find(stream);
    return found == published.end() ? std::nullopt : std::optional(found->second);
  }
  std::map<ChainId, BlockAt> sent;
  std::map<StreamId, BlockAt> published;
};

inline Transaction operation(Operation operation) {
  return {Transaction::ExecuteOperation{std::move(operation)}};
}
template <class Op>
Transaction system(Op op) {
  return operation(Operation::system(std::move(op)));
}

inline PostedMessage posted(Message message, MessageKind kind = MessageKind::Tracked) {
  return {.authenticated_signer = {},
          .grant = {},
          .refund_grant_to = {},
          .kind = kind,
          .index = 0,
          .message = std::move(message)};
}
inline Message credit_message(AccountOwner target, Amount amount) {
  return {Message::System{{SystemMessage::Credit{target, amount, {}}}}};
}
inline Message withdraw_message(Amount amount) {
  return {Message::System{{SystemMessage::Withdraw{owner_named(9), amount, {}}}}};
}
inline Transaction bundle(uint8_t origin, std::vector<PostedMessage> messages,
                          MessageAction action = MessageAction::Accept) {
  return {Transaction::ReceiveMessages{
      {chain_named(origin), {{3}, {4000}, {}, 0, std::move(messages)}, action}}};
}
inline const IncomingBundle& bundle_in(const Transaction& transaction) {
  return std::get_if<Transaction::ReceiveMessages>(&transaction.kind)->bundle;
}

struct Chain : World {
  explicit Chain(ResourceControlPolicy policy = {}, Amount balance = tokens(10))
      : World(std::move(policy), balance) {
    initialize();
  }
  BlockExecution block(std::vector<Transaction> transactions) const {
    return {.block = {.chain_id = chain_id,
                      .epoch = {},
                      .transactions = std::move(transactions),
                      .height = {4},
                      .timestamp = {5000},
                      .authenticated_signer = kOwner,
                      .previous_block_hash = {}},
            .round = {},
            .published_blobs = {}};
  }
  BlockExecution retrying(std::vector<Transaction> transactions) const {
    BlockExecution what = block(std::move(transactions));
    what.policy = BundlePolicy::kAutoRetry;
    return what;
  }
  NodeResult<ExecutedBlock> execute(BlockExecution what) {
    auto result = execute_block(overlay, lookup, previous, std::move(what));
    if (!result.ok()) {
      if (result.error().cause) wanted = result.error().cause->wanted;
      return result.error().error;
    }
    return std::move(result).value();
  }
  NodeResult<ExecutedBlock> execute(std::vector<Transaction> transactions) {
    return execute(block(std::move(transactions)));
  }
  std::string refusal(BlockExecution what) {
    CryptoHash before = legacy_state_hash(state());
    auto result = execute(std::move(what));
    EXPECT_EQ(legacy_state_hash(state()), before) << "a failed block left traces";
    return result.ok() ? "executed" : result.error().message();
  }
  std::string refusal(std::vector<Transaction> transactions) {
    return refusal(block(std::move(transactions)));
  }
  Amount balance(AccountOwner owner = {}) { return state().system.balance_of(owner); }

  FakePrevious previous;
  std::vector<Wanted> wanted;  // of the last block that failed
};

inline const ChainId kOther = chain_named(2);
inline const AccountOwner kAlice = owner_named(3);

inline Transaction transfer(Amount amount, AccountOwner from = {}) {
  return system(SystemOperation::Transfer{from, {kOther, {}}, amount});
}

inline std::vector<ChainId> origins_of(const std::vector<LeftOut>& left_out) {
  std::vector<ChainId> origins;
  for (const LeftOut& one : left_out) origins.push_back(one.origin);
  return origins;
}

}  // namespace mica::chain
