// Everything that crosses the boundary of the Client: BCS of ClientInput inward, of ClientOutput
// outward. TypeScript's types and codecs are generated from these lists.
//
// The contract: after every handle(), poll() until there is nothing more, before the next handle().
#pragma once

#include "core/app/client_commands.h"
#include "core/app/http_io.h"
#include "core/app/room.h"

namespace mica::app {

// --- inward ---------------------------------------------------------------------------------

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
