// The table of instructions (opcodes.def): what reading, validating, pricing and rewriting go by.
#pragma once

#include <cstdint>

#include "core/wasm/refusal.h"
#include "core/wasm/room.h"

namespace mica::wasm {

// What follows an instruction's code. Numbers are LEB128 where nothing else is said.
enum class Immediates : uint8_t {
  kNone,
  kBlock,   // a type: empty, one value, or the index of a function type
  kLabel,   // how many blocks further out
  kLabels,  // a list of labels and one more
  kFunction,
  kTypeTable,  // the type of the function, the table it lies in
  kTypes,      // a list of value types
  kLocal,
  kGlobal,
  kTable,
  kMemory,  // one byte
  kI32,
  kI64,
  kF32,      // 4 bytes
  kF64,      // 8 bytes
  kV128,     // 16 bytes
  kShuffle,  // 16 bytes, each below 32
  kRefType,  // one byte
  kDataMemory,
  kData,
  kMemories,  // two bytes: to, from
  kElementTable,
  kElement,
  kTables,  // to, from
  kFence,   // one byte, 0
  // The logarithm of the alignment, and the offset. The digit is that of the access's width.
  kAccess0,
  kAccess1,
  kAccess2,
  kAccess3,
  kAccess4,
  kAtomic0,  // aligned exactly
  kAtomic1,
  kAtomic2,
  kAtomic3,
  kAccessLane0,  // as kAccess, and one byte: the lane
  kAccessLane1,
  kAccessLane2,
  kAccessLane3,
  kLane2,  // one byte, below the digit
  kLane4,
  kLane8,
  kLane16,
};

enum class CostClass : uint8_t { kFree, kUnit };

struct Opcode {
  uint32_t code;
  const char* name;
  Immediates immediates;
  const char* takes;
  const char* gives;
  Feature feature;
  CostClass cost;
};

// Those that more than the table's columns is said about.
namespace op {
inline constexpr uint32_t kUnreachable = 0x00, kBlock = 0x02, kLoop = 0x03, kIf = 0x04,
                          kElse = 0x05, kEnd = 0x0b, kBr = 0x0c, kBrIf = 0x0d, kBrTable = 0x0e,
                          kReturn = 0x0f, kCall = 0x10, kCallIndirect = 0x11, kDrop = 0x1a,
                          kSelect = 0x1b, kSelectTyped = 0x1c, kLocalGet = 0x20, kLocalSet = 0x21,
                          kLocalTee = 0x22, kGlobalGet = 0x23, kGlobalSet = 0x24, kTableGet = 0x25,
                          kTableSet = 0x26, kMemoryGrow = 0x40, kI32Const = 0x41, kI64Const = 0x42,
                          kF32Const = 0x43, kF64Const = 0x44, kF32Abs = 0x8b, kF32Demote = 0xb6,
                          kF64Promote = 0xbb, kRefNull = 0xd0, kRefIsNull = 0xd1, kRefFunc = 0xd2,
                          kTableCopy = 0xfc000e, kTableInit = 0xfc000c, kTableGrow = 0xfc000f,
                          kTableFill = 0xfc0011, kV128Const = 0xfd000c;
}  // namespace op

// Null for a code that is not in the table.
const Opcode* find_opcode(uint32_t code);

}  // namespace mica::wasm
