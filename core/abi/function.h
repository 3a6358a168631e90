// The functions at the border to a guest, by the types of their parameters and result; everything
// else follows from these.
//
//   inline constexpr Function<Bytes(ApplicationId, Bytes)> kQuery{"linera:app/…-api", "query"};
//
// More than 16 core values as parameters go in the guest's memory, as a record, and so does a
// result of more than one. linera-witty/src/{imported,exported}_function_interface
#pragma once

#include "core/abi/lift.h"
#include "core/abi/lower.h"
#include "core/abi/room.h"

namespace mica::abi {

// The core type of a function; at most one result.
struct CoreSignature {
  FlatTypes params;
  FlatTypes results;
  friend constexpr bool operator==(const CoreSignature&, const CoreSignature&) = default;
  std::string to_text() const;  // "(i32 i64) -> i32"
};

inline constexpr size_t kMostFlatParams = 16;
inline constexpr size_t kMostFlatResults = 1;

// Of `void(...)` the result is Ok.
template <class Signature>
struct Function;
template <class R, class... P>
struct Function<R(P...)> {
  std::string_view interface;
  std::string_view name;

  using Params = std::tuple<P...>;
  using Returned = std::conditional_t<std::is_void_v<R>, Ok, R>;
  static constexpr bool kParamsInMemory = kFlat<Params>.count() > kMostFlatParams;
  static constexpr bool kResultInMemory = kFlat<Returned>.count() > kMostFlatResults;

  // As a guest imports it: it says where a result goes that is in memory.
  static constexpr CoreSignature import_signature() {
    CoreSignature out{params(), {}};
    kResultInMemory ? out.params.add(CoreType::kI32) : out.results.add(kFlat<Returned>);
    return out;
  }
  // As a guest exports it: it gives where a result is that is in memory.
  static constexpr CoreSignature export_signature() {
    CoreSignature out{params(), {}};
    kResultInMemory ? out.results.add(CoreType::kI32) : out.results.add(kFlat<Returned>);
    return out;
  }
  std::string export_name() const { return std::string(interface) + '#' + std::string(name); }

 private:
  static constexpr FlatTypes params() {
    FlatTypes one;
    one.add(CoreType::kI32);
    return kParamsInMemory ? one : kFlat<Params>;
  }
};

namespace detail {

template <class T>
struct ErrorOf;
template <class T, class E>
struct ErrorOf<base::Result<T, E>> {
  using Is = E;
};

// A pointer that a guest passed as a core value.
Result<uint32_t> pointer_of(uint64_t cell);

template <class Params>
Result<Params> lift_params(std::span<const uint64_t> cells, bool in_memory,
                           const GuestMemory& memory, MemoryBudget& budget) {
  if (!in_memory) return abi::lift<Params>(cells, memory, budget);
  return abi::load<Params>(memory, MICA_TRY(pointer_of(cells[0])), budget);
}

template <class Params>
Result<std::vector<uint64_t>> lower_params(GuestMemory& memory, const Params& params,
                                           bool in_memory) {
  if (!in_memory) return abi::lower(memory, params);
  return std::vector<uint64_t>{MICA_TRY(store_new(memory, params))};
}

}  // namespace detail

// A guest calls a function of the host: `body(params...)` gives a Result<R, E>, Result<Ok, E> for a
// void function, where E can be made from Error. Gives the result's cell, or 0 where the signature
// has none. The memory may have grown and the guest's allocator have run by then.
template <class R, class... P, class Body>
auto call_import(const Function<R(P...)>&, std::span<const uint64_t> cells, GuestMemory& memory,
                 Body&& body)
    -> Result<uint64_t, typename detail::ErrorOf<std::invoke_result_t<Body, P...>>::Is> {
  using F = Function<R(P...)>;
  constexpr size_t kParams = F::import_signature().params.count() - F::kResultInMemory;
  if (cells.size() != kParams + F::kResultInMemory) {
    return Error{ErrorCode::kBadLength, "core values"};
  }
  MemoryBudget budget = lift_budget(memory);
  auto params = MICA_TRY(detail::lift_params<typename F::Params>(
      cells.first(kParams), F::kParamsInMemory, memory, budget));
  [[maybe_unused]] uint32_t place = 0;
  if constexpr (F::kResultInMemory) place = MICA_TRY(detail::pointer_of(cells[kParams]));
  const typename F::Returned result =
      MICA_TRY(std::apply(std::forward<Body>(body), std::move(params)));
  if constexpr (F::kResultInMemory) {
    MICA_TRY(store(memory, place, result));
    return uint64_t{0};
  } else {
    const std::vector<uint64_t> out = MICA_TRY(lower(memory, result));
    return out.empty() ? uint64_t{0} : out[0];
  }
}

// The host calls a function of a guest: `call(cells)` gives a Result<uint64_t, E> with the result's
// cell, anything where the signature has none.
template <class R, class... P, class Call>
auto call_export(const Function<R(P...)>&, GuestMemory& memory, Call&& call,
                 const std::type_identity_t<P>&... params)
    -> Result<typename Function<R(P...)>::Returned,
              typename detail::ErrorOf<std::invoke_result_t<Call, std::span<const uint64_t>>>::Is> {
  using F = Function<R(P...)>;
  using Returned = typename F::Returned;
  const auto cells =
      MICA_TRY(detail::lower_params(memory, std::tie(params...), F::kParamsInMemory));
  const uint64_t cell = MICA_TRY(call(std::span<const uint64_t>(cells)));
  MemoryBudget budget = lift_budget(memory);
  if constexpr (F::kResultInMemory) {
    const uint32_t place = MICA_TRY(detail::pointer_of(cell));
    return MICA_TRY(load<Returned>(memory, place, budget));
  } else {
    const std::span<const uint64_t> result(&cell, kFlat<Returned>.count());
    return MICA_TRY(lift<Returned>(result, memory, budget));
  }
}

}  // namespace mica::abi
