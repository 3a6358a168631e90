// XChaCha20-Poly1305 (IETF, 24-byte nonce) with associated data, by libsodium.
#pragma once

#include "core/base/bytes.h"
#include "core/crypto/room.h"
#include "core/crypto/secret_key.h"

namespace mica::crypto {

using AeadNonce = ByteArray<24>;
inline constexpr size_t kAeadTagBytes = 16;

// Ciphertext followed by the tag. A nonce is used once with a key: the caller draws it at random.
Bytes aead_seal(const SecretKey& key, const AeadNonce& nonce, ByteSpan plain,
                ByteSpan associated_data);
// kBadSignature: wrong key, or any byte of the four inputs differs from what was sealed.
Result<SecretBuffer> aead_open(const SecretKey& key, const AeadNonce& nonce, ByteSpan sealed,
                               ByteSpan associated_data);

}  // namespace mica::crypto
