#include "core/rpc/proto.h"

namespace mica {

namespace {

constexpr uint32_t kVarint = 0, kFixed64 = 1, kBytes = 2, kFixed32 = 5;

Error malformed() { return Error{ErrorCode::kBadText, "protobuf"}; }

Result<uint64_t> read_varint(ByteSpan bytes, size_t& at) {
  uint64_t value = 0;
  for (int shift = 0; shift < 70; shift += 7) {
    if (at >= bytes.size()) return Error{ErrorCode::kTruncated, "protobuf"};
    uint8_t byte = bytes[at++];
    if (shift == 63 && byte > 1) return malformed();
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (!(byte & 0x80)) return value;
  }
  return malformed();
}

Result<ByteSpan> read_span(ByteSpan bytes, size_t& at, uint64_t count) {
  if (count > bytes.size() - at) return Error{ErrorCode::kTruncated, "protobuf"};
  ByteSpan out = bytes.subspan(at, static_cast<size_t>(count));
  at += static_cast<size_t>(count);
  return out;
}

}  // namespace

void ProtoWriter::raw_varint(uint64_t value) {
  for (; value >= 0x80; value >>= 7) out_.push_back(static_cast<uint8_t>(value | 0x80));
  out_.push_back(static_cast<uint8_t>(value));
}

ProtoWriter& ProtoWriter::bytes(uint32_t field, ByteSpan value) {
  raw_varint(field << 3 | kBytes);
  raw_varint(value.size());
  append(out_, value);
  return *this;
}

ProtoWriter& ProtoWriter::optional_varint(uint32_t field, uint64_t value) {
  raw_varint(field << 3 | kVarint);
  raw_varint(value);
  return *this;
}

ProtoWriter& ProtoWriter::varint(uint32_t field, uint64_t value) {
  return value == 0 ? *this : optional_varint(field, value);
}

Result<ProtoMessage> ProtoMessage::parse(ByteSpan bytes) {
  ProtoMessage out;
  size_t at = 0;
  while (at < bytes.size()) {
    uint64_t key = TRY(read_varint(bytes, at));
    if (key >> 3 == 0 || key >> 3 > 0x1fffffff) return malformed();
    Field field{static_cast<uint32_t>(key >> 3), 0, {}};
    switch (key & 7) {
      case kVarint:
        field.varint = TRY(read_varint(bytes, at));
        break;
      case kBytes:
        field.bytes = TRY(read_span(bytes, at, TRY(read_varint(bytes, at))));
        break;
      case kFixed64:
        TRY(read_span(bytes, at, 8));
        break;
      case kFixed32:
        TRY(read_span(bytes, at, 4));
        break;
      default:
        return malformed();
    }
    out.fields_.push_back(field);
  }
  return out;
}

bool ProtoMessage::has(uint32_t number) const {
  for (const Field& field : fields_) {
    if (field.number == number) return true;
  }
  return false;
}

ByteSpan ProtoMessage::bytes(uint32_t number) const {
  ByteSpan out;
  for (const Field& field : fields_) {
    if (field.number == number) out = field.bytes;
  }
  return out;
}

uint64_t ProtoMessage::varint(uint32_t number) const {
  uint64_t out = 0;
  for (const Field& field : fields_) {
    if (field.number == number) out = field.varint;
  }
  return out;
}

std::vector<ByteSpan> ProtoMessage::repeated(uint32_t number) const {
  std::vector<ByteSpan> out;
  for (const Field& field : fields_) {
    if (field.number == number) out.push_back(field.bytes);
  }
  return out;
}

}  // namespace mica
