// The protobuf wire form, as far as rpc.proto needs it: varints, bytes, nested messages.
// Field numbers are written where the messages are (messages.cc).
#pragma once

#include "core/base/bytes.h"

namespace mica {

class ProtoWriter {
 public:
  ProtoWriter& bytes(uint32_t field, ByteSpan value);  // also strings and nested messages
  ProtoWriter& text(uint32_t field, std::string_view value) {
    return bytes(field, as_bytes(value));
  }
  // proto3 leaves out zero, unless the field is `optional`.
  ProtoWriter& varint(uint32_t field, uint64_t value);
  ProtoWriter& optional_varint(uint32_t field, uint64_t value);
  Bytes take() { return std::move(out_); }

 private:
  void raw_varint(uint64_t value);
  Bytes out_;
};

// A parsed message over bytes that outlive it. Unknown fields are skipped, of a repeated scalar the
// last counts, as proto3 demands.
class ProtoMessage {
 public:
  static Result<ProtoMessage> parse(ByteSpan bytes);

  bool has(uint32_t field) const;
  ByteSpan bytes(uint32_t field) const;  // empty without the field
  std::string text(uint32_t field) const { return std::string(as_text(bytes(field))); }
  uint64_t varint(uint32_t field) const;  // 0 without the field
  bool flag(uint32_t field) const { return varint(field) != 0; }
  std::vector<ByteSpan> repeated(uint32_t field) const;
  Result<ProtoMessage> message(uint32_t field) const { return parse(bytes(field)); }

 private:
  struct Field {
    uint32_t number;
    uint64_t varint;
    ByteSpan bytes;
  };
  std::vector<Field> fields_;
};

}  // namespace mica
