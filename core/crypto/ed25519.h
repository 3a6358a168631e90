// Ed25519 (RFC 8032, no prehash) by libsodium.
#pragma once

#include "core/base/bytes.h"
#include "core/crypto/room.h"
#include "core/crypto/secret_key.h"

namespace mica::crypto {

using Ed25519PublicBytes = ByteArray<32>;
using Ed25519SignatureBytes = ByteArray<64>;

Ed25519PublicBytes ed25519_public_key(const SecretKey& seed);
// The protocol's message is always a 32-byte hash (linera-base/src/crypto/ed25519.rs).
Ed25519SignatureBytes ed25519_sign(const SecretKey& seed, ByteSpan message);
// Upstream uses dalek's cofactorless `verify`. Both demand a canonical S and compare R's bytes.
// libsodium refuses in addition keys and R of small order and keys not in canonical form: no
// honest signer makes those, and validators, not this check, decide what is on a chain.
bool ed25519_verify(const Ed25519PublicBytes& public_key, ByteSpan message,
                    const Ed25519SignatureBytes& signature);

}  // namespace mica::crypto
