// namespace mica::wasm sees the names of the rooms that it may include (tools/layers.txt).
#pragma once

#include "core/base/room.h"

namespace mica::wasm {
using namespace base;
}  // namespace mica::wasm
