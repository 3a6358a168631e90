// BlockRun: a block and what executing it on its chain does; for proposals and certificates alike.
// linera-core/src/chain_worker/state.rs, execute_block and check_block_epoch
#pragma once

#include "core/types/bundle_policy.h"
#include "core/worker/room.h"
#include "core/worker/worker_call.h"

namespace mica::worker {

struct BlockRun {
  Block block;
  CryptoHash hash;
  std::shared_ptr<const Batch> changes;  // of the execution state; none: it was not executed here
  Amount fees;
  std::vector<LeftOut> left_out;
};

// The next block must be of the chain's own epoch.
NodeStatus check_epoch(const ChainState& chain, Epoch epoch);
// Executes it, leaving `chain` as it is. `work` is what `chain` is of. A block that is not replayed
// is remembered for the certificate to come. If it fails, the call has the cause.
NodeResult<BlockRun> run_block(WorkerCall& call, Overlay& work, ChainState& chain,
                               BlockExecution what);

}  // namespace mica::worker
