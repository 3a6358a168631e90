#include "core/types/keys.h"

#include <gtest/gtest.h>

#include "core/crypto/secp256k1.h"
#include "core/types/certificate.h"

namespace mica::types {
namespace {

ValidatorPublicKey key_of(uint8_t name) {
  ByteArray<32> secret;
  secret.fill(name);
  return {secp256k1_public_key(SecretKey(secret)).value()};
}

TEST(Keys, AreOrderedByTheirPointsNotByTheirBytes) {
  std::vector<ValidatorPublicKey> keys;
  for (uint8_t name = 1; name <= 12; ++name) {
    keys.push_back(key_of(name));
    keys.push_back(keys.back());
    keys.back().bytes[0] ^= 1;  // the point's negative: the same x
  }
  int unlike_bytes = 0;
  for (const auto& a : keys) {
    for (const auto& b : keys) {
      const bool by_point =
          secp256k1_uncompressed(a.bytes).value() < secp256k1_uncompressed(b.bytes).value();
      EXPECT_EQ(comes_before(a, b).value(), by_point) << a.to_text() << " " << b.to_text();
      unlike_bytes += by_point != (a.bytes < b.bytes);
    }
  }
  EXPECT_GT(unlike_bytes, 0);
}

TEST(Keys, SignaturesAreSortedByPointsAndNoKeyStandsTwice) {
  ValidatorSignatures signatures;
  for (uint8_t name = 1; name <= 12; ++name) {
    signatures.push_back({key_of(name), {}});
    signatures.push_back(signatures.back());
    signatures.back().first.bytes[0] ^= 1;
  }
  std::reverse(signatures.begin(), signatures.end());
  ASSERT_TRUE(sort_signatures(signatures).ok());
  for (size_t i = 1; i < signatures.size(); ++i) {
    EXPECT_TRUE(comes_before(signatures[i - 1].first, signatures[i].first).value()) << i;
  }
  signatures.push_back(signatures[7]);
  EXPECT_EQ(sort_signatures(signatures).error().code, ErrorCode::kNonCanonical);
  // Keys that are no points, of one x: refused for the repetition, not for the arithmetic.
  ValidatorSignatures same(1000, {ValidatorPublicKey{}, {}});
  EXPECT_EQ(sort_signatures(same).error().code, ErrorCode::kNonCanonical);
  same.resize(1);
  EXPECT_EQ(sort_signatures(same).error().code, ErrorCode::kBadKey);
}

}  // namespace
}  // namespace mica::types
