// What the host may ask of the Client, each with how it ends well. See client_io.h.
#pragma once

#include "core/app/client_values.h"
#include "core/app/room.h"

namespace mica::app {

// Each names how it ends well.
struct ClientCommand {
  // First of all. Another genesis than the store's gives NetworkReset.
  struct OpenNetwork {
    using Result = ClientResult::Network;
    std::string genesis_json;  // as a faucet's genesisConfig has it
    uint64_t entropy;          // seeds the jitter of back-off, nothing else
    MICA_FIELDS(OpenNetwork, genesis_json, entropy)
  };
  // Follow a chain from now on: synchronise, subscribe, and propose as `owner` if there is one.
  struct TrackChain {
    using Result = ClientResult::Nothing;
    ChainId chain_id;
    std::optional<AccountOwner> owner;
    bool allow_fast_blocks;  // propose in the fast round, where the owner is a super owner
    MICA_FIELDS(TrackChain, chain_id, owner, allow_fast_blocks)
  };
  struct ForgetChain {
    using Result = ClientResult::Nothing;
    ChainId chain_id;
    MICA_NEWTYPE(ForgetChain, chain_id)
  };
  struct ListChains {
    using Result = ClientResult::Chains;
    MICA_UNIT(ListChains)
  };
  struct Synchronize {
    using Result = ClientResult::Chains;
    ChainId chain_id;
    MICA_NEWTYPE(Synchronize, chain_id)
  };
  // Executes a block with these operations locally; nothing is signed or sent. The draft holds the
  // chain: no other block is made on it until the draft is committed or dropped.
  struct PrepareBlock {
    using Result = ClientResult::Draft;
    ChainId chain_id;
    std::vector<Operation> operations;
    std::vector<Bytes> blobs;  // contents of those that the operations publish
    bool receive_incoming;     // put the waiting bundles first
    MICA_FIELDS(PrepareBlock, chain_id, operations, blobs, receive_incoming)
  };
  // Signs (outputs Sign) and proposes what was prepared, until it is certified.
  struct CommitDraft {
    using Result = ClientResult::Committed;
    uint64_t draft_id;
    MICA_NEWTYPE(CommitDraft, draft_id)
  };
  struct DropDraft {
    using Result = ClientResult::Nothing;
    uint64_t draft_id;
    MICA_NEWTYPE(DropDraft, draft_id)
  };
  // Makes a block that nobody looks at: of accepted bundles and epoch operations only, with fees up
  // to the cap. Bundles that fail, do not fit or are not understood stay in the inbox, with what
  // their origins sent later (ChainSummary::waiting). NothingToDo: all that there is waits.
  struct ReceiveIncoming {
    using Result = ClientResult::Committed;
    ChainId chain_id;
    Amount fee_cap;
    MICA_FIELDS(ReceiveIncoming, chain_id, fee_cap)
  };
  // Goes on with the signed block of pending_height, in whatever round it takes.
  struct RetryPending {
    using Result = ClientResult::Committed;
    ChainId chain_id;
    MICA_NEWTYPE(RetryPending, chain_id)
  };
  // Asks an application's service about the chain as it is here. Nothing is signed or sent, and
  // nothing changes: the operations that the service schedules are the host's to propose.
  struct QueryApplication {
    using Result = ClientResult::Answer;
    ChainId chain_id;
    ApplicationId application_id;
    Bytes query;  // as the application takes it; by convention JSON of GraphQL
    MICA_FIELDS(QueryApplication, chain_id, application_id, query)
  };
  struct GetHistory {
    using Result = ClientResult::History;
    ChainId chain_id;
    std::optional<BlockHeight> below;  // none: from the tip
    uint32_t limit;
    MICA_FIELDS(GetHistory, chain_id, below, limit)
  };
  struct GetCertificate {
    using Result = ClientResult::Certificate;
    CryptoHash block_hash;
    MICA_NEWTYPE(GetCertificate, block_hash)
  };
  // Does the network have this chain? f + 1 validators must say yes, or a quorum no.
  struct CheckChain {
    using Result = ClientResult::Existence;
    ChainId chain_id;
    MICA_NEWTYPE(CheckChain, chain_id)
  };
  struct GetValidators {
    using Result = ClientResult::Validators;
    MICA_UNIT(GetValidators)
  };
  // The host's own small records (sites, requests, labels), durable with the chains.
  struct PutRecord {
    using Result = ClientResult::Nothing;
    std::string key;
    Bytes value;  // empty: removes it
    MICA_FIELDS(PutRecord, key, value)
  };
  struct ListRecords {
    using Result = ClientResult::Records;
    std::string prefix;
    MICA_NEWTYPE(ListRecords, prefix)
  };
  // Executes the signed block of pending_height again, to be seen and approved anew where the
  // signer has forgotten it: a Draft whose CommitDraft does what RetryPending does.
  struct ShowPending {
    using Result = ClientResult::Draft;
    ChainId chain_id;
    MICA_NEWTYPE(ShowPending, chain_id)
  };
  // Executes ChainSummary::locked, to be seen and approved: a Draft whose CommitDraft carries that
  // block on until it is certified. NothingToDo where there is none.
  struct ShowLocked {
    using Result = ClientResult::Draft;
    ChainId chain_id;
    MICA_NEWTYPE(ShowLocked, chain_id)
  };
  // Executes a block with these operations as the chain is here and keeps nothing: the chain stays
  // free for others.
  struct Estimate {
    using Result = ClientResult::Estimated;
    ChainId chain_id;
    std::vector<Operation> operations;
    std::vector<Bytes> blobs;  // contents of those that the operations publish
    MICA_FIELDS(Estimate, chain_id, operations, blobs)
  };
  // What was published under this hash; asked of validators where it is not stored here.
  struct ReadBlob {
    using Result = ClientResult::Blob;
    BlobId blob_id;
    MICA_NEWTYPE(ReadBlob, blob_id)
  };
  // Of a followed chain, from `start` on, as far as they are known here, at most `limit`.
  struct GetEvents {
    using Result = ClientResult::Events;
    ChainId chain_id;
    StreamId stream_id;
    uint32_t start;
    uint32_t limit;
    MICA_FIELDS(GetEvents, chain_id, stream_id, start, limit)
  };
  // Those that have state on this chain.
  struct ListApplications {
    using Result = ClientResult::Applications;
    ChainId chain_id;
    MICA_NEWTYPE(ListApplications, chain_id)
  };
  // TrackChain of many at once: they are compared some at a time, and one subscription has them
  // all. What goes wrong with one of them is its own.
  struct TrackChains {
    using Result = ClientResult::Tracked;
    std::vector<TrackChain> chains;
    MICA_NEWTYPE(TrackChains, chains)
  };
  std::variant<OpenNetwork, TrackChain, ForgetChain, ListChains, Synchronize, PrepareBlock,
               CommitDraft, DropDraft, ReceiveIncoming, RetryPending, GetHistory, GetCertificate,
               CheckChain, GetValidators, PutRecord, ListRecords, ShowPending, QueryApplication,
               Estimate, ReadBlob, GetEvents, ListApplications, ShowLocked, TrackChains>
      kind;
  MICA_ENUM(ClientCommand, kind)
};

}  // namespace mica::app
