#include "core/storage/record.h"

#include "core/base/leb128.h"

namespace mica::storage {
namespace {

struct CrcTables {
  uint32_t at[8][256];
};

// Slicing by eight: table k advances a byte through k further zero bytes.
constexpr CrcTables make_tables() {
  CrcTables tables{};
  for (uint32_t i = 0; i < 256; ++i) {
    uint32_t crc = i;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) ? 0x82f63b78u : 0u);
    tables.at[0][i] = crc;
  }
  for (int k = 1; k < 8; ++k) {
    for (uint32_t i = 0; i < 256; ++i) {
      const uint32_t before = tables.at[k - 1][i];
      tables.at[k][i] = (before >> 8) ^ tables.at[0][before & 0xff];
    }
  }
  return tables;
}

constexpr CrcTables kTables = make_tables();

uint32_t load_u32(const uint8_t* p) {
  return static_cast<uint32_t>(p[0]) | static_cast<uint32_t>(p[1]) << 8 |
         static_cast<uint32_t>(p[2]) << 16 | static_cast<uint32_t>(p[3]) << 24;
}

}  // namespace

uint32_t crc32c(ByteSpan bytes, uint32_t seed) {
  uint32_t crc = ~seed;
  const uint8_t* p = bytes.data();
  size_t left = bytes.size();
  const auto& t = kTables.at;
  for (; left >= 8; left -= 8, p += 8) {
    const uint32_t low = crc ^ load_u32(p);
    const uint32_t high = load_u32(p + 4);
    crc = t[7][low & 0xff] ^ t[6][(low >> 8) & 0xff] ^ t[5][(low >> 16) & 0xff] ^ t[4][low >> 24] ^
          t[3][high & 0xff] ^ t[2][(high >> 8) & 0xff] ^ t[1][(high >> 16) & 0xff] ^
          t[0][high >> 24];
  }
  for (; left > 0; --left, ++p) crc = (crc >> 8) ^ t[0][(crc ^ *p) & 0xff];
  return ~crc;
}

void put_u32(Bytes& out, uint32_t value) {
  for (int shift = 0; shift < 32; shift += 8) out.push_back(static_cast<uint8_t>(value >> shift));
}

void put_string(Bytes& out, ByteSpan bytes) {
  append_uleb128(out, bytes.size());
  append(out, bytes);
}

Result<uint8_t> RecordReader::u8() {
  if (rest_.empty()) return error(ErrorCode::kTruncated);
  const uint8_t value = rest_[0];
  rest_ = rest_.subspan(1);
  return value;
}

Result<uint32_t> RecordReader::u32() {
  const ByteSpan bytes = MICA_TRY(take(4));
  return load_u32(bytes.data());
}

Result<uint64_t> RecordReader::varint() {
  uint64_t value = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    const uint8_t byte = MICA_TRY(u8());
    if (shift == 63 && byte > 1) return error(ErrorCode::kOverflow);
    value |= static_cast<uint64_t>(byte & 0x7f) << shift;
    if (byte < 0x80) {
      if (byte == 0 && shift > 0) return error(ErrorCode::kNonCanonical);
      return value;
    }
  }
  return error(ErrorCode::kOverflow);
}

Result<ByteSpan> RecordReader::take(uint64_t length) {
  if (length > rest_.size()) return error(ErrorCode::kTruncated);
  const ByteSpan bytes = rest_.first(static_cast<size_t>(length));
  rest_ = rest_.subspan(static_cast<size_t>(length));
  return bytes;
}

Result<ByteSpan> RecordReader::string() {
  const uint64_t length = MICA_TRY(varint());
  return take(length);
}

Status RecordReader::finish() const {
  if (!rest_.empty()) return error(ErrorCode::kTrailingBytes);
  return Ok{};
}

void put_record(Bytes& out, ByteSpan body) {
  MICA_CHECK(body.size() <= UINT32_MAX);
  Bytes length;
  put_u32(length, static_cast<uint32_t>(body.size()));
  put_u32(out, crc32c(body, crc32c(length)));
  append(out, length);
  append(out, body);
}

Result<ByteSpan> take_record(RecordReader& reader, std::string_view where) {
  const uint32_t sum = MICA_TRY(reader.u32());
  const ByteSpan length_bytes = MICA_TRY(reader.take(4));
  const ByteSpan body = MICA_TRY(reader.take(load_u32(length_bytes.data())));
  if (crc32c(body, crc32c(length_bytes)) != sum) {
    return Error{ErrorCode::kCorrupt, std::string(where) + " (check sum)"};
  }
  return body;
}

}  // namespace mica::storage
