#include "core/app/vault.h"

#include <algorithm>

#include "core/crypto/ed25519.h"
#include "core/crypto/evm.h"
#include "core/crypto/secp256k1.h"

namespace mica::app {
namespace {

using Failed = VaultAnswer::Failed;

constexpr size_t kMaxSecretBytes = 4096;
constexpr size_t kMaxLabelBytes = 256;
constexpr uint64_t kClockJump_us = 5'000'000;

Failed failed(VaultFailure failure, std::string message = {}) {
  return Failed{failure, std::move(message), {}, {}};
}

// Failures in reading and writing the files.
Failed failed(const Error& error) {
  switch (error.code) {
    case ErrorCode::kCorrupt:
      return failed(VaultFailure::Damaged, error.message());
    case ErrorCode::kUnsupported:
      return failed(VaultFailure::NewerFile, error.message());
    case ErrorCode::kBadKey:
      return failed(VaultFailure::BadKey, error.message());
    default:
      return failed(VaultFailure::BadInput, error.message());
  }
}

VaultAnswer answer_of(auto alternative) {
  VaultAnswer answer;
  answer.kind = std::move(alternative);
  return answer;
}

// Bytes that should have been drawn at random and plainly were not.
bool is_blank(ByteSpan bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](uint8_t byte) { return byte == 0; });
}

bool is_bad_label(std::string_view label) { return label.size() > kMaxLabelBytes; }

// One failure is free, then 1, 2, 4, ... seconds, at most 64.
Timestamp next_try(const Throttle& throttle) {
  if (throttle.failures < 2) return throttle.last_failure;
  uint32_t doublings = std::min<uint32_t>(throttle.failures - 2, 6);
  return saturating_add(throttle.last_failure, TimeDelta::from_millis(uint64_t{1000} << doublings));
}

std::optional<Failed> refuse_kdf(const KdfParameters& kdf) {
  auto good = check_kdf(kdf);
  if (good.ok()) return std::nullopt;
  bool costly = good.error().code == ErrorCode::kTooLong;
  return failed(costly ? VaultFailure::CostlyKdf : VaultFailure::WeakKdf, good.error().message());
}

std::optional<Failed> refuse_sealing(const Sealing& sealing) {
  if (auto refused = refuse_kdf(sealing.kdf)) return refused;
  if (sealing.wrap_key.bytes.size() != 32 || is_blank(sealing.wrap_key.bytes) ||
      is_blank(sealing.nonce) || is_blank(sealing.kdf.salt)) {
    return failed(VaultFailure::BadInput, "sealing");
  }
  return std::nullopt;
}

}  // namespace

Vault::~Vault() {
  for (auto& output : outputs_) wipe(output);
}

std::optional<Bytes> Vault::poll() {
  if (outputs_.empty()) return std::nullopt;
  Bytes output = std::move(outputs_.front());
  outputs_.pop_front();
  return output;
}

void Vault::emit(uint64_t id, VaultAnswer answer) {
  Writer out(Wire::kBcs);
  if (std::holds_alternative<VaultAnswer::Key>(answer.kind) ||
      std::holds_alternative<VaultAnswer::Phrase>(answer.kind)) {
    out.reserve(2 * kMaxSecretBytes + 64);
  }
  VaultOutput output;
  output.id = id;
  output.answer = std::move(answer);
  write(out, output);
  outputs_.push_back(out.take());
}

bool Vault::may_ask(const VaultInput& input) const {
  return input.door == VaultDoor::Window ||
         std::holds_alternative<Request::Unapprove>(input.request.kind) ||
         std::holds_alternative<Request::Sign>(input.request.kind);
}

bool Vault::must_be_blinded(const VaultRequest& request) const {
  const auto& kind = request.kind;
  const bool without_keys = std::holds_alternative<Request::Blind>(kind) ||
                            std::holds_alternative<Request::DeriveKey>(kind) ||
                            std::holds_alternative<Request::Inspect>(kind) ||
                            std::holds_alternative<Request::Remember>(kind);
  return !blinded_ && !without_keys;
}

void Vault::handle(ByteSpan bytes) {
  handle_one(bytes);
  wipe_stack();
}

