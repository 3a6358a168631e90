// The engine of native programs, over libwabt: no code is compiled, so sanitizers and simulated
// worlds run it like anything else. Not in Wasm builds.
#pragma once

#include "core/wasm/engine.h"
#include "core/wasm/room.h"

namespace mica::wasm {

// Outlives its programs and instances. A guest's own calls nest some 1,600 deep, with 4,096 values.
class Interpreter : public Engine {
 public:
  Result<std::shared_ptr<const Program>, Refusal> compile(ByteSpan module, Role role) override;
  Result<std::unique_ptr<Instance>, Stop> instantiate(std::shared_ptr<const Program> program,
                                                      Host& host, Fuel& fuel) override;

 private:
  size_t nesting_ = 0;  // calls into guests that are open
};

}  // namespace mica::wasm
