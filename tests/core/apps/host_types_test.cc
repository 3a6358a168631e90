#include "core/apps/host_types.h"

#include <gtest/gtest.h>

#include "core/abi/lift.h"
#include "core/abi/lower.h"
#include "core/execution/applications.h"
#include "tests/core/abi/guest.h"

namespace mica::apps {
namespace {

using abi::kAlign;
using abi::kSize;
using abi::lift;
using abi::lift_budget;
using abi::load;

template <class T>
constexpr bool lies(uint32_t size, uint32_t align) {
  return kSize<T> == size && kAlign<T> == align;
}

// As jco lays out linera-sdk/wit/*.wit.
TEST(HostTypes, Layout) {
  EXPECT_TRUE(lies<ApplicationDescription>(136, 8));
  EXPECT_TRUE(lies<Resources>(72, 8));
  EXPECT_TRUE(lies<SendMessageRequest>(120, 8));
  EXPECT_TRUE(lies<WriteOperation>(20, 4));
  EXPECT_TRUE(lies<StreamUpdate>(88, 8));
  EXPECT_TRUE(lies<GuestHttpRequest>(28, 4));
  EXPECT_TRUE(lies<Response>(20, 4));
  EXPECT_TRUE(lies<Header>(16, 4));
  EXPECT_TRUE(lies<HttpMethod>(1, 1));
  EXPECT_TRUE(lies<DataBlobHash>(32, 8));
  EXPECT_TRUE(lies<Bytecode>(8, 4));
  EXPECT_TRUE(lies<LogLevel>(1, 1));
  EXPECT_TRUE((lies<Result<Ok, CloseChainError>>(2, 1)));
  EXPECT_TRUE((lies<Result<Ok, ChangeOwnershipError>>(2, 1)));
  EXPECT_TRUE((lies<Result<Ok, ChangeApplicationPermissionsError>>(2, 1)));
}

template <class T>
void expect_round_trip(const T& value) {
  abi::Guest guest;
  ASSERT_TRUE(store(guest, 64, value).ok());
  MemoryBudget budget = lift_budget(guest);
  EXPECT_TRUE(load<T>(guest, 64, budget).value() == value);
  EXPECT_TRUE(lift<T>(lower(guest, value).value(), guest, budget).value() == value);
}

TEST(HostTypes, RoundTrips) {
  expect_round_trip(SendMessageRequest{ChainId{}, true, false, Resources{1, 2, 3}, {1, 2}});
  expect_round_trip(
      GuestHttpRequest{HttpMethod::Trace, "http://\xc3\xa4", {{"a", {1}}, {"", {}}}, {}});
  expect_round_trip(Response{404, {}, {1}});
  expect_round_trip(std::vector<WriteOperation>{WriteOperation{WriteOperation::Delete{{1}}},
                                                WriteOperation{WriteOperation::Put{{2}, {3, 4}}},
                                                WriteOperation{WriteOperation::DeletePrefix{}}});
  expect_round_trip(std::vector<StreamUpdate>{{ChainId{}, StreamId::new_epochs(), 1, 2}});
}

// Of the level of a log line all 32 bits count, unlike other tags.
TEST(HostTypes, LogLevelsAreWhole) {
  const abi::Guest guest;
  MemoryBudget budget = lift_budget(guest);
  EXPECT_EQ(lift<LogLevel>(std::vector<uint64_t>{4}, guest, budget).value(), LogLevel::Trace);
  EXPECT_FALSE(lift<LogLevel>(std::vector<uint64_t>{0x100}, guest, budget).ok());
  EXPECT_EQ(lift<HttpMethod>(std::vector<uint64_t>{0x103}, guest, budget).value(),
            HttpMethod::Delete);
}

TEST(TotalPrice, AddsEveryPart) {
  ResourceControlPolicy policy;
  Amount* const units[] = {
      &policy.wasm_fuel_unit,  &policy.evm_fuel_unit,       &policy.read_operation,
      &policy.write_operation, &policy.byte_runtime,        &policy.byte_read,
      &policy.byte_written,    &policy.blob_read,           &policy.blob_published,
      &policy.blob_byte_read,  &policy.blob_byte_published, &policy.message,
      &policy.message_byte,    &policy.byte_stored,         &policy.service_as_oracle_query,
      &policy.http_request};
  u128 unit = 1;
  for (Amount* price : units) *price = {unit *= 2};
  Resources one{.wasm_fuel = 1,
                .evm_fuel = 1,
                .read_operations = 1,
                .write_operations = 1,
                .bytes_runtime = 1,
                .bytes_to_read = 1,
                .bytes_to_write = 1,
                .blobs_to_read = 1,
                .blobs_to_publish = 1,
                .blob_bytes_to_read = 1,
                .blob_bytes_to_publish = 1,
                .messages = 1,
                .message_size = 1,
                .storage_size_delta = 1,
                .service_as_oracle_queries = 1,
                .http_requests = 1};
  EXPECT_EQ(total_price(policy, one), Amount{(1 << 17) - 2});
  policy.wasm_fuel_unit = Amount::max();
  one.wasm_fuel = 2;
  EXPECT_EQ(total_price(policy, one), std::nullopt);
}

}  // namespace
}  // namespace mica::apps
