#include "core/rpc/frames.h"

#include <algorithm>

#include "core/base/u128.h"

namespace mica {

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
      u128 code = TRY(from_decimal(value));
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

}  // namespace

Bytes message_frame(ByteSpan message) { return frame(0, message); }

Bytes trailer_frame(const GrpcStatus& status) {
  std::string text = "grpc-status:" + to_decimal(status.code) + "\r\n";
  if (!status.message.empty()) text += "grpc-message:" + status.message + "\r\n";
  return frame(kTrailers, as_bytes(text));
}

Status FrameReader::take_frame(uint8_t flag, ByteSpan payload) {
  if (flag == kTrailers) {
    // Over WebSocket the response headers come first, in the same form and without a status.
    auto status = parse_trailers(as_text(payload));
    if (status.ok()) status_ = *status;
    return Ok{};
  }
  if (flag != 0) return Error{ErrorCode::kUnsupported, "compressed gRPC frame"};
  messages_.push_back(to_bytes(payload));
  return Ok{};
}

Status FrameReader::feed(ByteSpan bytes) {
  append(pending_, bytes);
  size_t at = 0;
  while (pending_.size() - at >= kHeaderBytes) {
    size_t length = 0;
    for (size_t i = 1; i < kHeaderBytes; ++i) length = length << 8 | pending_[at + i];
    if (length > kMaxMessageBytes) return Error{ErrorCode::kTooLong, "gRPC frame"};
    if (pending_.size() - at - kHeaderBytes < length) break;
    TRY(take_frame(pending_[at], ByteSpan(pending_).subspan(at + kHeaderBytes, length)));
    at += kHeaderBytes + length;
  }
  pending_.erase(pending_.begin(), pending_.begin() + static_cast<ptrdiff_t>(at));
  return Ok{};
}

std::optional<Bytes> FrameReader::next_message() {
  if (messages_.empty()) return std::nullopt;
  Bytes out = std::move(messages_.front());
  messages_.pop_front();
  return out;
}

Result<UnaryBody> read_unary(ByteSpan body) {
  FrameReader reader;
  TRY(reader.feed(body));
  if (reader.mid_frame()) return Error{ErrorCode::kTruncated, "gRPC frame"};
  UnaryBody out{reader.next_message(), reader.status()};
  if (reader.next_message()) return Error{ErrorCode::kTrailingBytes, "gRPC body"};
  return out;
}

}  // namespace mica
