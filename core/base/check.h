// CHECK states what a bug in this code base would break; it aborts the instance.
// Bad input is never a CHECK: it is an Error value (result.h).
#pragma once

namespace mica {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}  // namespace mica

#define CHECK(condition) \
  ((condition) ? (void)0 : ::mica::check_failed(#condition, __FILE__, __LINE__))
