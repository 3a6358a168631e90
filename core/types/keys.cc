#include "core/types/keys.h"

#include <cstring>
#include <memory>

#include "core/crypto/ed25519.h"
#include "core/crypto/evm.h"
#include "core/crypto/secp256k1.h"

namespace mica::types {

namespace {
Error bad_signature(std::string_view scheme) {
  return Error{ErrorCode::kBadSignature, std::string(scheme)};
}
}  // namespace

AccountOwner owner_of(const Ed25519PublicKey& key) {
  return {AccountOwner::Address32{hash_of(key)}};
}
AccountOwner owner_of(const Secp256k1PublicKey& key) {
  return {AccountOwner::Address32{hash_of(key)}};
}
AccountOwner owner_of(const ByteArray<20>& evm_address) {
  return {AccountOwner::Address20{evm_address}};
}

Result<AccountOwner> owner_of(const AccountPublicKey& key) {
  if (auto* ed = std::get_if<AccountPublicKey::Ed25519>(&key.kind)) return owner_of(ed->key);
  if (auto* secp = std::get_if<AccountPublicKey::Secp256k1>(&key.kind)) return owner_of(secp->key);
  const auto& evm = *std::get_if<AccountPublicKey::EvmSecp256k1>(&key.kind);
  return owner_of(evm_address(MICA_TRY(secp256k1_uncompressed(evm.key.bytes))));
}

AccountOwner AccountSignature::owner() const {
  if (auto* ed = std::get_if<Ed25519>(&kind)) return owner_of(ed->public_key);
  if (auto* secp = std::get_if<Secp256k1>(&kind)) return owner_of(secp->public_key);
  return owner_of(std::get_if<EvmSecp256k1>(&kind)->address);
}

Status AccountSignature::verify(const CryptoHash& hash) const {
  if (auto* ed = std::get_if<Ed25519>(&kind)) {
    if (ed25519_verify(ed->public_key.bytes, hash.bytes, ed->signature.bytes)) return Ok{};
    return bad_signature("Ed25519");
  }
  if (auto* secp = std::get_if<Secp256k1>(&kind)) {
    if (secp256k1_verify(secp->public_key.bytes, hash.bytes, secp->signature.bytes)) return Ok{};
    return bad_signature("Secp256k1");
  }
  const auto& evm = *std::get_if<EvmSecp256k1>(&kind);
  if (MICA_TRY(evm_recover(hash.bytes, evm.signature.bytes)) == evm.address) return Ok{};
  return bad_signature("EvmSecp256k1");
}

Result<bool> comes_before(const ValidatorPublicKey& a, const ValidatorPublicKey& b) {
  if (a == b) return false;
  // Only keys of one x, a point and its negative, need y.
  const int order = std::memcmp(x_of(a).data(), x_of(b).data(), x_of(a).size());
  if (order != 0) return order < 0;
  return MICA_TRY(secp256k1_uncompressed(a.bytes)) < MICA_TRY(secp256k1_uncompressed(b.bytes));
}

ValidatorSigner validator_signer(SecretKey key) {
  // A std::function is copied; the key is not.
  return [key = std::make_shared<const SecretKey>(std::move(key))](const CryptoHash& hash) {
    return ValidatorSignature{secp256k1_sign(*key, hash.bytes)};
  };
}

}  // namespace mica::types
