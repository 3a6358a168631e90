// The engine of the Wasm products: the WebAssembly of the browser or of Node that runs the core.
//
// A guest is called through JavaScript (host_engine.js), which catches its traps; it calls the core
// without any: Adapter's functions for the host's, and the core's own function for fuel. A trap
// unwinds frames of guests alone. Should one cross frames of the core, whose destructors then did
// not run, the core aborts.
#pragma once

#include "core/wasm/engine.h"
#include "js-bindings/room.h"

namespace mica::js {

// Outlives its programs and instances. Guests of all engines are one stack of calls.
class HostEngine : public wasm::Engine {
 public:
  Result<std::shared_ptr<const wasm::Program>, wasm::Refusal> compile(ByteSpan module,
                                                                      wasm::Role role) override;
  Result<std::unique_ptr<wasm::Instance>, wasm::Stop> instantiate(
      std::shared_ptr<const wasm::Program> program, wasm::Host& host, wasm::Fuel& fuel) override;

  // Modules and instances that JavaScript keeps for all engines.
  static size_t kept_by_host();

 private:
  size_t nesting_ = 0;  // calls into guests that are open
};

// The Stop that an error of the host's WebAssembly stands for, as its words begin.
wasm::Stop stop_of_error(std::string_view words);

}  // namespace mica::js
