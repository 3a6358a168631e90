// Four calls run applications' modules: compile, instantiate, call, memory. Two engines stand
// behind them: the host's own WebAssembly in browsers and Node, and an interpreter in native
// programs. Every module is metered by the same plan (rewrite.h), so both count the same fuel.
//
//   auto module = MICA_TRY(engine.compile(bytes, Role::kContract));
//   for (const Import& one : module->interface().imports) ...        // refuse what is not known
//   auto instance = MICA_TRY(engine.instantiate(module, host, fuel));
//   const uint64_t eight_bytes[] = {0, 0, 1, 8};
//   uint64_t at = MICA_TRY(instance->call("cabi_realloc", kRealloc, eight_bytes));
//   if (!instance->write(at, argument)) ...
//
// All is synchronous. Nothing here may be called from two threads.
#pragma once

#include <memory>
#include <optional>
#include <span>

#include "core/base/bytes.h"
#include "core/wasm/refusal.h"
#include "core/wasm/room.h"
#include "core/wasm/types.h"

namespace mica::wasm {

// Fuel that metered code has used, and the most it may use. Whoever runs a block owns it and may
// change the limit whenever no guest runs, also inside a host function. Nested instances share it.
struct Fuel {
  uint64_t used = 0;
  uint64_t limit = 0;

  // Counts `amount`; false once that is more than the limit. Also for the import consume-fuel that
  // a guest calls by hand.
  bool take(uint64_t amount) {
    if (__builtin_add_overflow(used, amount, &used)) used = UINT64_MAX;
    return used <= limit;
  }
};

// Why a call did not return. Afterwards the instance's memory may be read; it is called no more.
enum class Stop : uint8_t {
  kNoExport,      // there is no function of that name and type; nothing was run
  kUnlinked,      // an import that is no function, or more parameters than cells can carry
  kSegment,       // data or elements beyond their memory or table, at instantiation
  kUnreachable,   // the guest gave up, as a panic does
  kMemoryAccess,  // outside of memory
  kTableAccess,   // outside of a table
  kIndirectCall,  // through an empty element or one of another type
  kDivision,      // by zero, or out of range
  kConversion,    // of a float that does not fit
  kStack,         // calls nested too deeply, in the guest or through host functions
  kOutOfFuel,     // Fuel::take said no
  kMemoryCap,     // the guest may have more memory, but not here: what it would do is not known
  kRefused,       // the host function refused; the host knows why
  kHostAtStart,   // a host function, or metering, was called by a start function
  kOther,         // anything else that a host's WebAssembly calls an error
};
std::string_view stop_name(Stop stop);

class Instance;

// What the guest's imports do. Belongs to the caller and outlives its instances.
class Host {
 public:
  virtual ~Host() = default;
  // The import at `import` in Interface::imports is called by `instance`. Each cell is a parameter:
  // i32 zero-extended, floats as their bits. Gives the result's cell (any where there is none), or
  // nullopt to end the guest with Stop::kRefused. May read and write the memory, call exports of
  // this instance (cabi_realloc) and run others; no pointer into memory survives such a call.
  virtual std::optional<uint64_t> call(Instance& instance, uint32_t import,
                                       std::span<const uint64_t> arguments) = 0;
};

// A module that is ready to run. Immutable; shared by its instances and whoever keeps it.
class Program {
 public:
  virtual ~Program() = default;
  virtual const Interface& interface() const = 0;
  virtual Role role() const = 0;
};

// One run of a module: its memory, tables and globals.
class Instance {
 public:
  virtual ~Instance() = default;
  virtual const Program& program() const = 0;

  // Calls the exported function `name`, which must have exactly this type, with at most one result;
  // cells as in Host::call. A function without result gives 0. May be called inside host functions,
  // limits::kMaxGuestNesting deep over all instances.
  virtual Result<uint64_t, Stop> call(std::string_view name, const FunctionType& type,
                                      std::span<const uint64_t> arguments) = 0;

  // The memory exported as `memory`; 0 bytes where there is none. It may grow in every call. False,
  // and nothing is copied, where a part of the range lies outside.
  virtual uint64_t memory_bytes() const = 0;
  [[nodiscard]] virtual bool read(uint32_t at, std::span<uint8_t> to) const = 0;
  [[nodiscard]] virtual bool write(uint32_t at, ByteSpan from) = 0;
};

// Outlives its programs and instances.
class Engine {
 public:
  virtual ~Engine() = default;

  // Validates by the gate of `role` (validate.h), meters and compiles. Takes long: keep the result.
  // RefusalCode::kTooMuch says that it cannot run here; validators may take it. All other codes
  // say that they refuse it as well.
  virtual Result<std::shared_ptr<const Program>, Refusal> compile(ByteSpan module, Role role) = 0;

  // Imports are not judged by name here: the caller has compared Interface::imports before. `host`
  // and `fuel` outlive the instance. A start function runs, and may call nothing of the host.
  virtual Result<std::unique_ptr<Instance>, Stop> instantiate(
      std::shared_ptr<const Program> program, Host& host, Fuel& fuel) = 0;
};

}  // namespace mica::wasm
