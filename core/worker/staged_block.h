// StagedBlock: what executing a block would do, for its owner to see before he signs.
// linera-core/src/chain_worker/state.rs, stage_block_execution
#pragma once

#include "core/types/balance_change.h"
#include "core/types/block.h"
#include "core/types/bundle_policy.h"
#include "core/worker/room.h"

namespace mica::worker {

struct StagedBlock {
  ProposedBlock proposed;  // as executed: bundles may be rejected or gone, even all (kLeaveOut)
  Block block;
  CryptoHash hash;  // of the block
  // The chain's and the signer's balance, and every other that changed.
  std::vector<BalanceChange> balances;
  Amount fees;                    // charged by the block, whoever pays
  std::vector<LeftOut> left_out;  // what the policy left in the inbox, one of each origin
};

}  // namespace mica::worker
