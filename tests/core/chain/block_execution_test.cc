#include "core/base/limits.h"
#include "tests/core/chain/block_world.h"

namespace mica::chain {
namespace {

using Op = SystemOperation;

TEST(BlockExecution, OutcomeHasOneListPerTransaction) {
  Chain chain;
  auto executed =
      chain.execute({transfer(tokens(1)), bundle(5, {posted(credit_message(kAlice, tokens(2)))}),
                     system(Op::CloseChain{})});
  ASSERT_TRUE(executed.ok()) << executed.error().message();
  const BlockExecutionOutcome& outcome = executed->outcome;
  EXPECT_EQ(outcome.messages.size(), 3u);
  EXPECT_EQ(outcome.oracle_responses.size(), 3u);
  EXPECT_EQ(outcome.events.size(), 3u);
  EXPECT_EQ(outcome.blobs.size(), 3u);
  EXPECT_EQ(outcome.operation_results, std::vector<OperationResult>(2));
  EXPECT_EQ(outcome.messages[0].size(), 1u);
  EXPECT_EQ(outcome.state_hash, legacy_state_hash(chain.state()));
  EXPECT_EQ(chain.balance(), tokens(9));
  EXPECT_EQ(chain.balance(kAlice), tokens(2));
  EXPECT_EQ(chain.state().system.timestamp.get(), Timestamp{5000});
  EXPECT_EQ(executed->fees_paid, Amount{});
}

TEST(BlockExecution, NeedsAnInitialisedChain) {
  World world;
  FakePrevious previous;
  BlockExecution what{.block = {.chain_id = world.chain_id}};
  auto result = execute_block(world.overlay, world.lookup, previous, what);
  ASSERT_FALSE(result.ok());
  ASSERT_NE(result.error().error.as<NodeError::InactiveChain>(), nullptr);
}

TEST(BlockExecution, ChecksBeforeItStarts) {
  Chain chain;
  EXPECT_EQ(chain.refusal(std::vector<Transaction>{}), "Empty blocks are not allowed");
  BlockExecution early = chain.block({transfer(tokens(1))});
  early.block.timestamp = {999};
  EXPECT_EQ(chain.refusal(early),
            "Block timestamp 999 must not be earlier than the parent block's timestamp 1000");
  BlobContent blob{BlobType::Data, {1}};
  BlockExecution unpublished = chain.block({system(Op::PublishDataBlob{blob.id().hash})});
  EXPECT_EQ(chain.refusal(unpublished), "Internal error published_blobs mismatch");
  BlockExecution too_many = chain.block({transfer(tokens(1))});
  too_many.published_blobs = {blob};
  EXPECT_EQ(chain.refusal(too_many), "Internal error published_blobs mismatch");
}

TEST(BlockExecution, ErrorsNameTheTransaction) {
  Chain chain;
  EXPECT_EQ(chain.refusal({transfer(tokens(1)), transfer(tokens(10))}),
            "Execution error: The transferred amount must not exceed the balance of the current "
            "account 0x00: 9. during Operation(1)");
  EXPECT_EQ(chain.refusal({bundle(5, {posted(withdraw_message(tokens(1)))})}),
            "Execution error: The transferred amount must not exceed the balance of the current "
            "account " +
                owner_named(9).to_text() + ": 0. during IncomingBundle(0)");
}

TEST(BlockExecution, ClosedChainsOnlyReject) {
  Chain chain;
  ASSERT_TRUE(chain.execute({system(Op::CloseChain{})}).ok());
  const std::string closed =
      "Closed chains cannot have operations, accepted messages or empty blocks";
  auto credit = posted(credit_message({}, tokens(1)), MessageKind::Protected);
  EXPECT_EQ(chain.refusal({transfer(tokens(1))}), closed);
  EXPECT_EQ(chain.refusal({bundle(5, {credit})}), closed);
  EXPECT_TRUE(chain.execute({bundle(5, {credit}, MessageAction::Reject)}).ok());
}

TEST(BlockExecution, CloseChainStopsLaterBundlesOfItsBlock) {
  Chain chain;
  EXPECT_EQ(
      chain.refusal({system(Op::CloseChain{}), bundle(5, {posted(credit_message({}, tokens(1)))})}),
      "Closed chains cannot have operations, accepted messages or empty blocks");
}

TEST(BlockExecution, RejectedBundles) {
  Chain chain;
  PostedMessage tracked = posted(credit_message(kAlice, tokens(2)));
  PostedMessage with_grant = posted(credit_message(kAlice, tokens(2)), MessageKind::Simple);
  with_grant.grant = tokens(1);
  with_grant.refund_grant_to = Account{chain_named(6), {}};
  PostedMessage user = posted({Message::User{{}, {1, 2}}});
  auto executed = chain.execute({bundle(5, {tracked, with_grant, user}, MessageAction::Reject)});
  ASSERT_TRUE(executed.ok()) << executed.error().message();
  const auto& sent = executed->outcome.messages[0];
  ASSERT_EQ(sent.size(), 3u);
  EXPECT_EQ(sent[0].kind, MessageKind::Bouncing);
  EXPECT_EQ(sent[0].destination, chain_named(5));
  EXPECT_EQ(sent[0].message, tracked.message);
  EXPECT_EQ(sent[1].kind, MessageKind::Tracked);
  EXPECT_EQ(sent[1].destination, chain_named(6));
  EXPECT_EQ(sent[2].message, user.message);
  EXPECT_EQ(chain.balance(kAlice), Amount{});
  PostedMessage guarded = posted(credit_message({}, tokens(1)), MessageKind::Protected);
  EXPECT_NE(chain.refusal({bundle(5, {guarded}, MessageAction::Reject)})
                .find("attempting to reject protected message"),
            std::string::npos);
}

TEST(BlockExecution, BouncedMoneyComesBackToItsSource) {
  Chain chain;
  PostedMessage back = posted({Message::System{{SystemMessage::Credit{{}, tokens(2), kAlice}}}},
                              MessageKind::Bouncing);
  ASSERT_TRUE(chain.execute({bundle(5, {back})}).ok());
  EXPECT_EQ(chain.balance(kAlice), tokens(2));
}

TEST(BlockExecution, PreviousBlocksOfRecipientsAndStreams) {
  Chain chain;
  CryptoHash hash = chain_named(77).hash;
  chain.previous.sent[kOther] = {hash, {2}};
  chain.previous.sent[chain_named(8)] = {hash, {3}};  // not a recipient of this block
  chain.previous.published[StreamId::removed_epochs()] = {hash, {1}};
  auto executed = chain.execute({transfer(tokens(1)), transfer(tokens(1)),
                                 system(Op::Transfer{{}, {chain_named(9), {}}, tokens(1)}),
                                 system(Op::Admin{{AdminOperation::RemoveCommittee{{0}}}})});
  // The committee is still known by genesis, so the block's hash mode is.
  ASSERT_TRUE(executed.ok()) << executed.error().message();
  EXPECT_EQ(executed->outcome.previous_message_blocks,
            (PreviousMessageBlocks{{kOther, {hash, {2}}}}));
  EXPECT_EQ(executed->outcome.previous_event_blocks,
            (PreviousEventBlocks{{StreamId::removed_epochs(), {hash, {1}}}}));
}

TEST(BlockExecution, PermissionsOfApplications) {
  Chain chain;
  ApplicationId app{chain_named(4).hash};
  ApplicationPermissions permissions;
  permissions.execute_operations = {{app}};
  chain.state().system.application_permissions.set(permissions);
  EXPECT_EQ(chain.refusal({transfer(tokens(1))}),
            "All operations on this chain must be from one of the following applications: [" +
                app.to_text() + "]");
  // Allowed, and only then refused for want of applications.
  EXPECT_NE(chain.refusal({operation({Operation::User{app, {}}})}).find("cannot be done here"),
            std::string::npos);
  EXPECT_TRUE(chain.execute({bundle(5, {posted(credit_message({}, tokens(1)))})}).ok());
  permissions.execute_operations = {};
  permissions.mandatory_applications = {app};
  chain.state().system.application_permissions.set(permissions);
  EXPECT_EQ(chain.refusal({transfer(tokens(1))}),
            "Missing operations or messages from mandatory applications: [" + app.to_text() + "]");
  auto user = posted({Message::User{app, {}}});
  EXPECT_TRUE(chain.execute({transfer(tokens(1)), bundle(5, {user}, MessageAction::Reject)}).ok());
}

TEST(BlockExecution, MandatoryApplicationsMayNeedAnAcceptedMessage) {
  ResourceControlPolicy policy;
  policy.http_request_allow_list.insert(std::string(kFlagMandatoryAppsNeedAcceptedMessage));
  Chain chain(policy);
  ApplicationId app{chain_named(4).hash};
  ApplicationPermissions permissions;
  permissions.mandatory_applications = {app};
  chain.state().system.application_permissions.set(permissions);
  auto user = posted({Message::User{app, {}}});
  EXPECT_NE(chain.refusal({bundle(5, {user}, MessageAction::Reject)}).find("mandatory"),
            std::string::npos);
  EXPECT_EQ(chain.refusal({bundle(5, {user})}).find("mandatory"), std::string::npos);
}

TEST(BlockExecution, EpochOperationsAreAlwaysAllowed) {
  Chain chain;
  ApplicationPermissions permissions;
  permissions.execute_operations = std::vector<ApplicationId>{};
  permissions.mandatory_applications = {{chain_named(4).hash}};
  chain.state().system.application_permissions.set(permissions);
  EventId created{chain.chain_id, StreamId::new_epochs(), 1};
  chain.lookup.events[created] = encode(chain.lookup.description.genesis_committee_blob_hash);
  EXPECT_TRUE(chain.execute({system(Op::ProcessNewEpoch{{1}})}).ok());
}

// Prices of the testnet preset, summed by hand.
TEST(BlockFees, OfEachKindOfBlock) {
  Chain chain(ResourceControlPolicy::testnet());
  auto fees = [&](std::vector<Transaction> transactions, std::vector<BlobContent> blobs = {}) {
    BlockExecution what = chain.block(std::move(transactions));
    what.published_blobs = std::move(blobs);
    auto executed = chain.execute(what);
    EXPECT_TRUE(executed.ok()) << executed.error().message();
    return executed.ok() ? executed->fees_paid : Amount::max();
  };
  EXPECT_EQ(fees({transfer(tokens(1))}), micros(10 + 10));  // operation, message
  EXPECT_EQ(fees({system(Op::Transfer{{}, {chain.chain_id, kAlice}, tokens(1)})}), micros(10));
  EXPECT_EQ(fees({bundle(5, {posted(credit_message(kAlice, tokens(1)))})}), Amount{});
  EXPECT_EQ(fees({bundle(5, {posted(credit_message(kAlice, tokens(1)))}, MessageAction::Reject)}),
            micros(10));
  BlobContent blob{BlobType::Data, Bytes(1000, 7)};
  EXPECT_EQ(fees({system(Op::PublishDataBlob{blob.id().hash})}, {blob}),
            micros(10 + 1 + 100));  // 1000 bytes at 100 n
  BlobContent stored{BlobType::Data, Bytes(1000, 8)};
  chain.lookup.add(stored);
  EXPECT_EQ(fees({system(Op::VerifyBlob{stored.id()})}), nanos(10'000 + 100));
  auto opened =
      chain.execute({system(Op::OpenChain{{ChainOwnership::single(kAlice), tokens(1), {}}})});
  ASSERT_TRUE(opened.ok());
  uint64_t size = opened->outcome.blobs[0][0].bytes.size();
  EXPECT_EQ(size, 1u + 32 + 8 + 4 + 8 + (1 + 1 + 33 + 8 + 4 + 1 + 1 + 24) + 12 + 16 + 6);
  EXPECT_EQ(opened->fees_paid, nanos(10'000 + 1'000 + 100 * size));
  EXPECT_EQ(fees({system(Op::Admin{
                     {AdminOperation::PublishCommitteeBlob{Committee{}.to_blob().id().hash}}})},
                 {Committee{}.to_blob()}),
            micros(10));  // committees are published for nothing
}

TEST(BlockFees, AreTakenFromTheBalance) {
  Chain chain(ResourceControlPolicy::testnet());
  auto executed = chain.execute({transfer(tokens(1)), transfer(tokens(2))});
  ASSERT_TRUE(executed.ok());
  EXPECT_EQ(executed->fees_paid, micros(40));
  EXPECT_EQ(chain.balance(), Amount{tokens(7).attos - micros(40).attos});
}

TEST(BlockFees, FreeRejects) {
  ResourceControlPolicy policy = ResourceControlPolicy::testnet();
  policy.http_request_allow_list.insert(std::string(kFlagFreeReject));
  Chain chain(policy);
  auto executed = chain.execute(
      {bundle(5, {posted(credit_message(kAlice, tokens(1)))}, MessageAction::Reject)});
  ASSERT_TRUE(executed.ok());
  EXPECT_EQ(executed->fees_paid, Amount{});
}

TEST(BlockFees, NearlyEmptyAccounts) {
  // Exactly the transfer and its fees.
  Amount all{tokens(1).attos + micros(20).attos};
  Chain exact(ResourceControlPolicy::testnet(), all);
  ASSERT_TRUE(exact.execute({transfer(tokens(1))}).ok());
  EXPECT_EQ(exact.balance(), Amount{});
  // One atto less: the operation is paid, the message is not.
  Chain less(ResourceControlPolicy::testnet(), {all.attos - 1});
  EXPECT_EQ(less.refusal({transfer(tokens(1))}),
            "Execution error: Required execution fees exceeded the total funding available. Fees "
            "0.00001, available balance: 0.000009999999999999 during Operation(0)");
  // Money in an owner's account alone can still pay, and is left as an entry of zero.
  Chain owner(ResourceControlPolicy::testnet(), {});
  owner.state().system.balances.put(World::kOwner, all);
  ASSERT_TRUE(owner.execute({transfer(tokens(1), World::kOwner)}).ok());
  EXPECT_EQ(owner.state().system.balances.get(World::kOwner), Amount{});
  // A transfer of everything removes the entry: then nobody can pay the fees.
  Chain drained(ResourceControlPolicy::testnet(), {});
  drained.state().system.balances.put(World::kOwner, tokens(1));
  EXPECT_NE(drained.refusal({transfer(tokens(1), World::kOwner)}).find("available balance: 0."),
            std::string::npos);
  // The chain's balance pays first, down to nothing, then the account.
  Chain both(ResourceControlPolicy::testnet(), micros(15));
  both.state().system.balances.put(World::kOwner, tokens(2));
  ASSERT_TRUE(both.execute({transfer(tokens(1), World::kOwner)}).ok());
  EXPECT_EQ(both.balance(), Amount{});
  EXPECT_EQ(both.balance(World::kOwner), Amount{tokens(1).attos - micros(5).attos});
}

TEST(BlockFees, AnEntryOfZeroChangesTheStateHash) {
  Chain chain(ResourceControlPolicy::testnet(), tokens(1));
  chain.state().system.balances.put(World::kOwner, micros(5));
  chain.state().system.balance.set(Amount{tokens(1).attos + micros(15).attos});
  auto executed = chain.execute({transfer(tokens(1))});
  ASSERT_TRUE(executed.ok());
  EXPECT_EQ(chain.state().system.balances.entries(),
            (std::vector<std::pair<AccountOwner, Amount>>{{World::kOwner, {}}}));
  EXPECT_EQ(executed->outcome.state_hash, legacy_state_hash(chain.state()));
  chain.state().system.balances.erase(World::kOwner);
  EXPECT_NE(executed->outcome.state_hash, legacy_state_hash(chain.state()));
}

TEST(BlockSize, CountsTheParts) {
  Chain chain;
  auto executed = chain.execute({transfer(tokens(1))});
  ASSERT_TRUE(executed.ok());
  uint64_t operation = encode(Operation::system(Op::Transfer{{}, {kOther, {}}, tokens(1)})).size();
  uint64_t messages = encode(executed->outcome.messages[0]).size();
  // Empty lists of oracle responses, events and blobs, and an empty result.
  EXPECT_EQ(executed->resources.block_size, 94 + operation + messages + 3 + 1);
}

TEST(BlockSize, IsLimited) {
  ResourceControlPolicy policy;
  Chain measured;
  uint64_t size = measured.execute({transfer(tokens(1))})->resources.block_size;
  policy.maximum_block_size = size;
  Chain fits(policy);
  EXPECT_TRUE(fits.execute({transfer(tokens(1))}).ok());
  policy.maximum_block_size = size - 1;
  Chain tight(policy);
  EXPECT_EQ(tight.refusal({transfer(tokens(1))}),
            "Execution error: Serialized size of the block exceeds limit during Operation(0)");
}

TEST(BlobSize, IsLimited) {
  ResourceControlPolicy policy;
  policy.maximum_blob_size = 10;
  Chain chain(policy);
  BlobContent blob{BlobType::Data, Bytes(11)};
  BlockExecution what = chain.block({system(Op::PublishDataBlob{blob.id().hash})});
  what.published_blobs = {blob};
  EXPECT_EQ(chain.refusal(what), "Execution error: Blob exceeds size limit during Block");
}

TEST(BlockExecution, PolicyIsOfTheCommitteeBeforeHashModeOfTheOneAfter) {
  Chain chain;
  Committee next;
  next.policy = ResourceControlPolicy::testnet();
  next.policy.http_request_allow_list.insert(std::string(kFlagZeroHash));
  BlobId blob = chain.lookup.add(next.to_blob());
  auto executed =
      chain.execute({system(Op::Admin{{AdminOperation::CreateCommittee{{1}, blob.hash}}})});
  ASSERT_TRUE(executed.ok()) << executed.error().message();
  EXPECT_EQ(executed->fees_paid, Amount{});
  EXPECT_EQ(executed->outcome.state_hash, CryptoHash{});
  executed = chain.execute({transfer(tokens(1))});
  EXPECT_EQ(executed->fees_paid, micros(20));
}

TEST(BlockExecution, MissingThingsAreNamedAsSuch) {
  Chain chain;
  BlobId blob{BlobType::Data, chain_named(5).hash};
  auto no_blob = chain.execute({system(Op::VerifyBlob{blob})});
  ASSERT_NE(no_blob.error().as<NodeError::BlobsNotFound>(), nullptr);
  EXPECT_EQ(no_blob.error().as<NodeError::BlobsNotFound>()->value, std::vector<BlobId>{blob});
  auto no_event = chain.execute({system(Op::ProcessNewEpoch{{1}})});
  ASSERT_NE(no_event.error().as<NodeError::EventsNotFound>(), nullptr);
}

TEST(Replay, GivesTheSameOutcomeAndConsumesEverything) {
  Chain first, second;
  BlobId blob = first.lookup.add({BlobType::Data, {1}});
  second.lookup.add({BlobType::Data, {1}});
  std::vector<Transaction> transactions{system(Op::VerifyBlob{blob}), transfer(tokens(1)),
                                        system(Op::VerifyBlob{blob})};
  auto executed = first.execute(transactions);
  ASSERT_TRUE(executed.ok());
  EXPECT_EQ(executed->outcome.oracle_responses[0].size(), 1u);
  EXPECT_EQ(executed->outcome.oracle_responses[2].size(), 0u);
  BlockExecution replay = second.block(transactions);
  auto recorded = executed->outcome.oracle_responses;
  replay.recorded = &recorded;
  recorded[1].push_back({OracleResponse::Assert{}});
  EXPECT_EQ(second.refusal(replay),
            "Execution error: More recorded oracle responses than expected during Operation(1)");
  recorded[1].clear();
  recorded.pop_back();
  EXPECT_EQ(second.refusal(replay), "Executed block contains fewer oracle responses than requests");
  recorded.emplace_back();
  auto again = second.execute(replay);
  ASSERT_TRUE(again.ok()) << again.error().message();
  EXPECT_EQ(again->outcome, executed->outcome);
}

TEST(AutoRetry, RejectsAFailingBundle) {
  Chain chain;
  auto good = bundle(5, {posted(credit_message(kAlice, tokens(1)))});
  // The first message of the bundle succeeds, so its effects must be undone.
  auto bad = bundle(6, {posted(credit_message(kAlice, tokens(5))),
                        posted(withdraw_message(tokens(1)), MessageKind::Simple)});
  auto executed = chain.execute(chain.retrying({good, bad, transfer(tokens(1))}));
  ASSERT_TRUE(executed.ok()) << executed.error().message();
  EXPECT_EQ(bundle_in(executed->block.transactions[0]).action, MessageAction::Accept);
  EXPECT_EQ(bundle_in(executed->block.transactions[1]).action, MessageAction::Reject);
  EXPECT_EQ(executed->block.transactions.size(), 3u);
  EXPECT_EQ(chain.balance(kAlice), tokens(1));
  EXPECT_EQ(executed->outcome.messages[1].size(), 1u);
  // The block as it came out executes without retries to the same outcome.
  Chain again;
  auto plain = again.execute(executed->block.transactions);
  ASSERT_TRUE(plain.ok());
  EXPECT_EQ(plain->outcome, executed->outcome);
  EXPECT_EQ(plain->resources.block_size, executed->resources.block_size);
  Chain aborting;
  EXPECT_NE(aborting.refusal({good, bad}), "executed");
}

TEST(AutoRetry, FailsOnOperationsProtectedAndRejectedBundlesAndMissingThings) {
  Chain chain;
  EXPECT_NE(chain.refusal(chain.retrying({transfer(tokens(11))})), "executed");
  auto guarded = posted(withdraw_message(tokens(1)), MessageKind::Protected);
  EXPECT_NE(chain.refusal(chain.retrying({bundle(5, {guarded})})), "executed");
  EXPECT_NE(chain.refusal(chain.retrying({bundle(5, {guarded}, MessageAction::Reject)})),
            "executed");
  auto broken = posted(credit_message({}, tokens(1)), MessageKind::Simple);
  broken.grant = tokens(1);  // without anybody to refund it to
  EXPECT_NE(chain.refusal(chain.retrying({bundle(5, {broken}, MessageAction::Reject)})),
            "executed");
}

TEST(AutoRetry, PostponesBundlesThatDoNotFit) {
  auto with_messages = [](uint8_t origin, size_t count) {
    return bundle(origin,
                  std::vector<PostedMessage>(count, posted(credit_message(kAlice, tokens(1)))));
  };
  std::vector<Transaction> fitting{with_messages(5, 1), with_messages(7, 1)};
  Chain measured;
  ResourceControlPolicy policy;
  policy.maximum_block_size = measured.execute(fitting)->resources.block_size;
  Chain chain(policy);
  // The second bundle of 6 would fit, but must not overtake the first.
  auto executed = chain.execute(
      chain.retrying({fitting[0], with_messages(6, 20), with_messages(6, 1), fitting[1]}));
  ASSERT_TRUE(executed.ok()) << executed.error().message();
  EXPECT_EQ(executed->block.transactions, fitting);
  EXPECT_EQ(origins_of(executed->left_out), std::vector{chain_named(6)});
  EXPECT_EQ(executed->left_out[0].reason, std::nullopt);
  EXPECT_EQ(chain.balance(kAlice), tokens(2));
}

TEST(AutoRetry, ABundleThatFitsNoBlockEvenRejectedIsLeftOut) {
  Chain measured;
  auto one = bundle(5, {posted(credit_message(kAlice, tokens(1)), MessageKind::Simple)});
  uint64_t size = measured.execute({one})->resources.block_size;
  ResourceControlPolicy policy;
  policy.maximum_block_size = size - 1;  // the results' bytes are what is too much
  Chain chain(policy);
  // Rejected it is as large.
  EXPECT_EQ(chain.refusal(chain.retrying({one})), "Empty blocks are not allowed");
  auto executed = chain.execute(chain.retrying({one, transfer(tokens(1))}));
  ASSERT_TRUE(executed.ok()) << executed.error().message();
  EXPECT_EQ(executed->block.transactions, std::vector{transfer(tokens(1))});
  EXPECT_EQ(executed->left_out[0].reason, WaitReason::TooLarge);
}

TEST(AutoRetry, AfterTooManyLimitErrorsAllBundlesArePostponed) {
  Chain measured;
  auto small = [](uint8_t origin) {
    return bundle(origin, {posted(credit_message(kAlice, tokens(1)))});
  };
  auto big = [](uint8_t origin) {
    return bundle(origin,
                  std::vector<PostedMessage>(20, posted(credit_message(kAlice, tokens(1)))));
  };
  std::vector<Transaction> fitting{small(5), small(6), transfer(tokens(1))};
  uint64_t size = measured.execute(fitting)->resources.block_size;
  ResourceControlPolicy policy;
  policy.maximum_block_size = size;
  auto run = [&](uint32_t limit) {
    Chain chain(policy);
    BlockExecution what =
        chain.retrying({small(5), big(10), big(11), small(6), transfer(tokens(1))});
    what.max_block_limit_errors = limit;
    auto executed = chain.execute(what);
    EXPECT_TRUE(executed.ok()) << executed.error().message();
    return std::move(executed).value();
  };
  ExecutedBlock all = run(2);
  EXPECT_EQ(all.block.transactions, fitting);
  EXPECT_EQ(origins_of(all.left_out), (std::vector{chain_named(10), chain_named(11)}));
  ExecutedBlock few = run(1);
  EXPECT_EQ(few.block.transactions, (std::vector<Transaction>{fitting[0], fitting[2]}));
  EXPECT_EQ(origins_of(few.left_out),
            (std::vector{chain_named(10), chain_named(11), chain_named(6)}));
}

TEST(AutoRetry, LeavesMessagesOfApplicationsInTheInbox) {
  Chain chain;
  auto user = bundle(6, {posted({Message::User{{}, {1}}})});
  auto later = bundle(6, {posted(credit_message(kAlice, tokens(1)))});
  auto executed = chain.execute(
      chain.retrying({bundle(5, {posted(credit_message({}, tokens(1)))}), user, later}));
  ASSERT_TRUE(executed.ok()) << executed.error().message();
  EXPECT_EQ(executed->block.transactions.size(), 1u);
  EXPECT_EQ(origins_of(executed->left_out), std::vector{chain_named(6)});
  EXPECT_EQ(executed->left_out[0].reason, WaitReason::NotSupported);
  EXPECT_EQ(chain.refusal(chain.retrying({user})), "Empty blocks are not allowed");
}

TEST(BlockExecution, OneRunNamesAllThatIsMissing) {
  Chain chain;
  auto absent = [](uint8_t name) { return BlobId{BlobType::Data, chain_named(name).hash}; };
  const BlobId here = chain.lookup.add({BlobType::Data, {1}});
  const EventId epoch{chain.chain_id, StreamId::new_epochs(), 1};
  std::vector<Transaction> transactions = {
      transfer(tokens(1)),
      system(Op::VerifyBlob{absent(1)}),
      system(Op::VerifyBlob{here}),
      bundle(5, {posted(withdraw_message(tokens(1)))}),  // fails, after the first that is missing
      system(Op::ProcessNewEpoch{{1}}),
      system(Op::VerifyBlob{absent(2)}),
      system(Op::VerifyBlob{absent(1)})};
  for (BlockExecution what : {chain.block(transactions), chain.retrying(transactions)}) {
    auto result = chain.execute(what);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(chain.wanted, (std::vector<Wanted>{absent(1), epoch, absent(2)}));
    auto* blobs = result.error().as<NodeError::BlobsNotFound>();
    ASSERT_NE(blobs, nullptr);
    EXPECT_EQ(blobs->value, (std::vector{absent(1), absent(2)}));
    EXPECT_EQ(chain.balance(), tokens(10));
  }
}

TEST(BlockExecution, OneRunAsksForNoMoreThanTheLimit) {
  Chain chain;
  std::vector<Transaction> transactions;
  for (size_t i = 0; i < limits::kMaxWanted + 5; ++i) {
    transactions.push_back(
        system(Op::VerifyBlob{{BlobType::Data, chain_named(static_cast<uint8_t>(i)).hash}}));
  }
  ASSERT_FALSE(chain.execute(transactions).ok());
  EXPECT_EQ(chain.wanted.size(), limits::kMaxWanted);
}

}  // namespace
}  // namespace mica::chain
