// namespace mica::fuzz sees the names of the core and of the store.
#pragma once

#include "core/app/room.h"
#include "storage-idb/room.h"

namespace mica::fuzz {
using namespace app;
using namespace storage_idb;
}  // namespace mica::fuzz
