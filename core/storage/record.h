// Bytes on disk: CRC-32C, canonical LEB128 numbers, and a sealed record around any body.
// Shared by the batch encoding (batch.cc) and by the files of storage-idb.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/storage/room.h"

namespace mica::storage {

// CRC-32C (Castagnoli), as in RFC 3720 appendix B.4; `seed` is the sum of what came before.
uint32_t crc32c(ByteSpan bytes, uint32_t seed = 0);

void put_u32(Bytes& out, uint32_t value);     // little-endian
void put_string(Bytes& out, ByteSpan bytes);  // varint length, then the bytes

// Reads what the put functions wrote. Never reads past the end, never allocates ahead.
class RecordReader {
 public:
  // `where` names the bytes in errors and must outlive the reader.
  RecordReader(ByteSpan bytes, std::string_view where) : rest_(bytes), where_(where) {}

  Result<uint8_t> u8();
  Result<uint32_t> u32();
  Result<uint64_t> varint();
  Result<ByteSpan> take(uint64_t length);  // a view into the input
  Result<ByteSpan> string();               // a view into the input
  Status finish() const;                   // kTrailingBytes if anything is left
  bool empty() const { return rest_.empty(); }
  ByteSpan rest() const { return rest_; }

 private:
  Error error(ErrorCode code) const { return Error{code, std::string(where_)}; }

  ByteSpan rest_;
  std::string_view where_;
};

// record := crc32c(length body):u32 length:u32 body
inline constexpr size_t kRecordHeaderBytes = 8;
void put_record(Bytes& out, ByteSpan body);
// The next record's body, or kTruncated / kCorrupt.
Result<ByteSpan> take_record(RecordReader& reader, std::string_view where);

}  // namespace mica::storage
