#include "core/wasm/opcodes.h"

#include <gtest/gtest.h>

#include <cstring>

#include "core/wasm/instruction.h"
#include "core/wasm/validate.h"
#include "tests/core/wasm/bytes.h"
#include "tests/core/wasm/opcode_list.h"
#include "tests/core/wasm/tested_engine.h"

namespace mica::wasm {
namespace {

// A constant of the type that a letter stands for.
Bytes constant(char letter) {
  switch (letter) {
    case 'i':
      return {0x41, 0};
    case 'l':
      return {0x42, 0};
    case 'f':
      return joined({Bytes{0x43}, Bytes(4)});
    case 'd':
      return joined({Bytes{0x44}, Bytes(8)});
    default:
      return joined({Bytes{0xfd, 0x0c}, Bytes(16)});
  }
}

Instruction plain(const Opcode* opcode) {
  static const Bytes zeros(16);
  Instruction one;
  one.opcode = opcode;
  if (opcode->feature == Feature::kThreads && access_width(opcode->immediates) > 0) {
    one.a = static_cast<uint32_t>(access_width(opcode->immediates));
  }
  const Immediates kind = opcode->immediates;
  if (kind == Immediates::kF32) one.raw = ByteSpan(zeros).first(4);
  if (kind == Immediates::kF64) one.raw = ByteSpan(zeros).first(8);
  if (kind == Immediates::kV128 || kind == Immediates::kShuffle) one.raw = zeros;
  return one;
}

// A module with memory, table and segments whose one function runs the opcode once.
Bytes module_using(const Opcode* opcode) {
  Bytes code;
  for (const char* letter = opcode->takes; *letter; ++letter) append(code, constant(*letter));
  write_instruction(code, plain(opcode));
  if (opcode->gives[0]) code.push_back(op::kDrop);
  const Bytes body = sized(joined({Bytes{0}, code, Bytes{0x0b}}));
  return module_of({section(1, Bytes{1, 0x60, 0, 0}), section(3, Bytes{1, 0}),
                    section(4, Bytes{1, 0x70, 0, 1}), section(5, Bytes{1, 0, 1}),
                    section(9, Bytes{1, 1, 0, 0}), section(12, Bytes{1}),
                    section(10, joined({Bytes{1}, body})), section(11, Bytes{1, 1, 0})});
}

TEST(Opcodes, EachRowIsWhatTwoReadersTakeIt) {
  TestedEngine engine;
  size_t tried = 0;
  for (const Opcode* opcode : all_opcodes()) {
    if (opcode->takes[0] == '*') continue;
    const auto program = engine.compile(module_using(opcode), Role::kService);
    EXPECT_TRUE(program.ok()) << opcode->name << " " << refusal_name(program.error().code);
    ++tried;
  }
  EXPECT_GT(tried, 450u);
}

TEST(Opcodes, WrongOperandsAreRefused) {
  for (const Opcode* opcode : all_opcodes()) {
    if (opcode->takes[0] == '*' || opcode->takes[0] == 0) continue;
    Opcode other = *opcode;
    const std::string wrong = opcode->takes[0] == 'f' ? "d" : "f";
    const std::string takes = wrong + (opcode->takes + 1);
    other.takes = takes.c_str();
    const Bytes bytes = module_using(&other);
    const auto result = read_valid_module(bytes, {Role::kService});
    ASSERT_FALSE(result.ok()) << opcode->name;
    EXPECT_EQ(result.error().code, RefusalCode::kBadType) << opcode->name;
  }
}

TEST(Opcodes, AreWrittenAsTheyWereRead) {
  for (const Opcode* opcode : all_opcodes()) {
    Bytes written;
    write_instruction(written, plain(opcode));
    Cursor cursor(written);
    Instruction read;
    ASSERT_TRUE(read_instruction(cursor, read)) << opcode->name;
    EXPECT_TRUE(cursor.at_end()) << opcode->name;
    Bytes again;
    write_instruction(again, read);
    EXPECT_EQ(to_hex(again), to_hex(written)) << opcode->name;
  }
}

TEST(Opcodes, CostNothingWhereUpstreamSaysSo) {
  std::string free;
  for (const Opcode* opcode : all_opcodes()) {
    if (opcode->cost == CostClass::kFree) free += std::string(opcode->name) + " ";
  }
  EXPECT_EQ(free, "unreachable nop block loop else end drop ");
}

}  // namespace
}  // namespace mica::wasm
