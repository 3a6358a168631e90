// The engine of this build, which all tests of engines run on: in native programs the interpreter,
// as Wasm the host's.
#pragma once

#ifdef __EMSCRIPTEN__
#include "js-bindings/host_engine.h"
#else
#include "core/wasm/interpreter.h"
#endif

namespace mica::wasm {

#ifdef __EMSCRIPTEN__
using TestedEngine = js::HostEngine;
// What the engine keeps outside of the core: none may be left when all programs are gone.
inline size_t kept_outside() { return js::HostEngine::kept_by_host(); }
#else
using TestedEngine = Interpreter;
inline size_t kept_outside() { return 0; }
#endif

}  // namespace mica::wasm
