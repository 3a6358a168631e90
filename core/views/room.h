// namespace mica::views sees the names of the rooms that it may include (tools/layers.txt).
#pragma once

#include "core/base/room.h"
#include "core/bcs/room.h"
#include "core/crypto/room.h"
#include "core/storage/room.h"

namespace mica::views {
using namespace base;
using namespace crypto;
using namespace bcs;
using namespace storage;
}  // namespace mica::views
