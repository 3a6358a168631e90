#include "core/app/effects.h"

namespace mica::app {
namespace {

bool contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

template <class T>
std::vector<T> joined(const std::vector<std::vector<T>>& lists) {
  std::vector<T> out;
  for (const std::vector<T>& list : lists) out.insert(out.end(), list.begin(), list.end());
  return out;
}

}  // namespace

// By upstream's texts, which are ours too. linera-execution/src/lib.rs, ExecutionError
Failure failure_of(const NodeError& error) {
  FailureCode code = FailureCode::ExecutionFailed;
  const std::string message = error.message();
  if (contains(message, "balance") || contains(message, "Fee") || contains(message, "unding")) {
    code = FailureCode::InsufficientBalance;
  } else if (contains(message, "must be an owner") || contains(message, "nauthorized") ||
             contains(message, "nauthenticated")) {
    code = FailureCode::NotOwner;
  } else if (contains(message, "not supported")) {
    code = FailureCode::Unsupported;
  } else if (error.as<NodeError::ClientIoError>()) {
    code = FailureCode::StorageFailed;
  } else if (error.as<NodeError::InactiveChain>()) {
    code = FailureCode::UnknownChain;
  }
  return {code, message, MoneyState::Untouched};
}

Effects effects_of(const StagedBlock& staged) {
  const BlockBody& body = staged.block.body;
  Effects out;
  out.block = staged.proposed;
  out.block_hash = staged.hash;
  out.balances = staged.balances;
  out.fees = staged.fees;
  out.messages = joined(body.messages);
  for (const BlobContent& blob : joined(body.blobs)) {
    const CryptoHash hash = blob.id().hash;
    if (blob.blob_type == BlobType::ChainDescription) out.opened_chains.push_back({hash});
    if (blob.blob_type == BlobType::ApplicationDescription) {
      out.created_applications.push_back({hash});
    }
  }
  for (const BlobId& id : staged.proposed.published_blob_ids()) out.published_blobs.push_back(id);
  out.events = joined(body.events);
  out.oracle_responses = joined(body.oracle_responses);
  out.operation_results = body.operation_results;
  return out;
}

}  // namespace mica::app
