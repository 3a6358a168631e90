// namespace mica::app sees the names of the rooms that it may include (tools/layers.txt).
#pragma once

#include "core/base/room.h"
#include "core/bcs/room.h"
#include "core/chain/room.h"
#include "core/client/room.h"
#include "core/crypto/room.h"
#include "core/execution/room.h"
#include "core/rpc/room.h"
#include "core/storage/room.h"
#include "core/types/room.h"
#include "core/views/room.h"
#include "core/wallet/room.h"
#include "core/worker/room.h"

namespace mica::app {
using namespace base;
using namespace crypto;
using namespace bcs;
using namespace storage;
using namespace types;
using namespace views;
using namespace rpc;
using namespace wallet;
using namespace execution;
using namespace chain;
using namespace worker;
using namespace client;
}  // namespace mica::app
