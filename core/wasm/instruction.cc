#include "core/wasm/instruction.h"

#include "core/base/leb128.h"

namespace mica::wasm {
namespace {

using enum Immediates;

bool between(Immediates value, Immediates first, Immediates last) {
  return value >= first && value <= last;
}

// How immediates stand in the bytes, and in an Instruction.
enum class Form : uint8_t {
  kSigned,   // `number`, of `size` bits
  kIndices,  // `a` and, of two, `b`
  kBytes,    // the same, a byte each
  kRaw,      // `size` bytes
  kLabels,
  kTypes,
  kLane,    // `number`, one byte
  kAccess,  // `a`, `b`, and the lane where there is one
};
struct Layout {
  Form form;
  unsigned size = 0;
};

Layout layout_of(Immediates immediates) {
  switch (immediates) {
    case kNone:
      return {Form::kIndices, 0};
    case kLabel:
    case kFunction:
    case kLocal:
    case kGlobal:
    case kTable:
    case kData:
    case kElement:
      return {Form::kIndices, 1};
    case kTypeTable:
    case kDataMemory:
    case kElementTable:
    case kTables:
      return {Form::kIndices, 2};
    case kMemory:
    case kRefType:
    case kFence:
      return {Form::kBytes, 1};
    case kMemories:
      return {Form::kBytes, 2};
    case kBlock:
      return {Form::kSigned, 33};
    case kI32:
      return {Form::kSigned, 32};
    case kI64:
      return {Form::kSigned, 64};
    case kF32:
      return {Form::kRaw, 4};
    case kF64:
      return {Form::kRaw, 8};
    case kV128:
    case kShuffle:
      return {Form::kRaw, 16};
    case kLabels:
      return {Form::kLabels};
    case kTypes:
      return {Form::kTypes};
    case kLane2:
    case kLane4:
    case kLane8:
    case kLane16:
      return {Form::kLane};
    default:
      return {Form::kAccess};
  }
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

bool has_lane(const Instruction& instruction) {
  return between(instruction.opcode->immediates, kAccessLane0, kAccessLane3);
}

void read_access(Cursor& cursor, Instruction& out) {
  out.a = cursor.u32();
  out.names_memory = out.a & kNamesMemory;
  if (out.names_memory) {
    out.a ^= kNamesMemory;
    out.memory = cursor.u32();
  }
  out.b = cursor.u32();
  if (has_lane(out)) out.number = cursor.byte();
}

void read_immediates(Cursor& cursor, Instruction& out) {
  const auto [form, size] = layout_of(out.opcode->immediates);
  switch (form) {
    case Form::kSigned:
      out.number = size == 32 ? cursor.s32() : size == 33 ? cursor.s33() : cursor.s64();
      return;
    case Form::kIndices:
      if (size > 0) out.a = cursor.u32();
      if (size > 1) out.b = cursor.u32();
      return;
    case Form::kBytes:
      out.a = cursor.byte();
      if (size > 1) out.b = cursor.byte();
      return;
    case Form::kRaw:
      out.raw = cursor.take(size);
      return;
    case Form::kLabels:
      return read_labels(cursor, out);
    case Form::kTypes:
      out.a = cursor.u32();
      out.raw = cursor.take(out.a);
      return;
    case Form::kLane:
      out.number = cursor.byte();
      return;
    case Form::kAccess:
      return read_access(cursor, out);
  }
}

void write_opcode(Bytes& out, uint32_t code) {
  if (code <= 0xff) return out.push_back(static_cast<uint8_t>(code));
  out.push_back(static_cast<uint8_t>(code >> 16));
  append_uleb128(out, code & 0xffff);
}

void write_labels(Bytes& out, const Instruction& instruction) {
  append_uleb128(out, instruction.a);
  Cursor labels(instruction.raw);
  while (!labels.at_end()) append_uleb128(out, labels.u32());
  append_uleb128(out, instruction.b);
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
  const auto [form, size] = layout_of(instruction.opcode->immediates);
  switch (form) {
    case Form::kSigned:
      return append_sleb128(out, instruction.number);
    case Form::kIndices:
    case Form::kBytes:
      if (size > 0) append_uleb128(out, instruction.a);
      if (size > 1) append_uleb128(out, instruction.b);
      return;
    case Form::kRaw:
      return append(out, instruction.raw);
    case Form::kLabels:
      return write_labels(out, instruction);
    case Form::kTypes:
      append_uleb128(out, instruction.a);
      return append(out, instruction.raw);
    case Form::kLane:
      return out.push_back(static_cast<uint8_t>(instruction.number));
    case Form::kAccess:
      append_uleb128(out, instruction.a);
      append_uleb128(out, instruction.b);
      if (has_lane(instruction)) out.push_back(static_cast<uint8_t>(instruction.number));
  }
}

}  // namespace mica::wasm
