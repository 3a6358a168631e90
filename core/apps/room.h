// namespace mica::apps sees the names of the rooms that it may include (tools/layers.txt).
#pragma once

#include "core/abi/room.h"
#include "core/execution/room.h"
#include "core/wasm/room.h"

namespace mica::apps {
using namespace abi;
using namespace execution;
using namespace wasm;
}  // namespace mica::apps
