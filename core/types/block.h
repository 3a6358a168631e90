// Blocks: as proposed, and with the outcome of their execution.
// linera-chain/src/{block,data_types/mod}.rs
#pragma once

#include "core/types/operation.h"
#include "core/types/room.h"

namespace mica::types {

struct MessageBundle {
  BlockHeight height;
  Timestamp timestamp;
  CryptoHash certificate_hash;  // the sender's block hash
  uint32_t transaction_index = 0;
  std::vector<PostedMessage> messages;
  MICA_FIELDS(MessageBundle, height, timestamp, certificate_hash, transaction_index, messages)
  bool is_skippable() const;
};

MICA_CHOICE(MessageAction, Accept, Reject)

struct IncomingBundle {
  ChainId origin;
  MessageBundle bundle;
  MessageAction action{};
  MICA_FIELDS(IncomingBundle, origin, bundle, action)
};

struct Transaction {
  struct ReceiveMessages {
    IncomingBundle bundle;
    MICA_NEWTYPE(ReceiveMessages, bundle)
  };
  struct ExecuteOperation {
    Operation operation;
    MICA_NEWTYPE(ExecuteOperation, operation)
  };
  std::variant<ReceiveMessages, ExecuteOperation> kind;
  MICA_ENUM(Transaction, kind)
};

// Blobs that must come with a block of this operation. linera-execution/src/lib.rs
std::set<BlobId> published_blob_ids(const Operation& operation);

struct ProposedBlock {
  ChainId chain_id;
  Epoch epoch;
  std::vector<Transaction> transactions;
  BlockHeight height;
  Timestamp timestamp;
  std::optional<AccountOwner> authenticated_signer;
  std::optional<CryptoHash> previous_block_hash;
  MICA_FIELDS(ProposedBlock, chain_id, epoch, transactions, height, timestamp, authenticated_signer,
              previous_block_hash)
  // Blobs that the block's operations publish.
  std::set<BlobId> published_blob_ids() const;
};

struct Header {
  std::string name;
  Bytes value;
  MICA_FIELDS(Header, name, value)
};
struct Response {  // of an HTTP request made as an oracle
  uint16_t status = 0;
  std::vector<Header> headers;
  Bytes body;
  MICA_FIELDS(Response, status, headers, body)
};

struct OracleResponse {
  struct Service {
    Bytes bytes;
    MICA_NEWTYPE(Service, bytes)
  };
  struct Http {
    Response response;
    MICA_NEWTYPE(Http, response)
  };
  struct Blob {
    BlobId blob_id;
    MICA_NEWTYPE(Blob, blob_id)
  };
  struct Assert {
    MICA_UNIT(Assert)
  };
  struct Round {
    std::optional<uint32_t> round;
    MICA_NEWTYPE(Round, round)
  };
  struct Event {
    EventId event_id;
    Bytes value;
    MICA_TUPLE(Event, event_id, value)
  };
  struct EventExists {
    EventId event_id;
    MICA_NEWTYPE(EventExists, event_id)
  };
  std::variant<Service, Http, Blob, Assert, Round, Event, EventExists> kind;
  MICA_ENUM(OracleResponse, kind)
};

struct OperationResult {
  Bytes bytes;
  MICA_NEWTYPE(OperationResult, bytes)
};

using PreviousMessageBlocks = std::map<ChainId, std::pair<CryptoHash, BlockHeight>>;
using PreviousEventBlocks = std::map<StreamId, std::pair<CryptoHash, BlockHeight>>;

// One list per transaction in messages, oracle_responses, events and blobs; one result per
// operation.
struct BlockExecutionOutcome {
  std::vector<std::vector<OutgoingMessage>> messages;
  PreviousMessageBlocks previous_message_blocks;
  PreviousEventBlocks previous_event_blocks;
  CryptoHash state_hash;
  std::vector<std::vector<OracleResponse>> oracle_responses;
  std::vector<std::vector<Event>> events;
  std::vector<std::vector<BlobContent>> blobs;  // created, not published
  std::vector<OperationResult> operation_results;
  MICA_FIELDS(BlockExecutionOutcome, messages, previous_message_blocks, previous_event_blocks,
              state_hash, oracle_responses, events, blobs, operation_results)
};

// Stands for a state hash that only validators know: of a block that was executed here under
// FLAG_HISTORICAL_HASH, and is not certified yet. It is never sent.
inline CryptoHash unknown_state_hash() {
  CryptoHash unknown;
  unknown.bytes.fill(0xff);
  return unknown;
}

struct BlockHeader {
  ChainId chain_id;
  Epoch epoch;
  BlockHeight height;
  Timestamp timestamp;
  CryptoHash state_hash;
  std::optional<CryptoHash> previous_block_hash;
  std::optional<AccountOwner> authenticated_signer;
  MICA_FIELDS(BlockHeader, chain_id, epoch, height, timestamp, state_hash, previous_block_hash,
              authenticated_signer)
};

struct BlockBody {
  std::vector<Transaction> transactions;
  std::vector<std::vector<OutgoingMessage>> messages;
  PreviousMessageBlocks previous_message_blocks;
  PreviousEventBlocks previous_event_blocks;
  std::vector<std::vector<OracleResponse>> oracle_responses;
  std::vector<std::vector<Event>> events;
  std::vector<std::vector<BlobContent>> blobs;
  std::vector<OperationResult> operation_results;
  MICA_FIELDS(BlockBody, transactions, messages, previous_message_blocks, previous_event_blocks,
              oracle_responses, events, blobs, operation_results)
};

// hash_of(block) is the block hash, for validated and confirmed blocks alike.
struct Block {
  BlockHeader header;
  BlockBody body;
  MICA_FIELDS(Block, header, body)

  static Block assemble(ProposedBlock proposed, BlockExecutionOutcome outcome);
  ProposedBlock proposed() const;
  bool has_state_hash() const { return header.state_hash != unknown_state_hash(); }
  Block with_state_hash(const CryptoHash& hash) const;
  BlockExecutionOutcome outcome() const;
  // One bundle per transaction with a message for `recipient`; `hash` is this block's.
  std::vector<MessageBundle> bundles_for(const ChainId& recipient, const CryptoHash& hash) const;
  std::set<ChainId> recipients() const;
  std::set<BlobId> created_blob_ids() const;
  // Oracle blobs, published and created blobs, and at height 0 the chain's description:
  // what a node must hold before it may execute the block. linera-chain/src/block.rs
  std::set<BlobId> required_blob_ids() const;
  std::set<BlobId> oracle_blob_ids() const;
  // What execution learnt from outside; a fast block must not have any.
  bool has_oracle_responses() const;
};

}  // namespace mica::types

MICA_CODEC_ELSEWHERE(::mica::types::MessageBundle)
MICA_CODEC_ELSEWHERE(::mica::types::IncomingBundle)
MICA_CODEC_ELSEWHERE(::mica::types::Transaction)
MICA_CODEC_ELSEWHERE(::mica::types::ProposedBlock)
MICA_CODEC_ELSEWHERE(::mica::types::OracleResponse)
MICA_CODEC_ELSEWHERE(::mica::types::BlockExecutionOutcome)
MICA_CODEC_ELSEWHERE(::mica::types::Block)
