#include "core/wasm/prepare.h"

#include <algorithm>

#include "core/base/limits.h"

namespace mica::wasm {

Result<Prepared, Refusal> prepare(ByteSpan bytes, Role role) {
  Module module = MICA_TRY(read_valid_module(bytes, {role, limits::kMaxGuestPages}));
  // One guest runs at a time: what waits for another one would wait for ever.
  const auto shared = [](const Limits& memory) { return memory.shared; };
  if (std::any_of(module.memories.begin(), module.memories.end(), shared)) {
    return Refusal{RefusalCode::kTooMuch};
  }
  Interface interface = interface_of(module);
  const Rewriting how{cost_0_15, limits::kMaxGuestPages, false, false, role == Role::kContract};
  Bytes metered = MICA_TRY(rewrite(std::move(module), how));
  return Prepared{std::move(interface), std::move(metered)};
}

bool fits_cells(const FunctionType& type) {
  const auto fits = [](ValueType one) {
    return one != ValueType::kV128 && one != ValueType::kFuncRef && one != ValueType::kExternRef;
  };
  return type.results.size() <= 1 && std::all_of(type.params.begin(), type.params.end(), fits) &&
         std::all_of(type.results.begin(), type.results.end(), fits);
}

bool can_link(const Interface& interface) {
  return std::all_of(interface.imports.begin(), interface.imports.end(), [](const Import& one) {
    return one.kind == ExternKind::kFunction && fits_cells(one.type);
  });
}

}  // namespace mica::wasm
