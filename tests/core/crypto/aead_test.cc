#include "core/crypto/aead.h"

#include <gtest/gtest.h>

#include "tests/core/crypto/hex.h"

namespace mica::crypto {
namespace {

// draft-irtf-cfrg-xchacha, A.3.1.
const char* const kKey = "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f";
const char* const kNonce = "404142434445464748494a4b4c4d4e4f5051525354555657";
const char* const kAssociated = "50515253c0c1c2c3c4c5c6c7";
const char* const kPlain =
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
    "sunscreen would be it.";
const char* const kSealed =
    "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e"
    "39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3"
    "fff921f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49";

TEST(Aead, DraftVector) {
  SecretKey key = hex_key(kKey);
  auto nonce = hex_array<24>(kNonce);
  EXPECT_EQ(to_hex(aead_seal(key, nonce, as_bytes(kPlain), hex(kAssociated))), kSealed);
  EXPECT_EQ(as_text(aead_open(key, nonce, hex(kSealed), hex(kAssociated)).value().expose()),
            kPlain);
}

TEST(Aead, RefusesWhatDiffers) {
  SecretKey key = hex_key(kKey);
  auto nonce = hex_array<24>(kNonce);
  Bytes sealed = hex(kSealed);
  Bytes associated = hex(kAssociated);
  for (size_t i = 0; i < sealed.size(); ++i) {
    Bytes bad = sealed;
    bad[i] ^= 4;
    EXPECT_EQ(aead_open(key, nonce, bad, associated).error().code, ErrorCode::kBadSignature) << i;
  }
  for (size_t size = 0; size < 40; ++size) {
    EXPECT_FALSE(aead_open(key, nonce, ByteSpan(sealed).first(size), associated).ok()) << size;
  }
  EXPECT_FALSE(aead_open(key, nonce, sealed, {}).ok());
  EXPECT_FALSE(aead_open(SecretKey(), nonce, sealed, associated).ok());
  nonce[3] ^= 1;
  EXPECT_FALSE(aead_open(key, nonce, sealed, associated).ok());
}

TEST(Aead, SealsNothing) {
  SecretKey key = hex_key(kKey);
  Bytes sealed = aead_seal(key, hex_array<24>(kNonce), {}, {});
  EXPECT_EQ(sealed.size(), kAeadTagBytes);
  EXPECT_TRUE(aead_open(key, hex_array<24>(kNonce), sealed, {}).value().empty());
}

}  // namespace
}  // namespace mica::crypto
