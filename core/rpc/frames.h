// gRPC-Web frames: a flag byte, four bytes of length (big endian), the payload. Flag 0 is a
// message, 0x80 the trailers. Over WebSocket the server's frames are the same bytes, one or more a
// message. PROTOCOL-WEB.md of grpc/grpc; sub-protocol grpc-websockets of improbable-eng/grpc-web.
#pragma once

#include <deque>

#include "core/base/bytes.h"

namespace mica {

// Upstream's limit for one message, both ways. linera-rpc/src/grpc/mod.rs
inline constexpr size_t kMaxMessageBytes = 16 * 1024 * 1024;

struct GrpcStatus {
  uint32_t code = 0;
  std::string message;
};

Bytes message_frame(ByteSpan message);
Bytes trailer_frame(const GrpcStatus& status);

// Cuts a stream of bytes into frames; a refused byte ends the stream for good.
class FrameReader {
 public:
  Status feed(ByteSpan bytes);
  std::optional<Bytes> next_message();
  // Set once trailers arrived.
  const std::optional<GrpcStatus>& status() const { return status_; }
  bool mid_frame() const { return !pending_.empty(); }

 private:
  Status take_frame(uint8_t flag, ByteSpan payload);
  Bytes pending_;
  std::deque<Bytes> messages_;
  std::optional<GrpcStatus> status_;
};

// Exactly one message and, if the host saw no status header, its trailers.
struct UnaryBody {
  std::optional<Bytes> message;
  std::optional<GrpcStatus> status;
};
Result<UnaryBody> read_unary(ByteSpan body);

}  // namespace mica
