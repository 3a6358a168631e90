// namespace mica::compression sees the names of the rooms that it may include (tools/layers.txt).
#pragma once

#include "core/base/room.h"

namespace mica::compression {
using namespace base;
}  // namespace mica::compression
