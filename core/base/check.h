// CHECK states what a bug in this code base would break; it aborts the instance.
// Bad input is never a CHECK: it is an Error value (result.h).
#pragma once

#include "core/base/room.h"

namespace mica::base {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}  // namespace mica::base

#define MICA_CHECK(condition) \
  ((condition) ? (void)0 : ::mica::base::check_failed(#condition, __FILE__, __LINE__))
