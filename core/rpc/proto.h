// The protobuf wire form, as far as rpc.proto needs it: varints, bytes, nested messages.
// Field numbers are written where the messages are (messages.cc).
#pragma once

#include "core/bcs/bcs.h"
#include "core/rpc/room.h"

namespace mica::rpc {

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
  Bytes out_;
};

// A checked message over bytes that outlive it; it keeps nothing of its own and walks them again
// for each field asked for. Unknown fields are skipped, of a repeated scalar the last counts, as
// proto3 demands.
class ProtoMessage {
 public:
  static Result<ProtoMessage> parse(Source source);

  bool has(uint32_t field) const;
  Source bytes(uint32_t field) const;  // empty without the field
  Result<std::string> text(uint32_t field) const;
  uint64_t varint(uint32_t field) const;  // 0 without the field
  bool flag(uint32_t field) const { return varint(field) != 0; }
  Result<ProtoMessage> message(uint32_t field) const { return parse(bytes(field)); }
  // Every occurrence of a repeated field, in order; `visit` is given its Source and gives a Status.
  template <class Visit>
  Status each(uint32_t field, Visit visit) const;
  // The same as a vector of what `from` reads, paid for by the budget.
  template <class From>
  auto list(uint32_t field, From from) const
      -> Result<std::vector<std::remove_cvref_t<decltype(*from(std::declval<Source>()))>>>;

 private:
  struct Field {
    uint32_t number = 0;
    uint64_t varint = 0;
    ByteSpan bytes;
  };
  explicit ProtoMessage(Source source) : source_(source) {}
  static Result<Field> next(ByteSpan bytes, size_t& at);
  size_t count(uint32_t field) const;
  Field last(uint32_t field) const;

  Source source_;
};

template <class Visit>
Status ProtoMessage::each(uint32_t number, Visit visit) const {
  for (size_t at = 0; at < source_.bytes.size();) {
    const Field field = MICA_TRY(next(source_.bytes, at));
    if (field.number == number) MICA_TRY(visit(source_.part(field.bytes)));
  }
  return Ok{};
}

template <class From>
auto ProtoMessage::list(uint32_t field, From from) const
    -> Result<std::vector<std::remove_cvref_t<decltype(*from(std::declval<Source>()))>>> {
  std::vector<std::remove_cvref_t<decltype(*from(std::declval<Source>()))>> out;
  const size_t items = count(field);
  if (!source_.budget.take(items, sizeof(out[0]))) return Error{ErrorCode::kTooLong, "protobuf"};
  out.reserve(items);
  MICA_TRY(each(field, [&](Source item) -> Status {
    out.push_back(MICA_TRY(from(item)));
    return Ok{};
  }));
  return out;
}

}  // namespace mica::rpc
