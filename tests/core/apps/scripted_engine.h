// An engine whose guests are C++ functions: each entry point is a lambda that calls imports like a
// guest does, through its memory.
#pragma once

#include <cstring>
#include <functional>

#include "core/abi/lift.h"
#include "core/abi/lower.h"
#include "core/apps/guest.h"
#include "core/wasm/engine.h"

namespace mica::apps {

struct Script;

class Scripted : public Instance, public GuestMemory {
 public:
  Scripted(std::shared_ptr<const Script> script, Host& host, Fuel& fuel)
      : script_(std::move(script)), host_(host), fuel_(fuel) {}

  // Calls the import `function`, which ends the guest if it fails: what comes back then means
  // nothing, and further calls do nothing.
  template <class R, class... P>
  auto call(const Function<R(P...)>& function, const std::type_identity_t<P>&... arguments) ->
      typename Function<R(P...)>::Returned;
  template <class F, class... A>
  auto base(std::string_view name, const A&... arguments) {
    return call(Function<F>{"linera:app/base-runtime-api", name}, arguments...);
  }
  template <class F, class... A>
  auto contract(std::string_view name, const A&... arguments) {
    return call(Function<F>{"linera:app/contract-runtime-api", name}, arguments...);
  }
  template <class F, class... A>
  auto service(std::string_view name, const A&... arguments) {
    return call(Function<F>{"linera:app/service-runtime-api", name}, arguments...);
  }
  void trap(Stop stop = Stop::kUnreachable) {
    if (!stop_) stop_ = stop;
  }
  void burn(uint64_t fuel) {
    if (!fuel_.take(fuel)) trap(Stop::kOutOfFuel);
  }
  bool stopped() const { return stop_.has_value(); }

  // The host's side.
  const Program& program() const override;
  Result<uint64_t, Stop> call(std::string_view name, const FunctionType& type,
                              std::span<const uint64_t> arguments) override;
  uint64_t memory_bytes() const override { return memory_.size(); }
  bool read(uint32_t at, std::span<uint8_t> to) const override {
    if (at > memory_.size() || to.size() > memory_.size() - at) return false;
    if (!to.empty()) std::memcpy(to.data(), memory_.data() + at, to.size());
    return true;
  }
  bool write(uint32_t at, ByteSpan from) override {
    if (at > memory_.size() || from.size() > memory_.size() - at) return false;
    std::copy(from.begin(), from.end(), memory_.begin() + at);
    return true;
  }
  // The guest's own side.
  uint64_t size() const override { return memory_.size(); }
  Result<uint32_t> allocate(uint32_t align, uint32_t size) override {
    top_ = static_cast<uint32_t>(abi::aligned(top_, align));
    const uint32_t at = top_;
    top_ += size;
    if (top_ > memory_.size()) memory_.resize(top_ + 4096);
    return at;
  }

 private:
  std::shared_ptr<const Script> script_;
  Host& host_;
  Fuel& fuel_;
  Bytes memory_ = Bytes(4096);
  uint32_t top_ = 16;
  std::optional<Stop> stop_;
};

struct Script : public Program {
  // An entry point with its parameter's bytes, as they are passed; gives its result's.
  using Entry = std::function<Bytes(Scripted&, Bytes)>;

  explicit Script(Role role) : role_(role) {}
  const Interface& interface() const override { return interface_; }
  Role role() const override { return role_; }

  std::map<std::string, Entry, std::less<>> entries;
  uint64_t allocation_fuel = 0;
  std::function<void(Scripted&)> on_allocate;
  bool has_allocator = true;
  Interface interface_;

 private:
  Role role_;
};

template <class R, class... P>
auto Scripted::call(const Function<R(P...)>& function, const std::type_identity_t<P>&... arguments)
    -> typename Function<R(P...)>::Returned {
  using F = Function<R(P...)>;
  using Returned = typename F::Returned;
  auto nothing = [] { return abi::detail::blank<Returned>(); };
  if (stop_) return nothing();
  auto cells = abi::detail::lower_params(*this, std::tie(arguments...), F::kParamsInMemory).value();
  uint32_t place = 0;
  if constexpr (F::kResultInMemory) {
    place = allocate(abi::kAlign<Returned>, abi::kSize<Returned>).value();
    cells.push_back(place);
  }
  uint32_t index = 0;
  const auto& imports = script_->interface_.imports;
  while (index < imports.size() &&
         (imports[index].name != function.name || imports[index].module != function.interface)) {
    ++index;
  }
  MICA_CHECK(index < imports.size());
  const auto result = host_.call(*this, index, cells);
  if (!result) {
    trap(Stop::kRefused);
    return nothing();
  }
  MemoryBudget budget = abi::lift_budget(*this);
  if constexpr (F::kResultInMemory) {
    return abi::load<Returned>(*this, place, budget).value();
  } else {
    const std::span<const uint64_t> flat(&*result, abi::kFlat<Returned>.count());
    return abi::lift<Returned>(flat, *this, budget).value();
  }
}

inline const Program& Scripted::program() const { return *script_; }

inline Result<uint64_t, Stop> Scripted::call(std::string_view name, const FunctionType& type,
                                             std::span<const uint64_t> arguments) {
  MICA_CHECK(!stop_);
  if (name == "cabi_realloc") {
    if (!script_->has_allocator) return Stop::kNoExport;
    burn(script_->allocation_fuel);
    if (script_->on_allocate) script_->on_allocate(*this);
    if (stop_) return *stop_;
    return allocate(static_cast<uint32_t>(arguments[2]), static_cast<uint32_t>(arguments[3]))
        .value();
  }
  const auto entry = script_->entries.find(name.substr(name.find('#') + 1));
  if (entry == script_->entries.end()) return Stop::kNoExport;
  Bytes argument;
  if (arguments.size() == 2 && name.find("process-streams") == std::string_view::npos) {
    argument.resize(arguments[1]);
    if (!read(static_cast<uint32_t>(arguments[0]), argument)) return Stop::kMemoryAccess;
  }
  const Bytes result = entry->second(*this, std::move(argument));
  if (stop_) return *stop_;
  if (type.results.empty()) return uint64_t{0};
  return abi::store_new(*this, result).value();
}

// Modules are known by their bytes.
class ScriptedEngine : public Engine {
 public:
  // A module with every import that its role may have.
  Script& add(const Bytes& module, Role role) {
    auto script = std::make_shared<Script>(role);
    script->interface_.imports = all_imports(role);
    scripts_[module] = script;
    return *script;
  }
  Result<std::shared_ptr<const Program>, Refusal> compile(ByteSpan module, Role role) override {
    ++compiled;
    auto found = scripts_.find(to_bytes(module));
    if (refusal) return *refusal;
    if (found == scripts_.end() || found->second->role() != role) {
      return Refusal{RefusalCode::kBadMagic};
    }
    return std::shared_ptr<const Program>(found->second);
  }
  Result<std::unique_ptr<Instance>, Stop> instantiate(std::shared_ptr<const Program> program,
                                                      Host& host, Fuel& fuel) override {
    ++instances;
    auto script = std::static_pointer_cast<const Script>(program);
    return std::unique_ptr<Instance>(std::make_unique<Scripted>(script, host, fuel));
  }
  static std::vector<Import> all_imports(Role role);

  int compiled = 0, instances = 0;
  std::optional<Refusal> refusal;

 private:
  std::map<Bytes, std::shared_ptr<Script>> scripts_;
};

}  // namespace mica::apps
