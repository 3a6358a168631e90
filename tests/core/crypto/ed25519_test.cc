#include "core/crypto/ed25519.h"

#include <gtest/gtest.h>

#include "tests/core/crypto/hex.h"

namespace mica::crypto {
namespace {

struct Vector {
  const char* seed;
  const char* public_key;
  const char* message;
  const char* signature;
};

// RFC 8032, section 7.1, tests 1 to 3.
const Vector kVectors[] = {
    {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
     "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
     "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9"
     "b46bd25bf5f0595bbe24655141438e7a100b"},
    {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
     "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
     "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f1"
     "1d8c387b2eaeb4302aeeb00d291612bb0c00"},
    {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
     "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
     "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984d"
     "c6594a7c15e9716ed28dc027beceea1ec40a"},
};

TEST(Ed25519, Rfc8032) {
  for (const Vector& vector : kVectors) {
    SecretKey seed = hex_key(vector.seed);
    Bytes message = hex(vector.message);
    auto public_key = ed25519_public_key(seed);
    EXPECT_EQ(to_hex(public_key), vector.public_key);
    auto signature = ed25519_sign(seed, message);
    EXPECT_EQ(to_hex(signature), vector.signature);
    EXPECT_TRUE(ed25519_verify(public_key, message, signature));
  }
}

TEST(Ed25519, RefusesAnyFlippedByte) {
  SecretKey seed = hex_key(kVectors[1].seed);
  Bytes message = hex("72");
  auto public_key = ed25519_public_key(seed);
  auto signature = ed25519_sign(seed, message);
  for (size_t i = 0; i < signature.size(); ++i) {
    auto bad = signature;
    bad[i] ^= 1;
    EXPECT_FALSE(ed25519_verify(public_key, message, bad)) << i;
  }
  EXPECT_FALSE(ed25519_verify(public_key, hex("73"), signature));
  public_key[0] ^= 1;
  EXPECT_FALSE(ed25519_verify(public_key, message, signature));
}

// S + L is the same number modulo the order: a second encoding that must not pass.
TEST(Ed25519, RefusesASecondEncodingOfS) {
  auto signature = hex_array<64>(kVectors[1].signature);
  Bytes order = hex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
  unsigned carry = 0;
  for (size_t i = 0; i < 32; ++i) {
    carry += signature[32 + i] + order[i];
    signature[32 + i] = static_cast<uint8_t>(carry);
    carry >>= 8;
  }
  EXPECT_FALSE(ed25519_verify(hex_array<32>(kVectors[1].public_key), hex("72"), signature));
}

}  // namespace
}  // namespace mica::crypto
