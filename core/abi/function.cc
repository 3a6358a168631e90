#include "core/abi/function.h"

namespace mica::abi {

std::string CoreSignature::to_text() const {
  std::string out = "(";
  auto name = [](CoreType type) { return type == CoreType::kI32 ? "i32" : "i64"; };
  for (CoreType type : params.all()) {
    if (out.size() > 1) out += ' ';
    out += name(type);
  }
  out += ')';
  for (CoreType type : results.all()) out += std::string(" -> ") + name(type);
  return out;
}

namespace detail {

Result<uint32_t> pointer_of(uint64_t cell) {
  const uint32_t pointer = static_cast<uint32_t>(cell);
  if (pointer > INT32_MAX) return Error{ErrorCode::kOverflow, "pointer"};
  return pointer;
}

}  // namespace detail

}  // namespace mica::abi
