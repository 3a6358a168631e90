// namespace mica::execution sees the names of the rooms that it may include (tools/layers.txt).
#pragma once

#include "core/types/room.h"
#include "core/views/room.h"

namespace mica::execution {
using namespace types;
using namespace views;
}  // namespace mica::execution
