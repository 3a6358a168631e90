#include "core/wallet/block_summary.h"

namespace mica::wallet {
namespace {

void add(BlockSummary& summary, const SystemOperation& operation) {
  if (const auto* transfer = std::get_if<SystemOperation::Transfer>(&operation.kind)) {
    summary.transfers.push_back({transfer->owner, transfer->recipient, transfer->amount});
    return;
  }
  summary.other_operations.push_back(std::visit(
      [](const auto& other) { return std::string(std::decay_t<decltype(other)>::kTypeName); },
      operation.kind));
}

void add(BlockSummary& summary, const Operation& operation) {
  if (const auto* system = std::get_if<Operation::System>(&operation.kind)) {
    return add(summary, system->operation);
  }
  const auto& user = std::get<Operation::User>(operation.kind);
  summary.other_operations.push_back("User " + to_hex(encode(user.application_id)));
}

}  // namespace

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
      add(summary, std::get<Transaction::ExecuteOperation>(transaction.kind).operation);
    }
  }
  return summary;
}

}  // namespace mica::wallet
