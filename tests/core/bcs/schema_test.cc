#include "core/bcs/schema.h"

#include <gtest/gtest.h>

#include "tests/core/bcs/shapes.h"

namespace mica::bcs {
namespace {

using namespace shapes;

TEST(Schema, EveryShapeAsSerdeReflectionPrintsIt) {
  Schema schema;
  schema.add<std::vector<Holder>>();
  schema.add<Holder>();
  schema.add<Turned>();
  EXPECT_EQ(schema.yaml(), R"(Holder:
  STRUCT:
    - points:
        MAP:
          KEY:
            TYPENAME: Named
          VALUE:
            TYPENAME: Point
    - kinds:
        SEQ:
          TYPENAME: Kind
    - nothing:
        TYPENAME: Nothing
Kind:
  ENUM:
    0:
      Empty: UNIT
    1:
      One:
        NEWTYPE:
          TYPENAME: Wrapped
    2:
      Two:
        TUPLE:
          - U8
          - STR
    3:
      Named:
        STRUCT:
          - a: U8
          - b:
              OPTION:
                TYPENAME: Wrapped
Named:
  NEWTYPESTRUCT: U8
Nothing: UNITSTRUCT
Point:
  TUPLESTRUCT:
    - U8
    - U8
Turned:
  STRUCT:
    - second: U8
    - first: U8
Wrapped:
  NEWTYPESTRUCT: U32
)");
}

TEST(Schema, Leaves) {
  Schema schema;
  schema.add<Everything>();
  EXPECT_EQ(schema.json(),
            R"({"Color":{"ENUM":{"0":{"Red":"UNIT"},"1":{"Green":"UNIT"},"2":{"Blue":"UNIT"}}},)"
            R"("Everything":{"STRUCT":[{"flag":"BOOL"},{"u8":"U8"},{"u16":"U16"},{"u32":"U32"},)"
            R"({"u64":"U64"},{"large":"U128"},{"text":"STR"},{"bytes":"BYTES"},)"
            R"({"array":{"TUPLEARRAY":{"CONTENT":"U8","SIZE":3}}},{"maybe":{"OPTION":"U8"}},)"
            R"({"list":{"SEQ":"U16"}},{"set":{"SEQ":"STR"}},)"
            R"({"map":{"MAP":{"KEY":"U32","VALUE":"STR"}}},{"pair":{"TUPLE":["U8","BOOL"]}},)"
            R"({"triple":{"TUPLE":["U8","STR",{"TYPENAME":"Color"}]}},)"
            R"({"color":{"TYPENAME":"Color"}}]}})");
}

#if GTEST_HAS_DEATH_TEST
struct Other {
  struct Wrapped {
    uint64_t inner;
    MICA_NEWTYPE(Wrapped, inner)
  };
};

TEST(SchemaDeathTest, TwoTypesOfOneNameMustBeAlike) {
  Schema schema;
  schema.add<Wrapped>();
  EXPECT_DEATH(schema.add<Other::Wrapped>(), "");
}
#endif

}  // namespace
}  // namespace mica::bcs
