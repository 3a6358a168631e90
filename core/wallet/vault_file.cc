#include "core/wallet/vault_file.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/crypto/ed25519.h"
#include "core/crypto/evm.h"

namespace mica::wallet {

// The public half as it lies in the plain text.
struct VaultPublicHalf {
  std::vector<VaultAccount> accounts;
  std::vector<BackupChain> chains;
  MICA_FIELDS(VaultPublicHalf, accounts, chains)
};

namespace {

constexpr size_t kMaxAccounts = 1000;
constexpr size_t kMaxSecretBytes = 4096;

void append_secret(SecretBuffer& out, ByteSpan secret) {
  out.append(encode(static_cast<uint32_t>(secret.size())));
  out.append(secret);
}

Result<SecretBuffer> take_secret(ByteSpan& bytes) {
  Error damaged{ErrorCode::kCorrupt, "vault content"};
  if (bytes.size() < 4) return damaged;
  uint32_t size = MICA_TRY(decode<uint32_t>(bytes.first(4)));
  if (size > kMaxSecretBytes || size > bytes.size() - 4) return damaged;
  SecretBuffer secret(bytes.subspan(4, size));
  bytes = bytes.subspan(4 + size);
  return secret;
}

ByteArray<8> magic_of(SealedKind kind) {
  std::string_view text = kind == SealedKind::Vault ? "mica-vlt" : "mica-bak";
  ByteArray<8> magic;
  std::memcpy(magic.data(), text.data(), magic.size());
  return magic;
}

ByteArray<8> checksum_of(const SealedFile& file) {
  Bytes bytes = encode(file);
  Hash256 hash = keccak256(ByteSpan(bytes).first(bytes.size() - 8));
  ByteArray<8> checksum;
  std::memcpy(checksum.data(), hash.data(), checksum.size());
  return checksum;
}

}  // namespace

Status check_kdf(const KdfParameters& kdf) {
  if (kdf.ops < kKdfOps || kdf.mem_bytes < kKdfMemBytes) {
    return Error{ErrorCode::kRefused, "Argon2id parameters too weak"};
  }
  if (kdf.ops > base::limits::kMaxKdfPasses || kdf.mem_bytes > base::limits::kMaxKdfBytes) {
    return Error{ErrorCode::kTooLong, "Argon2id parameters too large"};
  }
  return Ok{};
}

Result<SecretKey> derive_wrap_key(ByteSpan password, const KdfParameters& kdf) {
  MICA_TRY(check_kdf(kdf));
  return argon2id(password, kdf.salt, kdf.ops, kdf.mem_bytes);
}

std::string derivation_path(KeyScheme scheme, uint32_t index) {
  std::string number = std::to_string(index);
  return scheme == KeyScheme::EvmSecp256k1 ? "m/44'/60'/0'/0/" + number
                                           : "m/44'/60'/0'/0'/" + number + "'";
}

Result<AccountOwner> owner_of(KeyScheme scheme, const SecretKey& key) {
  if (scheme == KeyScheme::Ed25519) return owner_of(Ed25519PublicKey{ed25519_public_key(key)});
  return owner_of(MICA_TRY(evm_address_of(key)));
}

Status check_phrase_form(ByteSpan phrase) {
  Error bad{ErrorCode::kBadText, "recovery phrase"};
  size_t words = 1;
  bool after_letter = false;
  for (uint8_t c : phrase) {
    bool letter = c >= 'a' && c <= 'z';
    if (!letter && !(c == ' ' && after_letter)) return bad;
    if (!letter) ++words;
    after_letter = letter;
  }
  if (!after_letter || words < 12 || words > 24 || words % 3 != 0) return bad;
  return Ok{};
}

Status VaultContent::add(VaultAccount account) {
  for (const auto& other : accounts) {
    if (other.owner == account.owner) return Error{ErrorCode::kRefused, "account exists"};
  }
  if (accounts.size() >= kMaxAccounts) return Error{ErrorCode::kTooLong, "accounts"};
  accounts.push_back(std::move(account));
  return Ok{};
}

Result<SecretKey> VaultContent::key_from_phrase(const SecretSeed& seed, KeyScheme scheme,
                                                uint32_t index) const {
  std::string path = derivation_path(scheme, index);
  return scheme == KeyScheme::Ed25519 ? slip10_ed25519(seed, path) : bip32_secp256k1(seed, path);
}

Status VaultContent::add_from_phrase(KeyScheme scheme, uint32_t index, std::string label) {
  MICA_TRY(check_phrase_form(phrase.expose()));
  SecretSeed seed = bip39_seed(as_text(phrase.expose()), as_text(passphrase.expose()));
  SecretKey key = MICA_TRY(key_from_phrase(seed, scheme, index));
  AccountOwner owner = MICA_TRY(owner_of(scheme, key));
  return add({owner, scheme, {KeyOrigin::Phrase{index}}, std::move(label)});
}

Status VaultContent::add_imported(KeyScheme scheme, SecretKey key, std::string label) {
  AccountOwner owner = MICA_TRY(owner_of(scheme, key));
  auto slot = static_cast<uint32_t>(imported.size());
  MICA_TRY(add({owner, scheme, {KeyOrigin::Imported{slot}}, std::move(label)}));
  imported.push_back(std::move(key));
  return Ok{};
}

uint32_t VaultContent::next_index(KeyScheme scheme) const {
  uint32_t index = 0;
  auto taken = [&](const VaultAccount& account) {
    const auto* origin = std::get_if<KeyOrigin::Phrase>(&account.origin.kind);
    return origin && account.scheme == scheme && origin->index == index;
  };
  while (std::any_of(accounts.begin(), accounts.end(), taken)) ++index;
  return index;
}

Result<std::vector<AccountOwner>> VaultContent::owners_ahead(KeyScheme scheme, uint32_t from,
                                                             uint32_t count) const {
  MICA_TRY(check_phrase_form(phrase.expose()));
  if (count > base::limits::kMaxOwnersAhead) return Error{ErrorCode::kTooLong, "owners"};
  SecretSeed seed = bip39_seed(as_text(phrase.expose()), as_text(passphrase.expose()));
  std::vector<AccountOwner> owners;
  owners.reserve(count);
  for (uint32_t i = 0; i < count; ++i) {
    SecretKey key = MICA_TRY(key_from_phrase(seed, scheme, from + i));
    owners.push_back(MICA_TRY(owner_of(scheme, key)));
  }
  return owners;
}

Result<std::vector<SecretKey>> VaultContent::derive_keys() const {
  SecretSeed seed;
  if (!phrase.empty()) {
    seed = bip39_seed(as_text(phrase.expose()), as_text(passphrase.expose()));
  }
  std::vector<SecretKey> keys;
  keys.reserve(accounts.size());
  for (const auto& account : accounts) {
    if (const auto* origin = std::get_if<KeyOrigin::Imported>(&account.origin.kind)) {
      if (origin->slot >= imported.size()) return Error{ErrorCode::kCorrupt, "imported key"};
      keys.emplace_back(imported[origin->slot].expose());
    } else {
      if (phrase.empty()) return Error{ErrorCode::kCorrupt, "account without phrase"};
      uint32_t index = std::get<KeyOrigin::Phrase>(account.origin.kind).index;
      keys.push_back(MICA_TRY(key_from_phrase(seed, account.scheme, index)));
    }
    auto owner = owner_of(account.scheme, keys.back());
    if (!owner.ok() || owner.value() != account.owner) {
      return Error{ErrorCode::kCorrupt, "account owner"};
    }
  }
  return keys;
}

SecretBuffer VaultContent::pack() const {
  SecretBuffer out;
  append_secret(out, phrase.expose());
  append_secret(out, passphrase.expose());
  out.append(encode(static_cast<uint32_t>(imported.size())));
  for (const auto& key : imported) out.append(key.expose());
  out.append(encode(VaultPublicHalf{accounts, chains}));
  return out;
}

Result<VaultContent> VaultContent::unpack(ByteSpan bytes) {
  Error damaged{ErrorCode::kCorrupt, "vault content"};
  VaultContent content;
  content.phrase = MICA_TRY(take_secret(bytes));
  content.passphrase = MICA_TRY(take_secret(bytes));
  if (bytes.size() < 4) return damaged;
  uint32_t count = MICA_TRY(decode<uint32_t>(bytes.first(4)));
  bytes = bytes.subspan(4);
  if (count > kMaxAccounts || bytes.size() < size_t{count} * 32) return damaged;
  for (uint32_t i = 0; i < count; ++i) {
    content.imported.emplace_back(bytes.first<32>());
    bytes = bytes.subspan(32);
  }
  auto half = MICA_TRY(decode<VaultPublicHalf>(bytes));
  if (half.accounts.size() > kMaxAccounts) return damaged;
  content.accounts = std::move(half.accounts);
  content.chains = std::move(half.chains);
  return content;
}

Bytes seal(SealedKind kind, const VaultContent& content, const KdfParameters& kdf,
           const SecretKey& wrap_key, const AeadNonce& nonce) {
  SealedFile file;
  file.header = {magic_of(kind), kSealedVersion, kdf};
  file.nonce = nonce;
  file.ciphertext = aead_seal(wrap_key, nonce, content.pack().expose(), encode(file.header));
  file.checksum = checksum_of(file);
  return encode(file);
}

Result<SealedFile> read_sealed(SealedKind kind, ByteSpan bytes) {
  // Magic and version first: a later version may have other fields.
  ByteArray<8> magic = magic_of(kind);
  if (bytes.size() < 12 || !std::equal(magic.begin(), magic.end(), bytes.begin())) {
    return Error{ErrorCode::kCorrupt, "not such a file"};
  }
  uint32_t version = MICA_TRY(decode<uint32_t>(bytes.subspan(8, 4)));
  if (version > kSealedVersion) return Error{ErrorCode::kUnsupported, "newer file version"};
  auto file = decode<SealedFile>(bytes);
  if (version != kSealedVersion || !file.ok() || file->checksum != checksum_of(file.value())) {
    return Error{ErrorCode::kCorrupt, "sealed file"};
  }
  return file;
}

Result<VaultContent> open_sealed(SealedKind kind, ByteSpan bytes, const SecretKey& wrap_key) {
  SealedFile file = MICA_TRY(read_sealed(kind, bytes));
  SecretBuffer plain =
      MICA_TRY(aead_open(wrap_key, file.nonce, file.ciphertext, encode(file.header)));
  return VaultContent::unpack(plain.expose());
}

}  // namespace mica::wallet
