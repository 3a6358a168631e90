#include "js-bindings/host_engine.h"

#include <algorithm>
#include <utility>

#include "core/wasm/adapter.h"
#include "core/wasm/guest.h"
#include "core/wasm/prepare.h"

// host_engine.js
extern "C" {
int mica_wasm_compile(const uint8_t* at, size_t size, char* message, size_t message_size);
int mica_wasm_adapter(const uint8_t* at, size_t size, uint32_t (*host)(uint32_t), char* message,
                      size_t message_size);
int mica_wasm_instantiate(int module, int adapter, size_t imports, void (*fuel)(uint64_t),
                          char* message, size_t message_size);
int mica_wasm_call(int adapter, uint32_t caller, int instance, uint32_t place, char* message,
                   size_t message_size);
size_t mica_wasm_memory_bytes(int instance, int memory);
int mica_wasm_read(int instance, int memory, uint32_t at, uint8_t* to, size_t size);
int mica_wasm_write(int instance, int memory, uint32_t at, const uint8_t* from, size_t size);
void mica_wasm_release(int handle);
size_t mica_wasm_kept();
}

namespace mica::js {
namespace {

using wasm::ExternKind;
using wasm::Fuel;
using wasm::FunctionType;
using wasm::Host;
using wasm::Instance;
using wasm::Interface;
using wasm::Program;
using wasm::Refusal;
using wasm::RefusalCode;
using wasm::Role;
using wasm::Stop;

// What JavaScript keeps for one owner.
class Kept {
 public:
  explicit Kept(int handle = 0) : handle_(handle) {}
  Kept(Kept&& other) : handle_(std::exchange(other.handle_, 0)) {}
  Kept& operator=(Kept&& other) {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~Kept() {
    if (handle_) mica_wasm_release(handle_);
  }
  int handle() const { return handle_; }
  explicit operator bool() const { return handle_ != 0; }

 private:
  int handle_;
};

// The words of an error, as many as tell one from another.
struct Message {
  char text[96] = "";
};

struct HostProgram : Program {
  HostProgram(Interface shown, Role role) : shown(std::move(shown)), its_role(role) {}
  const Interface& interface() const override { return shown; }
  Role role() const override { return its_role; }

  const Interface shown;
  const Role its_role;
  Kept module;
  // Both empty where the interface cannot be linked.
  Kept adapter;
  std::vector<uint32_t> caller;
};

class HostInstance;

// Calls between the core and guests are one stack, for the host has one. This is its top, and what
// passes there: whoever takes over sets all anew. Nothing else is kept from call to call.
struct Door {
  HostInstance* running = nullptr;  // the innermost guest; its imports are answered
  size_t answering = 0;             // imports that are being answered
  uint64_t cells[wasm::kMaxParams] = {};
};
Door door;

class HostInstance : public wasm::Guest {
 public:
  HostInstance(std::shared_ptr<const HostProgram> program, Host& host, Fuel& fuel, size_t& nesting)
      : Guest(program, host, fuel, nesting), program_(*program) {}

  uint64_t memory_bytes() const override {
    return mica_wasm_memory_bytes(exports_.handle(), memory_);
  }
  bool read(uint32_t at, std::span<uint8_t> to) const override {
    return mica_wasm_read(exports_.handle(), memory_, at, to.data(), to.size());
  }
  bool write(uint32_t at, ByteSpan from) override {
    return mica_wasm_write(exports_.handle(), memory_, at, from.data(), from.size());
  }

  // Makes the instance itself; nullopt where all went well.
  std::optional<Stop> start() {
    Message error;
    exports_ = Kept(entered([&] {
      return mica_wasm_instantiate(program_.module.handle(), program_.adapter.handle(),
                                   program_.shown.imports.size(), count, error.text,
                                   sizeof error.text);
    }));
    started();
    if (!exports_) return ended(stop_of_error(error.text));
    const auto place = find("memory", ExternKind::kMemory);
    memory_ = place ? static_cast<int>(*place) : -1;
    return std::nullopt;
  }

  // The imports of whatever runs. A guest that calls them by hand has no others.
  static uint32_t answer(uint32_t import) { return door.running->answer_import(import); }
  static void count(uint64_t amount) {
    if (!door.running->count_fuel(amount)) __builtin_trap();
  }

