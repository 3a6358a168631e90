#include "core/crypto/evm.h"

namespace mica::crypto {

Hash256 eip191_digest(ByteSpan message) {
  Keccak256 hasher;
  hasher.update(
      as_bytes("\x19"
               "Ethereum Signed Message:\n"));
  hasher.update(as_bytes(std::to_string(message.size())));
  hasher.update(message);
  return hasher.finish();
}

EvmAddress evm_address(const Secp256k1UncompressedBytes& public_key) {
  Hash256 hash = keccak256(ByteSpan(public_key).subspan(1));
  EvmAddress address;
  std::memcpy(address.data(), hash.data() + 12, address.size());
  return address;
}

Result<EvmAddress> evm_address_of(const SecretKey& key) {
  return evm_address(MICA_TRY(secp256k1_uncompressed(MICA_TRY(secp256k1_public_key(key)))));
}

namespace {
EvmSignatureBytes sign_digest(const SecretKey& key, const Hash256& digest) {
  RecoverableSignature raw = secp256k1_sign_recoverable(key, digest);
  // Ids 2 and 3 stand for r above the order, which nobody will ever see.
  MICA_CHECK(raw.recovery_id <= 1);
  EvmSignatureBytes out;
  std::memcpy(out.data(), raw.signature.data(), raw.signature.size());
  out[64] = static_cast<uint8_t>(27 + raw.recovery_id);
  return out;
}
}  // namespace

EvmSignatureBytes evm_sign(const SecretKey& key, const Hash256& hash) {
  return sign_digest(key, eip191_digest(hash));
}

EvmSignatureBytes evm_sign_text(const SecretKey& key, ByteSpan text) {
  return sign_digest(key, eip191_digest(text));
}

Result<EvmAddress> evm_recover_digest(const Hash256& digest, const EvmSignatureBytes& signature) {
  // alloy-primitives, Signature::from_raw: the parity of v.
  uint8_t v = signature[64];
  RecoverableSignature raw;
  if (v <= 1) {
    raw.recovery_id = v;
  } else if (v == 27 || v == 28) {
    raw.recovery_id = v - 27;
  } else if (v >= 35) {
    raw.recovery_id = (v - 35) % 2;
  } else {
    return Error{ErrorCode::kBadSignature, "v"};
  }
  // (r, s, id) and (r, n-s, id^1) recover the same key, so normalising S changes nothing.
  std::memcpy(raw.signature.data(), signature.data(), raw.signature.size());
  return evm_address(MICA_TRY(secp256k1_recover(digest, raw)));
}

Result<EvmAddress> evm_recover(const Hash256& hash, const EvmSignatureBytes& signature) {
  return evm_recover_digest(eip191_digest(hash), signature);
}

std::string evm_checksum_text(const EvmAddress& address) {
  std::string digits = to_hex(address);
  Hash256 hash = keccak256(as_bytes(digits));
  for (size_t i = 0; i < digits.size(); ++i) {
    uint8_t nibble = i % 2 == 0 ? hash[i / 2] >> 4 : hash[i / 2] & 15;
    if (digits[i] >= 'a' && nibble >= 8) digits[i] = static_cast<char>(digits[i] - 'a' + 'A');
  }
  return "0x" + digits;
}

}  // namespace mica::crypto
