#include "core/types/block.h"

namespace mica::types {

bool MessageBundle::is_skippable() const {
  return std::all_of(messages.begin(), messages.end(),
                     [](const PostedMessage& message) { return message.is_skippable(); });
}

std::set<BlobId> published_blob_ids(const Operation& operation) {
  auto* system = std::get_if<Operation::System>(&operation.kind);
  if (!system) return {};
  const auto& kind = system->operation.kind;
  if (auto* data = std::get_if<SystemOperation::PublishDataBlob>(&kind)) {
    return {{BlobType::Data, data->blob_hash}};
  }
  if (auto* module = std::get_if<SystemOperation::PublishModule>(&kind)) {
    const std::vector<BlobId> ids = module->module_id.blob_ids();
    return {ids.begin(), ids.end()};
  }
  if (auto* admin = std::get_if<SystemOperation::Admin>(&kind)) {
    using Publish = AdminOperation::PublishCommitteeBlob;
    if (auto* publish = std::get_if<Publish>(&admin->operation.kind)) {
      return {{BlobType::Committee, publish->blob_hash}};
    }
  }
  return {};
}

std::set<BlobId> ProposedBlock::published_blob_ids() const {
  std::set<BlobId> out;
  for (const Transaction& transaction : transactions) {
    auto* execute = std::get_if<Transaction::ExecuteOperation>(&transaction.kind);
    if (execute) out.merge(types::published_blob_ids(execute->operation));
  }
  return out;
}

Block Block::assemble(ProposedBlock proposed, BlockExecutionOutcome outcome) {
  return Block{
      .header = {.chain_id = proposed.chain_id,
                 .epoch = proposed.epoch,
                 .height = proposed.height,
                 .timestamp = proposed.timestamp,
                 .state_hash = outcome.state_hash,
                 .previous_block_hash = proposed.previous_block_hash,
                 .authenticated_signer = proposed.authenticated_signer},
      .body = {.transactions = std::move(proposed.transactions),
               .messages = std::move(outcome.messages),
               .previous_message_blocks = std::move(outcome.previous_message_blocks),
               .previous_event_blocks = std::move(outcome.previous_event_blocks),
               .oracle_responses = std::move(outcome.oracle_responses),
               .events = std::move(outcome.events),
               .blobs = std::move(outcome.blobs),
               .operation_results = std::move(outcome.operation_results)},
  };
}

ProposedBlock Block::proposed() const {
  return ProposedBlock{.chain_id = header.chain_id,
                       .epoch = header.epoch,
                       .transactions = body.transactions,
                       .height = header.height,
                       .timestamp = header.timestamp,
                       .authenticated_signer = header.authenticated_signer,
                       .previous_block_hash = header.previous_block_hash};
}

BlockExecutionOutcome Block::outcome() const {
  return BlockExecutionOutcome{.messages = body.messages,
                               .previous_message_blocks = body.previous_message_blocks,
                               .previous_event_blocks = body.previous_event_blocks,
                               .state_hash = header.state_hash,
                               .oracle_responses = body.oracle_responses,
                               .events = body.events,
                               .blobs = body.blobs,
                               .operation_results = body.operation_results};
}

std::vector<MessageBundle> Block::bundles_for(const ChainId& recipient,
                                              const CryptoHash& hash) const {
  std::vector<MessageBundle> out;
  uint32_t index = 0;
  for (size_t i = 0; i < body.messages.size(); ++i) {
    MessageBundle bundle{.height = header.height,
                         .timestamp = header.timestamp,
                         .certificate_hash = hash,
                         .transaction_index = static_cast<uint32_t>(i),
                         .messages = {}};
    for (const OutgoingMessage& sent : body.messages[i]) {
      uint32_t position = index++;
      if (sent.destination != recipient) continue;
      bundle.messages.push_back({.authenticated_signer = sent.authenticated_signer,
                                 .grant = sent.grant,
                                 .refund_grant_to = sent.refund_grant_to,
                                 .kind = sent.kind,
                                 .index = position,
                                 .message = sent.message});
    }
    if (!bundle.messages.empty()) out.push_back(std::move(bundle));
  }
  return out;
}

Block Block::with_state_hash(const CryptoHash& hash) const {
  Block block = *this;
  block.header.state_hash = hash;
  return block;
}

std::set<ChainId> Block::recipients() const {
  std::set<ChainId> out;
  for (const auto& sent : body.messages) {
    for (const OutgoingMessage& message : sent) out.insert(message.destination);
  }
  return out;
}

std::set<BlobId> Block::created_blob_ids() const {
  std::set<BlobId> out;
  for (const auto& created : body.blobs) {
    for (const BlobContent& blob : created) out.insert(blob.id());
  }
  return out;
}

std::set<BlobId> Block::oracle_blob_ids() const {
  std::set<BlobId> out;
  for (const auto& responses : body.oracle_responses) {
    for (const OracleResponse& response : responses) {
      if (auto* blob = std::get_if<OracleResponse::Blob>(&response.kind)) out.insert(blob->blob_id);
    }
  }
  return out;
}

bool Block::has_oracle_responses() const {
  for (const auto& responses : body.oracle_responses) {
    if (!responses.empty()) return true;
  }
  return false;
}

std::set<BlobId> Block::required_blob_ids() const {
  std::set<BlobId> out = oracle_blob_ids();
  out.merge(proposed().published_blob_ids());
  out.merge(created_blob_ids());
  if (header.height.height == 0) out.insert(description_blob_id(header.chain_id));
  return out;
}

}  // namespace mica::types
