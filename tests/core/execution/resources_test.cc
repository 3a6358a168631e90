#include "core/execution/resources.h"

#include "tests/core/execution/world.h"

namespace mica::execution {
namespace {

class Resources : public testing::Test {
 protected:
  Resources() { system_.balance.set(micros(100)); }
  Amount charged(ExecutionStatus status) {
    EXPECT_TRUE(status.ok());
    Amount now{micros(1'000'000).attos - system_.balance.get().attos};
    system_.balance.set(micros(1'000'000));
    return now;
  }

  MemoryStore store_;
  Overlay overlay_{store_};
  SystemState system_{overlay_, {1}};
  Funds funds_{system_};
  ResourceController testnet_{ResourceControlPolicy::testnet(), World::kOwner};
};

TEST_F(Resources, PricesOfTheTestnet) {
  system_.balance.set(micros(1'000'000));
  ApplicationId app;
  EXPECT_EQ(
      charged(testnet_.track_operation(funds_, Operation::system(SystemOperation::CloseChain{}))),
      micros(10));
  EXPECT_EQ(charged(testnet_.track_operation(funds_, {Operation::User{app, Bytes(7)}})),
            Amount{micros(10).attos + nanos(70).attos});
  EXPECT_EQ(charged(testnet_.track_message(funds_, {Message::System{}})), micros(10));
  EXPECT_EQ(charged(testnet_.track_message(funds_, {Message::User{app, Bytes(3)}})),
            Amount{micros(10).attos + nanos(300).attos});
  EXPECT_EQ(charged(testnet_.track_blob_read(funds_, 5)), nanos(150));
  EXPECT_EQ(charged(testnet_.track_blob_published(funds_, {BlobType::Data, Bytes(4)})),
            nanos(1400));
  EXPECT_EQ(charged(testnet_.track_blob_published(funds_, {BlobType::Committee, Bytes(4)})),
            Amount{});
  EXPECT_EQ(charged(testnet_.track_http_request(funds_)), micros(50));
  EXPECT_EQ(charged(testnet_.track_fuel(funds_, 3, VmRuntime::Wasm)), nanos(30));
  EXPECT_EQ(charged(testnet_.track_fuel(funds_, 3, VmRuntime::Evm)), nanos(30));
  EXPECT_EQ(charged(testnet_.track_runtime_bytes(funds_, 32)), nanos(32));
  EXPECT_EQ(charged(testnet_.track_read_operation(funds_)), micros(10));
  EXPECT_EQ(charged(testnet_.track_write_operations(funds_, 2)), micros(40));
  EXPECT_EQ(charged(testnet_.track_bytes_read(funds_, 6)), nanos(60));
  EXPECT_EQ(charged(testnet_.track_bytes_written(funds_, 6)), nanos(600));
  EXPECT_EQ(charged(testnet_.track_service_oracle_call(funds_)), micros(10'000));
  EXPECT_EQ(charged(testnet_.track_grant(funds_, nanos(9))), nanos(9));
  // The grant is no fee: it reaches somebody.
  EXPECT_EQ(testnet_.tracker().grants, nanos(9));
  EXPECT_EQ(testnet_.tracker().fees, nanos(10'142'672));
}

TEST_F(Resources, ChainBalancePaysFirstThenTheSignersAccount) {
  system_.balance.set(micros(6));
  system_.balances.put(World::kOwner, micros(5));
  ASSERT_TRUE(testnet_.track_message(funds_, {Message::System{}}).ok());
  EXPECT_EQ(system_.balance.get(), Amount{});
  EXPECT_EQ(system_.balances.get(World::kOwner), micros(1));
}

TEST_F(Resources, AnExhaustedAccountStaysAsAnEntryOfZero) {
  system_.balance.set({});
  system_.balances.put(World::kOwner, micros(10));
  ASSERT_TRUE(testnet_.track_message(funds_, {Message::System{}}).ok());
  EXPECT_EQ(system_.balances.get(World::kOwner), Amount{});
}

TEST_F(Resources, OthersDoNotPay) {
  system_.balance.set(micros(9));
  system_.balances.put(owner_named(2), tokens(1));
  auto status = testnet_.track_message(funds_, {Message::System{}});
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().text,
            "Required execution fees exceeded the total funding available. Fees 0.00001, "
            "available balance: 0.000009");
}

TEST_F(Resources, AGrantPaysInsteadOfTheChain) {
  Amount grant = micros(4);
  system_.balances.put(World::kOwner, micros(20));
  ASSERT_TRUE(testnet_.track_message({system_, &grant}, {Message::System{}}).ok());
  EXPECT_EQ(grant, Amount{});
  EXPECT_EQ(system_.balances.get(World::kOwner), micros(14));
  EXPECT_EQ(system_.balance.get(), micros(100));
}

TEST_F(Resources, RefundsGoToTheLastSource) {
  ASSERT_TRUE(testnet_.merge_balance(funds_, micros(1), micros(3)).ok());
  EXPECT_EQ(system_.balance.get(), micros(102));
  system_.balances.put(World::kOwner, {});
  ASSERT_TRUE(testnet_.merge_balance(funds_, micros(1), micros(3)).ok());
  EXPECT_EQ(system_.balances.get(World::kOwner), micros(2));
  ASSERT_TRUE(testnet_.merge_balance(funds_, micros(104), {}).ok());
  EXPECT_EQ(testnet_.balance(funds_), Amount{});
  EXPECT_FALSE(testnet_.merge_balance(funds_, micros(1), {}).ok());
}

TEST_F(Resources, FreeChargesNothingButLimitsHold) {
  testnet_.set_free(true);
  EXPECT_TRUE(testnet_.track_fuel(funds_, 100'000'000, VmRuntime::Wasm).ok());
  EXPECT_EQ(system_.balance.get(), micros(100));
  EXPECT_EQ(testnet_.track_fuel(funds_, 1, VmRuntime::Wasm).error().kind,
            ExecutionError::Kind::kLimit);
}

TEST_F(Resources, LimitsOfTheBlock) {
  system_.balance.set(tokens(100));
  EXPECT_TRUE(testnet_.track_block_size(1'000'000).ok());
  EXPECT_EQ(testnet_.track_block_size(1).error().kind, ExecutionError::Kind::kLimit);
  EXPECT_TRUE(testnet_.track_bytes_read(funds_, 99'999'999).ok());
  EXPECT_EQ(testnet_.track_bytes_read(funds_, 1).error().kind, ExecutionError::Kind::kLimit);
  EXPECT_TRUE(testnet_.track_bytes_written(funds_, 9'999'999).ok());
  EXPECT_EQ(testnet_.track_bytes_written(funds_, 1).error().kind, ExecutionError::Kind::kLimit);
  EXPECT_TRUE(testnet_.track_service_oracle_execution(9'999'999).ok());
  EXPECT_EQ(testnet_.track_service_oracle_execution(1).error().kind, ExecutionError::Kind::kLimit);
  EXPECT_TRUE(testnet_.track_service_oracle_response(10'000).ok());
  EXPECT_FALSE(testnet_.track_service_oracle_response(10'001).ok());
  EXPECT_TRUE(testnet_.check_blob_size({BlobType::Data, Bytes(1'000'000)}).ok());
  EXPECT_EQ(testnet_.check_blob_size({BlobType::Data, Bytes(1'000'001)}).error().text,
            "Blob exceeds size limit");
}

TEST_F(Resources, FuelThatTheBalanceBuys) {
  system_.balance.set(nanos(55));
  EXPECT_EQ(testnet_.remaining_fuel(funds_, VmRuntime::Wasm), 5u);
  ResourceController free({}, {});
  EXPECT_EQ(free.remaining_fuel(funds_, VmRuntime::Wasm), UINT64_MAX);
}

TEST_F(Resources, RuntimeSizes) {
  EXPECT_EQ(runtime_size(AccountOwner::chain()), 1u);
  EXPECT_EQ(runtime_size(owner_named(1)), 32u);
  EXPECT_EQ(runtime_size(AccountOwner{AccountOwner::Address20{}}), 20u);
  EXPECT_EQ(runtime_size(ChainOwnership::single(owner_named(1))), 36u + 32 + 8);
}

TEST_F(Resources, FreeApplicationsAreNamedByTheirFlag) {
  ResourceControlPolicy policy;
  policy.http_request_allow_list.insert("FLAG_FREE_APPLICATION_ID_" + std::string(64, '0') +
                                        ".linera.network");
  ResourceController resources(policy, {});
  EXPECT_TRUE(resources.is_free_application({}));
  EXPECT_FALSE(testnet_.is_free_application({}));
}

}  // namespace
}  // namespace mica::execution
