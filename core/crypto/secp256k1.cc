#include "core/crypto/secp256k1.h"

#include <secp256k1.h>
#include <secp256k1_preallocated.h>
#include <secp256k1_recovery.h>

// The library calls these where it is misused or its memory is not what it left.
extern "C" void secp256k1_default_illegal_callback_fn(const char*, void*) { MICA_CHECK(false); }
extern "C" void secp256k1_default_error_callback_fn(const char*, void*) { MICA_CHECK(false); }

namespace mica::crypto {
namespace {

// Signing needs a context with its blinding, a constant until secp256k1_blind. About as dear as a
// signature to make, so made once and never freed.
secp256k1_context* signing_context() {
  static secp256k1_context* const context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
  MICA_CHECK(context != nullptr);
  return context;
}

const secp256k1_context* verifying_context() { return secp256k1_context_static; }

Error bad_key() { return Error{ErrorCode::kBadKey, "secp256k1"}; }

// The library hands keys around as 64 opaque bytes.
secp256k1_pubkey point_of(const std::array<uint8_t, 64>& bytes) {
  secp256k1_pubkey point;
  static_assert(sizeof(point.data) == 64);
  std::memcpy(point.data, bytes.data(), sizeof(point.data));
  return point;
}

template <size_t N>
ByteArray<N> serialize(const secp256k1_pubkey& point, unsigned form) {
  ByteArray<N> out;
  size_t size = N;
  int done = secp256k1_ec_pubkey_serialize(verifying_context(), out.data(), &size, &point, form);
  MICA_CHECK(done == 1 && size == N);
  return out;
}

}  // namespace

Result<ParsedPublicKey> ParsedPublicKey::parse(const Secp256k1PublicBytes& public_key) {
  secp256k1_pubkey point;
  if (!secp256k1_ec_pubkey_parse(verifying_context(), &point, public_key.data(),
                                 public_key.size())) {
    return bad_key();
  }
  ParsedPublicKey parsed;
  std::memcpy(parsed.point_.data(), point.data, parsed.point_.size());
  return parsed;
}

bool ParsedPublicKey::verify(const Hash256& hash, const Secp256k1SignatureBytes& signature) const {
  secp256k1_ecdsa_signature parsed;
  if (!secp256k1_ecdsa_signature_parse_compact(verifying_context(), &parsed, signature.data())) {
    return false;
  }
  secp256k1_pubkey point = point_of(point_);
  return secp256k1_ecdsa_verify(verifying_context(), &parsed, hash.data(), &point) == 1;
}

Secp256k1UncompressedBytes ParsedPublicKey::uncompressed() const {
  return serialize<65>(point_of(point_), SECP256K1_EC_UNCOMPRESSED);
}

bool secp256k1_is_valid(const SecretKey& key) {
  return secp256k1_ec_seckey_verify(verifying_context(), key.expose().data()) == 1;
}

Result<Secp256k1PublicBytes> secp256k1_public_key(const SecretKey& key) {
  secp256k1_pubkey point;
  if (!secp256k1_ec_pubkey_create(signing_context(), &point, key.expose().data())) {
    return bad_key();
  }
  return serialize<33>(point, SECP256K1_EC_COMPRESSED);
}

Result<Secp256k1UncompressedBytes> secp256k1_uncompressed(const Secp256k1PublicBytes& public_key) {
  return MICA_TRY(ParsedPublicKey::parse(public_key)).uncompressed();
}

void secp256k1_blind(const SecretKey& seed) {
  const int done = secp256k1_context_randomize(signing_context(), seed.expose().data());
  MICA_CHECK(done == 1);
}

Hash256 secp256k1_blinding_mark() {
  Bytes copy(secp256k1_context_preallocated_clone_size(signing_context()));
  MICA_CHECK(secp256k1_context_preallocated_clone(signing_context(), copy.data()) != nullptr);
  const Hash256 mark = sha3_256(copy);
  wipe(copy);
  return mark;
}

Secp256k1SignatureBytes secp256k1_sign(const SecretKey& key, const Hash256& hash) {
  secp256k1_ecdsa_signature raw;
  int done = secp256k1_ecdsa_sign(signing_context(), &raw, hash.data(), key.expose().data(),
                                  nullptr, nullptr);
  MICA_CHECK(done == 1);
  Secp256k1SignatureBytes out;
  secp256k1_ecdsa_signature_serialize_compact(verifying_context(), out.data(), &raw);
  return out;
}

bool secp256k1_verify(const Secp256k1PublicBytes& public_key, const Hash256& hash,
                      const Secp256k1SignatureBytes& signature) {
  auto parsed = ParsedPublicKey::parse(public_key);
  return parsed.ok() && parsed->verify(hash, signature);
}

RecoverableSignature secp256k1_sign_recoverable(const SecretKey& key, const Hash256& hash) {
  secp256k1_ecdsa_recoverable_signature raw;
  int done = secp256k1_ecdsa_sign_recoverable(signing_context(), &raw, hash.data(),
                                              key.expose().data(), nullptr, nullptr);
  MICA_CHECK(done == 1);
  RecoverableSignature out;
  int recovery_id = 0;
  secp256k1_ecdsa_recoverable_signature_serialize_compact(verifying_context(), out.signature.data(),
                                                          &recovery_id, &raw);
  out.recovery_id = static_cast<uint8_t>(recovery_id);
  return out;
}

Result<Secp256k1UncompressedBytes> secp256k1_recover(const Hash256& hash,
                                                     const RecoverableSignature& signature) {
  Error bad_signature{ErrorCode::kBadSignature, "secp256k1 recovery"};
  secp256k1_ecdsa_recoverable_signature raw;
  if (signature.recovery_id > 3 ||
      !secp256k1_ecdsa_recoverable_signature_parse_compact(
          verifying_context(), &raw, signature.signature.data(), signature.recovery_id)) {
    return bad_signature;
  }
  secp256k1_pubkey point;
  if (!secp256k1_ecdsa_recover(verifying_context(), &point, &raw, hash.data())) {
    return bad_signature;
  }
  return serialize<65>(point, SECP256K1_EC_UNCOMPRESSED);
}

Result<SecretKey> secp256k1_tweak_add(const SecretKey& key, const SecretKey& tweak) {
  SecretKey sum(key.expose());
  if (!secp256k1_ec_seckey_tweak_add(verifying_context(), sum.writable().data(),
                                     tweak.expose().data())) {
    return bad_key();
  }
  return sum;
}

}  // namespace mica::crypto
