// namespace mica::abi sees the names of the rooms that it may include (tools/layers.txt).
#pragma once

#include "core/base/room.h"
#include "core/bcs/room.h"

namespace mica::abi {
using namespace base;
using namespace bcs;
}  // namespace mica::abi
