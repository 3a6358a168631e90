// namespace mica::worker sees the names of the rooms that it may include (tools/layers.txt).
#pragma once

#include "core/chain/room.h"

namespace mica::worker {
using namespace chain;
}  // namespace mica::worker
