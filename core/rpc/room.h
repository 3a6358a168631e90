// namespace mica::rpc sees the names of the rooms that it may include (tools/layers.txt).
#pragma once

#include "core/types/room.h"

namespace mica::rpc {
using namespace types;
}  // namespace mica::rpc
