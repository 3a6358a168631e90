// The vault: the only object that ever holds a user's keys. Bytes in, bytes out; it knows the
// time only from its inputs and has no randomness of its own.
#pragma once

#include <deque>
#include <vector>

#include "core/app/room.h"
#include "core/app/vault_io.h"

namespace mica::app {

class Vault {
 public:
  Vault() = default;
  Vault(const Vault&) = delete;
  Vault& operator=(const Vault&) = delete;
  ~Vault();

  // A VaultInput. The caller wipes its buffer afterwards: it may hold a password.
  void handle(ByteSpan input);
  // The next VaultOutput, until none is left. The caller wipes what it gets: it may hold a phrase.
  std::optional<Bytes> poll();

  bool unlocked() const { return keys_.has_value(); }

 private:
  using Request = VaultRequest;
  using Failed = VaultAnswer::Failed;
  using Answer = Result<VaultAnswer, Failed>;

  struct Unlocked {
    std::vector<VaultAccount> accounts;
    std::vector<SecretKey> keys;  // one per account
    VaultSession session;
    std::optional<Timestamp> lock_at;
  };

  void handle_one(ByteSpan input);
  void emit(uint64_t id, VaultAnswer answer);
  bool may_ask(const VaultInput& input) const;
  bool must_be_blinded(const VaultRequest& request) const;
  void lock_if_due();
  void forget_keys();
  void put_off_lock();
  std::optional<Timestamp> lock_at() const { return keys_ ? keys_->lock_at : std::nullopt; }
  Status unlock(const VaultContent& content, const VaultSession& session);
  // The content of the vault file, after the throttle.
  Result<VaultContent, Failed> open(const Unlocking& unlocking);
  Result<VaultContent, Failed> wrong_password(Throttle throttle);
  // Seals anew, and takes the accounts over if unlocked.
  Answer change(const VaultContent& content, const KdfParameters& kdf, const Secret& wrap_key,
                const AeadNonce& nonce);
  Answer change_in_place(const VaultContent& content, const Unlocking& unlocking,
                         const AeadNonce& nonce);
  Answer create(const VaultContent& content, const Sealing& sealing, const VaultSession& session);
  Result<size_t, Failed> find(const AccountOwner& owner) const;

  Answer answer(const Request::DeriveKey& request);
  Answer answer(const Request::Inspect& request);
  Answer answer(const Request::Create& request);
  Answer answer(const Request::CreateFromKey& request);
  Answer answer(const Request::Open& request);
  Answer answer(const Request::Lock& request);
  Answer answer(const Request::Touch& request);
  Answer answer(const Request::SetSession& request);
  Answer answer(const Request::AddAccount& request);
  Answer answer(const Request::ImportKey& request);
  Answer answer(const Request::Relabel& request);
  Answer answer(const Request::Reseal& request);
  Answer answer(const Request::OpenBackup& request);
  Answer answer(const Request::SealBackup& request);
  Answer answer(const Request::RevealPhrase& request);
  Answer answer(const Request::LookAhead& request);
  Answer answer(const Request::Approve& request);
  Answer answer(const Request::Summarize& request);
  Answer answer(const Request::Unapprove& request);
  Answer answer(const Request::Remember& request);
  Answer answer(const Request::Sign& request);
  Answer answer(const Request::SignText& request);
  Answer answer(const Request::Blind& request);

  bool blinded_ = false;
  std::optional<Unlocked> keys_;  // nothing while locked
  SigningGuard guard_;
  Throttle throttle_;
  Timestamp now_;
  std::deque<Bytes> outputs_;
};

}  // namespace mica::app
