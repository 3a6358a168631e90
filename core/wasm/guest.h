// What is the same about an instance on every engine: how an export is found, what the imports do,
// and why the guest ended.
#pragma once

#include "core/wasm/engine.h"
#include "core/wasm/room.h"

namespace mica::wasm {

class Guest : public Instance {
 public:
  const Program& program() const final { return *program_; }
  Result<uint64_t, Stop> call(std::string_view name, const FunctionType& type,
                              std::span<const uint64_t> arguments) final;

 protected:
  // `nesting` is the engine's count of calls into guests that are open.
  Guest(std::shared_ptr<const Program> program, Host& host, Fuel& fuel, size_t& nesting)
      : program_(std::move(program)), host_(host), fuel_(fuel), nesting_(nesting) {}

  // Runs the export at `place`, a function of this type, with an argument for each parameter.
  virtual Result<uint64_t, Stop> run(uint32_t place, const FunctionType& type,
                                     std::span<const uint64_t> arguments) = 0;

  // The imports, as the guest calls them: of the module metered, and of the host. False and nullopt
  // mean that the guest has to end, by a trap.
  bool count_fuel(uint64_t amount);
  std::optional<uint64_t> ask_host(uint32_t import, std::span<const uint64_t> arguments);

  // The reason of the trap that just ended the guest: what one of the imports said, else `trap`.
  Stop ended(Stop trap);
  // The start function has run, if there is one.
  void started() { starting_ = false; }

  // Where the export of this name and kind stands in the interface.
  std::optional<uint32_t> find(std::string_view name, ExternKind kind) const;

 private:
  void stop(Stop why) { stop_ = why; }

  std::shared_ptr<const Program> program_;
  Host& host_;
  Fuel& fuel_;
  size_t& nesting_;
  bool starting_ = true;
  std::optional<Stop> stop_;
};

}  // namespace mica::wasm
