// From passwords and phrases to keys: Argon2id, PBKDF2 (BIP-39), BIP-32 and SLIP-0010.
// No randomness here: salts and entropy are parameters.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/crypto/room.h"
#include "core/crypto/secret_key.h"

namespace mica::crypto {

using SecretSeed = SecretBytes<64>;

// RFC 8018 with HMAC-SHA512, one 64-byte block.
SecretSeed pbkdf2_hmac_sha512(ByteSpan password, ByteSpan salt, uint32_t iterations);
// BIP-39: 2048 rounds over the phrase, salted with "mnemonic" + passphrase. Both texts come in
// NFKD and the words checked (@scure/bip39); here they are only bytes.
SecretSeed bip39_seed(std::string_view phrase, std::string_view passphrase);

// One step of a path such as m/44'/60'/0'/0/0; hardened is the index's top bit.
inline constexpr uint32_t kHardened = 0x80000000u;
Result<std::vector<uint32_t>> parse_derivation_path(std::string_view path);

// The scalar at a path of BIP-32's tree.
Result<SecretKey> bip32_secp256k1(const SecretSeed& seed, std::string_view path);
Result<SecretKey> bip32_secp256k1(ByteSpan seed, std::string_view path);
// The Ed25519 seed at a path of SLIP-0010's tree: all steps hardened.
Result<SecretKey> slip10_ed25519(const SecretSeed& seed, std::string_view path);
Result<SecretKey> slip10_ed25519(ByteSpan seed, std::string_view path);

// Argon2id version 1.3, one lane, 32 bytes of output. Refused outside libsodium's bounds; an
// error also when the memory is not to be had.
Result<SecretKey> argon2id(ByteSpan password, const ByteArray<16>& salt, uint64_t ops,
                           uint64_t mem_bytes);

}  // namespace mica::crypto
