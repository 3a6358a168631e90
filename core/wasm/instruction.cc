#include "core/wasm/instruction.h"

namespace mica::wasm {
namespace {

using enum Immediates;

bool between(Immediates value, Immediates first, Immediates last) {
  return value >= first && value <= last;
}

const Opcode* read_opcode(Cursor& cursor) {
  const uint32_t start = cursor.offset();
  uint32_t code = cursor.byte();
  if (code >= 0xfc && code <= 0xfe) {
    const uint32_t low = cursor.u32();
    code = code << 16 | (low > 0xffff ? 0xffff : low);
  }
  if (!cursor.ok()) return nullptr;
  const Opcode* found = find_opcode(code);
  if (!found) cursor.fail_at(start, RefusalCode::kUnknownOpcode, code);
  return found;
}

// `count` LEB128 numbers, as they stand.
void read_labels(Cursor& cursor, Instruction& out) {
  out.a = cursor.u32();
  Cursor ahead = cursor;
  for (uint32_t i = 0; i < out.a && ahead.ok(); ++i) ahead.u32();
  if (!ahead.ok()) {
    cursor = ahead;
    return;
  }
  out.raw = cursor.take(ahead.offset() - cursor.offset());
  out.b = cursor.u32();
}

// A memory's index may stand between, said by a bit of the alignment.
constexpr uint32_t kNamesMemory = 0x40;

void read_access(Cursor& cursor, Instruction& out) {
  out.a = cursor.u32();
  out.names_memory = out.a & kNamesMemory;
  if (out.names_memory) {
    out.a ^= kNamesMemory;
    out.memory = cursor.u32();
  }
  out.b = cursor.u32();
  if (between(out.opcode->immediates, kAccessLane0, kAccessLane3)) out.number = cursor.byte();
}

void read_immediates(Cursor& cursor, Instruction& out) {
  switch (out.opcode->immediates) {
    case kNone:
      return;
    case kBlock:
      out.number = cursor.s33();
      return;
    case kLabel:
    case kFunction:
    case kLocal:
    case kGlobal:
    case kTable:
    case kData:
    case kElement:
      out.a = cursor.u32();
      return;
    case kTypeTable:
    case kDataMemory:
    case kElementTable:
    case kTables:
      out.a = cursor.u32();
      out.b = cursor.u32();
      return;
    case kLabels:
      return read_labels(cursor, out);
    case kTypes:
      out.a = cursor.u32();
      out.raw = cursor.take(out.a);
      return;
    case kMemories:
      out.a = cursor.byte();
      out.b = cursor.byte();
      return;
    case kMemory:
    case kRefType:
    case kFence:
      out.a = cursor.byte();
      return;
    case kI32:
      out.number = cursor.s32();
      return;
    case kI64:
      out.number = cursor.s64();
      return;
    case kF32:
      out.raw = cursor.take(4);
      return;
    case kF64:
      out.raw = cursor.take(8);
      return;
    case kV128:
    case kShuffle:
      out.raw = cursor.take(16);
      return;
    case kLane2:
    case kLane4:
    case kLane8:
    case kLane16:
      out.number = cursor.byte();
      return;
    default:
      return read_access(cursor, out);
  }
}

void write_opcode(Bytes& out, uint32_t code) {
  if (code <= 0xff) return out.push_back(static_cast<uint8_t>(code));
  out.push_back(static_cast<uint8_t>(code >> 16));
  write_u32(out, code & 0xffff);
}

void write_labels(Bytes& out, const Instruction& instruction) {
  write_u32(out, instruction.a);
  Cursor labels(instruction.raw);
  while (!labels.at_end()) write_u32(out, labels.u32());
  write_u32(out, instruction.b);
}

}  // namespace

int access_width(Immediates immediates) {
  const auto digit = [&](Immediates first) {
    return static_cast<int>(immediates) - static_cast<int>(first);
  };
  if (between(immediates, kAccess0, kAccess4)) return digit(kAccess0);
  if (between(immediates, kAtomic0, kAtomic3)) return digit(kAtomic0);
  if (between(immediates, kAccessLane0, kAccessLane3)) return digit(kAccessLane0);
  return -1;
}

uint32_t lane_count(Immediates immediates) {
  if (between(immediates, kAccessLane0, kAccessLane3)) return 16u >> access_width(immediates);
  if (between(immediates, kLane2, kLane16)) {
    return 2u << (static_cast<int>(immediates) - static_cast<int>(kLane2));
  }
  return 0;
}

bool read_instruction(Cursor& cursor, Instruction& out) {
  out = {};
  out.offset = cursor.offset();
  out.opcode = read_opcode(cursor);
  if (!out.opcode) return false;
  read_immediates(cursor, out);
  out.end = cursor.offset();
  return cursor.ok();
}

void write_instruction(Bytes& out, const Instruction& instruction) {
  write_opcode(out, instruction.opcode->code);
  switch (instruction.opcode->immediates) {
    case kNone:
      return;
    case kBlock:
    case kI32:
    case kI64:
      return write_s64(out, instruction.number);
    case kLabel:
    case kFunction:
    case kLocal:
    case kGlobal:
    case kTable:
    case kData:
    case kElement:
    case kMemory:
    case kRefType:
    case kFence:
      return write_u32(out, instruction.a);
    case kTypeTable:
    case kDataMemory:
    case kElementTable:
    case kTables:
    case kMemories:
      write_u32(out, instruction.a);
      return write_u32(out, instruction.b);
    case kLabels:
      return write_labels(out, instruction);
    case kTypes:
      write_u32(out, instruction.a);
      return append(out, instruction.raw);
    case kF32:
    case kF64:
    case kV128:
    case kShuffle:
      return append(out, instruction.raw);
    case kLane2:
    case kLane4:
    case kLane8:
    case kLane16:
      return out.push_back(static_cast<uint8_t>(instruction.number));
    default:
      write_u32(out, instruction.a);
      write_u32(out, instruction.b);
      if (between(instruction.opcode->immediates, kAccessLane0, kAccessLane3)) {
        out.push_back(static_cast<uint8_t>(instruction.number));
      }
  }
}

}  // namespace mica::wasm
