#include "core/crypto/hash.h"

#include <gtest/gtest.h>

#include "tests/core/crypto/hex.h"

namespace mica::crypto {
namespace {

TEST(Hash, KeccakOfNothing) {
  EXPECT_EQ(to_hex(keccak256({})),
            "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
}

TEST(Hash, Sha3OfAbc) {  // FIPS 202 examples
  EXPECT_EQ(to_hex(sha3_256(as_bytes("abc"))),
            "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532");
  EXPECT_EQ(to_hex(sha3_256({})),
            "a7ffc6f8bf1ed76651c14756a061d662f580ff4de43b49fa82d80a4b80f8434a");
}

// linera-base/src/identifiers.rs, tests: the owner of the key 01..20.
TEST(Hash, OwnerOfAnEd25519Key) {
  Keccak256 hasher;
  hasher.update(as_bytes("Ed25519PublicKey"));
  hasher.update(as_bytes("::"));
  hasher.update(hex("0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20"));
  EXPECT_EQ(to_hex(hasher.finish()),
            "eacee5344cbec9569e836f95029d476c700f4f5bc007c71c0752c73fba149043");
}

// Every length around the rate of 136 bytes, in pieces and at once.
TEST(Hash, PiecesEqualTheWhole) {
  Bytes bytes;
  for (int i = 0; i < 600; ++i) bytes.push_back(static_cast<uint8_t>(i * 7));
  for (size_t size = 0; size <= bytes.size(); size += size < 300 ? 1 : 50) {
    ByteSpan whole = ByteSpan(bytes).first(size);
    Keccak256 keccak;
    Sha3_256 sha3;
    for (size_t at = 0; at < size; at += 17) {
      ByteSpan piece = whole.subspan(at, std::min<size_t>(17, size - at));
      keccak.update(piece);
      sha3.update(piece);
    }
    EXPECT_EQ(keccak.finish(), keccak256(whole)) << size;
    EXPECT_EQ(sha3.finish(), sha3_256(whole)) << size;
  }
}

}  // namespace
}  // namespace mica::crypto
