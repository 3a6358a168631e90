#include "core/app/effects.h"

namespace mica::app {
namespace {

template <class T>
std::vector<T> joined(const std::vector<std::vector<T>>& lists) {
  std::vector<T> out;
  for (const std::vector<T>& list : lists) out.insert(out.end(), list.begin(), list.end());
  return out;
}

std::vector<OracleAnswer> oracle_answers(const std::vector<std::vector<OracleResponse>>& responses,
                                         const Answers& answers) {
  std::vector<OracleAnswer> out;
  for (uint32_t transaction = 0; transaction < responses.size(); ++transaction) {
    for (uint32_t position = 0; position < responses[transaction].size(); ++position) {
      OracleAnswer answer{responses[transaction][position], std::nullopt};
      if (const HttpRequest* request = answers.request_at(transaction, position)) {
        answer.asked = {request->method, request->url};
      }
      out.push_back(std::move(answer));
    }
  }
  return out;
}

// None: what the node says of it tells more.
std::optional<FailureCode> code_of(const ExecutionError& cause) {
  using Kind = ExecutionError::Kind;
  switch (cause.kind) {
    case Kind::kFunding:
      return FailureCode::InsufficientBalance;
    case Kind::kUnauthorized:
      return FailureCode::NotOwner;
    case Kind::kUnsupported:
      return FailureCode::Unsupported;
    case Kind::kFailed:
    case Kind::kLimit:
    case Kind::kTransient:
    case Kind::kUnanswered:
      return std::nullopt;
  }
  return std::nullopt;
}

FailureCode code_of(const NodeError& error, const std::optional<ExecutionError>& cause) {
  if (const auto code = cause ? code_of(*cause) : std::nullopt) return *code;
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

Effects effects_of(const StagedBlock& staged, const Answers& answers) {
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
  out.oracle_answers = oracle_answers(body.oracle_responses, answers);
  out.operation_results = body.operation_results;
  return out;
}

}  // namespace mica::app
