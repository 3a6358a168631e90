// What a proposed block would do, as the vault reads it: for the window that shows the engine's
// word of it to compare.
#pragma once

#include "core/types/block.h"
#include "core/wallet/room.h"

namespace mica::wallet {

struct BlockSummary {
  ChainId chain_id;
  BlockHeight height;
  std::optional<AccountOwner> signer;
  std::vector<Operation> operations;
  uint32_t accepted_bundles = 0;
  uint32_t rejected_bundles = 0;
  MICA_FIELDS(BlockSummary, chain_id, height, signer, operations, accepted_bundles,
              rejected_bundles)
};

BlockSummary summarize(const ProposedBlock& block);

}  // namespace mica::wallet
