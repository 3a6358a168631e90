// The functions that applications may import: each stands once, with its name, its type and its
// body, in base_functions.h, contract_functions.h or service_functions.h.
#pragma once

#include "core/abi/function.h"
#include "core/apps/room.h"
#include "core/apps/run.h"

namespace mica::apps {

// `body(run, parameters...)` is called by the application on top of the run's stack, charges what
// the call costs and gives the result.
template <class Signature>
struct Declaration;
template <class R, class... P>
struct Declaration<R(P...)> {
  using Params = typename Function<R(P...)>::Params;
  using Returned = typename Function<R(P...)>::Returned;
  using Body = ExecutionResult<Returned> (*)(Run& run, P... parameters);
  Function<R(P...)> function;
  Body body;
};

template <class F>
constexpr Declaration<F> base(std::string_view name, typename Declaration<F>::Body body) {
  return {{"linera:app/base-runtime-api", name}, body};
}
template <class F>
constexpr Declaration<F> contract(std::string_view name, typename Declaration<F>::Body body) {
  return {{"linera:app/contract-runtime-api", name}, body};
}
template <class F>
constexpr Declaration<F> service(std::string_view name, typename Declaration<F>::Body body) {
  return {{"linera:app/service-runtime-api", name}, body};
}

// One of them as the engine's imports see it.
struct HostFunction {
  std::string_view interface, name;
  CoreSignature signature;
  ExecutionResult<uint64_t> (*call)(Run& run, std::span<const uint64_t> cells, GuestMemory& memory);
};

// Null where an application of that role may not have this import.
const HostFunction* find_host_function(Role role, const Import& import);

}  // namespace mica::apps
