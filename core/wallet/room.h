// namespace mica::wallet sees the names of the rooms that it may include (tools/layers.txt).
#pragma once

#include "core/storage/room.h"
#include "core/types/room.h"

namespace mica::wallet {
using namespace types;
using namespace storage;
}  // namespace mica::wallet
