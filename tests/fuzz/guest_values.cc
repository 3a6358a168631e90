// What a guest may pass to any function at the border: gives an Error, or values that survive being
// stored and loaded again; and takes no more memory than limits.h allows for the guest's memory.
// The first byte chooses the function, and its parameters or its result; then come the core values,
// 8 bytes each, and the guest's memory.
#include "core/apps/base_functions.h"
#include "core/apps/contract_functions.h"
#include "core/apps/entry_points.h"
#include "core/apps/service_functions.h"
#include "tests/core/abi/guest.h"
#include "tests/fuzz/memory.h"
#include "tests/fuzz/room.h"

namespace mica::fuzz {

using namespace abi;
using apps::kBaseFunctions, apps::kContractFunctions, apps::kServiceFunctions, apps::kEntryPoints;
namespace {

template <class T>
void expect_round_trip(const T& value) {
  Guest guest(0);
  const uint32_t at = store_new(guest, value).value();
  MemoryBudget enough(limits::kLiftedGuestBytes);
  MICA_CHECK(load<T>(guest, at, enough).value() == value);
  const auto cells = lower(guest, value).value();
  MICA_CHECK(lift<T>(cells, guest, enough).value() == value);
}

template <class T>
void check(ByteSpan input) {
  std::vector<uint64_t> cells(std::max<size_t>(kFlat<T>.count(), 1));
  if (input.size() < 8 * cells.size()) return;
  std::memcpy(cells.data(), input.data(), 8 * cells.size());
  const Guest guest(to_bytes(input.subspan(8 * cells.size())));
  std::optional<Result<T>> loaded, lifted;
  within_budget(guest.bytes, [&] {
    MemoryBudget budget = lift_budget(guest);
    loaded.emplace(load<T>(guest, static_cast<uint32_t>(cells[0]), budget));
  });
  cells.resize(kFlat<T>.count());
  within_budget(guest.bytes, [&] {
    MemoryBudget budget = lift_budget(guest);
    lifted.emplace(lift<T>(cells, guest, budget));
  });
  if constexpr (!abi::detail::Outcome<T>) {
    if (loaded->ok()) expect_round_trip(loaded->value());
    if (lifted->ok()) expect_round_trip(lifted->value());
  }
}

using Check = void (*)(ByteSpan input);

const std::vector<Check>& checks() {
  static const std::vector<Check> all = std::apply(
      []<class... F>(const F&...) {
        return std::vector<Check>{check<typename F::Params>..., check<typename F::Returned>...};
      },
      std::tuple_cat(kBaseFunctions, kContractFunctions, kServiceFunctions, kEntryPoints));
  return all;
}

}  // namespace
}  // namespace mica::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace mica::fuzz;
  if (size < 1) return 0;
  checks()[data[0] % checks().size()]({data + 1, size - 1});
  return 0;
}
