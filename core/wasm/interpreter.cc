#include "core/wasm/interpreter.h"

#include <cstring>

#include "core/wasm/guest.h"
#include "core/wasm/prepare.h"
#include "wabt/binary-reader.h"
#include "wabt/interp/binary-reader-interp.h"
#include "wabt/interp/interp.h"

namespace mica::wasm {
namespace {

namespace wi = wabt::interp;

class CompiledModule : public Program {
 public:
  CompiledModule(Interface shown, Role role, wi::ModuleDesc desc)
      : desc(std::move(desc)), shown_(std::move(shown)), role_(role) {}
  const Interface& interface() const override { return shown_; }
  Role role() const override { return role_; }

  const wi::ModuleDesc desc;  // of the metered module

 private:
  Interface shown_;
  Role role_;
};

// The library has words for its traps, and no numbers. The first that the message begins with.
struct TrapWords {
  std::string_view words;
  Stop stop;
};
constexpr TrapWords kTrapWords[] = {
    {"unreachable executed", Stop::kUnreachable},
    {"out of bounds memory access", Stop::kMemoryAccess},
    {"out of bounds table access", Stop::kTableAccess},
    {"undefined table index", Stop::kTableAccess},
    {"uninitialized table element", Stop::kIndirectCall},
    {"indirect call signature mismatch", Stop::kIndirectCall},
    {"integer divide by zero", Stop::kDivision},
    {"integer overflow", Stop::kDivision},
    {"invalid conversion to integer", Stop::kConversion},
    {"call stack exhausted", Stop::kStack},
    {"value stack exhausted", Stop::kStack},
};

Stop stop_of(const std::string& message) {
  for (const auto& [words, stop] : kTrapWords) {
    if (message.starts_with(words)) return stop;
  }
  return Stop::kOther;
}

wi::Value value_of(ValueType type, uint64_t cell) {
  switch (type) {
    case ValueType::kI32:
      return wi::Value::Make(static_cast<uint32_t>(cell));
    case ValueType::kF32: {
      const auto bits = static_cast<uint32_t>(cell);
      float number;
      std::memcpy(&number, &bits, sizeof number);
      return wi::Value::Make(number);
    }
    case ValueType::kF64: {
      double number;
      std::memcpy(&number, &cell, sizeof number);
      return wi::Value::Make(number);
    }
    default:
      return wi::Value::Make(cell);
  }
}

uint64_t cell_of(ValueType type, const wi::Value& value) {
  switch (type) {
    case ValueType::kI32:
      return value.Get<uint32_t>();
    case ValueType::kF32: {
      const float number = value.Get<float>();
      uint32_t bits;
      std::memcpy(&bits, &number, sizeof bits);
      return bits;
    }
    case ValueType::kF64: {
      const double number = value.Get<double>();
      uint64_t bits;
      std::memcpy(&bits, &number, sizeof bits);
      return bits;
    }
    default:
      return value.Get<uint64_t>();
  }
}

// What validate() lets through; the library's own defaults differ by version.
wabt::Features features() {
  wabt::Features all;
  all.enable_mutable_globals();
  all.enable_sign_extension();
  all.enable_sat_float_to_int();
  all.enable_multi_value();
  all.enable_bulk_memory();
  all.enable_reference_types();
  all.enable_simd();
  all.enable_threads();
  return all;
}

class Running : public Guest {
 public:
  Running(std::shared_ptr<const CompiledModule> module, Host& host, Fuel& fuel, size_t& nesting)
      : Guest(module, host, fuel, nesting), module_(*module), store_(features()) {}

  uint64_t memory_bytes() const override { return memory_ ? memory_->ByteSize() : 0; }
  bool read(uint32_t at, std::span<uint8_t> to) const override {
    if (uint64_t{at} + to.size() > memory_bytes()) return false;
    if (!to.empty()) std::memcpy(to.data(), memory_->UnsafeData() + at, to.size());
    return true;
  }
  bool write(uint32_t at, ByteSpan from) override {
    if (uint64_t{at} + from.size() > memory_bytes()) return false;
    if (!from.empty()) std::memcpy(memory_->UnsafeData() + at, from.data(), from.size());
    return true;
  }

