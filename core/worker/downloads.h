// What a validator hands out of its store: everything that reads only; and UploadBlob.
// linera-service/src/proxy/grpc.rs
#pragma once

#include "core/types/node_service.h"
#include "core/worker/room.h"
#include "core/worker/worker_call.h"

namespace mica::worker {

// Other requests are unknown here.
NodeResponse download(WorkerCall& call, const NodeRequest& request);

}  // namespace mica::worker
