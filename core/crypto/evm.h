// Ethereum's form of secp256k1: addresses, EIP-191 messages, 65-byte signatures.
#pragma once

#include "core/base/bytes.h"
#include "core/crypto/hash.h"
#include "core/crypto/room.h"
#include "core/crypto/secp256k1.h"

namespace mica::crypto {

using EvmAddress = ByteArray<20>;
using EvmSignatureBytes = ByteArray<65>;  // r, s, v

// keccak256("\x19Ethereum Signed Message:\n" + decimal length + message).
Hash256 eip191_digest(ByteSpan message);
// The same over the 32 raw bytes of a hash: what a proposal's signature covers
// (linera-base/src/crypto/secp256k1/evm.rs, EvmSignature::new).
inline Hash256 eip191_digest(const Hash256& hash) { return eip191_digest(ByteSpan(hash)); }

EvmAddress evm_address(const Secp256k1UncompressedBytes& public_key);
Result<EvmAddress> evm_address_of(const SecretKey& key);

// Signs eip191_digest(hash); v is 27 or 28.
EvmSignatureBytes evm_sign(const SecretKey& key, const Hash256& hash);
// Signs eip191_digest(text): a personal message of any length.
EvmSignatureBytes evm_sign_text(const SecretKey& key, ByteSpan text);
// Who signed eip191_digest(hash). v may be 0, 1, 27, 28 or EIP-155's (>= 35); a high S is
// accepted, as alloy normalises it before recovery.
Result<EvmAddress> evm_recover(const Hash256& hash, const EvmSignatureBytes& signature);
// The same over a digest already made.
Result<EvmAddress> evm_recover_digest(const Hash256& digest, const EvmSignatureBytes& signature);

// EIP-55: "0x" and 40 digits in mixed case.
std::string evm_checksum_text(const EvmAddress& address);

}  // namespace mica::crypto
