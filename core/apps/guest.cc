#include "core/apps/guest.h"

#include "core/apps/host_functions.h"

namespace mica::apps {

namespace {

constexpr std::string_view kAllocator = "cabi_realloc";

std::vector<ValueType> value_types(const FlatTypes& types) {
  std::vector<ValueType> out;
  for (const CoreType type : types.all()) out.push_back(static_cast<ValueType>(type));
  return out;
}

}  // namespace

FunctionType function_type(const CoreSignature& signature) {
  return {value_types(signature.params), value_types(signature.results)};
}

Result<uint32_t> InstanceMemory::allocate(uint32_t align, uint32_t size) {
  constexpr ValueType kI32 = ValueType::kI32;
  const FunctionType type{{kI32, kI32, kI32, kI32}, {kI32}};
  const uint64_t arguments[] = {0, 0, align, size};
  auto at = instance_.call(kAllocator, type, arguments);
  if (at.ok()) return static_cast<uint32_t>(*at);
  stop_ = at.error();
  return Error{ErrorCode::kRefused, std::string(kAllocator)};
}

ExecutionResult<std::unique_ptr<Guest>> Guest::make(Run& run, const ApplicationId& id,
                                                    ApplicationDescription description,
                                                    std::shared_ptr<const Program> program) {
  auto guest = std::make_unique<Guest>(run, id, std::move(description));
  MICA_TRY(guest->bind(*program));
  auto instance = run.engine().instantiate(std::move(program), *guest, run.fuel());
  if (!instance.ok()) return run.stopped(*guest, "its start", instance.error());
  guest->instance_ = std::move(instance).value();
  return guest;
}

ExecutionStatus Guest::bind(const Program& program) {
  for (const Import& import : program.interface().imports) {
    imports_.push_back(find_host_function(program.role(), import));
    if (imports_.back()) continue;
    return ExecutionError("Failed to instantiate Wasm module of application " + id_.to_text() +
                          ": it may not import " + import.module + "#" + import.name +
                          ", or not with this type");
  }
  return Ok{};
}

std::optional<uint64_t> Guest::call(Instance& instance, uint32_t import,
                                    std::span<const uint64_t> arguments) {
  if (auto paid = run_.settle_fuel(); !paid.ok()) return run_.fail(paid.error());
  InstanceMemory memory(instance);
  auto result = imports_[import]->call(run_, arguments, memory);
  if (result.ok()) return *result;
  if (memory.stop()) return run_.fail(run_.stopped(*this, kAllocator, *memory.stop()));
  return run_.fail(result.error());
}

}  // namespace mica::apps
