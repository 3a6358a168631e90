// namespace mica::chain sees the names of the rooms that it may include (tools/layers.txt).
#pragma once

#include "core/execution/room.h"

namespace mica::chain {
using namespace execution;
}  // namespace mica::chain