  // Makes the instance itself; nullopt where all went well.
  std::optional<Stop> start() {
    const auto module = wi::Module::New(store_, module_.desc);
    wi::RefVec imports;
    for (size_t i = 0; i < module->desc().imports.size(); ++i) imports.push_back(import(i));
    wi::Trap::Ptr trap;
    instance_ = wi::Instance::Instantiate(store_, module.ref(), imports, &trap);
    started();
    if (!instance_) return ended(trap_at_start(trap));
    if (const auto place = find("memory", ExternKind::kMemory)) {
      memory_ = store_.UnsafeGet<wi::Memory>(instance_->exports()[*place]);
    }
    return std::nullopt;
  }

 protected:
  Result<uint64_t, Stop> run(uint32_t place, const FunctionType& type,
                             std::span<const uint64_t> arguments) override {
    wi::Values params;
    for (size_t i = 0; i < arguments.size(); ++i) {
      params.push_back(value_of(type.params[i], arguments[i]));
    }
    const auto function = store_.UnsafeGet<wi::Func>(instance_->exports()[place]);
    wi::Values results;
    wi::Trap::Ptr trap;
    if (wabt::Failed(function->Call(store_, params, results, &trap))) {
      return ended(trap ? stop_of(trap->message()) : Stop::kOther);
    }
    return type.results.empty() ? 0 : cell_of(type.results[0], results[0]);
  }

 private:
  // The host's functions in their order, and behind them the one that counts fuel.
  wi::Ref import(size_t place) {
    const auto callback = [this, place](wi::Thread&, const wi::Values& params, wi::Values& results,
                                        wi::Trap::Ptr* trap) {
      const bool fuel = place == module_.interface().imports.size();
      const bool good = fuel ? count_fuel(params[0].Get<uint64_t>())
                             : answer(static_cast<uint32_t>(place), params, results);
      if (good) return wabt::Result::Ok;
      *trap = wi::Trap::New(store_, "ended by the host");
      return wabt::Result::Error;
    };
    const auto& type = *wabt::cast<wi::FuncType>(module_.desc.imports[place].type.type.get());
    return wi::HostFunc::New(store_, type, callback).ref();
  }
  bool answer(uint32_t import, const wi::Values& params, wi::Values& results) {
    const FunctionType& type = module_.interface().imports[import].type;
    std::vector<uint64_t> cells;
    for (size_t i = 0; i < params.size(); ++i) cells.push_back(cell_of(type.params[i], params[i]));
    const auto answer = ask_host(import, cells);
    // The library makes no place for it where a module exports what it imports.
    results.resize(type.results.size());
    if (answer && !type.results.empty()) results[0] = value_of(type.results[0], *answer);
    return answer.has_value();
  }

  static Stop trap_at_start(const wi::Trap::Ptr& trap) {
    if (!trap) return Stop::kOther;
    const Stop found = stop_of(trap->message());
    const bool bounds = found == Stop::kMemoryAccess || found == Stop::kTableAccess;
    const bool segment = trap->message().find("segment") != std::string::npos;
    return bounds && segment ? Stop::kSegment : found;
  }

  const CompiledModule& module_;  // which Guest keeps
  wi::Store store_;
  wi::Instance::Ptr instance_;
  wi::Memory::Ptr memory_;
};

}  // namespace

Result<std::shared_ptr<const Program>, Refusal> Interpreter::compile(ByteSpan module, Role role) {
  Prepared prepared = MICA_TRY(prepare(module, role));
  wabt::ReadBinaryOptions options;
  options.features = features();
  wabt::Errors errors;
  wi::ModuleDesc desc;
  const Bytes& bytes = prepared.bytes;
  const wabt::Result result =
      wi::ReadBinaryInterp("module", bytes.data(), bytes.size(), options, &errors, &desc);
  // What validate() takes and the library does not is run nowhere.
  if (wabt::Failed(result)) return Refusal{RefusalCode::kTooMuch};
  return std::shared_ptr<const Program>(
      std::make_shared<CompiledModule>(std::move(prepared.interface), role, std::move(desc)));
}

Result<std::unique_ptr<Instance>, Stop> Interpreter::instantiate(
    std::shared_ptr<const Program> program, Host& host, Fuel& fuel) {
  if (!can_link(program->interface())) return Stop::kUnlinked;
  auto module = std::static_pointer_cast<const CompiledModule>(std::move(program));
  auto running = std::make_unique<Running>(std::move(module), host, fuel, nesting_);
  if (const auto stop = running->start()) return *stop;
  return std::unique_ptr<Instance>(std::move(running));
}

}  // namespace mica::wasm
