// namespace mica::storage_idb sees the names of the rooms that it may include (tools/layers.txt).
#pragma once

#include "core/base/room.h"
#include "core/storage/room.h"

namespace mica::storage_idb {
using namespace base;
using namespace storage;
}  // namespace mica::storage_idb
