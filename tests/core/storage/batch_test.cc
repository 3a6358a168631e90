#include "core/storage/batch.h"
#include "core/base/leb128.h"

#include "core/storage/record.h"
#include "tests/core/storage/store_suite.h"

namespace mica::storage {
namespace {

TEST(Record, Crc32cKnownAnswers) {
  EXPECT_EQ(crc32c(as_bytes("123456789")), 0xe3069283u);
  EXPECT_EQ(crc32c(Bytes(32, 0)), 0x8a9136aau);     // RFC 3720, B.4
  EXPECT_EQ(crc32c(Bytes(32, 0xff)), 0x62a8ab43u);  // RFC 3720, B.4
  EXPECT_EQ(crc32c(as_bytes("456789"), crc32c(as_bytes("123"))), 0xe3069283u);
}

TEST(Record, VarintIsCanonical) {
  for (const uint64_t value : {uint64_t{0}, uint64_t{127}, uint64_t{128}, ~uint64_t{0}}) {
    Bytes out;
    append_uleb128(out, value);
    RecordReader reader(out, "v");
    EXPECT_EQ(reader.varint().value(), value);
    EXPECT_TRUE(reader.finish().ok());
  }
  const auto code = [](Bytes bytes) { return RecordReader(bytes, "v").varint().error().code; };
  EXPECT_EQ(code({0x80, 0x00}), ErrorCode::kNonCanonical);
  EXPECT_EQ(code({0x80}), ErrorCode::kTruncated);
  EXPECT_EQ(code(Bytes(10, 0xff)), ErrorCode::kOverflow);
}

TEST(Batch, KnownBytes) {
  Batch batch;
  batch.put({1}, {2, 3});
  batch.remove({4});
  batch.remove_prefix({});
  batch.put_cold({1, 9}, {8});
  const Bytes bytes = encode_batch(batch);
  EXPECT_EQ(to_hex(ByteSpan(bytes).subspan(4)),
            "12000000"
            "03"
            "01010102"
            "0203"
            "020104"
            "0300"
            "01"
            "020109"
            "0108");
  EXPECT_EQ(decode_batch(bytes).value(), batch);
}

TEST(Batch, RoundTripsAndRefusesEveryCutAndFlip) {
  std::mt19937 random(3);
  for (int round = 0; round < 30; ++round) {
    const Batch batch = random_batch(random);
    const Bytes bytes = encode_batch(batch);
    ASSERT_EQ(decode_batch(bytes).value(), batch);
    for (size_t cut = 0; cut < bytes.size(); ++cut) {
      ASSERT_FALSE(decode_batch(ByteSpan(bytes).first(cut)).ok());
    }
    for (size_t at = 0; at < bytes.size(); ++at) {
      Bytes bad = bytes;
      bad[at] ^= static_cast<uint8_t>(1 + random() % 255);
      ASSERT_FALSE(decode_batch(bad).ok()) << at;
    }
    Bytes longer = bytes;
    longer.push_back(0);
    ASSERT_EQ(decode_batch(longer).error().code, ErrorCode::kTrailingBytes);
  }
}

// Under a right check sum the grammar still decides; lengths never allocate ahead.
TEST(Batch, GrammarIsCheckedUnderTheSum) {
  const auto decode = [](Bytes body) {
    Bytes bytes;
    put_record(bytes, body);
    return decode_batch(bytes);
  };
  EXPECT_TRUE(decode({0, 0}).ok());
  EXPECT_EQ(decode({1, 4, 0, 0}).error().code, ErrorCode::kBadTag);
  EXPECT_EQ(decode({0, 0, 0}).error().code, ErrorCode::kTrailingBytes);
  EXPECT_EQ(decode({0xff, 0xff, 0xff, 0xff, 0x0f, 1}).error().code, ErrorCode::kTruncated);
  EXPECT_EQ(decode({1, 2, 0xff, 0xff, 0xff, 0xff, 0x0f}).error().code, ErrorCode::kTruncated);
}

}  // namespace
}  // namespace mica::storage
