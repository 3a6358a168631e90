// Certificates: validated blocks, timeouts and confirmed blocks.
// linera-core/src/chain_worker/state.rs, process_{validated_block,timeout,confirmed_block}
#pragma once

#include "core/worker/confirmed_mode.h"
#include "core/worker/room.h"
#include "core/worker/worker_call.h"

namespace mica::worker {

// Of a block that is known here.
NodeResult<ChainInfoResponse> handle_lite(WorkerCall& call, const LiteCertificate& certificate);
NodeResult<ChainInfoResponse> handle_validated(WorkerCall& call,
                                               const ValidatedBlockCertificate& certificate);
NodeResult<ChainInfoResponse> handle_timeout(WorkerCall& call,
                                             const TimeoutCertificate& certificate);
NodeResult<ChainInfoResponse> handle_confirmed(WorkerCall& call,
                                               const ConfirmedBlockCertificate& certificate,
                                               ConfirmedMode mode);

}  // namespace mica::worker