void Vault::handle_one(ByteSpan bytes) {
  auto decoded = decode<VaultInput>(bytes);
  if (!decoded.ok()) return emit(0, answer_of(failed(decoded.error())));
  VaultInput& input = decoded.value();
  bool clock_jumped = input.now.micros + kClockJump_us < now_.micros;
  now_ = input.now;
  if (clock_jumped && lock_at()) {
    forget_keys();
    emit(0, answer_of(VaultAnswer::Locked{LockReason::ClockJump}));
  }
  lock_if_due();
  if (std::holds_alternative<Request::Tick>(input.request.kind)) return;
  if (!may_ask(input)) return emit(input.id, answer_of(failed(VaultFailure::WrongDoor)));
  if (must_be_blinded(input.request)) {
    return emit(input.id, answer_of(failed(VaultFailure::BadInput, "no blinding yet")));
  }
  if (input.door == VaultDoor::Window) put_off_lock();
  std::visit(
      [&](const auto& request) {
        if constexpr (!std::is_same_v<std::decay_t<decltype(request)>, Request::Tick>) {
          Answer result = answer(request);
          emit(input.id, result.ok() ? std::move(result).value() : answer_of(result.error()));
        }
      },
      input.request.kind);
}

// A yes is for now: whoever unlocks is asked again.
void Vault::forget_keys() {
  keys_.reset();
  guard_.forget_approvals();
}

void Vault::lock_if_due() {
  if (!lock_at() || now_ < *lock_at()) return;
  forget_keys();
  emit(0, answer_of(VaultAnswer::Locked{LockReason::Idle}));
}

void Vault::put_off_lock() {
  if (!keys_) return;
  keys_->lock_at.reset();
  if (keys_->session.lock_after == TimeDelta::max()) return;
  keys_->lock_at = saturating_add(now_, keys_->session.lock_after);
}

Status Vault::unlock(const VaultContent& content, const VaultSession& session) {
  auto keys = MICA_TRY(content.derive_keys());
  keys_ = Unlocked{content.accounts, std::move(keys), session, {}};
  put_off_lock();
  return Ok{};
}

Result<VaultContent, Failed> Vault::wrong_password(Throttle throttle) {
  throttle_ = {throttle.failures + 1, now_};
  Failed failure = failed(VaultFailure::WrongPassword);
  failure.throttle = throttle_;
  failure.retry_at = next_try(throttle_);
  return failure;
}

Result<VaultContent, Failed> Vault::open(const Unlocking& unlocking) {
  // The host's record outlives this instance; within it ours cannot be forgotten.
  Throttle throttle =
      unlocking.throttle.failures > throttle_.failures ? unlocking.throttle : throttle_;
  // A failure from the future means a clock set back: waiting starts anew from now.
  throttle.last_failure = std::min(throttle.last_failure, now_);
  if (throttle.failures > 0 && now_ < next_try(throttle)) {
    Failed failure = failed(VaultFailure::TooSoon);
    failure.throttle = throttle;
    failure.retry_at = next_try(throttle);
    return failure;
  }
  auto wrap_key = SecretKey::from(unlocking.wrap_key.bytes, "wrap key");
  if (!wrap_key.ok()) return failed(wrap_key.error());
  auto content = open_sealed(SealedKind::Vault, unlocking.vault, wrap_key.value());
  if (content.ok()) {
    throttle_ = {};
    return std::move(content).value();
  }
  if (content.error().code == ErrorCode::kBadSignature) return wrong_password(throttle);
  return failed(content.error());
}

Vault::Answer Vault::change(const VaultContent& content, const KdfParameters& kdf,
                            const Secret& wrap_key, const AeadNonce& nonce) {
  auto key = SecretKey::from(wrap_key.bytes, "wrap key");
  if (!key.ok() || is_blank(nonce)) return failed(VaultFailure::BadInput, "sealing");
  if (keys_) {
    auto unlocked = unlock(content, VaultSession(keys_->session));
    if (!unlocked.ok()) return failed(unlocked.error());
  }
  return answer_of(VaultAnswer::Sealed{seal(SealedKind::Vault, content, kdf, key.value(), nonce),
                                       content.accounts});
}

