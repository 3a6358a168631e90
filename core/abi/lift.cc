#include "core/abi/lift.h"

#include <algorithm>

namespace mica::abi {

MemoryBudget lift_budget(const GuestMemory& memory) {
  const uint64_t counted = std::min<uint64_t>(memory.size(), limits::kLiftedGuestBytes);
  return MemoryBudget(static_cast<size_t>(counted));
}

namespace detail {

void Lifting::fail(ErrorCode code) {
  if (failed()) return;
  std::string where;
  for (std::string_view name : path_) {
    if (!where.empty() && !name.empty()) where += '.';
    where += name;
  }
  error_ = Error{code, std::move(where)};
}

void Lifting::pay(uint64_t count, size_t bytes_each) {
  if (count > INT32_MAX || !budget_.take(static_cast<size_t>(count), bytes_each))
    fail(ErrorCode::kTooLong);
}

Window Lifting::window(uint64_t at, uint32_t count, uint32_t size, uint32_t align) {
  Window out{at, {}};
  if (failed() || count == 0) return out;
  const uint64_t there = memory_.size() > at ? memory_.size() - at : 0;
  if (uint64_t{count - 1} * size >= there) {
    fail(ErrorCode::kTruncated);
    return out;
  }
  // Where `at` is not aligned, the last value's parts may lie a little further.
  const uint64_t wanted = std::min(uint64_t{count} * size + align - 1, there);
  copy(at, wanted, out.bytes);
  return out;
}

void Lifting::copy_to(uint64_t at, std::span<uint8_t> to) {
  if (!memory_.read(static_cast<uint32_t>(at), to)) fail(ErrorCode::kTruncated);
}

uint32_t pointer_cell(Lifting& in, uint64_t cell) {
  const uint32_t pointer = static_cast<uint32_t>(cell);
  if (pointer > INT32_MAX) in.fail(ErrorCode::kOverflow);
  return pointer;
}

void narrow(Lifting& in, std::span<const uint64_t> joined, const FlatTypes& joined_types,
            const FlatTypes& case_types, std::span<uint64_t> out) {
  for (size_t i = 0; i < out.size(); ++i) {
    out[i] = joined[i];
    if (case_types[i] == joined_types[i]) continue;
    const int64_t whole = static_cast<int64_t>(joined[i]);
    if (whole < INT32_MIN || whole > INT32_MAX) in.fail(ErrorCode::kOverflow);
    out[i] = static_cast<uint32_t>(whole);
  }
}

}  // namespace detail

}  // namespace mica::abi
