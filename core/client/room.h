// namespace mica::client sees the names of the rooms that it may include (tools/layers.txt).
#pragma once

#include "core/worker/room.h"

namespace mica::client {
using namespace worker;
}  // namespace mica::client
