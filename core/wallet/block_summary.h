// What a proposed block would do, as the vault reads it: for the window that shows the engine's
// word of it to compare.
#pragma once

#include <string>

#include "core/types/block.h"
#include "core/wallet/room.h"

namespace mica::wallet {

struct TransferSummary {
  AccountOwner source;  // AccountOwner::chain(): the chain's own balance
  Account recipient;
  Amount amount;
  MICA_FIELDS(TransferSummary, source, recipient, amount)
};

struct BlockSummary {
  ChainId chain_id;
  BlockHeight height;
  std::optional<AccountOwner> signer;
  std::vector<TransferSummary> transfers;
  // Of everything else its name, as in "OpenChain"; of applications "User <application id>".
  std::vector<std::string> other_operations;
  uint32_t accepted_bundles = 0;
  uint32_t rejected_bundles = 0;
  MICA_FIELDS(BlockSummary, chain_id, height, signer, transfers, other_operations, accepted_bundles,
              rejected_bundles)
};

BlockSummary summarize(const ProposedBlock& block);

}  // namespace mica::wallet
