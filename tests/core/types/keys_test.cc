#include "core/types/keys.h"

#include <gtest/gtest.h>

#include "core/crypto/secp256k1.h"

namespace mica {
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

}  // namespace
}  // namespace mica
