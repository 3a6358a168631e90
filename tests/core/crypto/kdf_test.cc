#include "core/crypto/kdf.h"

#include <gtest/gtest.h>

#include "core/crypto/ed25519.h"
#include "core/crypto/evm.h"
#include "tests/core/crypto/hex.h"

namespace mica::crypto {
namespace {

const char* const kTestPhrase = "test test test test test test test test test test test junk";
const char* const kAbandon =
    "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about";

TEST(Kdf, Pbkdf2) {
  EXPECT_EQ(to_hex(pbkdf2_hmac_sha512(as_bytes("password"), as_bytes("salt"), 1).expose()),
            "867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252"
            "c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce");
}

TEST(Kdf, Bip39Seed) {  // Trezor's first vector
  EXPECT_EQ(
      to_hex(bip39_seed(kAbandon, "TREZOR").expose()),
      "c55257c360c07c72029aebc1b53c05ed0362ada38ead3e3e9efa3708e53495531f09a6987599d18264c1e1c92"
      "f2cf141630c7a3c4ab7c81b2f001698e7463b04");
}

TEST(Kdf, MetaMaskAddresses) {  // the accounts of every Ethereum test network
  SecretSeed seed = bip39_seed(kTestPhrase, "");
  auto address = [&](const char* path) {
    return evm_checksum_text(evm_address_of(bip32_secp256k1(seed, path).value()).value());
  };
  EXPECT_EQ(address("m/44'/60'/0'/0/0"), "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266");
  EXPECT_EQ(address("m/44'/60'/0'/0/1"), "0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
}

TEST(Kdf, Bip32Vector1) {
  Bytes seed = hex("000102030405060708090a0b0c0d0e0f");
  auto at = [&](const char* path) { return hex_of(bip32_secp256k1(seed, path).value()); };
  EXPECT_EQ(at("m"), "e8f32e723decf4051aefac8e2c93c9c5b214313817cdb01a1494b917c8436b35");
  EXPECT_EQ(at("m/0'"), "edb2e14f9ee77d26dd93b4ecede8d16ed408ce149b6cd80b0715a2d911a0afea");
  EXPECT_EQ(at("m/0'/1"), "3c6cb8d0f6a264c91ea8b5030fadaa8e538b020f0a387421a12de9319dc93368");
  EXPECT_EQ(at("m/0'/1/2'/2/1000000000"),
            "471b76e389e528d6de6d816857e012c5455051cad6660850e58372a6c3e6e7c8");
}

TEST(Kdf, Slip10Ed25519Vector1) {
  Bytes seed = hex("000102030405060708090a0b0c0d0e0f");
  auto at = [&](const char* path) { return hex_of(slip10_ed25519(seed, path).value()); };
  EXPECT_EQ(at("m"), "2b4be7f19ee27bbf30c667b642d5f4aa69fd169872f8fc3059c08ebae2eb19e7");
  EXPECT_EQ(at("m/0'"), "68e0fe46dfb67e368c75379acec591dad19df3cde26e63b93a8e704f1dade7a3");
  const char* deep = "m/0'/1'/2'/2'/1000000000'";
  EXPECT_EQ(at(deep), "8f94d394a8e8fd6b1bc2f3f49f5c47e385281d5c17e65324b0f62483e37e8793");
  EXPECT_EQ(to_hex(ed25519_public_key(slip10_ed25519(seed, deep).value())),
            "3c24da049451555d51a7014a37337aa4e12d41e485abccfa46b47dfb2af54b7a");
  EXPECT_FALSE(slip10_ed25519(seed, "m/0").ok());
}

TEST(Kdf, RefusesBadPaths) {
  for (const char* path : {"", "44'/60'", "m/", "m//0", "m/x", "m/0''", "m/2147483648", "m/-1",
                           "m/0 ", "m/99999999999999999999", "m0", "m/0h"}) {
    EXPECT_FALSE(parse_derivation_path(path).ok()) << path;
  }
  EXPECT_EQ(parse_derivation_path("m/2147483647'/1").value(),
            (std::vector<uint32_t>{0xffffffffu, 1}));
}

// Computed with the reference program argon2 (apt), 16 bytes of salt, one lane.
TEST(Kdf, Argon2id) {
  ByteArray<16> salt;
  std::memcpy(salt.data(), "somesaltsomesalt", 16);
  EXPECT_EQ(hex_of(argon2id(as_bytes("password"), salt, 2, 64 << 20).value()),
            "fc33b78139231d34b71626bd6245c1d72efa190ad605c3d8166a72adcedfa2c2");
  EXPECT_EQ(hex_of(argon2id(as_bytes("password"), salt, 1, 8 << 20).value()),
            "84fb006bbc3cd69895722b64b5bf735251a9e8e9f3ecb93ff595b98aeb7accb7");
  EXPECT_FALSE(argon2id({}, salt, 1, 8 << 20).ok());
  EXPECT_FALSE(argon2id(as_bytes("password"), salt, 0, 64 << 20).ok());
  EXPECT_FALSE(argon2id(as_bytes("password"), salt, 2, 1024).ok());
  EXPECT_FALSE(argon2id(as_bytes("password"), salt, 2, uint64_t{1} << 40).ok());
}

}  // namespace
}  // namespace mica::crypto