 protected:
  Result<uint64_t, Stop> run(uint32_t place, const FunctionType& type,
                             std::span<const uint64_t> arguments) override {
    std::copy(arguments.begin(), arguments.end(), door.cells);
    Message error;
    const int returned = entered([&] {
      return mica_wasm_call(program_.adapter.handle(), program_.caller[place], exports_.handle(),
                            place, error.text, sizeof error.text);
    });
    if (!returned) return ended(stop_of_error(error.text));
    return type.results.empty() ? 0 : door.cells[0];
  }

 private:
  // Runs guest code by `call`, as the innermost one.
  template <class Call>
  int entered(Call call) {
    HostInstance* const outer = std::exchange(door.running, this);
    const size_t answering = door.answering;
    const int result = call();
    MICA_CHECK(door.answering == answering);  // else frames of the core were unwound
    door.running = outer;
    return result;
  }

  bool answer_import(uint32_t import) {
    ++door.answering;
    const size_t count = program_.shown.imports[import].type.params.size();
    const std::vector<uint64_t> arguments(door.cells, door.cells + count);
    const auto answer = ask_host(import, arguments);
    if (answer) door.cells[0] = *answer;
    --door.answering;
    return answer.has_value();
  }

  const HostProgram& program_;  // which Guest keeps
  Kept exports_;
  int memory_ = -1;
};

// How V8 says it. Where another host has other words, all that is known is that the guest failed.
struct ErrorWords {
  std::string_view words;
  Stop stop;
};
constexpr ErrorWords kErrorWords[] = {
    {"RuntimeError: unreachable", Stop::kUnreachable},
    {"RuntimeError: memory access out of bounds", Stop::kMemoryAccess},
    {"RuntimeError: table index is out of bounds", Stop::kTableAccess},
    {"RuntimeError: table access out of bounds", Stop::kTableAccess},
    {"RuntimeError: null function or function signature", Stop::kIndirectCall},
    {"RuntimeError: divide by zero", Stop::kDivision},
    {"RuntimeError: remainder by zero", Stop::kDivision},
    {"RuntimeError: divide result unrepresentable", Stop::kDivision},
    {"RuntimeError: float unrepresentable in integer range", Stop::kConversion},
    {"RuntimeError: WebAssembly.Instance(): data segment", Stop::kSegment},
    {"RuntimeError: WebAssembly.Instance(): table", Stop::kSegment},
    {"RangeError: WebAssembly.Instance(): Out of memory", Stop::kMemoryCap},
    {"RangeError: Maximum call stack", Stop::kStack},
};

}  // namespace

Stop stop_of_error(std::string_view words) {
  for (const auto& [begin, stop] : kErrorWords) {
    if (words.starts_with(begin)) return stop;
  }
  return Stop::kOther;
}

size_t HostEngine::kept_by_host() { return mica_wasm_kept(); }

Result<std::shared_ptr<const Program>, Refusal> HostEngine::compile(ByteSpan module, Role role) {
  // What validators take and this host does not is run nowhere.
  const Refusal not_here{RefusalCode::kTooMuch};
  auto [interface, bytes] = MICA_TRY(wasm::prepare(module, role));
  auto program = std::make_shared<HostProgram>(std::move(interface), role);
  Message error;
  program->module =
      Kept(mica_wasm_compile(bytes.data(), bytes.size(), error.text, sizeof error.text));
  if (!program->module) return not_here;
  if (!wasm::can_link(program->shown)) return std::shared_ptr<const Program>(std::move(program));
  const auto cells = static_cast<uint32_t>(reinterpret_cast<uintptr_t>(door.cells));
  auto adapter = wasm::make_adapter(program->shown, cells);
  if (!adapter) return not_here;
  program->adapter = Kept(mica_wasm_adapter(adapter->bytes.data(), adapter->bytes.size(),
                                            HostInstance::answer, error.text, sizeof error.text));
  if (!program->adapter) return not_here;
  program->caller = std::move(adapter->caller);
  return std::shared_ptr<const Program>(std::move(program));
}

Result<std::unique_ptr<Instance>, Stop> HostEngine::instantiate(
    std::shared_ptr<const Program> program, Host& host, Fuel& fuel) {
  if (!wasm::can_link(program->interface())) return Stop::kUnlinked;
  auto module = std::static_pointer_cast<const HostProgram>(std::move(program));
  auto instance = std::make_unique<HostInstance>(std::move(module), host, fuel, nesting_);
  if (const auto stop = instance->start()) return *stop;
  return std::unique_ptr<Instance>(std::move(instance));
}

}  // namespace mica::js
