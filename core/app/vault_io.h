// What goes into a Vault and comes out of it, as BCS (core/app/vault.h).
#pragma once

#include "core/app/room.h"
#include "core/app/vault_values.h"
#include "core/wallet/block_summary.h"

namespace mica::app {

// Texts in Secret are UTF-8; phrase and passphrase come checked and in NFKD (@scure/bip39).
struct VaultRequest {
  struct DeriveKey {  // in a throw-away instance: Key
    Secret password;
    KdfParameters kdf;
    MICA_FIELDS(DeriveKey, password, kdf)
  };
  struct Inspect {  // which parameters DeriveKey needs for this file: Parameters
    SealedKind kind{};
    Bytes file;
    MICA_FIELDS(Inspect, kind, file)
  };
  struct Create {  // Sealed, and unlocked; account 0 of EVM
    Secret phrase;
    Secret passphrase;
    Sealing sealing;
    std::string label;
    VaultSession session;
    MICA_FIELDS(Create, phrase, passphrase, sealing, label, session)
  };
  struct CreateFromKey {  // a wallet of one raw key, without a phrase
    KeyScheme scheme{};
    Secret key;
    Sealing sealing;
    std::string label;
    VaultSession session;
    MICA_FIELDS(CreateFromKey, scheme, key, sealing, label, session)
  };
  struct Open {  // Opened
    Unlocking unlocking;
    VaultSession session;
    MICA_FIELDS(Open, unlocking, session)
  };
  struct Lock {  // Locked; keys and approvals are gone, fast-round records stay
    MICA_UNIT(Lock)
  };
  struct Touch {  // the person is there: puts the lock off
    MICA_UNIT(Touch)
  };
  struct Tick {  // time has passed: Locked when it is time, else nothing; any door
    MICA_UNIT(Tick)
  };
  struct SetSession {
    VaultSession session;
    MICA_FIELDS(SetSession, session)
  };
  // The next five ask for the password anew and answer Sealed with the file to keep instead.
  struct AddAccount {  // at index, or the next free one
    Unlocking unlocking;
    AeadNonce nonce{};
    KeyScheme scheme{};
    std::optional<uint32_t> index;
    std::string label;
    MICA_FIELDS(AddAccount, unlocking, nonce, scheme, index, label)
  };
  struct ImportKey {
    Unlocking unlocking;
    AeadNonce nonce{};
    KeyScheme scheme{};
    Secret key;
    std::string label;
    MICA_FIELDS(ImportKey, unlocking, nonce, scheme, key, label)
  };
  struct Relabel {
    Unlocking unlocking;
    AeadNonce nonce{};
    AccountOwner owner;
    std::string label;
    MICA_FIELDS(Relabel, unlocking, nonce, owner, label)
  };
  struct Reseal {  // another password or stronger parameters
    Unlocking unlocking;
    Sealing sealing;
    MICA_FIELDS(Reseal, unlocking, sealing)
  };
  struct OpenBackup {  // a new vault from a backup file: Restored, and unlocked
    Bytes backup;
    Secret backup_key;
    Sealing sealing;
    VaultSession session;
    MICA_FIELDS(OpenBackup, backup, backup_key, sealing, session)
  };
  struct SealBackup {  // Backup
    Unlocking unlocking;
    Sealing sealing;
    std::vector<BackupChain> chains;
    MICA_FIELDS(SealBackup, unlocking, sealing, chains)
  };
  struct RevealPhrase {  // Phrase
    Unlocking unlocking;
    MICA_FIELDS(RevealPhrase, unlocking)
  };
  struct LookAhead {  // Owners that the phrase gives from this index on, accounts or not
    Unlocking unlocking;
    KeyScheme scheme{};
    uint32_t from = 0;
    uint32_t count = 0;
    MICA_FIELDS(LookAhead, unlocking, scheme, from, count)
  };
  struct Approve {  // the person was shown the effects of this ProposedBlock (BCS): Approved
    CryptoHash network;
    Bytes block;
    MICA_FIELDS(Approve, network, block)
  };
  struct Summarize {  // what this ProposedBlock (BCS) would do, before anybody approves: Summary
    Bytes block;
    MICA_NEWTYPE(Summarize, block)
  };
  struct Unapprove {  // taken back, or nobody waits for it any more: Unapproved; any door
    CryptoHash network;
    Bytes block;
    MICA_FIELDS(Unapprove, network, block)
  };
  struct Remember {  // at the start, what Signature told to keep: Remembered
    std::vector<FastSigned> fast_signed;
    MICA_FIELDS(Remember, fast_signed)
  };
  struct Sign {  // a ProposalContent (BCS) of an approved block: Signature; any door
    AccountOwner owner;
    CryptoHash network;
    Bytes content;
    MICA_FIELDS(Sign, owner, network, content)
  };
  struct SignText {  // EIP-4361 text; domain: the page's host, from the browser: TextSignature
    AccountOwner owner;
    std::string domain;
    std::string text;
    MICA_FIELDS(SignText, owner, domain, text)
  };
  // 32 bytes drawn at random; before all that has to do with keys: Blinded
  struct Blind {
    Secret seed;
    MICA_NEWTYPE(Blind, seed)
  };
  std::variant<DeriveKey, Inspect, Create, CreateFromKey, Open, Lock, Touch, Tick, SetSession,
               AddAccount, ImportKey, Relabel, Reseal, OpenBackup, SealBackup, RevealPhrase,
               LookAhead, Approve, Summarize, Unapprove, Remember, Sign, SignText, Blind>
      kind;
  MICA_ENUM(VaultRequest, kind)
};

struct VaultInput {
  uint64_t id = 0;  // comes back in the answer
  Timestamp now;
  VaultDoor door{};
  VaultRequest request;
  MICA_FIELDS(VaultInput, id, now, door, request)
};

MICA_CHOICE(VaultFailure, BadInput, WrongDoor, WrongPassword, TooSoon, Damaged, NewerFile, WeakKdf,
            CostlyKdf, NoMemory, Locked, BadPhrase, BadKey, AccountExists, NoPhrase, UnknownOwner,
            NotApproved, FastRoundTaken, BadText, Outdated)
MICA_CHOICE(LockReason, Asked, Idle, ClockJump)

struct VaultAnswer {
  struct Key {
    Secret wrap_key;
    MICA_FIELDS(Key, wrap_key)
  };
  struct Parameters {
    KdfParameters kdf;
    MICA_FIELDS(Parameters, kdf)
  };
  struct Opened {
    std::vector<VaultAccount> accounts;
    std::optional<Timestamp> lock_at;  // send a Tick then
    MICA_FIELDS(Opened, accounts, lock_at)
  };
  struct Locked {  // with id 0 when nobody asked
    LockReason reason{};
    MICA_FIELDS(Locked, reason)
  };
  struct Touched {
    std::optional<Timestamp> lock_at;
    MICA_FIELDS(Touched, lock_at)
  };
  struct Sealed {  // keep `vault` before telling the person that it is done
    Bytes vault;
    std::vector<VaultAccount> accounts;
    MICA_FIELDS(Sealed, vault, accounts)
  };
  struct Restored {
    Bytes vault;
    std::vector<VaultAccount> accounts;
    std::vector<BackupChain> chains;
    MICA_FIELDS(Restored, vault, accounts, chains)
  };
  struct Backup {
    Bytes backup;
    MICA_FIELDS(Backup, backup)
  };
  struct Phrase {
    Secret phrase;
    Secret passphrase;
    MICA_FIELDS(Phrase, phrase, passphrase)
  };
  struct Approved {  // Failed(Outdated) if a later block of the chain was approved before
    CryptoHash block;
    BlockSummary summary;
    MICA_FIELDS(Approved, block, summary)
  };
  struct Summary {
    CryptoHash block;
    BlockSummary summary;
    MICA_FIELDS(Summary, block, summary)
  };
  struct Unapproved {
    MICA_UNIT(Unapproved)
  };
  struct Remembered {
    MICA_UNIT(Remembered)
  };
  struct Signature {
    AccountSignature signature;
    std::optional<FastSigned> fast;  // keep it before the signature goes anywhere
    MICA_FIELDS(Signature, signature, fast)
  };
  struct TextSignature {  // 65 bytes of an EVM key, 64 of an Ed25519 key
    Bytes signature;
    MICA_FIELDS(TextSignature, signature)
  };
  struct Owners {
    std::vector<AccountOwner> owners;
    MICA_NEWTYPE(Owners, owners)
  };
  struct Failed {
    VaultFailure failure{};
    std::string message;
    Throttle throttle;                  // to keep, after WrongPassword
    std::optional<Timestamp> retry_at;  // after WrongPassword and TooSoon
    MICA_FIELDS(Failed, failure, message, throttle, retry_at)
  };
  struct Blinded {
    MICA_UNIT(Blinded)
  };
  std::variant<Key, Parameters, Opened, Locked, Touched, Sealed, Restored, Backup, Phrase, Approved,
               Summary, Unapproved, Remembered, Signature, TextSignature, Owners, Failed, Blinded>
      kind;
  MICA_ENUM(VaultAnswer, kind)
};

struct VaultOutput {
  uint64_t id = 0;
  VaultAnswer answer;
  MICA_FIELDS(VaultOutput, id, answer)
};

}  // namespace mica::app
