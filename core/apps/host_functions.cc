#include "core/apps/host_functions.h"

#include "core/apps/base_functions.h"
#include "core/apps/contract_functions.h"
#include "core/apps/service_functions.h"

namespace mica::apps {

namespace {

template <class R, class... P>
ExecutionResult<uint64_t> invoke(const Declaration<R(P...)>& declared, Run& run,
                                 std::span<const uint64_t> cells, GuestMemory& memory) {
  using Returned = typename Declaration<R(P...)>::Returned;
  return call_import(declared.function, cells, memory,
                     [&](P... parameters) -> ExecutionResult<Returned> {
                       auto result = declared.body(run, std::move(parameters)...);
                       run.resume_fuel();  // the guest's allocator may run next
                       return result;
                     });
}

// `kList` is a std::tuple of declarations.
template <const auto& kList>
constexpr auto host_functions() {
  return []<size_t... I>(std::index_sequence<I...>) {
    return std::array{
        HostFunction{std::get<I>(kList).function.interface, std::get<I>(kList).function.name,
                     std::get<I>(kList).function.import_signature(),
                     [](Run& run, std::span<const uint64_t> cells, GuestMemory& memory) {
                       return invoke(std::get<I>(kList), run, cells, memory);
                     }}...};
  }
  (std::make_index_sequence<std::tuple_size_v<std::remove_cvref_t<decltype(kList)>>>());
}

constexpr auto kBase = host_functions<kBaseFunctions>();
constexpr auto kContract = host_functions<kContractFunctions>();
constexpr auto kService = host_functions<kServiceFunctions>();

const HostFunction* find(std::span<const HostFunction> all, const Import& import) {
  for (const HostFunction& one : all) {
    if (one.interface == import.module && one.name == import.name) return &one;
  }
  return nullptr;
}

}  // namespace

const HostFunction* find_host_function(Role role, const Import& import) {
  const HostFunction* found = find(kBase, import);
  if (!found && role == Role::kContract) found = find(kContract, import);
  if (!found && role == Role::kService) found = find(kService, import);
  if (!found || import.kind != ExternKind::kFunction) return nullptr;
  return import.type == function_type(found->signature) ? found : nullptr;
}

}  // namespace mica::apps
