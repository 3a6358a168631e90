#include "core/app/effects.h"

namespace mica::app {
namespace {

template <class T>
std::vector<T> joined(const std::vector<std::vector<T>>& lists) {
  std::vector<T> out;
  for (const std::vector<T>& list : lists) out.insert(out.end(), list.begin(), list.end());
  return out;
}

FailureCode code_of(const NodeError& error, const std::optional<ExecutionError>& cause) {
  using Kind = ExecutionError::Kind;
  if (cause && cause->kind == Kind::kFunding) return FailureCode::InsufficientBalance;
  if (cause && cause->kind == Kind::kUnauthorized) return FailureCode::NotOwner;
  if (cause && cause->kind == Kind::kUnsupported) return FailureCode::Unsupported;
  if (error.as<NodeError::ClientIoError>()) return FailureCode::StorageFailed;
  if (error.as<NodeError::InactiveChain>()) return FailureCode::UnknownChain;
  return FailureCode::ExecutionFailed;
}

}  // namespace

Failure failure_of(const NodeError& error, const std::optional<ExecutionError>& cause) {
  Failure failure{code_of(error, cause), error.message(), MoneyState::Untouched};
  if (cause && cause->shortfall) failure.detail.kind = *cause->shortfall;
  return failure;
}

Effects effects_of(const StagedBlock& staged) {
  const BlockBody& body = staged.block.body;
  Effects out;
  out.block = staged.proposed;
  if (staged.block.has_state_hash()) out.block_hash = staged.hash;
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
