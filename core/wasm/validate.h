// Whether a module may run in a role: what upstream's validators accept, no more and no less.
//
// A contract passes linera-parity-wasm with sign extension alone (the first version of the format,
// sign-extension operators, mutable globals, a table index of any length in call_indirect) and then
// Wasmer. A service meets Wasmer at once, with its features: multi-value, bulk memory, reference
// types, SIMD, threads. linera-execution/src/wasm/mod.rs, wasmer.rs
#pragma once

#include "core/wasm/module.h"
#include "core/wasm/room.h"

namespace mica::wasm {

struct Gate {
  Role role = Role::kContract;
  // Pages that a module may ask for at its start; nullopt: as many as the format has.
  std::optional<uint32_t> max_pages;
};

bool allows(Role role, Feature feature);

// Reads and checks everything: indices, types, the operand stack of every body. Upstream checks a
// contract after metering it; so the type of the metering function, (i64) -> (), stands behind a
// contract's own types if it is not among them, and may be named.
Result<Module, Refusal> read_valid_module(ByteSpan bytes, const Gate& gate);

// What stands in the format's own checks, in Wasmer's. wasmparser 0.121, src/limits.rs
inline constexpr uint32_t kMaxTypes = 1'000'000;
inline constexpr uint32_t kMaxFunctions = 1'000'000;
inline constexpr uint32_t kMaxExports = 100'000;
inline constexpr uint32_t kMaxGlobals = 1'000'000;
inline constexpr uint32_t kMaxPages = 65'536;
inline constexpr uint32_t kMaxNameBytes = 100'000;
inline constexpr uint32_t kMaxLocals = 50'000;
inline constexpr uint32_t kMaxParams = 1'000;
inline constexpr uint32_t kMaxTables = 100;
inline constexpr uint32_t kMaxTableElements = 10'000'000;
inline constexpr uint32_t kMaxLabels = 128 * 1024;
// Not Wasmer's, but that of browsers, for a body as it is run. V8, src/wasm/wasm-limits.h
inline constexpr uint32_t kMaxBodyBytes = 7'654'321;

}  // namespace mica::wasm
