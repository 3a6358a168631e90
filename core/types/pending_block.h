// What a wallet remembers of a block that it signed, until that height is settled.
#pragma once

#include "core/types/certificate.h"
#include "core/types/room.h"

namespace mica::types {

// A block that somebody approved, from its first signature until it is certified or beaten.
// At most one per chain; written before the first proposal of it leaves.
struct PendingBlock {
  Block block;  // as executed here; validators vote on its hash, unless it lacks the state hash
  std::vector<BlobContent> blobs;              // published by it
  AccountOwner owner;                          // who signs
  bool receiving = false;                      // of the class that needs no approval
  std::optional<BlockProposal> proposal;       // the last one that was signed
  std::optional<BlockProposal> fast_proposal;  // the one of the fast round; never replaced
  MICA_FIELDS(PendingBlock, block, blobs, owner, receiving, proposal, fast_proposal)
};

}  // namespace mica::types
