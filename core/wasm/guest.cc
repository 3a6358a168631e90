#include "core/wasm/guest.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/wasm/prepare.h"

namespace mica::wasm {

Result<uint64_t, Stop> Guest::call(std::string_view name, const FunctionType& type,
                                   std::span<const uint64_t> arguments) {
  const auto place = find(name, ExternKind::kFunction);
  if (!place || program_->interface().exports[*place].type != type || !fits_cells(type)) {
    return Stop::kNoExport;
  }
  MICA_CHECK(arguments.size() == type.params.size());
  if (nesting_ >= limits::kMaxGuestNesting) return Stop::kStack;
  ++nesting_;
  auto result = run(*place, type, arguments);
  --nesting_;
  return result;
}

bool Guest::count_fuel(uint64_t amount) {
  if (starting_ && program_->role() == Role::kContract) {
    stop(Stop::kHostAtStart);
  } else if (amount == kCapReached) {
    stop(Stop::kMemoryCap);
  } else if (!fuel_.take(amount)) {
    stop(Stop::kOutOfFuel);
  }
  return !stop_;
}

std::optional<uint64_t> Guest::ask_host(uint32_t import, std::span<const uint64_t> arguments) {
  if (starting_) {
    stop(Stop::kHostAtStart);
    return std::nullopt;
  }
  const auto answer = host_.call(*this, import, arguments);
  if (!answer) stop(Stop::kRefused);
  return answer;
}

Stop Guest::ended(Stop trap) { return stop_ ? *std::exchange(stop_, std::nullopt) : trap; }

std::optional<uint32_t> Guest::find(std::string_view name, ExternKind kind) const {
  const auto& exports = program_->interface().exports;
  const auto matches = [&](const Export& one) { return one.name == name && one.kind == kind; };
  const auto found = std::find_if(exports.begin(), exports.end(), matches);
  if (found == exports.end()) return std::nullopt;
  return static_cast<uint32_t>(found - exports.begin());
}

}  // namespace mica::wasm
