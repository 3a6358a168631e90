// namespace mica::types sees the names of the rooms that it may include (tools/layers.txt).
#pragma once

#include "core/base/room.h"
#include "core/bcs/room.h"
#include "core/crypto/room.h"

namespace mica::types {
using namespace base;
using namespace crypto;
using namespace bcs;
}  // namespace mica::types
