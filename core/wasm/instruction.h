// One instruction with its immediates: read from a body, written in its shortest form.
#pragma once

#include "core/wasm/cursor.h"
#include "core/wasm/opcodes.h"
#include "core/wasm/room.h"

namespace mica::wasm {

struct Instruction {
  const Opcode* opcode = nullptr;
  uint32_t offset = 0;  // of its first byte, from the module's start
  uint32_t end = 0;     // behind its last one
  // Indices in the order they are written; the alignment and the offset of an access; the count of
  // a list; a single byte. A lane is in `number`.
  uint32_t a = 0;
  uint32_t b = 0;
  // Of an access: whether it names its memory, and which one. Written without.
  bool names_memory = false;
  uint32_t memory = 0;
  int64_t number = 0;  // of a constant; the type of a block
  ByteSpan raw;        // a list's elements as they stand; the bytes of a float or vector
};

// False at a failure, which the cursor keeps. An unknown code is one.
bool read_instruction(Cursor& cursor, Instruction& out);

void write_instruction(Bytes& out, const Instruction& instruction);

// The digit of Immediates::kAccess, kAtomic and kAccessLane; -1 of others.
int access_width(Immediates immediates);
// The lanes that a lane's number must stay below; 0 where there is no lane.
uint32_t lane_count(Immediates immediates);

}  // namespace mica::wasm
