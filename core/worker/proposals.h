// Blocks that an owner is about to propose, and those that he proposes.
// linera-core/src/chain_worker/state.rs, stage_block_execution and handle_block_proposal
#pragma once

#include "core/types/certificate.h"
#include "core/worker/room.h"
#include "core/worker/staged_block.h"
#include "core/worker/worker_call.h"

namespace mica::worker {

// Votes for it, if this is a validator. `aggregated`: the sender understands a failure that names
// all bundles that had not arrived, not only the first.
NodeResult<ChainInfoResponse> handle_proposal(WorkerCall& call, const BlockProposal& proposal,
                                              bool aggregated);
// Executes it without keeping it.
NodeResult<StagedBlock> stage_execution(WorkerCall& call, BlockExecution what);

}  // namespace mica::worker
