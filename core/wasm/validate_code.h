// The bodies' part of validate(): the operand stack, block by block, as the specification of
// WebAssembly does it in its appendix.
#pragma once

#include "core/wasm/cursor.h"
#include "core/wasm/room.h"
#include "core/wasm/validate.h"

namespace mica::wasm {

// What all bodies of one module are judged by.
struct CodeContext {
  const Module& module;
  Role role;
  std::vector<bool> declared;  // functions that ref.func may name
};

// `function` is the index among all functions; `body` one of Module::bodies.
Result<Ok, Refusal> validate_body(const CodeContext& context, uint32_t function, const Part& body);

}  // namespace mica::wasm
