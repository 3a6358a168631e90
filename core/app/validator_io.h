// Everything that crosses the boundary of the Validator: BCS of ValidatorInput inward, of
// ValidatorOutput outward. The host owns the HTTP server and frames; the core owns their meaning.
#pragma once

#include "core/app/client_io.h"
#include "core/app/room.h"

namespace mica::app {

MICA_CHOICE(PricePreset, None, Testnet)

struct GenesisChain {
  AccountOwner owner;
  Amount balance;
  MICA_FIELDS(GenesisChain, owner, balance)
};

struct GenesisSpec {
  std::vector<std::pair<ValidatorPublicKey, ValidatorState>> validators;
  PricePreset prices{};
  // FLAG_ZERO_HASH.linera.network and its like, among the hosts that applications may ask.
  std::set<std::string> flags;
  std::vector<GenesisChain> chains;  // root chains 0, 1, …; the first is the admin chain
  Timestamp timestamp;
  std::string network_name;
  MICA_FIELDS(GenesisSpec, validators, prices, flags, chains, timestamp, network_name)
};

struct ValidatorEvent {
  struct Tick {
    MICA_UNIT(Tick)
  };
  // The validator's keys, made once from 64 bytes of entropy and kept in its store.
  struct Create {
    Bytes entropy;
    MICA_NEWTYPE(Create, entropy)
  };
  struct MakeGenesis {  // a pure function, for the host that sets up a network
    GenesisSpec spec;
    MICA_NEWTYPE(MakeGenesis, spec)
  };
  struct Open {
    std::string genesis_json;
    MICA_NEWTYPE(Open, genesis_json)
  };
  struct Request {  // one HTTP request: path's last part, and the body's gRPC-Web frames
    uint64_t request_id;
    std::string method;
    Bytes body;
    MICA_FIELDS(Request, request_id, method, body)
  };
  struct OpenStream {  // Subscribe
    uint64_t stream_id;
    std::string method;
    Bytes body;
    MICA_FIELDS(OpenStream, stream_id, method, body)
  };
  struct CloseStream {
    uint64_t stream_id;
    MICA_NEWTYPE(CloseStream, stream_id)
  };
  struct Flushed {
    uint64_t commit_id;
    MICA_NEWTYPE(Flushed, commit_id)
  };
  struct FlushFailed {
    uint64_t commit_id;
    Failure failure;
    MICA_FIELDS(FlushFailed, commit_id, failure)
  };
  struct Loaded {
    std::string file;
    bool ok;
    MICA_FIELDS(Loaded, file, ok)
  };
  // Answers to HttpRequest.
  using HttpResponse = HttpIo::HttpResponse;
  using HttpFailed = HttpIo::HttpFailed;
  std::variant<Tick, Create, MakeGenesis, Open, Request, OpenStream, CloseStream, Flushed,
               FlushFailed, Loaded, HttpResponse, HttpFailed>
      kind;
  MICA_ENUM(ValidatorEvent, kind)
};

struct ValidatorInput {
  Timestamp now;
  ValidatorEvent event;
  MICA_FIELDS(ValidatorInput, now, event)
};

struct ValidatorOutput {
  struct Created {
    ValidatorPublicKey public_key;
    AccountPublicKey account_public_key;
    MICA_FIELDS(Created, public_key, account_public_key)
  };
  struct Genesis {
    std::string genesis_json;
    MICA_NEWTYPE(Genesis, genesis_json)
  };
  struct Opened {
    NetworkDescription description;
    MICA_NEWTYPE(Opened, description)
  };
  // grpc_status 0: `body` is the message frame and the trailer frame. Otherwise status and message
  // go into the response's headers and the body is empty.
  struct Respond {
    uint64_t request_id;
    uint32_t grpc_status;
    std::string grpc_message;
    Bytes body;
    MICA_FIELDS(Respond, request_id, grpc_status, grpc_message, body)
  };
  struct StreamData {  // gRPC-Web frames
    uint64_t stream_id;
    Bytes bytes;
    MICA_FIELDS(StreamData, stream_id, bytes)
  };
  struct StreamEnd {
    uint64_t stream_id;
    uint32_t grpc_status;
    std::string grpc_message;
    MICA_FIELDS(StreamEnd, stream_id, grpc_status, grpc_message)
  };
  struct WakeAt {
    Timestamp time;
    MICA_NEWTYPE(WakeAt, time)
  };
  struct Flush {
    uint64_t commit_id;
    MICA_NEWTYPE(Flush, commit_id)
  };
  struct Load {
    std::string file;
    MICA_NEWTYPE(Load, file)
  };
  struct Failed {  // Create, MakeGenesis or Open did not work
    Failure failure;
    MICA_NEWTYPE(Failed, failure)
  };
  struct Log {
    std::string text;
    MICA_NEWTYPE(Log, text)
  };
  using HttpRequest = HttpIo::HttpRequest;
  std::variant<Created, Genesis, Opened, Respond, StreamData, StreamEnd, WakeAt, Flush, Load,
               Failed, Log, HttpRequest>
      kind;
  MICA_ENUM(ValidatorOutput, kind)
};

}  // namespace mica::app
