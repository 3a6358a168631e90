// ECDSA over secp256k1 by libsecp256k1: deterministic (RFC 6979, HMAC-SHA256), low S.
// The library's contexts: one for verifying is static in the library, one for signing is made at
// the first signature and changed by secp256k1_blind alone (docs/keys.md), which no result shows.
#pragma once

#include "core/base/bytes.h"
#include "core/crypto/hash.h"
#include "core/crypto/room.h"
#include "core/crypto/secret_key.h"

namespace mica::crypto {

using Secp256k1PublicBytes = ByteArray<33>;        // SEC1 compressed
using Secp256k1UncompressedBytes = ByteArray<65>;  // 04, x, y
using Secp256k1SignatureBytes = ByteArray<64>;     // r, s, big endian

// A point whose square root was taken once; for keys that verify often (a committee's).
class ParsedPublicKey {
 public:
  static Result<ParsedPublicKey> parse(const Secp256k1PublicBytes& public_key);
  // False for a bad signature and for a high S, as k256's `verify`.
  bool verify(const Hash256& hash, const Secp256k1SignatureBytes& signature) const;
  Secp256k1UncompressedBytes uncompressed() const;

 private:
  std::array<uint8_t, 64> point_;  // the library's own form
};

// False for zero and for numbers not below the group's order.
bool secp256k1_is_valid(const SecretKey& key);
Result<Secp256k1PublicBytes> secp256k1_public_key(const SecretKey& key);
Result<Secp256k1UncompressedBytes> secp256k1_uncompressed(const Secp256k1PublicBytes& public_key);

// Secret scalars are multiplied blinded by it from now on: what they cost tells less of them. 32
// bytes drawn at random.
void secp256k1_blind(const SecretKey& seed);
// Another one for each blinding in force, and nothing of it: for tests.
Hash256 secp256k1_blinding_mark();

// The key is a valid one (secp256k1_is_valid); the hash is signed as it is.
Secp256k1SignatureBytes secp256k1_sign(const SecretKey& key, const Hash256& hash);
bool secp256k1_verify(const Secp256k1PublicBytes& public_key, const Hash256& hash,
                      const Secp256k1SignatureBytes& signature);

// With the recovery id 0..3 for secp256k1_recover.
struct RecoverableSignature {
  Secp256k1SignatureBytes signature;
  uint8_t recovery_id;
};
RecoverableSignature secp256k1_sign_recoverable(const SecretKey& key, const Hash256& hash);
// Takes a high S too: it recovers the same key.
Result<Secp256k1UncompressedBytes> secp256k1_recover(const Hash256& hash,
                                                     const RecoverableSignature& signature);

// key + tweak modulo the order (BIP-32); an error when tweak or sum is out of range.
Result<SecretKey> secp256k1_tweak_add(const SecretKey& key, const SecretKey& tweak);

}  // namespace mica::crypto
