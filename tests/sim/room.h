// namespace mica::sim sees the names of the core.
#pragma once

#include "core/app/room.h"

namespace mica::sim {
using namespace app;
}  // namespace mica::sim