Vault::Answer Vault::change_in_place(const VaultContent& content, const Unlocking& unlocking,
                                     const AeadNonce& nonce) {
  auto file = read_sealed(SealedKind::Vault, unlocking.vault);
  if (!file.ok()) return failed(file.error());
  if (file->nonce == nonce) return failed(VaultFailure::BadInput, "nonce used before");
  return change(content, file->header.kdf, unlocking.wrap_key, nonce);
}

Vault::Answer Vault::create(const VaultContent& content, const Sealing& sealing,
                            const VaultSession& session) {
  auto unlocked = unlock(content, session);
  if (!unlocked.ok()) return failed(unlocked.error());
  throttle_ = {};
  return change(content, sealing.kdf, sealing.wrap_key, sealing.nonce);
}

Result<size_t, Failed> Vault::find(const AccountOwner& owner) const {
  if (!keys_) return failed(VaultFailure::Locked);
  for (size_t i = 0; i < keys_->accounts.size(); ++i) {
    if (keys_->accounts[i].owner == owner) return i;
  }
  return failed(VaultFailure::UnknownOwner, owner.to_text());
}

Vault::Answer Vault::answer(const Request::Blind& request) {
  auto seed = SecretKey::from(request.seed.bytes, "blinding");
  if (!seed.ok() || is_blank(request.seed.bytes)) {
    return failed(VaultFailure::BadInput, "blinding");
  }
  secp256k1_blind(seed.value());
  blinded_ = true;
  return answer_of(VaultAnswer::Blinded{});
}

Vault::Answer Vault::answer(const Request::DeriveKey& request) {
  if (auto refused = refuse_kdf(request.kdf)) return *refused;
  auto key = derive_wrap_key(request.password.bytes, request.kdf);
  if (!key.ok()) return failed(VaultFailure::NoMemory, key.error().message());
  return answer_of(VaultAnswer::Key{Secret(key->expose())});
}

Vault::Answer Vault::answer(const Request::Inspect& request) {
  auto file = read_sealed(request.kind, request.file);
  if (!file.ok()) return failed(file.error());
  if (auto refused = refuse_kdf(file->header.kdf)) return *refused;
  return answer_of(VaultAnswer::Parameters{file->header.kdf});
}

Vault::Answer Vault::answer(const Request::Create& request) {
  if (auto refused = refuse_sealing(request.sealing)) return *refused;
  if (request.passphrase.bytes.size() > kMaxSecretBytes || is_bad_label(request.label)) {
    return failed(VaultFailure::BadInput, "too long");
  }
  if (!check_phrase_form(request.phrase.bytes).ok()) return failed(VaultFailure::BadPhrase);
  VaultContent content;
  content.phrase = SecretBuffer(request.phrase.bytes);
  content.passphrase = SecretBuffer(request.passphrase.bytes);
  auto added = content.add_from_phrase(KeyScheme::EvmSecp256k1, 0, request.label);
  if (!added.ok()) return failed(added.error());
  return create(content, request.sealing, request.session);
}

Vault::Answer Vault::answer(const Request::CreateFromKey& request) {
  if (auto refused = refuse_sealing(request.sealing)) return *refused;
  if (is_bad_label(request.label)) return failed(VaultFailure::BadInput, "too long");
  auto key = SecretKey::from(request.key.bytes, "key");
  if (!key.ok()) return failed(VaultFailure::BadKey);
  VaultContent content;
  auto added = content.add_imported(request.scheme, std::move(key).value(), request.label);
  if (!added.ok()) return failed(added.error());
  return create(content, request.sealing, request.session);
}

Vault::Answer Vault::answer(const Request::Open& request) {
  auto content = open(request.unlocking);
  if (!content.ok()) return content.error();
  auto unlocked = unlock(content.value(), request.session);
  if (!unlocked.ok()) return failed(unlocked.error());
  return answer_of(VaultAnswer::Opened{keys_->accounts, lock_at()});
}

Vault::Answer Vault::answer(const Request::Lock&) {
  forget_keys();
  return answer_of(VaultAnswer::Locked{LockReason::Asked});
}

