// All rows of the table of instructions.
#pragma once

#include <vector>

#include "core/wasm/opcodes.h"

namespace mica::wasm {

inline std::vector<const Opcode*> all_opcodes() {
  std::vector<const Opcode*> all;
  for (const uint32_t prefix : {0x00u, 0xfcu, 0xfdu, 0xfeu}) {
    for (uint32_t low = 0; low < 256; ++low) {
      if (const Opcode* found = find_opcode(prefix << 16 | low)) all.push_back(found);
    }
  }
  return all;
}

}  // namespace mica::wasm
