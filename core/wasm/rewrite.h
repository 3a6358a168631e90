// The metered form of a module: before each stretch of code (meter.h) it calls an import that
// counts the fuel, `linera:app/contract-runtime-api` / `consume-fuel` of type (i64) -> (), added
// behind the module's own imports. For contracts the bytes are those of linera-wasm-instrument
// 0.4.0-linera.1, whatever the form the module came in; services are metered in the same way.
#pragma once

#include "core/wasm/meter.h"
#include "core/wasm/room.h"
#include "core/wasm/validate.h"

namespace mica::wasm {

inline constexpr std::string_view kFuelModule = "linera:app/contract-runtime-api";
inline constexpr std::string_view kFuelName = "consume-fuel";

struct Rewriting {
  CostRule rule = cost_0_15;
  // Pages beyond which memory does not grow. A memory.grow that fails for this alone calls the
  // import with kCapReached, for the answer would not be that of others. nullopt leaves the bytes
  // as upstream has them.
  std::optional<uint32_t> max_pages;
  // Custom sections (names, producers) say nothing to an engine.
  bool keep_customs = true;
  // Else imports and exports are called by their place among the module's, "0", "1" and so on: a
  // host that finds them by name alone then finds the right one, whatever the author called it.
  bool keep_names = true;
  // For contracts: NaNs have the bits that upstream's engine gives them (float_marks.h), whichever
  // engine runs the module. Costs no fuel.
  bool canonical_nans = false;
};
inline constexpr uint64_t kCapReached = UINT64_MAX;

// `module` is from read_valid_module(). Refused if a body is longer than browsers take.
Result<Bytes, Refusal> rewrite(Module module, const Rewriting& how);

}  // namespace mica::wasm