Vault::Answer Vault::answer(const Request::Touch&) {
  return answer_of(VaultAnswer::Touched{lock_at()});
}

Vault::Answer Vault::answer(const Request::SetSession& request) {
  if (!keys_) return failed(VaultFailure::Locked);
  keys_->session = request.session;
  put_off_lock();
  return answer_of(VaultAnswer::Touched{lock_at()});
}

Vault::Answer Vault::answer(const Request::AddAccount& request) {
  if (is_bad_label(request.label)) return failed(VaultFailure::BadInput, "too long");
  auto content = open(request.unlocking);
  if (!content.ok()) return content.error();
  if (content->phrase.empty()) return failed(VaultFailure::NoPhrase);
  uint32_t index = request.index.value_or(content->next_index(request.scheme));
  auto added = content->add_from_phrase(request.scheme, index, request.label);
  if (!added.ok()) {
    if (added.error().code == ErrorCode::kRefused) return failed(VaultFailure::AccountExists);
    return failed(added.error());
  }
  return change_in_place(content.value(), request.unlocking, request.nonce);
}

Vault::Answer Vault::answer(const Request::ImportKey& request) {
  if (is_bad_label(request.label)) return failed(VaultFailure::BadInput, "too long");
  auto key = SecretKey::from(request.key.bytes, "key");
  if (!key.ok()) return failed(VaultFailure::BadKey);
  auto content = open(request.unlocking);
  if (!content.ok()) return content.error();
  auto added = content->add_imported(request.scheme, std::move(key).value(), request.label);
  if (!added.ok()) {
    if (added.error().code == ErrorCode::kRefused) return failed(VaultFailure::AccountExists);
    return failed(added.error());
  }
  return change_in_place(content.value(), request.unlocking, request.nonce);
}

Vault::Answer Vault::answer(const Request::Relabel& request) {
  if (is_bad_label(request.label)) return failed(VaultFailure::BadInput, "too long");
  auto content = open(request.unlocking);
  if (!content.ok()) return content.error();
  bool found = false;
  for (auto& account : content->accounts) {
    if (account.owner != request.owner) continue;
    account.label = request.label;
    found = true;
  }
  if (!found) return failed(VaultFailure::UnknownOwner, request.owner.to_text());
  return change_in_place(content.value(), request.unlocking, request.nonce);
}

Vault::Answer Vault::answer(const Request::Reseal& request) {
  if (auto refused = refuse_sealing(request.sealing)) return *refused;
  auto content = open(request.unlocking);
  if (!content.ok()) return content.error();
  return change(content.value(), request.sealing.kdf, request.sealing.wrap_key,
                request.sealing.nonce);
}

Vault::Answer Vault::answer(const Request::OpenBackup& request) {
  if (auto refused = refuse_sealing(request.sealing)) return *refused;
  auto key = SecretKey::from(request.backup_key.bytes, "backup key");
  if (!key.ok()) return failed(key.error());
  auto content = open_sealed(SealedKind::Backup, request.backup, key.value());
  if (!content.ok()) {
    if (content.error().code != ErrorCode::kBadSignature) return failed(content.error());
    return failed(VaultFailure::WrongPassword);
  }
  auto chains = std::move(content->chains);
  content->chains.clear();
  auto created = create(content.value(), request.sealing, request.session);
  if (!created.ok()) return created.error();
  auto& sealed = std::get<VaultAnswer::Sealed>(created->kind);
  return answer_of(VaultAnswer::Restored{std::move(sealed.vault), std::move(sealed.accounts),
                                         std::move(chains)});
}

Vault::Answer Vault::answer(const Request::SealBackup& request) {
  if (auto refused = refuse_sealing(request.sealing)) return *refused;
  auto content = open(request.unlocking);
  if (!content.ok()) return content.error();
  auto key = SecretKey::from(request.sealing.wrap_key.bytes, "backup key");
  if (!key.ok()) return failed(key.error());
  content->chains = request.chains;
  return answer_of(
      VaultAnswer::Backup{seal(SealedKind::Backup, content.value(), request.sealing.kdf,
                               key.value(), request.sealing.nonce)});
}

