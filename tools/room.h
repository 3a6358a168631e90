// namespace mica::tools sees the names of the core.
#pragma once

#include "core/app/room.h"

namespace mica::tools {
using namespace app;
}  // namespace mica::tools
