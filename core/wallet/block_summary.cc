#include "core/wallet/block_summary.h"

namespace mica::wallet {
BlockSummary summarize(const ProposedBlock& block) {
  BlockSummary summary;
  summary.chain_id = block.chain_id;
  summary.height = block.height;
  summary.signer = block.authenticated_signer;
  for (const auto& transaction : block.transactions) {
    if (const auto* received = std::get_if<Transaction::ReceiveMessages>(&transaction.kind)) {
      bool accepted = received->bundle.action == MessageAction::Accept;
      ++(accepted ? summary.accepted_bundles : summary.rejected_bundles);
    } else {
      const auto& executed = std::get<Transaction::ExecuteOperation>(transaction.kind);
      summary.operations.push_back(executed.operation);
    }
  }
  return summary;
}

}  // namespace mica::wallet
