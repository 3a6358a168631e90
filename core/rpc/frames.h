// gRPC-Web frames: a flag byte, four bytes of length (big endian), the payload. Flag 0 is a
// message, 0x80 the trailers. Over WebSocket the server's frames are the same bytes, one or more a
// message. PROTOCOL-WEB.md of grpc/grpc; sub-protocol grpc-websockets of improbable-eng/grpc-web.
#pragma once

#include <deque>

#include "core/base/bytes.h"
#include "core/base/limits.h"
#include "core/rpc/room.h"

namespace mica::rpc {

struct GrpcStatus {
  uint32_t code = 0;
  std::string message;
};

Bytes message_frame(ByteSpan message);
Bytes trailer_frame(const GrpcStatus& status);

// Cuts a stream of bytes into frames; a refused byte ends the stream for good. Of what nobody took
// yet it keeps at most kMaxStreamFrames messages of kMaxStreamKeptBytes, and one frame unfinished.
class FrameReader {
 public:
  Status feed(ByteSpan bytes);
  std::optional<Bytes> next_message();
  // Set once trailers arrived.
  const std::optional<GrpcStatus>& status() const { return status_; }

 private:
  Bytes pending_;
  std::deque<Bytes> messages_;
  size_t kept_bytes_ = 0;  // of messages_
  std::optional<GrpcStatus> status_;
};

// At most one message, which lies in the body, and, if the host saw no status header, its trailers.
struct UnaryBody {
  std::optional<ByteSpan> message;
  std::optional<GrpcStatus> status;
};
Result<UnaryBody> read_unary(ByteSpan body);

}  // namespace mica::rpc
