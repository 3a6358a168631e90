#include "core/crypto/aead.h"

#include <sodium/crypto_aead_xchacha20poly1305.h>

namespace mica::crypto {

Bytes aead_seal(const SecretKey& key, const AeadNonce& nonce, ByteSpan plain,
                ByteSpan associated_data) {
  Bytes out(plain.size() + kAeadTagBytes);
  unsigned long long size = 0;
  int failed = crypto_aead_xchacha20poly1305_ietf_encrypt(
      out.data(), &size, plain.data(), plain.size(), associated_data.data(), associated_data.size(),
      nullptr, nonce.data(), key.expose().data());
  MICA_CHECK(failed == 0 && size == out.size());
  return out;
}

Result<SecretBuffer> aead_open(const SecretKey& key, const AeadNonce& nonce, ByteSpan sealed,
                               ByteSpan associated_data) {
  if (sealed.size() < kAeadTagBytes) return Error{ErrorCode::kTruncated, "sealed box"};
  // One byte at least, so that the library always has somewhere to point.
  Bytes plain(sealed.size() - kAeadTagBytes + 1);
  unsigned long long size = 0;
  int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
      plain.data(), &size, nullptr, sealed.data(), sealed.size(), associated_data.data(),
      associated_data.size(), nonce.data(), key.expose().data());
  if (failed != 0) return Error{ErrorCode::kBadSignature, "sealed box"};
  plain.resize(size);
  return SecretBuffer::adopt(std::move(plain));
}

}  // namespace mica::crypto
