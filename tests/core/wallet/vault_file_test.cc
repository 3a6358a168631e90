#include "core/wallet/vault_file.h"

#include <gtest/gtest.h>

#include "core/crypto/evm.h"

namespace mica::wallet {
namespace {

const char* const kPhrase = "test test test test test test test test test test test junk";

SecretKey key_of(uint8_t byte) {
  ByteArray<32> bytes;
  bytes.fill(byte);
  return SecretKey(bytes);
}

AeadNonce nonce_of(uint8_t byte) {
  AeadNonce nonce;
  nonce.fill(byte);
  return nonce;
}

KdfParameters kdf() { return {{1, 2, 3}, kKdfOps, kKdfMemBytes}; }

VaultContent sample() {
  VaultContent content;
  content.phrase = SecretBuffer(as_bytes(kPhrase));
  content.passphrase = SecretBuffer(as_bytes("käse"));
  EXPECT_TRUE(content.add_from_phrase(KeyScheme::EvmSecp256k1, 0, "first").ok());
  EXPECT_TRUE(content.add_from_phrase(KeyScheme::Ed25519, 7, "").ok());
  EXPECT_TRUE(content.add_imported(KeyScheme::EvmSecp256k1, key_of(0x11), "imported").ok());
  BackupChain chain;
  chain.network_name = "devnet";
  chain.faucet_url = "http://127.0.0.1:8080";
  chain.label = "mine";
  content.chains.push_back(chain);
  return content;
}

TEST(VaultFile, OpensWhatWasSealed) {
  VaultContent content = sample();
  for (SealedKind kind : {SealedKind::Vault, SealedKind::Backup}) {
    Bytes file = seal(kind, content, kdf(), key_of(9), nonce_of(5));
    EXPECT_EQ(read_sealed(kind, file)->header.kdf, kdf());
    auto opened = open_sealed(kind, file, key_of(9));
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ(as_text(opened->phrase.expose()), kPhrase);
    EXPECT_EQ(as_text(opened->passphrase.expose()), "käse");
    EXPECT_EQ(opened->accounts, content.accounts);
    EXPECT_EQ(opened->chains, content.chains);
    EXPECT_EQ(opened->derive_keys()->size(), 3u);
  }
}

// docs/formats/vault.md gives this layout: a change of it needs a new version.
TEST(VaultFile, LayoutOfVersion1) {
  Bytes file = seal(SealedKind::Vault, VaultContent(), kdf(), key_of(9), nonce_of(5));
  EXPECT_EQ(as_text(ByteSpan(file).first(8)), "mica-vlt");
  EXPECT_EQ(to_hex(ByteSpan(file).subspan(8, 32)),
            "01000000"
            "01020300000000000000000000000000"
            "03000000"
            "0000000400000000");
  EXPECT_EQ(to_hex(ByteSpan(file).subspan(40, 24)), to_hex(nonce_of(5)));
  EXPECT_EQ(file[64], 14 + 16);  // plain text of 14 bytes and the tag
  EXPECT_EQ(file.size(), 65u + 14 + 16 + 8);
  // Plain text: two empty secrets, no imported keys, no accounts, no chains.
  EXPECT_EQ(to_hex(VaultContent().pack().expose()), std::string(28, '0'));
}

TEST(VaultFile, EveryFlippedByteIsDamage) {
  Bytes file = seal(SealedKind::Vault, sample(), kdf(), key_of(9), nonce_of(5));
  for (size_t i = 0; i < file.size(); ++i) {
    Bytes bad = file;
    bad[i] ^= 1;
    auto opened = open_sealed(SealedKind::Vault, bad, key_of(9));
    ASSERT_FALSE(opened.ok()) << i;
    bool newer = i >= 9 && i < 12;  // the version's upper bytes
    EXPECT_EQ(opened.error().code, newer ? ErrorCode::kUnsupported : ErrorCode::kCorrupt) << i;
  }
  for (size_t size = 0; size < file.size(); ++size) {
    auto opened = open_sealed(SealedKind::Vault, ByteSpan(file).first(size), key_of(9));
    ASSERT_FALSE(opened.ok()) << size;
    EXPECT_EQ(opened.error().code, ErrorCode::kCorrupt) << size;
  }
}

// Somebody who repairs the checksum still cannot weaken the parameters: they are sealed too.
TEST(VaultFile, HeaderIsAuthenticated) {
  Bytes bytes = seal(SealedKind::Vault, sample(), kdf(), key_of(9), nonce_of(5));
  SealedFile file = read_sealed(SealedKind::Vault, bytes).value();
  file.header.kdf.ops = 1;
  Bytes forged = encode(file);
  Hash256 hash = keccak256(ByteSpan(forged).first(forged.size() - 8));
  std::memcpy(forged.data() + forged.size() - 8, hash.data(), 8);
  ASSERT_TRUE(read_sealed(SealedKind::Vault, forged).ok());
  EXPECT_EQ(open_sealed(SealedKind::Vault, forged, key_of(9)).error().code,
            ErrorCode::kBadSignature);
}

TEST(VaultFile, TellsWrongPasswordKindAndVersion) {
  Bytes file = seal(SealedKind::Vault, sample(), kdf(), key_of(9), nonce_of(5));
  EXPECT_EQ(open_sealed(SealedKind::Vault, file, key_of(8)).error().code, ErrorCode::kBadSignature);
  EXPECT_EQ(open_sealed(SealedKind::Backup, file, key_of(9)).error().code, ErrorCode::kCorrupt);
  file[8] = 2;
  EXPECT_EQ(read_sealed(SealedKind::Vault, file).error().code, ErrorCode::kUnsupported);
}

TEST(VaultFile, CiphertextShowsNoSecret) {
  Bytes file = seal(SealedKind::Vault, sample(), kdf(), key_of(9), nonce_of(5));
  EXPECT_EQ(as_text(file).find("test test"), std::string_view::npos);
  SecretBuffer plain = sample().pack();  // the search would find it there
  EXPECT_NE(as_text(plain.expose()).find("test test"), std::string_view::npos);
}

TEST(VaultContent, AccountsOfThePhrase) {
  VaultContent content;
  content.phrase = SecretBuffer(as_bytes(kPhrase));
  EXPECT_EQ(content.next_index(KeyScheme::EvmSecp256k1), 0u);
  ASSERT_TRUE(content.add_from_phrase(KeyScheme::EvmSecp256k1, 0, "").ok());
  EXPECT_EQ(content.accounts[0].owner.to_text(), "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266");
  EXPECT_EQ(content.add_from_phrase(KeyScheme::EvmSecp256k1, 0, "").error().code,
            ErrorCode::kRefused);
  EXPECT_EQ(content.next_index(KeyScheme::EvmSecp256k1), 1u);
  EXPECT_EQ(content.next_index(KeyScheme::Ed25519), 0u);
  EXPECT_EQ(derivation_path(KeyScheme::EvmSecp256k1, 3), "m/44'/60'/0'/0/3");
  EXPECT_EQ(derivation_path(KeyScheme::Ed25519, 3), "m/44'/60'/0'/0'/3'");
  EXPECT_EQ(content.add_from_phrase(KeyScheme::Ed25519, kHardened, "").error().code,
            ErrorCode::kBadText);
}

TEST(VaultContent, ADifferentOwnerInTheFileIsDamage) {
  VaultContent content = sample();
  content.accounts[0].label = "another label is fine";
  EXPECT_TRUE(content.derive_keys().ok());
  content.accounts[0].owner = content.accounts[2].owner;
  EXPECT_EQ(content.derive_keys().error().code, ErrorCode::kCorrupt);
  content = sample();
  content.accounts[2].origin.kind = KeyOrigin::Imported{1};
  EXPECT_EQ(content.derive_keys().error().code, ErrorCode::kCorrupt);
}

TEST(VaultContent, UnpackRefusesDamage) {
  SecretBuffer packed = sample().pack();
  for (size_t size = 0; size < packed.size(); ++size) {
    EXPECT_FALSE(VaultContent::unpack(packed.expose().first(size)).ok()) << size;
  }
  packed.append(as_bytes("x"));
  EXPECT_FALSE(VaultContent::unpack(packed.expose()).ok());
  EXPECT_FALSE(VaultContent::unpack(Bytes(12, 0xff)).ok());
}

TEST(VaultContent, PhraseForm) {
  EXPECT_TRUE(check_phrase_form(as_bytes(kPhrase)).ok());
  for (std::string bad : {"", "test", "test test", " test", "Test"}) {
    EXPECT_FALSE(check_phrase_form(as_bytes(bad)).ok()) << bad;
  }
  std::string phrase = kPhrase;
  EXPECT_FALSE(check_phrase_form(as_bytes(phrase + " junk")).ok());
  EXPECT_FALSE(check_phrase_form(as_bytes(phrase + " ")).ok());
  EXPECT_FALSE(check_phrase_form(as_bytes(" " + phrase)).ok());
  phrase.replace(4, 1, "  ");
  EXPECT_FALSE(check_phrase_form(as_bytes(phrase)).ok());
  phrase.replace(4, 2, "\n");
  EXPECT_FALSE(check_phrase_form(as_bytes(phrase)).ok());
}

TEST(VaultFile, KdfBounds) {
  EXPECT_TRUE(check_kdf(kdf()).ok());
  EXPECT_FALSE(check_kdf({{}, kKdfOps - 1, kKdfMemBytes}).ok());
  EXPECT_FALSE(check_kdf({{}, kKdfOps, kKdfMemBytes - 1}).ok());
  using base::limits::kMaxKdfBytes;
  using base::limits::kMaxKdfPasses;
  EXPECT_TRUE(check_kdf({{}, kMaxKdfPasses, kMaxKdfBytes}).ok());
  auto code = [](const KdfParameters& kdf) { return check_kdf(kdf).error().code; };
  EXPECT_EQ(code({{}, kKdfOps, kMaxKdfBytes + 1}), ErrorCode::kTooLong);
  EXPECT_EQ(code({{}, kMaxKdfPasses + 1, kKdfMemBytes}), ErrorCode::kTooLong);
  // What a crafted file asked for once: minutes of work in a gigabyte.
  EXPECT_EQ(code({{}, 64, uint64_t{1} << 30}), ErrorCode::kTooLong);
}

}  // namespace
}  // namespace mica::wallet
