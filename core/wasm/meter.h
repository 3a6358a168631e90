// What executing a body costs, and where it is charged: at the start of each stretch of code that
// runs as a whole. One plan serves every engine.
#pragma once

#include "core/wasm/instruction.h"
#include "core/wasm/module.h"
#include "core/wasm/room.h"

namespace mica::wasm {

// A rule gives one instruction's price. Networks may have different ones; today there is one.
using CostRule = uint32_t (*)(const Opcode& opcode);

// linera-execution/src/wasm/mod.rs, add_metering, of the 0.15 line.
uint32_t cost_0_15(const Opcode& opcode);

struct Charge {
  uint32_t offset;  // of the instruction before which it is charged, from the module's start
  uint64_t cost;    // above 0
  friend bool operator==(const Charge&, const Charge&) = default;
};

// The charges of one valid body, by offset. gas_metering/mod.rs of wasm-instrument 0.4
std::vector<Charge> plan_costs(const Part& body, CostRule rule);

}  // namespace mica::wasm
