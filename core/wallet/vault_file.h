// The two encrypted files of a wallet, vault and backup, and what is inside them.
// Formats: docs/formats/vault.md and docs/formats/backup.md.
#pragma once

#include "core/crypto/aead.h"
#include "core/crypto/kdf.h"
#include "core/types/keys.h"
#include "core/wallet/room.h"

namespace mica::wallet {

// How the password became the key that seals the file.
struct KdfParameters {
  ByteArray<16> salt{};
  uint32_t ops = 0;        // Argon2id passes
  uint64_t mem_bytes = 0;  // Argon2id memory
  MICA_FIELDS(KdfParameters, salt, ops, mem_bytes)
};
inline constexpr uint32_t kKdfOps = 3;
inline constexpr uint64_t kKdfMemBytes = uint64_t{64} << 20;
// kRefused below these (a weakened file), kTooLong above what base::limits allows (a file made to
// take memory and minutes).
Status check_kdf(const KdfParameters& kdf);
// Runs Argon2id; for a throw-away instance, because Wasm memory never shrinks.
Result<SecretKey> derive_wrap_key(ByteSpan password, const KdfParameters& kdf);

MICA_CHOICE(KeyScheme, EvmSecp256k1, Ed25519)

struct KeyOrigin {
  struct Phrase {
    uint32_t index;
    MICA_NEWTYPE(Phrase, index)
  };
  struct Imported {
    uint32_t slot;  // which of the file's raw keys
    MICA_NEWTYPE(Imported, slot)
  };
  std::variant<Phrase, Imported> kind;
  MICA_ENUM(KeyOrigin, kind)
};

// The public side of a key.
struct VaultAccount {
  AccountOwner owner;
  KeyScheme scheme{};
  KeyOrigin origin;
  std::string label;
  MICA_FIELDS(VaultAccount, owner, scheme, origin, label)
};

// A chain to find again after a restore.
struct BackupChain {
  std::string network_name;
  CryptoHash genesis_config_hash;
  std::string faucet_url;
  ChainId chain_id;
  std::optional<AccountOwner> owner;
  std::string label;
  MICA_FIELDS(BackupChain, network_name, genesis_config_hash, faucet_url, chain_id, owner, label)
};

// "m/44'/60'/0'/0/i" for EVM keys; "m/44'/60'/0'/0'/i'" for Ed25519, where every step is hardened.
std::string derivation_path(KeyScheme scheme, uint32_t index);
using types::owner_of;
Result<AccountOwner> owner_of(KeyScheme scheme, const SecretKey& key);

// What the files hold. Its secret half has no field list on purpose.
class VaultContent {
 public:
  VaultContent() = default;
  VaultContent(VaultContent&&) = default;
  VaultContent& operator=(VaultContent&&) = default;

  SecretBuffer phrase;  // English BIP-39 words with single spaces; empty without a phrase
  SecretBuffer passphrase;
  std::vector<SecretKey> imported;
  std::vector<VaultAccount> accounts;
  std::vector<BackupChain> chains;  // in backups

  // Adds the account at `index`; kRefused if it is there already.
  Status add_from_phrase(KeyScheme scheme, uint32_t index, std::string label);
  Status add_imported(KeyScheme scheme, SecretKey key, std::string label);
  // The lowest index of the scheme that no account has.
  uint32_t next_index(KeyScheme scheme) const;
  // Those that the phrase gives at `from`, `from` + 1, ..., whether they are accounts or not.
  Result<std::vector<AccountOwner>> owners_ahead(KeyScheme scheme, uint32_t from,
                                                 uint32_t count) const;
  // One key per account, in their order; kCorrupt if one does not give the owner written there.
  Result<std::vector<SecretKey>> derive_keys() const;

  SecretBuffer pack() const;
  static Result<VaultContent> unpack(ByteSpan bytes);

 private:
  Status add(VaultAccount account);
  Result<SecretKey> key_from_phrase(const SecretSeed& seed, KeyScheme scheme, uint32_t index) const;
};

// 12 to 24 lower-case words with single spaces; that they are in the list, and the check bits, are
// checked where the words are made (@scure/bip39).
Status check_phrase_form(ByteSpan phrase);

MICA_CHOICE(SealedKind, Vault, Backup)

// Outside of the ciphertext; it is the associated data.
struct SealedHeader {
  ByteArray<8> magic{};
  uint32_t version = 0;
  KdfParameters kdf;
  MICA_FIELDS(SealedHeader, magic, version, kdf)
};
struct SealedFile {
  SealedHeader header;
  AeadNonce nonce{};
  Bytes ciphertext;
  ByteArray<8> checksum{};  // of all before it: tells a damaged file from a wrong password
  MICA_FIELDS(SealedFile, header, nonce, ciphertext, checksum)
};
inline constexpr uint32_t kSealedVersion = 1;

Bytes seal(SealedKind kind, const VaultContent& content, const KdfParameters& kdf,
           const SecretKey& wrap_key, const AeadNonce& nonce);
// Needs no key. kCorrupt: damaged or no such file; kUnsupported: a newer version.
Result<SealedFile> read_sealed(SealedKind kind, ByteSpan bytes);
// kBadSignature: the wrong password (a damaged file is kCorrupt before that).
Result<VaultContent> open_sealed(SealedKind kind, ByteSpan bytes, const SecretKey& wrap_key);

}  // namespace mica::wallet
