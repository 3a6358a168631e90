#include "core/abi/lower.h"

#include <gtest/gtest.h>

#include "core/types/block.h"
#include "tests/core/abi/guest.h"

namespace mica::abi {
namespace {

using namespace types;

MICA_CHOICE(Refused, NotPermitted)

using Calls = std::vector<Guest::Call>;
using Words = std::vector<uint64_t>;

CryptoHash counted() {
  CryptoHash hash;
  for (uint8_t i = 0; i < 32; ++i) hash.bytes[i] = i;
  return hash;
}

TEST(Lower, NumbersAreLittleEndianAndPaddingIsLeftAlone) {
  Guest guest;
  const std::tuple<uint8_t, uint32_t, uint16_t, uint64_t> value{1, 0x05060708, 2,
                                                                0x1112131415161718};
  ASSERT_TRUE(store(guest, 16, value).ok());
  EXPECT_EQ(guest.hex(16, 24), "01cccccc080706050200cccccccccccc1817161514131211" + std::string());
  EXPECT_TRUE(guest.calls.empty());
}

TEST(Lower, U128IsTheLowerHalfFirst) {
  Guest guest;
  const u128 value = static_cast<u128>(7) << 64 | 9;
  ASSERT_TRUE(store(guest, 0, Amount{value}).ok());
  EXPECT_EQ(guest.hex(0, 16), "09000000000000000700000000000000");
  EXPECT_EQ(*lower(guest, value), (Words{9, 7}));
}

TEST(Lower, HashesAreBigEndianWords) {
  Guest guest;
  EXPECT_EQ(*lower(guest, counted()), (Words{0x0001020304050607, 0x08090a0b0c0d0e0f,
                                             0x1011121314151617, 0x18191a1b1c1d1e1f}));
  ASSERT_TRUE(store(guest, 0, counted()).ok());
  EXPECT_EQ(guest.hex(0, 16), "07060504030201000f0e0d0c0b0a0908");
  ByteArray<20> address{};
  for (uint8_t i = 0; i < 20; ++i) address[i] = i + 1;
  EXPECT_EQ(*lower(guest, AccountOwner{AccountOwner::Address20{address}}),
            (Words{2, 0x0102030405060708, 0x090a0b0c0d0e0f10, 0x1112131400000000, 0}));
  EXPECT_EQ(*lower(guest, AccountOwner{AccountOwner::Reserved{255}}), (Words{0, 255, 0, 0, 0}));
}

TEST(Lower, AbsentPartsAreNotWritten) {
  Guest guest;
  ASSERT_TRUE(store(guest, 0, std::optional<uint64_t>{}).ok());
  EXPECT_EQ(guest.hex(0, 16), "00cccccccccccccccccccccccccccccc");
  ASSERT_TRUE(store(guest, 16, std::optional<uint64_t>{3}).ok());
  EXPECT_EQ(guest.hex(16, 16), "01cccccccccccccc0300000000000000");
  ASSERT_TRUE(store(guest, 32, AccountOwner{AccountOwner::Reserved{5}}).ok());
  EXPECT_EQ(guest.hex(32, 12), "00cccccccccccccc05cccccc");
  EXPECT_EQ(*lower(guest, std::optional<uint32_t>{}), (Words{0, 0}));
  EXPECT_EQ(*lower(guest, std::optional<uint32_t>{4}), (Words{1, 4}));
}

TEST(Lower, ResultsHaveTheErrorAsOne) {
  Guest guest;
  using Closed = Result<Ok, Refused>;
  ASSERT_TRUE(store(guest, 0, Closed(Ok{})).ok());
  ASSERT_TRUE(store(guest, 2, Closed(Refused::NotPermitted)).ok());
  EXPECT_EQ(guest.hex(0, 5), "00cc0100cc");
}

// Outermost first, then fields and elements in their order, each of them with all that is in it.
TEST(Lower, AllocatesDepthFirstAndForEmptyLists) {
  Guest guest;
  const std::vector<Header> headers = {{"ab", {1, 2, 3}}, {"", {}}};
  ASSERT_TRUE(store(guest, 0, Response{200, headers, {9}}).ok());
  EXPECT_EQ(guest.calls, (Calls{{4, 32}, {1, 2}, {1, 3}, {1, 0}, {1, 0}, {1, 1}}));
  EXPECT_EQ(guest.hex(0, 20), "c800cccc00040000020000002504000001000000");
  EXPECT_EQ(guest.hex(1024, 38),
            "200400000200000022040000030000002504000000000000250400000000000061620102"
            "0309");
}

TEST(Lower, OneCallForEachListAlsoAsCoreValues) {
  Guest guest;
  EXPECT_EQ(*lower(guest, std::vector<std::vector<uint64_t>>{{}, {1, 2}}), (Words{1024, 2}));
  EXPECT_EQ(guest.calls, (Calls{{4, 16}, {8, 0}, {8, 16}}));
  guest.calls.clear();
  EXPECT_TRUE(lower(guest, std::optional<Bytes>{}).ok());
  EXPECT_TRUE(guest.calls.empty());
}

TEST(Lower, SetsAndMapsAscend) {
  Guest guest;
  ASSERT_TRUE(store(guest, 0, std::map<uint16_t, bool>{{300, true}, {2, false}}).ok());
  EXPECT_EQ(guest.calls, (Calls{{2, 8}}));
  EXPECT_EQ(guest.hex(1024, 8),
            "0200"
            "00cc"
            "2c01"
            "01cc");
  guest.calls.clear();
  ASSERT_TRUE(store(guest, 0, std::vector<bool>{true, false}).ok());
  EXPECT_EQ(guest.calls, (Calls{{1, 2}}));
}

// A place that is not aligned moves the padding, as upstream counts it from the address.
TEST(Lower, PaddingIsCountedFromTheAddress) {
  Guest guest;
  ASSERT_TRUE(store(guest, 7, std::tuple<uint8_t, uint64_t, uint8_t>{1, 2, 3}).ok());
  EXPECT_EQ(guest.hex(7, 11),
            "01"
            "0200000000000000"
            "03"
            "cc");
  ASSERT_TRUE(store(guest, 33, std::pair<uint64_t, uint64_t>{1, 2}).ok());
  EXPECT_EQ(guest.hex(33, 23),
            "0100000000000000"
            "cccccccccccccc"
            "0200000000000000");
}

// What is written before is there when the guest's allocator runs.
TEST(Lower, WritesComeBeforeTheNextAllocation) {
  class Watching : public Guest {
   public:
    Result<uint32_t> allocate(uint32_t align, uint32_t size) override {
      seen.push_back(hex(0, 4));
      return Guest::allocate(align, size);
    }
    std::vector<std::string> seen;
  } guest;
  ASSERT_TRUE(store(guest, 0, std::pair<uint32_t, std::string>{0x04030201, "x"}).ok());
  EXPECT_EQ(guest.seen, std::vector<std::string>{"01020304"});
}

TEST(Lower, NeighboursAreWrittenAtOnce) {
  Guest guest;
  ASSERT_TRUE(store(guest, 0, std::vector<Account>(10)).ok());
  EXPECT_LE(guest.writes, 1 + 2 * 10 + 1u);
  guest.writes = 0;
  ASSERT_TRUE(lower(guest, std::vector<CryptoHash>(100)).ok());
  EXPECT_EQ(guest.writes, 1u);
}

TEST(Lower, FailsWhereTheGuestDoes) {
  Guest guest;
  guest.stops_after = 1;
  EXPECT_EQ(lower(guest, std::vector<std::string>{"a"}).error(),
            (Error{ErrorCode::kRefused, "trap"}));
  Guest signed_pointer;
  signed_pointer.answer = 0x80000000;
  EXPECT_EQ(lower(signed_pointer, Bytes{}).error().code, ErrorCode::kOverflow);
  Guest outside;
  outside.answer = 4097;
  EXPECT_EQ(lower(outside, Bytes{1}).error().code, ErrorCode::kTruncated);
  // Upstream looks at the place of an empty string, and not at that of an empty list.
  EXPECT_EQ(lower(outside, std::string()).error().code, ErrorCode::kTruncated);
  EXPECT_TRUE(lower(outside, Bytes{}).ok());
  outside.answer = 4096;
  EXPECT_TRUE(lower(outside, std::string()).ok());
  EXPECT_EQ(store(outside, 0xffffffff, uint64_t{1}).error().code, ErrorCode::kTruncated);
}

}  // namespace
}  // namespace mica::abi
