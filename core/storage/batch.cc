#include "core/storage/batch.h"

#include "core/base/leb128.h"
#include "core/storage/record.h"

namespace mica::storage {
namespace {

// FROZEN: these bytes are on users' disks.
enum : uint8_t { kTagPut = 1, kTagDelete = 2, kTagDeletePrefix = 3 };

void put_op(Bytes& out, const HotOp& op) {
  if (const auto* put = std::get_if<Put>(&op)) {
    out.push_back(kTagPut);
    put_string(out, put->key);
    put_string(out, put->value);
  } else if (const auto* del = std::get_if<Delete>(&op)) {
    out.push_back(kTagDelete);
    put_string(out, del->key);
  } else {
    out.push_back(kTagDeletePrefix);
    put_string(out, std::get_if<DeletePrefix>(&op)->prefix);
  }
}

Result<HotOp> read_op(RecordReader& reader, std::string_view where) {
  const uint8_t tag = MICA_TRY(reader.u8());
  Bytes key = to_bytes(MICA_TRY(reader.string()));
  switch (tag) {
    case kTagPut: {
      Bytes value = to_bytes(MICA_TRY(reader.string()));
      return HotOp{Put{std::move(key), std::move(value)}};
    }
    case kTagDelete:
      return HotOp{Delete{std::move(key)}};
    case kTagDeletePrefix:
      return HotOp{DeletePrefix{std::move(key)}};
    default:
      return Error{ErrorCode::kBadTag, std::string(where) + " (op)"};
  }
}

}  // namespace

ColdKey cold_key(ColdKind kind, ByteSpan id) {
  ColdKey key{static_cast<uint8_t>(kind)};
  append(key, id);
  return key;
}

// batch  := crc32c(length body):u32 length:u32 body          (a record, record.h)
// body   := hot_count:varint op* cold_count:varint cold*
// op     := 1 key:string value:string                         put
//         | 2 key:string                                      delete
//         | 3 prefix:string                                   delete by prefix
// cold   := key:string bytes:string                           kind byte and id, content
// string := length:varint byte*
// varint := shortest LEB128 of a u64; u32 is little-endian
// Order of ops is meaning; nothing may follow the last cold record.
Bytes encode_batch(const Batch& batch) {
  Bytes body;
  append_uleb128(body, batch.hot.size());
  for (const HotOp& op : batch.hot) put_op(body, op);
  append_uleb128(body, batch.cold.size());
  for (const ColdPut& cold : batch.cold) {
    put_string(body, cold.key);
    put_string(body, cold.bytes);
  }
  Bytes out;
  out.reserve(kRecordHeaderBytes + body.size());
  put_record(out, body);
  return out;
}

Result<Batch> decode_batch(ByteSpan bytes, std::string_view where) {
  RecordReader outer(bytes, where);
  const ByteSpan body = MICA_TRY(take_record(outer, where));
  MICA_TRY(outer.finish());
  RecordReader reader(body, where);
  Batch batch;
  for (uint64_t left = MICA_TRY(reader.varint()); left > 0; --left) {
    batch.hot.push_back(MICA_TRY(read_op(reader, where)));
  }
  for (uint64_t left = MICA_TRY(reader.varint()); left > 0; --left) {
    Bytes key = to_bytes(MICA_TRY(reader.string()));
    Bytes bytes = to_bytes(MICA_TRY(reader.string()));
    batch.cold.push_back(ColdPut{std::move(key), std::move(bytes)});
  }
  MICA_TRY(reader.finish());
  return batch;
}

}  // namespace mica::storage
