// The block that is locked at a chain's next height: no other can be certified there before it.
// linera-chain/src/manager.rs, LockingBlock
#pragma once

#include "core/app/client_values.h"
#include "core/app/room.h"
#include "core/worker/chain_reader.h"

namespace mica::app {

struct Locked {
  ProposedBlock block;
  std::optional<Block>
      validated;  // by a quorum, with its outcome; none: proposed in the fast round
};

// As far as it is known here.
std::optional<Locked> locked_block(const ChainReader& chain);
// The same unless it is `own`, which this wallet signed.
std::optional<Locked> locked_by_another(const ChainReader& chain,
                                        const std::optional<PendingBlock>& own);
LockedBlock summary_of(const Locked& locked);

}  // namespace mica::app
