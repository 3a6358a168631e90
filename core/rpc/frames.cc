#include "core/rpc/frames.h"

#include <algorithm>

#include "core/base/u128.h"

namespace mica::rpc {

namespace {

constexpr uint8_t kTrailers = 0x80;
constexpr size_t kHeaderBytes = 5;

Bytes frame(uint8_t flag, ByteSpan payload) {
  Bytes out;
  out.reserve(kHeaderBytes + payload.size());
  out.push_back(flag);
  for (int shift = 24; shift >= 0; shift -= 8) {
    out.push_back(static_cast<uint8_t>(payload.size() >> shift));
  }
  append(out, payload);
  return out;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  return text;
}

bool same_name(std::string_view a, std::string_view lower) {
  return std::equal(a.begin(), a.end(), lower.begin(), lower.end(),
                    [](char x, char y) { return (x >= 'A' && x <= 'Z' ? x + 32 : x) == y; });
}

Result<GrpcStatus> parse_trailers(std::string_view text) {
  GrpcStatus status{2, ""};
  bool found = false;
  while (!text.empty()) {
    size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    std::string_view value = trim(line.substr(colon + 1));
    if (same_name(line.substr(0, colon), "grpc-status")) {
      u128 code = MICA_TRY(from_decimal(value));
      if (code > UINT32_MAX) return Error{ErrorCode::kOverflow, "grpc-status"};
      status.code = static_cast<uint32_t>(code);
      found = true;
    } else if (same_name(line.substr(0, colon), "grpc-message")) {
      status.message = value;
    }
  }
  if (!found) return Error{ErrorCode::kMissingField, "grpc-status"};
  return status;
}

struct Frame {
  uint8_t flag;
  ByteSpan payload;
};

// Takes the first frame off `rest`; none while it is incomplete.
Result<std::optional<Frame>> cut_frame(ByteSpan& rest, size_t most_bytes) {
  if (rest.size() < kHeaderBytes) return std::optional<Frame>();
  size_t length = 0;
  for (size_t i = 1; i < kHeaderBytes; ++i) length = length << 8 | rest[i];
  if (length > most_bytes) return Error{ErrorCode::kTooLong, "gRPC frame"};
  if (rest.size() - kHeaderBytes < length) return std::optional<Frame>();
  const Frame frame{rest[0], rest.subspan(kHeaderBytes, length)};
  if (frame.flag != 0 && frame.flag != kTrailers) {
    return Error{ErrorCode::kUnsupported, "compressed gRPC frame"};
  }
  rest = rest.subspan(kHeaderBytes + length);
  return std::optional(frame);
}

// Over WebSocket the response headers come first, in the same form and without a status.
void take_trailers(ByteSpan payload, std::optional<GrpcStatus>& status) {
  auto parsed = parse_trailers(as_text(payload));
  if (parsed.ok()) status = *parsed;
}

}  // namespace

Bytes message_frame(ByteSpan message) { return frame(0, message); }

Bytes trailer_frame(const GrpcStatus& status) {
  std::string text = "grpc-status:" + to_decimal(status.code) + "\r\n";
  if (!status.message.empty()) text += "grpc-message:" + status.message + "\r\n";
  return frame(kTrailers, as_bytes(text));
}

Status FrameReader::feed(ByteSpan bytes) {
  const bool fresh = pending_.empty();
  if (!fresh) append(pending_, bytes);
  ByteSpan rest = fresh ? bytes : ByteSpan(pending_);
  while (auto frame = MICA_TRY(cut_frame(rest, limits::kMaxStreamFrameBytes))) {
    if (frame->flag == kTrailers) {
      take_trailers(frame->payload, status_);
      continue;
    }
    kept_bytes_ += frame->payload.size();
    if (messages_.size() == limits::kMaxStreamFrames || kept_bytes_ > limits::kMaxStreamKeptBytes) {
      return Error{ErrorCode::kTooLong, "gRPC frames"};
    }
    messages_.push_back(to_bytes(frame->payload));
  }
  if (fresh) {
    pending_ = to_bytes(rest);
  } else {
    pending_.erase(pending_.begin(), pending_.end() - static_cast<ptrdiff_t>(rest.size()));
  }
  return Ok{};
}

std::optional<Bytes> FrameReader::next_message() {
  if (messages_.empty()) return std::nullopt;
  Bytes out = std::move(messages_.front());
  messages_.pop_front();
  kept_bytes_ -= out.size();
  return out;
}

Result<UnaryBody> read_unary(ByteSpan body) {
  UnaryBody out;
  while (auto frame = MICA_TRY(cut_frame(body, limits::kMaxMessageBytes))) {
    if (frame->flag == kTrailers) {
      take_trailers(frame->payload, out.status);
    } else if (out.message) {
      return Error{ErrorCode::kTrailingBytes, "gRPC body"};
    } else {
      out.message = frame->payload;
    }
  }
  if (!body.empty()) return Error{ErrorCode::kTruncated, "gRPC frame"};
  return out;
}

}  // namespace mica::rpc
