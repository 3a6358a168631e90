#include <gtest/gtest.h>

#include "core/wasm/instruction.h"
#include "tests/core/wasm/opcode_list.h"
#include "wabt/opcode.h"

namespace mica::wasm {
namespace {

TEST(Opcodes, NamesAreTheLibrarys) {
  for (const Opcode* opcode : all_opcodes()) {
    const uint32_t prefix = opcode->code >> 16;
    const auto theirs =
        prefix ? wabt::Opcode::FromCode(static_cast<uint8_t>(prefix), opcode->code & 0xffff)
               : wabt::Opcode::FromCode(opcode->code);
    EXPECT_STREQ(theirs.GetName(), opcode->name);
    if (access_width(opcode->immediates) >= 0) {
      EXPECT_EQ(theirs.GetMemorySize(), 1u << access_width(opcode->immediates)) << opcode->name;
    }
  }
}

}  // namespace
}  // namespace mica::wasm
