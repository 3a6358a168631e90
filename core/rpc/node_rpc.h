// The ValidatorNode service in bytes, for both ends: a NodeRequest becomes the method's name and
// the body of one POST, a NodeResponse the body that answers it. linera-rpc/src/grpc/client.rs
#pragma once

#include "core/rpc/frames.h"
#include "core/rpc/room.h"
#include "core/types/node_service.h"

namespace mica::rpc {

struct RpcCall {
  std::string method;  // POST base_url + kServicePath + method
  Bytes body;          // one gRPC-Web message frame
};
inline constexpr std::string_view kServicePath = "/rpc.v1.ValidatorNode/";

// --- the client's end ---
RpcCall encode_request(const NodeRequest& request);
// What the host got for `asked`. A NodeError that the validator sent, a gRPC status (as
// NodeResponse::Status), or GrpcError / InvalidDecoding for an answer that is no answer.
NodeResult<NodeResponse> decode_response(const NodeRequest& asked, uint16_t http_status,
                                         std::optional<uint32_t> grpc_status,
                                         const std::string& grpc_message, ByteSpan body);
RpcCall encode_subscribe(const std::vector<ChainId>& chain_ids);

// Reads the stream that answers a subscription.
class NotificationReader {
 public:
  Status feed(ByteSpan bytes);  // an error ends the stream for good
  std::optional<Notification> next();
  // The empty first notification arrived: the validator has the subscription.
  bool acknowledged() const { return acknowledged_; }
  const std::optional<GrpcStatus>& ended() const { return frames_.status(); }

 private:
  FrameReader frames_;
  std::deque<Notification> ready_;
  bool acknowledged_ = false;
};

// "grpc:host:port" gives "http://host:port", "grpcs:…" gives https; nothing else is an address.
// linera-rpc/src/config.rs
Result<std::string> base_url(std::string_view network_address);

// --- the validator's end ---
// kUnsupported: no such method (gRPC 12); anything else: a malformed request (gRPC 3).
Result<NodeRequest> decode_request(std::string_view method, ByteSpan body);
Result<std::vector<ChainId>> decode_subscribe(ByteSpan body);
struct RpcAnswer {
  GrpcStatus status;
  Bytes body;  // message and trailer frames; empty unless the status is 0
};
RpcAnswer encode_response(const NodeRequest& asked, const NodeResponse& response);
Bytes encode_notification(const Notification& notification);  // a frame
Bytes subscription_acknowledged();                            // the empty first one

}  // namespace mica::rpc
