#include "core/abi/lift.h"

#include <gtest/gtest.h>

#include "core/abi/lower.h"
#include "core/types/chain_description.h"
#include "tests/core/abi/guest.h"

namespace mica::abi {
namespace {

using namespace types;

MICA_CHOICE(Shade, Dark, Middle, Light)
MICA_CHOICE(Level, Error, Warn, Info, Debug, Trace)

}  // namespace

template <>
inline constexpr bool kWholeTag<Level> = true;

namespace {

template <class T>
Result<T> load_from(const Guest& guest, uint32_t at) {
  MemoryBudget budget = lift_budget(guest);
  return load<T>(guest, at, budget);
}
template <class T>
Result<T> lift_from(std::vector<uint64_t> cells, const Guest& guest = Guest()) {
  MemoryBudget budget = lift_budget(guest);
  return lift<T>(cells, guest, budget);
}
template <class T>
Result<T> load_hex(std::string_view hex) {
  return load_from<T>(Guest(from_hex(hex).value()), 0);
}
template <class T>
ErrorCode refusal(const Result<T>& result) {
  return result.ok() ? ErrorCode::kUnsupported : result.error().code;
}

template <class T>
void expect_round_trip(const T& value) {
  Guest guest;
  ASSERT_TRUE(store(guest, 64, value).ok());
  EXPECT_TRUE(load_from<T>(guest, 64).value() == value);
  EXPECT_TRUE(lift_from<T>(lower(guest, value).value(), guest).value() == value);
}

CryptoHash hash(uint8_t seed) {
  CryptoHash out;
  for (uint8_t i = 0; i < 32; ++i) out.bytes[i] = static_cast<uint8_t>(seed + 3 * i);
  return out;
}

TEST(Lift, RoundTrips) {
  const AccountOwner owners[] = {AccountOwner{AccountOwner::Reserved{200}},
                                 AccountOwner{AccountOwner::Address32{hash(1)}},
                                 AccountOwner{AccountOwner::Address20{{250, 2, 3}}}};
  for (const AccountOwner& owner : owners) {
    expect_round_trip(Account{ChainId{hash(9)}, owner});
    expect_round_trip(std::optional<AccountOwner>(owner));
  }
  ChainOwnership ownership;
  ownership.super_owners = {owners[0], owners[2]};
  ownership.owners = {{owners[1], 7}, {owners[2], UINT64_MAX}};
  ownership.timeout_config.fast_round_duration = TimeDelta{12};
  expect_round_trip(ownership);
  expect_round_trip(ChainOwnership{});
  ApplicationPermissions permissions;
  permissions.execute_operations = {ApplicationId{hash(4)}, ApplicationId{hash(5)}};
  permissions.make_http_requests.emplace();
  expect_round_trip(permissions);
  expect_round_trip(std::vector<bool>{true, false, true});
  expect_round_trip(std::vector<std::optional<Bytes>>{std::nullopt, Bytes{}, Bytes{1}});
  expect_round_trip(Amount::max());
}

TEST(Lift, ResultsToo) {
  using Sum = Result<uint64_t, std::string>;
  for (const Sum& one : {Sum(uint64_t{7}), Sum(std::string("no"))}) {
    Guest guest;
    ASSERT_TRUE(store(guest, 0, one).ok());
    const Sum again = load_from<Sum>(guest, 0).value();
    ASSERT_EQ(again.ok(), one.ok());
    EXPECT_TRUE(one.ok() ? *again == *one : again.error() == one.error());
    EXPECT_EQ(lift_from<Sum>(lower(guest, one).value(), guest)->ok(), one.ok());
  }
}

// The bytes of linera-witty/tests/wit_load.rs, for what both know.
TEST(Lift, KnownBytes) {
  using Padded = std::tuple<uint16_t, uint32_t, uint8_t, uint64_t>;
  EXPECT_EQ(load_hex<Padded>("0102030405060708090a0b0c0d0e0f101112131415161718").value(),
            Padded(0x0201, 0x08070605, 9, 0x1817161514131211));
  EXPECT_EQ((load_hex<std::vector<bool>>("08000000020000000001").value()),
            (std::vector<bool>{false, true}));
  EXPECT_EQ(load_hex<std::optional<uint32_t>>("01060708090a0b0c").value(), 0x0c0b0a09u);
}

TEST(Lift, AnyBitIsTrue) {
  EXPECT_EQ(load_hex<bool>("40").value(), true);
  EXPECT_EQ(lift_from<bool>({0x100}).value(), true);
  EXPECT_EQ(load_hex<std::optional<uint8_t>>("ff07").value(), 7);
  EXPECT_EQ(lift_from<std::optional<uint8_t>>({0x80000000, 7}).value(), 7);
  EXPECT_FALSE((lift_from<Result<Ok, Shade>>({2, 0}).value().ok()));
}

TEST(Lift, CoreValuesAreCutToTheirType) {
  EXPECT_EQ(lift_from<uint8_t>({0x1ff}).value(), 0xff);
  EXPECT_EQ(lift_from<uint16_t>({0x12345}).value(), 0x2345);
  EXPECT_EQ(lift_from<Shade>({0x102}).value(), Shade::Light);
  EXPECT_EQ(lift_from<AccountOwner>({0x100, 5, 0, 0, 0}).value(),
            AccountOwner{AccountOwner::Reserved{5}});
  // The one whose whole tag counts.
  EXPECT_EQ(lift_from<Level>({4}).value(), Level::Trace);
  EXPECT_EQ(refusal(lift_from<Level>({0x100})), ErrorCode::kBadTag);
}

TEST(Lift, UnknownTags) {
  EXPECT_EQ(refusal(lift_from<Level>({5})), ErrorCode::kBadTag);
  EXPECT_EQ(refusal(load_hex<Shade>("03")), ErrorCode::kBadTag);
  EXPECT_EQ(refusal(lift_from<AccountOwner>({3, 0, 0, 0, 0})), ErrorCode::kBadTag);
  auto account = load_from<Account>(Guest(Bytes(72, 3)), 0);
  EXPECT_EQ(account.error(), (Error{ErrorCode::kBadTag, "owner"}));
}

// An i64 that stands for an i32 must be one, with its sign; also where the inner tag says that
// nobody looks at it. linera-witty/src/primitive_types/flat_type.rs
TEST(Lift, JoinedValuesMustFit) {
  EXPECT_EQ(refusal(lift_from<AccountOwner>({0, uint64_t{1} << 32, 0, 0, 0})),
            ErrorCode::kOverflow);
  EXPECT_EQ(refusal(lift_from<AccountOwner>({0, 0x80000000, 0, 0, 0})), ErrorCode::kOverflow);
  EXPECT_EQ(lift_from<AccountOwner>({0, UINT64_MAX, 9, 9, 9}).value(),
            AccountOwner{AccountOwner::Reserved{255}});
  using Inner = Result<std::optional<uint32_t>, std::pair<uint32_t, uint64_t>>;
  EXPECT_TRUE(lift_from<Inner>({0, 0, 7}).ok());
  EXPECT_EQ(refusal(lift_from<Inner>({0, 0, uint64_t{1} << 40})), ErrorCode::kOverflow);
}

TEST(Lift, SetsAndMapsAreSortedAndTheLastOfEqualsCounts) {
  using Map = std::map<uint8_t, uint8_t>;
  EXPECT_EQ(load_hex<Map>("08000000030000000501020205"
                          "03")
                .value(),
            (Map{{2, 2}, {5, 3}}));
  EXPECT_EQ((load_hex<std::set<uint8_t>>("08000000030000000"
                                         "50205")
                 .value()),
            (std::set<uint8_t>{2, 5}));
}

TEST(Lift, TextIsUtf8) {
  EXPECT_EQ(load_hex<std::string>("0800000002000000c3a4").value(), "\xc3\xa4");
  EXPECT_EQ(refusal(load_hex<std::string>("0800000002000000c328")), ErrorCode::kBadText);
  EXPECT_EQ(refusal(load_hex<std::string>("0800000003000000eda080")), ErrorCode::kBadText);
}

TEST(Lift, PointersOutside) {
  EXPECT_EQ(refusal(load_hex<uint64_t>("00000000000000")), ErrorCode::kTruncated);
  EXPECT_EQ(refusal(load_from<uint8_t>(Guest(), 4096)), ErrorCode::kTruncated);
  EXPECT_EQ(refusal(load_from<uint8_t>(Guest(), UINT32_MAX)), ErrorCode::kTruncated);
  EXPECT_EQ(refusal(lift_from<Bytes>({4095, 2})), ErrorCode::kTruncated);
  EXPECT_EQ(refusal(lift_from<Bytes>({0, UINT32_MAX})), ErrorCode::kTruncated);
  EXPECT_EQ(refusal(lift_from<std::vector<Account>>({0, UINT32_MAX})), ErrorCode::kTruncated);
  EXPECT_EQ(refusal(lift_from<std::vector<uint64_t>>({4088, 2})), ErrorCode::kTruncated);
  // Core values are signed; pointers in memory are not, and those of empty lists are not followed.
  EXPECT_EQ(refusal(lift_from<Bytes>({0x80000000, 0})), ErrorCode::kOverflow);
  EXPECT_EQ(load_hex<Bytes>("ffffffff00000000").value(), Bytes{});
  EXPECT_EQ(refusal(load_hex<std::string>("ffffffff00000000")), ErrorCode::kTruncated);
  EXPECT_EQ(lift_from<std::string>({4096, 0}).value(), "");
  EXPECT_EQ(refusal(lift_from<std::string>({4097, 0})), ErrorCode::kTruncated);
  EXPECT_EQ(refusal(lift_from<Bytes>({0})), ErrorCode::kBadLength);
}

// Only what is read must be there: an absent value's room need not be.
TEST(Lift, TheEndOfMemory) {
  Guest guest(Bytes(100, 0));
  EXPECT_EQ(load_from<std::optional<uint64_t>>(guest, 99).value(), std::nullopt);
  EXPECT_EQ(lift_from<std::vector<std::optional<uint64_t>>>({83, 2}, guest)->size(), 2u);
  EXPECT_EQ(refusal(lift_from<std::vector<std::optional<uint64_t>>>({84, 2}, guest)),
            ErrorCode::kTruncated);
  guest.bytes[99] = 1;
  EXPECT_EQ(refusal(load_from<std::optional<uint64_t>>(guest, 99)), ErrorCode::kTruncated);
}

TEST(Lift, PaddingIsCountedFromTheAddress) {
  Guest guest(Bytes(64, 0));
  guest.bytes[7] = 1;
  guest.bytes[8] = 2;
  guest.bytes[16] = 3;
  using Record = std::tuple<uint8_t, uint64_t, uint8_t>;
  EXPECT_EQ(load_from<Record>(guest, 7).value(), Record(1, 2, 3));
  EXPECT_EQ(lift_from<std::vector<Record>>({7, 1}, guest).value(), (std::vector{Record(1, 2, 3)}));
  // The second number lies beyond what the record would take where it is aligned.
  using Pair = std::pair<uint64_t, uint64_t>;
  EXPECT_EQ(load_from<Pair>(guest, 1).value(), Pair(uint64_t{2} << 56 | uint64_t{1} << 48, 3));
}

TEST(Lift, ListsAreReadAtOnce) {
  Guest guest;
  ASSERT_TRUE(lift_from<std::vector<Account>>({0, 20}, Guest(Bytes(4096, 0))).ok());
  guest.bytes.assign(4096, 0);
  MemoryBudget budget = lift_budget(guest);
  const uint64_t cells[] = {0, 50};
  ASSERT_TRUE(lift<std::vector<Account>>(cells, guest, budget).ok());
  EXPECT_EQ(guest.reads, 1u);
}

// Lists over lists over the same bytes: small in the guest, as large as one likes on the host.
TEST(Lift, OverlapsDrawOnTheBudget) {
  Guest guest(size_t{65536}, 0);
  for (uint32_t i = 0; i < 4096; ++i) {
    guest.bytes[8 * i + 6] = 1;  // each a list of 65536 bytes, all of them the whole memory
  }
  const auto lists = lift_from<std::vector<Bytes>>({0, 4096}, guest);
  EXPECT_EQ(lists.error().code, ErrorCode::kTooLong);
  EXPECT_TRUE(lift_from<std::vector<Bytes>>({0, 100}, guest).ok());
}

// Not what they take in the guest: one byte here.
TEST(Lift, ElementsCostWhatTheyTakeOnTheHost) {
  Guest guest(Bytes(1000, 0));
  const uint64_t cells[] = {0, 1000};
  MemoryBudget budget = lift_budget(guest);
  const uint64_t before = budget.left();
  ASSERT_TRUE(lift<std::vector<Shade>>(cells, guest, budget).ok());
  const uint64_t after_list = budget.left();
  EXPECT_GE(before - after_list, 1000 * sizeof(Shade));
  ASSERT_TRUE(lift<std::set<uint8_t>>(cells, guest, budget).ok());
  EXPECT_GE(after_list - budget.left(), 1000 * MemoryBudget::kNodeBytes);
}

TEST(Lift, TheBudgetEndsWhereMemoryIsLarge) {
  EXPECT_EQ(lift_budget(Guest(64)).left(), limits::decode_memory_bytes(64));
  EXPECT_EQ(lift_budget(Guest(32 << 20)).left(),
            limits::decode_memory_bytes(limits::kLiftedGuestBytes));
}

}  // namespace
}  // namespace mica::abi
