// Everything that crosses the boundary of the Client: BCS of ClientInput inward, of ClientOutput
// outward. TypeScript's types and codecs are generated from these lists.
//
// The contract: after every handle(), poll() until there is nothing more, before the next handle().
#pragma once

#include "core/app/client_values.h"
#include "core/app/http_io.h"
#include "core/app/room.h"

namespace mica::app {

// --- inward ---------------------------------------------------------------------------------

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
  // Does any validator know this chain? A quorum must say no before the answer is no.
  struct CheckChain {
    using Result = ClientResult::Exists;
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
  std::variant<OpenNetwork, TrackChain, ForgetChain, ListChains, Synchronize, PrepareBlock,
               CommitDraft, DropDraft, ReceiveIncoming, RetryPending, GetHistory, GetCertificate,
               CheckChain, GetValidators, PutRecord, ListRecords, ShowPending, QueryApplication,
               Estimate, ReadBlob, GetEvents, ListApplications>
      kind;
  MICA_ENUM(ClientCommand, kind)
};

struct ClientEvent {
  struct Tick {  // a WakeAt has come, or just now moved on
    MICA_UNIT(Tick)
  };
  struct Command {
    uint64_t command_id;
    ClientCommand command;
    MICA_FIELDS(Command, command_id, command)
  };
  // Answer to Send: the whole HTTP body. A status header, if the host saw one, counts before the
  // body's trailers.
  struct Reply {
    uint64_t request_id;
    uint16_t http_status;
    std::optional<uint32_t> grpc_status;
    std::string grpc_message;
    Bytes body;
    MICA_FIELDS(Reply, request_id, http_status, grpc_status, grpc_message, body)
  };
  struct SendFailed {  // no answer: refused, cut, or the timeout passed
    uint64_t request_id;
    std::string reason;
    MICA_FIELDS(SendFailed, request_id, reason)
  };
  // Bytes of a subscription, in order, cut anywhere: gRPC-Web frames.
  struct StreamData {
    uint64_t stream_id;
    Bytes bytes;
    MICA_FIELDS(StreamData, stream_id, bytes)
  };
  struct StreamClosed {
    uint64_t stream_id;
    std::string reason;
    MICA_FIELDS(StreamClosed, stream_id, reason)
  };
  struct Signed {
    uint64_t sign_id;
    AccountSignature signature;
    MICA_FIELDS(Signed, sign_id, signature)
  };
  struct SignFailed {
    uint64_t sign_id;
    Failure failure;
    MICA_FIELDS(SignFailed, sign_id, failure)
  };
  struct Flushed {
    uint64_t commit_id;
    MICA_NEWTYPE(Flushed, commit_id)
  };
  struct FlushFailed {  // nothing that waited for it will be sent
    uint64_t commit_id;
    Failure failure;
    MICA_FIELDS(FlushFailed, commit_id, failure)
  };
  struct Loaded {  // the file is mounted; `ok` false: it cannot be had
    std::string file;
    bool ok;
    MICA_FIELDS(Loaded, file, ok)
  };
  // Answers to HttpRequest.
  using HttpResponse = HttpIo::HttpResponse;
  using HttpFailed = HttpIo::HttpFailed;
  // The host believes that the network is back: retry now instead of at the next WakeAt.
  struct Online {
    MICA_UNIT(Online)
  };
  std::variant<Tick, Command, Reply, SendFailed, StreamData, StreamClosed, Signed, SignFailed,
               Flushed, FlushFailed, Loaded, Online, HttpResponse, HttpFailed>
      kind;
  MICA_ENUM(ClientEvent, kind)
};

struct ClientInput {
  Timestamp now;
  ClientEvent event;
  MICA_FIELDS(ClientInput, now, event)
};

// --- outward --------------------------------------------------------------------------------

struct ClientOutput {
  struct Send {  // POST body to url; content-type and x-grpc-web as gRPC-Web has them
    uint64_t request_id;
    std::string url;  // http(s)://host:port/rpc.v1.ValidatorNode/Method
    Bytes body;
    uint32_t timeout_ms;
    MICA_FIELDS(Send, request_id, url, body, timeout_ms)
  };
  // Server stream: by WebSocket (sub-protocol grpc-websockets) where the validator has it, else by
  // fetch. `body` is the request's gRPC-Web frame.
  struct OpenStream {
    uint64_t stream_id;
    std::string url;
    Bytes body;
    MICA_FIELDS(OpenStream, stream_id, url, body)
  };
  struct CloseStream {
    uint64_t stream_id;
    MICA_NEWTYPE(CloseStream, stream_id)
  };
  struct WakeAt {  // replaces the one before
    Timestamp time;
    MICA_NEWTYPE(WakeAt, time)
  };
  struct Sign {
    uint64_t sign_id;
    AccountOwner owner;
    Bytes content;   // BCS of the ProposalContent
    bool receiving;  // of the class that needs no window
    MICA_FIELDS(Sign, sign_id, owner, content, receiving)
  };
  struct Flush {
    uint64_t commit_id;
    MICA_NEWTYPE(Flush, commit_id)
  };
  struct Load {
    std::string file;
    MICA_NEWTYPE(Load, file)
  };
  struct Done {
    uint64_t command_id;
    ClientResult result;
    MICA_FIELDS(Done, command_id, result)
  };
  struct Failed {
    uint64_t command_id;
    Failure failure;
    MICA_FIELDS(Failed, command_id, failure)
  };
  struct ChainChanged {
    ChainSummary chain;
    MICA_NEWTYPE(ChainChanged, chain)
  };
  struct BlockChanged {  // of a chain that this wallet owns
    ChainId chain_id;
    BlockHeight height;
    CryptoHash hash;
    BlockState state;
    MICA_FIELDS(BlockChanged, chain_id, height, hash, state)
  };
  struct DraftChanged {  // the height or the effects moved under an open draft: show and ask again
    uint64_t draft_id;
    Effects effects;
    MICA_FIELDS(DraftChanged, draft_id, effects)
  };
  struct ValidatorChanged {
    ValidatorHealth validator;
    MICA_NEWTYPE(ValidatorChanged, validator)
  };
  struct Log {  // for a developer; never a secret
    std::string text;
    MICA_NEWTYPE(Log, text)
  };
  using HttpRequest = HttpIo::HttpRequest;
  std::variant<Send, OpenStream, CloseStream, WakeAt, Sign, Flush, Load, Done, Failed, ChainChanged,
               BlockChanged, DraftChanged, ValidatorChanged, Log, HttpRequest>
      kind;
  MICA_ENUM(ClientOutput, kind)
};

}  // namespace mica::app
