#include "core/rpc/proto.h"

#include "core/base/leb128.h"

namespace mica::rpc {

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

ProtoWriter& ProtoWriter::bytes(uint32_t field, ByteSpan value) {
  append_uleb128(out_, field << 3 | kBytes);
  append_uleb128(out_, value.size());
  append(out_, value);
  return *this;
}

ProtoWriter& ProtoWriter::optional_varint(uint32_t field, uint64_t value) {
  append_uleb128(out_, field << 3 | kVarint);
  append_uleb128(out_, value);
  return *this;
}

ProtoWriter& ProtoWriter::varint(uint32_t field, uint64_t value) {
  return value == 0 ? *this : optional_varint(field, value);
}

Result<ProtoMessage::Field> ProtoMessage::next(ByteSpan bytes, size_t& at) {
  const uint64_t key = MICA_TRY(read_varint(bytes, at));
  if (key >> 3 == 0 || key >> 3 > 0x1fffffff) return malformed();
  Field field{static_cast<uint32_t>(key >> 3), 0, {}};
  switch (key & 7) {
    case kVarint:
      field.varint = MICA_TRY(read_varint(bytes, at));
      return field;
    case kBytes:
      field.bytes = MICA_TRY(read_span(bytes, at, MICA_TRY(read_varint(bytes, at))));
      return field;
    case kFixed64:
      MICA_TRY(read_span(bytes, at, 8));
      return field;
    case kFixed32:
      MICA_TRY(read_span(bytes, at, 4));
      return field;
    default:
      return malformed();
  }
}

Result<ProtoMessage> ProtoMessage::parse(Source source) {
  for (size_t at = 0; at < source.bytes.size();) MICA_TRY(next(source.bytes, at));
  return ProtoMessage(source);
}

size_t ProtoMessage::count(uint32_t number) const {
  size_t found = 0;
  MICA_CHECK(each(number, [&](Source) -> Status {
               ++found;
               return Ok{};
             }).ok());  // parse() saw every field
  return found;
}

bool ProtoMessage::has(uint32_t number) const { return count(number) > 0; }

ProtoMessage::Field ProtoMessage::last(uint32_t number) const {
  Field out;
  for (size_t at = 0; at < source_.bytes.size();) {
    const Field field = next(source_.bytes, at).value();
    if (field.number == number) out = field;
  }
  return out;
}

Source ProtoMessage::bytes(uint32_t number) const { return source_.part(last(number).bytes); }

uint64_t ProtoMessage::varint(uint32_t number) const { return last(number).varint; }

Result<std::string> ProtoMessage::text(uint32_t number) const {
  const ByteSpan found = last(number).bytes;
  if (!source_.budget.take(found.size(), 1)) return Error{ErrorCode::kTooLong, "protobuf"};
  return std::string(as_text(found));
}

}  // namespace mica::rpc
