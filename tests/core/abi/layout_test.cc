#include "core/abi/layout.h"

#include <gtest/gtest.h>

#include "core/abi/function.h"
#include "core/types/chain_description.h"

namespace mica::abi {
namespace {

using namespace types;

template <class T>
std::string flat() {
  return CoreSignature{kFlat<T>, {}}.to_text();
}
template <class T>
constexpr bool lies(uint32_t size, uint32_t align) {
  return kSize<T> == size && kAlign<T> == align;
}

MICA_CHOICE(Level, Low, High)
struct Nothing {
  MICA_UNIT(Nothing)
};
struct Padded {  // linera-witty/tests/common/types.rs: RecordWithDoublePadding
  uint16_t first = 0;
  uint32_t second = 0;
  uint8_t third = 0;
  uint64_t fourth = 0;
  MICA_FIELDS(Padded, first, second, third, fourth)
};
struct Leaf {
  bool first = false;
  u128 second = 0;
  MICA_FIELDS(Leaf, first, second)
};
struct Branch {
  uint16_t tag = 0;
  Leaf first_leaf, second_leaf;
  MICA_FIELDS(Branch, tag, first_leaf, second_leaf)
};
// Its alignment comes from one case and its size from another.
struct Uneven {
  struct Empty {
    MICA_UNIT(Empty)
  };
  struct Large {
    uint8_t a, b, c, d, e, f, g, h, i, j;
    MICA_TUPLE(Large, a, b, c, d, e, f, g, h, i, j)
  };
  struct Strict {
    uint64_t inner;
    MICA_FIELDS(Strict, inner)
  };
  std::variant<Empty, Large, Strict> kind;
  MICA_ENUM(Uneven, kind)
};

TEST(Layout, Scalars) {
  EXPECT_TRUE(lies<bool>(1, 1));
  EXPECT_TRUE(lies<uint8_t>(1, 1));
  EXPECT_TRUE(lies<uint16_t>(2, 2));
  EXPECT_TRUE(lies<uint32_t>(4, 4));
  EXPECT_TRUE(lies<uint64_t>(8, 8));
  EXPECT_TRUE(lies<u128>(16, 8));
  EXPECT_TRUE(lies<std::string>(8, 4));
  EXPECT_TRUE(lies<Bytes>(8, 4));
  EXPECT_TRUE((lies<std::map<uint64_t, bool>>(8, 4)));
  EXPECT_TRUE(lies<Level>(1, 1));
  EXPECT_TRUE(lies<Nothing>(0, 1));
  EXPECT_TRUE(lies<Ok>(0, 1));
  EXPECT_EQ(flat<bool>(), "(i32)");
  EXPECT_EQ(flat<uint16_t>(), "(i32)");
  EXPECT_EQ(flat<uint64_t>(), "(i64)");
  EXPECT_EQ(flat<u128>(), "(i64 i64)");
  EXPECT_EQ(flat<std::string>(), "(i32 i32)");
  EXPECT_EQ(flat<Nothing>(), "()");
}

TEST(Layout, RecordsAndVariants) {
  EXPECT_TRUE(lies<Padded>(24, 8));
  EXPECT_TRUE(lies<Leaf>(24, 8));
  EXPECT_TRUE(lies<Branch>(56, 8));
  EXPECT_TRUE(lies<Uneven>(24, 8));
  EXPECT_TRUE((lies<std::tuple<uint8_t, uint16_t>>(4, 2)));
  EXPECT_TRUE((lies<std::pair<std::string, uint8_t>>(12, 4)));
  EXPECT_TRUE(lies<std::optional<bool>>(2, 1));
  EXPECT_TRUE(lies<std::optional<uint64_t>>(16, 8));
  EXPECT_TRUE((lies<Result<Ok, Level>>(2, 1)));
  EXPECT_TRUE((lies<Result<uint64_t, std::string>>(16, 8)));
  EXPECT_EQ(flat<Branch>(), "(i32 i32 i64 i64 i32 i64 i64)");
  EXPECT_EQ(flat<Uneven>(), "(i32 i64 i32 i32 i32 i32 i32 i32 i32 i32 i32)");
  EXPECT_EQ((flat<Result<uint64_t, std::string>>()), "(i32 i64 i32)");
  EXPECT_EQ(flat<std::optional<std::optional<uint32_t>>>(), "(i32 i32 i32)");
}

// As jco lays out linera-sdk/wit/*.wit.
TEST(Layout, TypesOfTheProtocol) {
  EXPECT_TRUE(lies<CryptoHash>(32, 8));
  EXPECT_TRUE(lies<ByteArray<20>>(24, 8));
  EXPECT_TRUE(lies<AccountOwner>(40, 8));
  EXPECT_TRUE(lies<Account>(72, 8));
  EXPECT_TRUE(lies<Amount>(16, 8));
  EXPECT_TRUE(lies<ModuleId>(72, 8));
  EXPECT_TRUE(lies<ApplicationPermissions>(60, 4));
  EXPECT_TRUE(lies<ChainOwnership>(64, 8));
  EXPECT_TRUE(lies<TimeoutConfig>(40, 8));
  EXPECT_TRUE(lies<StreamId>(48, 8));
  EXPECT_TRUE(lies<ApplicationId>(32, 8));
  EXPECT_TRUE(lies<ChainId>(32, 8));
  EXPECT_TRUE(lies<BlockHeight>(8, 8));
  EXPECT_TRUE(lies<Timestamp>(8, 8));
  EXPECT_TRUE(lies<TimeDelta>(8, 8));
  EXPECT_TRUE(lies<VmRuntime>(1, 1));
  EXPECT_TRUE(lies<StreamName>(8, 4));
  EXPECT_TRUE(lies<GenericApplicationId>(40, 8));
  EXPECT_EQ(flat<AccountOwner>(), "(i32 i64 i64 i64 i64)");
}

}  // namespace
}  // namespace mica::abi