Vault::Answer Vault::answer(const Request::RevealPhrase& request) {
  auto content = open(request.unlocking);
  if (!content.ok()) return content.error();
  if (content->phrase.empty()) return failed(VaultFailure::NoPhrase);
  return answer_of(
      VaultAnswer::Phrase{Secret(content->phrase.expose()), Secret(content->passphrase.expose())});
}

Vault::Answer Vault::answer(const Request::LookAhead& request) {
  auto content = open(request.unlocking);
  if (!content.ok()) return content.error();
  if (content->phrase.empty()) return failed(VaultFailure::NoPhrase);
  auto owners = content->owners_ahead(request.scheme, request.from, request.count);
  if (!owners.ok()) return failed(owners.error());
  return answer_of(VaultAnswer::Owners{std::move(owners).value()});
}

Vault::Answer Vault::answer(const Request::Approve& request) {
  auto block = decode<ProposedBlock>(request.block);
  if (!block.ok()) return failed(block.error());
  if (!guard_.approve(request.network, block.value())) return failed(VaultFailure::Outdated);
  return answer_of(VaultAnswer::Approved{hash_of(block.value()), summarize(block.value())});
}

Vault::Answer Vault::answer(const Request::Summarize& request) {
  auto block = decode<ProposedBlock>(request.block);
  if (!block.ok()) return failed(block.error());
  return answer_of(VaultAnswer::Summary{hash_of(block.value()), summarize(block.value())});
}

Vault::Answer Vault::answer(const Request::Unapprove& request) {
  auto block = decode<ProposedBlock>(request.block);
  if (!block.ok()) return failed(block.error());
  guard_.unapprove(request.network, block.value());
  return answer_of(VaultAnswer::Unapproved{});
}

Vault::Answer Vault::answer(const Request::Remember& request) {
  for (const FastSigned& fast : request.fast_signed) guard_.remember(fast);
  return answer_of(VaultAnswer::Remembered{});
}

Vault::Answer Vault::answer(const Request::Sign& request) {
  auto content = decode<ProposalContent>(request.content);
  if (!content.ok()) return failed(content.error());
  auto index = find(request.owner);
  if (!index.ok()) return index.error();
  switch (guard_.admit(request.network, content.value(), keys_->session.policy)) {
    case GuardAnswer::kNotApproved:
      return failed(VaultFailure::NotApproved);
    case GuardAnswer::kFastRoundTaken:
      return failed(VaultFailure::FastRoundTaken);
    case GuardAnswer::kMaySign:
      break;
  }
  CryptoHash hash = hash_of(content.value());
  const SecretKey& key = keys_->keys[index.value()];
  AccountSignature signature;
  if (keys_->accounts[index.value()].scheme == KeyScheme::Ed25519) {
    signature.kind =
        AccountSignature::Ed25519{{ed25519_sign(key, hash.bytes)}, {ed25519_public_key(key)}};
  } else {
    signature.kind = AccountSignature::EvmSecp256k1{
        {evm_sign(key, hash.bytes)}, std::get<AccountOwner::Address20>(request.owner.kind).address};
  }
  std::optional<FastSigned> fast;
  if (content->round.is_fast())
    fast = *guard_.fast_signed(request.network, content->block.chain_id);
  return answer_of(VaultAnswer::Signature{std::move(signature), std::move(fast)});
}

Vault::Answer Vault::answer(const Request::SignText& request) {
  auto index = find(request.owner);
  if (!index.ok()) return index.error();
  auto good = check_sign_in_text(request.text, request.domain, request.owner);
  if (!good.ok()) return failed(VaultFailure::BadText, good.error().where);
  const SecretKey& key = keys_->keys[index.value()];
  ByteSpan text = as_bytes(request.text);
  if (keys_->accounts[index.value()].scheme == KeyScheme::Ed25519) {
    return answer_of(VaultAnswer::TextSignature{to_bytes(ed25519_sign(key, text))});
  }
  return answer_of(VaultAnswer::TextSignature{to_bytes(evm_sign_text(key, text))});
}

}  // namespace mica::app
