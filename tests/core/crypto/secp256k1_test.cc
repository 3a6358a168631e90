#include "core/crypto/secp256k1.h"

#include <gtest/gtest.h>

#include <set>

#include "tests/core/crypto/hex.h"

namespace mica::crypto {
namespace {

const char* const kOne = "0000000000000000000000000000000000000000000000000000000000000001";
const char* const kOrder = "fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141";
// SHA-256 of "Satoshi Nakamoto".
const char* const kSatoshi = "a0dc65ffca799873cbea0ac274015b9526505daaaed385155425f7337704883e";

TEST(Secp256k1, PublicKeyOfOneIsTheGenerator) {
  SecretKey one = hex_key(kOne);
  auto public_key = secp256k1_public_key(one).value();
  EXPECT_EQ(to_hex(public_key),
            "0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798");
  EXPECT_EQ(to_hex(secp256k1_uncompressed(public_key).value()),
            "0479be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"
            "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8");
}

// The community's RFC 6979 vectors for secp256k1 (as in Trezor's and btcsuite's tests).
TEST(Secp256k1, Rfc6979) {
  SecretKey one = hex_key(kOne);
  EXPECT_EQ(to_hex(secp256k1_sign(one, hex_array<32>(kSatoshi))),
            "934b1ea10a4b3c1757e2b0c017d0b6143ce3c9a7e6a4a49860d7a6ab210ee3d8"
            "2442ce9d2b916064108014783e923ec36b49743e2ffa1c4496f01a512aafd9e5");
  // SHA-256 of "All those moments will be lost in time, like tears in rain. Time to die...".
  EXPECT_EQ(
      to_hex(secp256k1_sign(
          one, hex_array<32>("7d1833f54854ac51659521afcd0ec6dca2ce2351429614bfa28a756b1b3c637f"))),
      "8600dbd41e348fe5c9465ab92d23e3db8b98b873beecd930736488696438cb6b"
      "547fe64427496db33bf66019dacbf0039c04199abb0122918601db38a72cfc21");
}

TEST(Secp256k1, BlindingChangesWhatIsComputedAndNoResult) {
  const SecretKey one = hex_key(kOne);
  const auto hash = hex_array<32>(kSatoshi);
  const auto signature = secp256k1_sign(one, hash);
  const auto public_key = secp256k1_public_key(one).value();
  std::set<Hash256> marks = {secp256k1_blinding_mark()};
  for (const char* seed : {kSatoshi, kOrder}) {
    secp256k1_blind(hex_key(seed));
    EXPECT_TRUE(marks.insert(secp256k1_blinding_mark()).second);
    EXPECT_EQ(secp256k1_sign(one, hash), signature);
    EXPECT_EQ(secp256k1_sign_recoverable(one, hash).signature, signature);
    EXPECT_EQ(secp256k1_public_key(one).value(), public_key);
  }
}

TEST(Secp256k1, RefusesHighSAndFlippedBytes) {
  SecretKey one = hex_key(kOne);
  auto public_key = secp256k1_public_key(one).value();
  auto hash = hex_array<32>(kSatoshi);
  auto signature = secp256k1_sign(one, hash);
  auto parsed = ParsedPublicKey::parse(public_key).value();
  EXPECT_TRUE(secp256k1_verify(public_key, hash, signature));
  EXPECT_TRUE(parsed.verify(hash, signature));
  for (size_t i = 0; i < signature.size(); ++i) {
    auto bad = signature;
    bad[i] ^= 0x80;
    EXPECT_FALSE(parsed.verify(hash, bad)) << i;
  }
  auto high = signature;  // n - s
  auto order = hex_array<32>(kOrder);
  int borrow = 0;
  for (int i = 31; i >= 0; --i) {
    int digit = order[static_cast<size_t>(i)] - signature[static_cast<size_t>(32 + i)] - borrow;
    borrow = digit < 0;
    high[static_cast<size_t>(32 + i)] = static_cast<uint8_t>(digit);
  }
  EXPECT_FALSE(secp256k1_verify(public_key, hash, high));
  EXPECT_FALSE(parsed.verify(hash, high));
}

TEST(Secp256k1, RefusesBadKeys) {
  EXPECT_FALSE(secp256k1_public_key(SecretKey()).ok());
  EXPECT_FALSE(secp256k1_public_key(hex_key(kOrder)).ok());
  EXPECT_TRUE(secp256k1_is_valid(hex_key(kOne)));
  Secp256k1PublicBytes not_on_the_curve{};
  not_on_the_curve[0] = 2;
  not_on_the_curve[32] = 5;  // x = 5 has no y
  EXPECT_EQ(secp256k1_uncompressed(not_on_the_curve).error().code, ErrorCode::kBadKey);
  auto wrong_form = secp256k1_public_key(hex_key(kOne)).value();
  wrong_form[0] = 4;
  EXPECT_FALSE(ParsedPublicKey::parse(wrong_form).ok());
  EXPECT_FALSE(secp256k1_verify(wrong_form, hex_array<32>(kSatoshi), {}));
}

TEST(Secp256k1, Recovers) {
  SecretKey one = hex_key(kOne);
  auto hash = hex_array<32>(kSatoshi);
  auto signed_hash = secp256k1_sign_recoverable(one, hash);
  EXPECT_EQ(signed_hash.signature, secp256k1_sign(one, hash));
  auto uncompressed = secp256k1_uncompressed(secp256k1_public_key(one).value()).value();
  EXPECT_EQ(secp256k1_recover(hash, signed_hash).value(), uncompressed);
  signed_hash.recovery_id ^= 1;
  auto other = secp256k1_recover(hash, signed_hash);
  EXPECT_TRUE(!other.ok() || other.value() != uncompressed);
  signed_hash.recovery_id = 4;
  EXPECT_FALSE(secp256k1_recover(hash, signed_hash).ok());
}

TEST(SecretKey, IsWipedWhenMovedFrom) {
  SecretKey key = hex_key(kSatoshi);
  SecretKey taken = std::move(key);
  EXPECT_EQ(hex_of(taken), kSatoshi);
  EXPECT_EQ(hex_of(key), std::string(64, '0'));  // NOLINT: what is left is the point
  static_assert(!std::is_copy_constructible_v<SecretKey> && !std::is_copy_assignable_v<SecretKey>);
  static_assert(std::is_nothrow_move_constructible_v<SecretKey>);
}

TEST(SecretKey, IsWipedWhenDestroyed) {
  alignas(SecretKey) uint8_t place[sizeof(SecretKey)];
  auto* key = new (place) SecretKey(hex_array<32>(kSatoshi));
  EXPECT_EQ(place[0], 0xa0);
  key->~SecretKey();
  for (uint8_t byte : place) EXPECT_EQ(byte, 0);
}

TEST(SecretBuffer, GrowsAndMoves) {
  SecretBuffer buffer;
  for (int i = 0; i < 100; ++i) buffer.append(as_bytes("secret "));
  EXPECT_EQ(buffer.size(), 700u);
  SecretBuffer other = std::move(buffer);
  EXPECT_TRUE(buffer.empty());  // NOLINT
  EXPECT_EQ(as_text(other.expose()).substr(693), "secret ");
  std::string text = "password";
  wipe(text);
  EXPECT_EQ(text, "");
}

}  // namespace
}  // namespace mica::crypto
