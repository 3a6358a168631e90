#include "core/crypto/ed25519.h"

#include <sodium/crypto_sign_ed25519.h>

namespace mica::crypto {
namespace {
// libsodium's secret key: seed, then public key.
using ExpandedKey = SecretBytes<crypto_sign_ed25519_SECRETKEYBYTES>;

ExpandedKey expand(const SecretKey& seed, Ed25519PublicBytes& public_key) {
  ExpandedKey expanded;
  int failed = crypto_sign_ed25519_seed_keypair(public_key.data(), expanded.writable().data(),
                                                seed.expose().data());
  MICA_CHECK(failed == 0);
  return expanded;
}
}  // namespace

Ed25519PublicBytes ed25519_public_key(const SecretKey& seed) {
  Ed25519PublicBytes public_key;
  expand(seed, public_key);
  return public_key;
}

Ed25519SignatureBytes ed25519_sign(const SecretKey& seed, ByteSpan message) {
  Ed25519PublicBytes public_key;
  ExpandedKey expanded = expand(seed, public_key);
  Ed25519SignatureBytes signature;
  int failed = crypto_sign_ed25519_detached(signature.data(), nullptr, message.data(),
                                            message.size(), expanded.expose().data());
  MICA_CHECK(failed == 0);
  return signature;
}

bool ed25519_verify(const Ed25519PublicBytes& public_key, ByteSpan message,
                    const Ed25519SignatureBytes& signature) {
  return crypto_sign_ed25519_verify_detached(signature.data(), message.data(), message.size(),
                                             public_key.data()) == 0;
}

}  // namespace mica::crypto
