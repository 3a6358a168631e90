#include "core/abi/function.h"

#include <gtest/gtest.h>

#include "core/types/ids.h"
#include "tests/core/abi/guest.h"

namespace mica::abi {
namespace {

using namespace types;

using Cells = std::vector<uint64_t>;

constexpr Function<uint32_t(uint8_t, std::string)> kFlatBoth{"test:api", "flat"};
constexpr Function<std::optional<std::string>(uint8_t)> kResult{"test:api", "result"};
constexpr Function<Account(Account, Account, Amount)> kMemory{"test:api", "memory"};
constexpr Function<void()> kNothing{"test:api", "nothing"};

// An error of whoever runs the guest.
struct Stopped {
  std::string why;
  explicit Stopped(std::string text) : why(std::move(text)) {}
  Stopped(const Error& error) : why(error.message()) {}
};

TEST(CallImport, FlatValues) {
  Guest guest;
  guest.bytes[8] = 'h';
  guest.bytes[9] = 'i';
  auto result = call_import(kFlatBoth, Cells{300, 8, 2}, guest,
                            [](uint8_t number, const std::string& text) -> Result<uint32_t> {
                              EXPECT_EQ(number, 44);
                              EXPECT_EQ(text, "hi");
                              return 0xffffffffu;
                            });
  EXPECT_EQ(result.value(), 0xffffffffu);
}

TEST(CallImport, ResultInMemory) {
  Guest guest;
  auto body = [](uint8_t) -> Result<std::optional<std::string>> {
    return std::optional<std::string>("abc");
  };
  EXPECT_EQ(call_import(kResult, Cells{1, 32}, guest, body).value(), 0u);
  EXPECT_EQ(guest.calls, (std::vector<Guest::Call>{{1, 3}}));
  EXPECT_EQ(guest.hex(32, 12),
            "01cccccc"
            "00040000"
            "03000000");
}

TEST(CallImport, ParametersInMemory) {
  Guest guest;
  const Account from{{}, AccountOwner{AccountOwner::Reserved{7}}};
  ASSERT_TRUE(store(guest, 256, std::tuple(from, Account{}, Amount{5})).ok());
  auto body = [&](const Account& a, const Account& b, Amount amount) -> Result<Account> {
    EXPECT_EQ(a, from);
    EXPECT_EQ(b, Account{});
    EXPECT_EQ(amount, Amount{5});
    return a;
  };
  EXPECT_EQ(call_import(kMemory, Cells{256, 512}, guest, body).value(), 0u);
  MemoryBudget budget = lift_budget(guest);
  EXPECT_EQ(load<Account>(guest, 512, budget).value(), from);
}

TEST(CallImport, ErrorsAreTheBodysOwn) {
  Guest guest;
  auto refuses = []() -> Result<Ok, Stopped> { return Stopped("permission"); };
  EXPECT_EQ(call_import(kNothing, Cells{}, guest, refuses).error().why, "permission");
  bool ran = false;
  auto body = [&](uint8_t) -> Result<std::optional<std::string>, Stopped> {
    ran = true;
    return std::optional<std::string>();
  };
  EXPECT_FALSE(call_import(kResult, Cells{1, 0x80000000}, guest, body).ok());
  EXPECT_FALSE(call_import(kResult, Cells{1}, guest, body).ok());
  EXPECT_FALSE(ran);
  EXPECT_FALSE(call_import(kResult, Cells{1, 4096}, guest, body).ok());
  EXPECT_TRUE(ran);
  auto same = [](const Account& a, const Account&, Amount) -> Result<Account> { return a; };
  EXPECT_FALSE(call_import(kMemory, Cells{0x80000000, 0}, guest, same).ok());
}

TEST(CallExport, ArgumentsAreAllocatedAndTheResultIsLoaded) {
  constexpr Function<Bytes(Bytes)> kExecute{"test:api", "execute"};
  Guest guest;
  auto call = [&](std::span<const uint64_t> cells) -> Result<uint64_t, Stopped> {
    EXPECT_EQ(Cells(cells.begin(), cells.end()), (Cells{1024, 3}));
    EXPECT_EQ(guest.hex(1024, 3), "010203");
    EXPECT_TRUE(store(guest, 64, Bytes{4, 5}).ok());
    return uint64_t{64};
  };
  EXPECT_EQ(call_export(kExecute, guest, call, Bytes{1, 2, 3}).value(), (Bytes{4, 5}));
  auto traps = [](std::span<const uint64_t>) -> Result<uint64_t, Stopped> {
    return Stopped("unreachable");
  };
  EXPECT_EQ(call_export(kExecute, guest, traps, Bytes{}).error().why, "unreachable");
  auto lies = [](std::span<const uint64_t>) -> Result<uint64_t> { return uint64_t{0x80000000}; };
  EXPECT_EQ(call_export(kExecute, guest, lies, Bytes{}).error().code, ErrorCode::kOverflow);
}

TEST(CallExport, FlatResultsAndNone) {
  Guest guest;
  auto call = [](std::span<const uint64_t> cells) -> Result<uint64_t> { return cells[0]; };
  EXPECT_EQ(call_export(kFlatBoth, guest, call, 9, "x").value(), 9u);
  auto none = [](std::span<const uint64_t> cells) -> Result<uint64_t> {
    EXPECT_TRUE(cells.empty());
    return uint64_t{77};
  };
  EXPECT_TRUE(call_export(kNothing, guest, none).ok());
}

// More than 16 core values: the record comes first, then what is in it.
TEST(CallExport, ParametersInMemory) {
  constexpr Function<void(Account, Account, Bytes)> kMany{"test:api", "many"};
  Guest guest;
  auto call = [](std::span<const uint64_t> cells) -> Result<uint64_t> {
    EXPECT_EQ(Cells(cells.begin(), cells.end()), Cells{1024});
    return uint64_t{0};
  };
  ASSERT_TRUE(call_export(kMany, guest, call, Account{}, Account{}, Bytes{1}).ok());
  EXPECT_EQ(guest.calls, (std::vector<Guest::Call>{{8, 152}, {1, 1}}));
}

TEST(Signature, SixteenParametersAreTheMost) {
  using Pair = std::pair<Bytes, Bytes>;
  using Most = Function<void(Pair, Pair, Pair, Pair)>;
  using More = Function<Pair(Pair, Pair, Pair, Pair, uint8_t)>;
  EXPECT_EQ(Most::import_signature().params.count(), 16u);
  EXPECT_FALSE(Most::kParamsInMemory);
  EXPECT_EQ(More::import_signature().to_text(), "(i32 i32)");
  EXPECT_EQ(More::export_signature().to_text(), "(i32) -> i32");
}

}  // namespace
}  // namespace mica::abi
