// What decoding may take: the bombs are refused in time, and every legal block passes.
#include <gtest/gtest.h>

#include "core/bcs/json.h"
#include "core/types/certificate.h"
#include "tests/core/bcs/heap_meter.h"

namespace mica::types {
namespace {

constexpr size_t kMiB = 1024 * 1024;

// BCS of a list of `count` elements, each of these bytes.
Bytes list_of(size_t count, const Bytes& element) {
  Writer out(Wire::kBcs);
  out.length(count);
  Bytes list = out.take();
  const size_t head = list.size();
  list.resize(head + count * element.size());
  for (size_t i = head; i < list.size(); ++i) list[i] = element[(i - head) % element.size()];
  return list;
}

template <class T>
void refuse(const char* what, const Bytes& bomb) {
  std::optional<ErrorCode> code;
  const size_t peak = testing::peak_of([&] {
    auto read = decode<T>(bomb);
    if (!read.ok()) code = read.error().code;
  });
  EXPECT_EQ(code, ErrorCode::kTooLong) << what;
  EXPECT_LE(peak, limits::decode_memory_bytes(bomb.size())) << what;
}

TEST(DecodeMemory, BombsAreRefused) {
  refuse<std::vector<OracleResponse>>("asserts", list_of(4 * kMiB, {3}));
  // A list of lists: each inner one is small enough for itself.
  const Bytes inner = list_of(1000, {3});
  refuse<std::vector<std::vector<OracleResponse>>>("lists of asserts", list_of(3000, inner));
  // ExecuteOperation, System, CloseChain.
  refuse<std::vector<Transaction>>("operations", list_of(2 * kMiB, {1, 0, 3}));
  using Optionals = std::vector<std::optional<OutgoingMessage>>;
  refuse<Optionals>("absent optionals", list_of(kMiB, {0}));
}

// What a decode draws is no less than what it takes.
template <class T>
void pays_for(const char* what, const T& value) {
  const Bytes bytes = encode(value);
  MemoryBudget budget(bytes.size());
  const uint64_t before = budget.left();
  const size_t peak = testing::peak_of([&] {
    EXPECT_TRUE(decode<T>(Source{bytes, budget}).ok()) << what;
  });
  EXPECT_LE(peak, before - budget.left()) << what;
}

TEST(DecodeMemory, EveryContainerPaysForWhatItTakes) {
  std::map<uint16_t, bool> map;
  std::set<uint32_t> set;
  std::vector<Bytes> strings;
  std::map<std::string, std::vector<uint64_t>> nested;
  for (uint16_t i = 0; i < 1000; ++i) {
    map[i] = true;
    set.insert(i);
    strings.push_back(Bytes(i % 7));
    nested[std::string(40, 'x') + to_decimal(i)] = {1, 2, 3};
  }
  pays_for("map", map);
  pays_for("set", set);
  pays_for("strings", strings);
  pays_for("nested", nested);
}

TEST(DecodeMemory, AClaimedLengthIsHeldAgainstTheBytesAhead) {
  for (size_t claimed : {2, 1000, 1'000'000, 0x7fffffff}) {
    Writer out(Wire::kBcs);
    out.length(claimed);
    out.raw(Bytes(40));  // one transfer's worth, not two
    const Bytes bytes = out.take();
    const size_t peak = testing::peak_of(
        [&] { EXPECT_EQ(decode<std::vector<Event>>(bytes).ok(), false) << claimed; });
    EXPECT_LT(peak, 500u) << claimed;
  }
}

TEST(DecodeMemory, JsonBombsAreRefused) {
  std::string zeros = "[0";
  while (zeros.size() < 8 * kMiB) zeros += ",0";
  zeros += ']';
  std::optional<ErrorCode> code;
  const size_t peak = testing::peak_of([&] {
    auto read = parse_json(zeros);
    if (!read.ok()) code = read.error().code;
  });
  // In Wasm, where a pointer has four bytes, these values fit the budget.
  const bool dear = sizeof(void*) == 8;
  EXPECT_EQ(code, dear ? std::optional(ErrorCode::kTooLong) : std::nullopt);
  EXPECT_LE(peak, limits::decode_memory_bytes(zeros.size()));
}

// The shapes of blocks that take most memory for their bytes.
enum class Shape { kTransfers, kCalls, kCallsWithOracles };

Block block_of(Shape shape, size_t size) {
  Block block;
  BlockBody& body = block.body;
  for (size_t wire = 0; wire < size; wire += shape == Shape::kTransfers ? 135 : 43) {
    OperationResult result;
    std::vector<OutgoingMessage> messages;
    std::vector<OracleResponse> oracles;
    if (shape == Shape::kTransfers) {
      const auto here = AccountOwner::chain();
      SystemOperation::Transfer transfer{here, {}, {1}};
      body.transactions.push_back({Transaction::ExecuteOperation{Operation::system(transfer)}});
      messages.emplace_back().message = {
          Message::System{SystemMessage{SystemMessage::Credit{here, {1}, here}}}};
    } else {
      body.transactions.push_back({Transaction::ExecuteOperation{Operation::User{{}, {1}}}});
      result.bytes = {1};
    }
    if (shape == Shape::kCallsWithOracles) {
      oracles = {{OracleResponse::Assert{}}, {OracleResponse::Round{}}};
    }
    body.messages.push_back(messages);
    body.oracle_responses.push_back(oracles);
    body.events.emplace_back();
    body.blobs.emplace_back();
    body.operation_results.push_back(result);
  }
  return block;
}

TEST(DecodeMemory, FullBlocksOfEveryShapePassInAFullAnswer) {
  for (Shape shape : {Shape::kTransfers, Shape::kCalls, Shape::kCallsWithOracles}) {
    const Block block = block_of(shape, 1'000'000);
    const Bytes bytes = encode(block);
    MemoryBudget budget(bytes.size());
    const uint64_t before = budget.left();
    ASSERT_TRUE(decode<Block>(Source{bytes, budget}).ok());
    // As many as an answer holds stay within what a long input's bytes are given.
    EXPECT_LE(before - budget.left(), bytes.size() * limits::kDecodeBytesPerByte);
  }
}

// A lone block of the longest size passes whatever it is made of.
template <class T>
void every_list_fits() {
  EXPECT_LE(sizeof(T) + MemoryBudget::kHeapBlockBytes,
            limits::kDecodeFirstBytesPerByte * least_wire_bytes<T>(Wire::kBcs));
}
TEST(DecodeMemory, ALoneBlockPassesWhateverItHolds) {
  every_list_fits<Transaction>();
  every_list_fits<OutgoingMessage>();
  every_list_fits<PostedMessage>();
  every_list_fits<OracleResponse>();
  every_list_fits<Event>();
  every_list_fits<BlobContent>();
  every_list_fits<OperationResult>();
  every_list_fits<std::vector<OracleResponse>>();
  EXPECT_GE(limits::kDecodeFirstBytes, ResourceControlPolicy::testnet().maximum_block_size);
  EXPECT_TRUE(decode<std::vector<OracleResponse>>(list_of(1'000'000, {3})).ok());
}

}  // namespace
}  // namespace mica::types
