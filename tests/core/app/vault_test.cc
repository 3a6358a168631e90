#include "core/app/vault.h"

#include <gtest/gtest.h>

#include "core/crypto/evm.h"
#include "core/crypto/secp256k1.h"

namespace mica::app {
namespace {

using Request = VaultRequest;
using Reply = VaultAnswer;

const char* const kPhrase = "test test test test test test test test test test test junk";
const char* const kOwner0 = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
constexpr uint64_t kSecond = 1'000'000;

Secret secret(std::string_view text) { return Secret(as_bytes(text)); }
Secret wrap_key(uint8_t byte) { return Secret(Bytes(32, byte)); }
AeadNonce nonce(uint8_t byte) {
  AeadNonce out;
  out.fill(byte);
  return out;
}
KdfParameters kdf() { return {{1, 2, 3}, kKdfOps, kKdfMemBytes}; }
Sealing sealing(uint8_t key, uint8_t nonce_byte = 1) {
  Sealing out;
  out.kdf = kdf();
  out.wrap_key = wrap_key(key);
  out.nonce = nonce(nonce_byte);
  return out;
}
Unlocking unlocking(const Bytes& vault, uint8_t key, Throttle throttle = {}) {
  Unlocking out;
  out.vault = vault;
  out.wrap_key = wrap_key(key);
  out.throttle = throttle;
  return out;
}
VaultSession session(SigningPolicy policy = SigningPolicy::AskAlways) {
  return {{600 * kSecond}, policy};
}

ProposedBlock transfer_block(uint64_t height, uint64_t tokens) {
  ProposedBlock block;
  block.height = {height};
  SystemOperation transfer{
      SystemOperation::Transfer{AccountOwner::chain(), {}, Amount::from_tokens(tokens)}};
  block.transactions.push_back({Transaction::ExecuteOperation{{Operation::System{transfer}}}});
  return block;
}

// Drives a vault as the host's loop does.
class Host {
 public:
  template <class R>
  VaultAnswer ask(R request, VaultDoor door = VaultDoor::Window) {
    VaultInput input;
    input.id = ++last_id_;
    input.now = {now};
    input.door = door;
    input.request.kind = std::move(request);
    vault.handle(encode(input));
    VaultAnswer answer;
    unasked.clear();
    while (auto bytes = vault.poll()) {
      auto output = decode<VaultOutput>(*bytes);
      EXPECT_TRUE(output.ok());
      if (output->id == last_id_) {
        answer = std::move(output.value().answer);
      } else {
        EXPECT_EQ(output->id, 0u);
        unasked.push_back(std::move(output.value().answer));
      }
    }
    return answer;
  }
  template <class Wanted, class R>
  Wanted get(R request, VaultDoor door = VaultDoor::Window) {
    VaultAnswer answer = ask(std::move(request), door);
    if (auto* wanted = std::get_if<Wanted>(&answer.kind)) return std::move(*wanted);
    auto* failed = std::get_if<Reply::Failed>(&answer.kind);
    ADD_FAILURE() << "another answer: " << answer.kind.index() << " "
                  << (failed ? choice_names(failed->failure)[size_t(failed->failure)] : "") << " "
                  << (failed ? failed->message : "");
    return Wanted{};
  }
  template <class R>
  VaultFailure failure(R request, VaultDoor door = VaultDoor::Window) {
    return get<Reply::Failed>(std::move(request), door).failure;
  }
  Reply::Sealed create(SigningPolicy policy = SigningPolicy::AskAlways) {
    Request::Create request;
    request.phrase = secret(kPhrase);
    request.sealing = sealing(9);
    request.session = session(policy);
    return get<Reply::Sealed>(std::move(request));
  }
  Request::Open open_request(const Bytes& vault, uint8_t key, Throttle throttle = {}) {
    Request::Open request;
    request.unlocking = unlocking(vault, key, throttle);
    request.session = session();
    return request;
  }

  explicit Host(bool blinded = true) {
    if (blinded) get<Reply::Blinded>(Request::Blind{secret(std::string(32, 'b'))});
  }

  Vault vault;
  uint64_t now = 1000 * kSecond;
  std::vector<VaultAnswer> unasked;

 private:
  uint64_t last_id_ = 0;
};

const CryptoHash kNetwork{{1}};

Request::Sign sign_request(const ProposedBlock& block, Round round) {
  return {AccountOwner::from_text(kOwner0).value(), kNetwork,
          encode(ProposalContent{block, round, {}})};
}

Request::Approve approve_request(const ProposedBlock& block) { return {kNetwork, encode(block)}; }

TEST(Vault, HasNoKeysBeforeItIsBlinded) {
  Host host(false);
  EXPECT_EQ(host.failure(host.open_request({}, 9)), VaultFailure::BadInput);
  for (const std::string& bad : {std::string(31, 'b'), std::string(32, '\0')}) {
    EXPECT_EQ(host.failure(Request::Blind{secret(bad)}), VaultFailure::BadInput);
  }
  const Hash256 before = secp256k1_blinding_mark();
  host.get<Reply::Blinded>(Request::Blind{secret(std::string(32, 'c'))});
  EXPECT_NE(secp256k1_blinding_mark(), before);
  EXPECT_EQ(host.create().accounts.size(), 1u);
}

TEST(Vault, CreatesLocksAndOpens) {
  Host host;
  auto sealed = host.create();
  ASSERT_EQ(sealed.accounts.size(), 1u);
  EXPECT_EQ(sealed.accounts[0].owner.to_text(), kOwner0);
  EXPECT_TRUE(host.vault.unlocked());
  EXPECT_EQ(host.get<Reply::Locked>(Request::Lock{}).reason, LockReason::Asked);
  EXPECT_FALSE(host.vault.unlocked());
  auto opened = host.get<Reply::Opened>(host.open_request(sealed.vault, 9));
  EXPECT_EQ(opened.accounts, sealed.accounts);
  EXPECT_EQ(opened.lock_at, Timestamp{host.now + 600 * kSecond});
  Host other;  // another instance, as after a restart
  EXPECT_EQ(other.get<Reply::Opened>(other.open_request(sealed.vault, 9)).accounts,
            sealed.accounts);
}

TEST(Vault, DerivesTheKeyFromThePassword) {
  Host host;
  auto derive = [&](std::string_view password) {
    Request::DeriveKey request;
    request.password = secret(password);
    request.kdf = kdf();
    return to_hex(host.get<Reply::Key>(std::move(request)).wrap_key.bytes);
  };
  std::string key = derive("correct horse");
  EXPECT_EQ(key.size(), 64u);
  EXPECT_EQ(derive("correct horse"), key);
  EXPECT_NE(derive("correct horsf"), key);
  Request::DeriveKey weak;
  weak.password = secret("x");
  weak.kdf = {{}, 1, 8 << 20};
  EXPECT_EQ(host.failure(std::move(weak)), VaultFailure::WeakKdf);
  auto sealed = host.create();
  EXPECT_EQ(host.get<Reply::Parameters>(Request::Inspect{SealedKind::Vault, sealed.vault}).kdf,
            kdf());
  EXPECT_EQ(host.failure(Request::Inspect{SealedKind::Backup, sealed.vault}),
            VaultFailure::Damaged);
}

TEST(Vault, RefusesFilesThatAskForTooMuchBeforeAnythingIsDerived) {
  Host host;
  auto crafted = [](const KdfParameters& kdf) {
    return seal(SealedKind::Backup, {}, kdf, SecretKey(ByteArray<32>{}), nonce(1));
  };
  auto costly = crafted({kdf().salt, 64, uint64_t{1} << 30});
  EXPECT_EQ(host.failure(Request::Inspect{SealedKind::Backup, costly}), VaultFailure::CostlyKdf);
  auto weak = crafted({kdf().salt, 1, uint64_t{8} << 20});
  EXPECT_EQ(host.failure(Request::Inspect{SealedKind::Backup, weak}), VaultFailure::WeakKdf);
  Request::DeriveKey derive;
  derive.password = secret("x");
  derive.kdf = {{}, 64, uint64_t{1} << 30};
  EXPECT_EQ(host.failure(std::move(derive)), VaultFailure::CostlyKdf);
}

TEST(Vault, LooksAheadAtOwnersThatAreNoAccountsYet) {
  Host host;
  Bytes vault = host.create().vault;
  auto ahead = [&](KeyScheme scheme, uint32_t from, uint32_t count) {
    Request::LookAhead request;
    request.unlocking = unlocking(vault, 9);
    request.scheme = scheme;
    request.from = from;
    request.count = count;
    return request;
  };
  auto owners = [&](KeyScheme scheme, uint32_t from, uint32_t count) {
    return host.get<Reply::Owners>(ahead(scheme, from, count)).owners;
  };
  for (KeyScheme scheme : {KeyScheme::EvmSecp256k1, KeyScheme::Ed25519}) {
    Request::AddAccount add;
    add.unlocking = unlocking(vault, 9);
    add.nonce = nonce(4);
    add.scheme = scheme;
    add.index = 3;
    AccountOwner added = host.get<Reply::Sealed>(std::move(add)).accounts.back().owner;
    EXPECT_EQ(owners(scheme, 3, 1), std::vector{added});
    EXPECT_EQ(owners(scheme, 1, 5).at(2), added);
  }
  EXPECT_EQ(host.failure(ahead(KeyScheme::Ed25519, 0, 1000)), VaultFailure::BadInput);
  auto wrong = ahead(KeyScheme::Ed25519, 0, 1);
  wrong.unlocking = unlocking(vault, 8);
  EXPECT_EQ(host.failure(std::move(wrong)), VaultFailure::WrongPassword);
}

TEST(Vault, WrongPasswordSaysSoAndSlowsDown) {
  Host host;
  auto sealed = host.create();
  host.get<Reply::Locked>(Request::Lock{});
  auto first = host.get<Reply::Failed>(host.open_request(sealed.vault, 8));
  EXPECT_EQ(first.failure, VaultFailure::WrongPassword);
  EXPECT_EQ(first.throttle.failures, 1u);
  EXPECT_FALSE(host.vault.unlocked());
  auto second = host.get<Reply::Failed>(host.open_request(sealed.vault, 8));
  EXPECT_EQ(second.failure, VaultFailure::WrongPassword);
  EXPECT_EQ(second.retry_at, Timestamp{host.now + kSecond});
  // Even the right one has to wait; so does a new instance that is told the record.
  EXPECT_EQ(host.failure(host.open_request(sealed.vault, 9)), VaultFailure::TooSoon);
  Host restarted;
  EXPECT_EQ(restarted.failure(restarted.open_request(sealed.vault, 9, second.throttle)),
            VaultFailure::TooSoon);
  host.now += kSecond;
  auto third = host.get<Reply::Failed>(host.open_request(sealed.vault, 8));
  EXPECT_EQ(third.retry_at, Timestamp{host.now + 2 * kSecond});
  host.now += 2 * kSecond;
  host.get<Reply::Opened>(host.open_request(sealed.vault, 9));
  host.get<Reply::Locked>(Request::Lock{});
  EXPECT_EQ(host.get<Reply::Failed>(host.open_request(sealed.vault, 8)).throttle.failures, 1u);
}

TEST(Vault, DamagedAndNewerFiles) {
  Host host;
  auto sealed = host.create();
  Bytes damaged = sealed.vault;
  damaged[70] ^= 1;
  EXPECT_EQ(host.failure(host.open_request(damaged, 9)), VaultFailure::Damaged);
  EXPECT_EQ(host.failure(host.open_request({}, 9)), VaultFailure::Damaged);
  Bytes newer = sealed.vault;
  newer[8] = 7;
  EXPECT_EQ(host.failure(host.open_request(newer, 9)), VaultFailure::NewerFile);
}

TEST(Vault, SignsApprovedBlocksOnly) {
  Host host;
  host.create();
  ProposedBlock shown = transfer_block(5, 1);
  auto fast = [&] { return sign_request(shown, {Round::Fast{}}); };
  EXPECT_EQ(host.failure(fast(), VaultDoor::Engine), VaultFailure::NotApproved);
  EXPECT_EQ(host.get<Reply::Approved>(approve_request(shown)).block, hash_of(shown));
  auto signature = host.get<Reply::Signature>(fast(), VaultDoor::Engine).signature;
  EXPECT_TRUE(signature.verify(hash_of(ProposalContent{shown, {Round::Fast{}}, {}})).ok());
  EXPECT_EQ(signature.owner().to_text(), kOwner0);
  host.get<Reply::Signature>(sign_request(shown, {Round::MultiLeader{1}}), VaultDoor::Engine);
  ProposedBlock other = transfer_block(5, 2);
  EXPECT_EQ(host.failure(sign_request(other, {Round::MultiLeader{0}})), VaultFailure::NotApproved);
  host.get<Reply::Approved>(approve_request(other));
  EXPECT_EQ(host.failure(sign_request(other, {Round::Fast{}})), VaultFailure::FastRoundTaken);
}

// Locking takes keys and approvals away, not the memory of what was signed.
TEST(Vault, LockedSignsNothingAndForgetsNoFastRound) {
  Host host;
  auto sealed = host.create();
  ProposedBlock shown = transfer_block(5, 1);
  ProposedBlock other = transfer_block(5, 2);
  host.get<Reply::Approved>(approve_request(shown));
  host.get<Reply::Signature>(sign_request(shown, {Round::Fast{}}));
  host.get<Reply::Locked>(Request::Lock{});
  EXPECT_EQ(host.failure(sign_request(shown, {Round::Fast{}})), VaultFailure::Locked);
  host.get<Reply::Opened>(host.open_request(sealed.vault, 9));
  EXPECT_EQ(host.failure(sign_request(shown, {Round::MultiLeader{0}})), VaultFailure::NotApproved);
  host.get<Reply::Approved>(approve_request(shown));
  host.get<Reply::Signature>(sign_request(shown, {Round::MultiLeader{0}}));
  host.get<Reply::Approved>(approve_request(other));
  EXPECT_EQ(host.failure(sign_request(other, {Round::Fast{}})), VaultFailure::FastRoundTaken);
}

TEST(Vault, SaysWhatABlockDoesAndWhenAYesIsTooLate) {
  Host host;
  host.create();
  ProposedBlock shown = transfer_block(5, 1);
  shown.transactions.push_back(
      {Transaction::ExecuteOperation{{Operation::System{{SystemOperation::CloseChain{}}}}}});
  shown.transactions.push_back({Transaction::ExecuteOperation{{Operation::User{}}}});
  IncomingBundle bundle;
  bundle.action = MessageAction::Reject;
  shown.transactions.push_back({Transaction::ReceiveMessages{bundle}});
  auto before = host.get<Reply::Summary>(Request::Summarize{encode(shown)});
  EXPECT_EQ(host.failure(sign_request(shown, {Round::Fast{}})), VaultFailure::NotApproved);
  auto approved = host.get<Reply::Approved>(approve_request(shown));
  EXPECT_EQ(before.block, approved.block);
  EXPECT_EQ(before.summary, approved.summary);
  EXPECT_EQ(approved.summary, summarize(shown));
  EXPECT_EQ(approved.summary.chain_id, shown.chain_id);
  EXPECT_EQ(approved.summary.height, shown.height);
  std::vector<Operation> operations;
  for (size_t at = 0; at < 3; ++at) {
    operations.push_back(
        std::get<Transaction::ExecuteOperation>(shown.transactions[at].kind).operation);
  }
  EXPECT_EQ(approved.summary.operations, operations);
  EXPECT_EQ(approved.summary.rejected_bundles, 1u);
  EXPECT_EQ(approved.summary.accepted_bundles, 0u);
  EXPECT_EQ(host.failure(approve_request(transfer_block(4, 1))), VaultFailure::Outdated);
}

TEST(Vault, LetsAYesBeTakenBackAtAnyDoor) {
  Host host;
  host.create();
  ProposedBlock shown = transfer_block(5, 1);
  host.get<Reply::Approved>(approve_request(shown));
  host.get<Reply::Unapproved>(Request::Unapprove{kNetwork, encode(shown)}, VaultDoor::Engine);
  EXPECT_EQ(host.failure(sign_request(shown, {Round::Fast{}})), VaultFailure::NotApproved);
  EXPECT_EQ(host.failure(Request::Summarize{encode(shown)}, VaultDoor::Engine),
            VaultFailure::WrongDoor);
}

TEST(Vault, ANewInstanceIsToldWhatWasSignedInFastRounds) {
  ProposedBlock shown = transfer_block(5, 1), other = transfer_block(5, 2);
  Host host;
  auto sealed = host.create();
  host.get<Reply::Approved>(approve_request(shown));
  EXPECT_FALSE(host.get<Reply::Signature>(sign_request(shown, {Round::MultiLeader{0}})).fast);
  const auto kept = host.get<Reply::Signature>(sign_request(shown, {Round::Fast{}})).fast;
  ASSERT_TRUE(kept);
  EXPECT_EQ(*kept, (FastSigned{kNetwork, shown.chain_id, shown.height, hash_of(shown)}));
  Host next;
  EXPECT_EQ(next.failure(Request::Remember{{*kept}}, VaultDoor::Engine), VaultFailure::WrongDoor);
  next.get<Reply::Remembered>(Request::Remember{{*kept}});
  next.get<Reply::Opened>(next.open_request(sealed.vault, 9));
  next.get<Reply::Approved>(approve_request(other));
  EXPECT_EQ(next.failure(sign_request(other, {Round::Fast{}})), VaultFailure::FastRoundTaken);
  next.get<Reply::Signature>(sign_request(other, {Round::MultiLeader{0}}));
}

TEST(Vault, TheEngineMayOnlyAskForSignatures) {
  Host host;
  auto sealed = host.create(SigningPolicy::AskAlways);
  const auto engine = VaultDoor::Engine;
  EXPECT_EQ(host.failure(approve_request(transfer_block(1, 1)), engine), VaultFailure::WrongDoor);
  EXPECT_EQ(host.failure(Request::SetSession{session(SigningPolicy::SignAll)}, engine),
            VaultFailure::WrongDoor);
  EXPECT_EQ(host.failure(host.open_request(sealed.vault, 9), engine), VaultFailure::WrongDoor);
  EXPECT_EQ(host.failure(Request::Touch{}, engine), VaultFailure::WrongDoor);
  Request::RevealPhrase reveal;
  reveal.unlocking = unlocking(sealed.vault, 9);
  EXPECT_EQ(host.failure(std::move(reveal), engine), VaultFailure::WrongDoor);
}

TEST(Vault, Policies) {
  Host host;
  host.create(SigningPolicy::ReceiveSilently);
  ProposedBlock receipt;
  receipt.transactions.push_back({Transaction::ReceiveMessages{}});
  host.get<Reply::Signature>(sign_request(receipt, {Round::Fast{}}), VaultDoor::Engine);
  ProposedBlock paying = transfer_block(1, 1);
  EXPECT_EQ(host.failure(sign_request(paying, {Round::Fast{}})), VaultFailure::NotApproved);
  host.get<Reply::Touched>(Request::SetSession{session(SigningPolicy::AskAlways)});
  EXPECT_EQ(host.failure(sign_request(receipt, {Round::Fast{}})), VaultFailure::NotApproved);
  host.get<Reply::Touched>(Request::SetSession{session(SigningPolicy::SignAll)});
  host.get<Reply::Signature>(sign_request(paying, {Round::Fast{}}), VaultDoor::Engine);
}

TEST(Vault, LocksWhenIdle) {
  Host host;
  host.create();
  host.now += 599 * kSecond;
  host.ask(Request::Tick{}, VaultDoor::Window);
  EXPECT_TRUE(host.unasked.empty());
  EXPECT_EQ(host.get<Reply::Touched>(Request::Touch{}).lock_at,
            Timestamp{host.now + 600 * kSecond});
  host.now += 599 * kSecond;
  // The engine's work does not put the lock off.
  EXPECT_EQ(host.failure(sign_request(transfer_block(1, 1), {Round::Fast{}}), VaultDoor::Engine),
            VaultFailure::NotApproved);
  host.now += kSecond;
  host.ask(Request::Tick{}, VaultDoor::Window);
  ASSERT_EQ(host.unasked.size(), 1u);
  EXPECT_EQ(std::get<Reply::Locked>(host.unasked[0].kind).reason, LockReason::Idle);
  EXPECT_FALSE(host.vault.unlocked());
}

// A laptop that slept past the hour: the first thing asked finds the vault locked.
TEST(Vault, LocksBeforeAnsweringWhenLate) {
  Host host;
  host.create();
  host.get<Reply::Approved>(approve_request(transfer_block(1, 1)));
  host.now += 3600 * kSecond;
  EXPECT_EQ(host.failure(sign_request(transfer_block(1, 1), {Round::Fast{}})),
            VaultFailure::Locked);
  EXPECT_EQ(host.unasked.size(), 1u);
}

TEST(Vault, LocksWhenTheClockGoesBack) {
  Host host;
  host.create();
  host.now -= 2 * kSecond;  // small corrections are no reason
  EXPECT_TRUE(host.get<Reply::Touched>(Request::Touch{}).lock_at.has_value());
  host.now -= 60 * kSecond;
  EXPECT_FALSE(host.get<Reply::Touched>(Request::Touch{}).lock_at.has_value());
  ASSERT_EQ(host.unasked.size(), 1u);
  EXPECT_EQ(std::get<Reply::Locked>(host.unasked[0].kind).reason, LockReason::ClockJump);
}

TEST(Vault, AddsImportsAndRelabels) {
  Host host;
  Bytes vault = host.create().vault;
  auto add = [&](KeyScheme scheme, std::optional<uint32_t> index, uint8_t nonce_byte) {
    return Request::AddAccount{unlocking(vault, 9), nonce(nonce_byte), scheme, index, "more"};
  };
  EXPECT_EQ(host.failure(add(KeyScheme::Ed25519, {}, 1)), VaultFailure::BadInput);  // nonce reused
  EXPECT_EQ(host.failure(add(KeyScheme::EvmSecp256k1, 0, 2)), VaultFailure::AccountExists);
  auto sealed = host.get<Reply::Sealed>(add(KeyScheme::EvmSecp256k1, {}, 2));
  EXPECT_EQ(sealed.accounts[1].owner.to_text(), "0x70997970c51812dc3a010c7d01b50e0d17dc79c8");
  vault = sealed.vault;
  vault = host.get<Reply::Sealed>(add(KeyScheme::Ed25519, {}, 3)).vault;
  Request::ImportKey import;
  import.unlocking = unlocking(vault, 9);
  import.nonce = nonce(4);
  import.key = Secret(Bytes(32, 0x11));
  sealed = host.get<Reply::Sealed>(std::move(import));
  ASSERT_EQ(sealed.accounts.size(), 4u);
  EXPECT_EQ(sealed.accounts[3].owner.to_text(), "0x19e7e376e7c213b7e7e7e46cc70a5dd086daff2a");
  vault = sealed.vault;
  Request::Relabel relabel;
  relabel.unlocking = unlocking(vault, 9);
  relabel.nonce = nonce(5);
  relabel.owner = sealed.accounts[3].owner;
  relabel.label = "old key";
  sealed = host.get<Reply::Sealed>(std::move(relabel));
  EXPECT_EQ(sealed.accounts[3].label, "old key");

  // All four sign, at once and after the file was opened again.
  host.get<Reply::Touched>(Request::SetSession{session(SigningPolicy::SignAll)});
  ProposalContent content{transfer_block(1, 1), {Round::Fast{}}, {}};
  for (int round = 0; round < 2; ++round) {
    for (const auto& account : sealed.accounts) {
      Request::Sign sign{account.owner, kNetwork, encode(content)};
      auto signature = host.get<Reply::Signature>(std::move(sign)).signature;
      EXPECT_TRUE(signature.verify(hash_of(content)).ok());
      EXPECT_EQ(signature.owner(), account.owner);
    }
    auto reopen = host.open_request(sealed.vault, 9);
    reopen.session = session(SigningPolicy::SignAll);
    host.get<Reply::Opened>(std::move(reopen));
  }
  Request::Sign unknown{AccountOwner::chain(), kNetwork, encode(content)};
  EXPECT_EQ(host.failure(std::move(unknown)), VaultFailure::UnknownOwner);
}

TEST(Vault, RefusesBadKeysAndPhrases) {
  Host host;
  Bytes vault = host.create().vault;
  for (Bytes key : {Bytes(32, 0), Bytes(32, 0xff), Bytes(31, 1), Bytes()}) {
    Request::ImportKey import;
    import.unlocking = unlocking(vault, 9);
    import.nonce = nonce(4);
    import.key = Secret(key);
    EXPECT_EQ(host.failure(std::move(import)), VaultFailure::BadKey) << to_hex(key);
  }
  Request::Create create;
  create.phrase = secret("test test junk");
  create.sealing = sealing(9);
  EXPECT_EQ(host.failure(std::move(create)), VaultFailure::BadPhrase);
  Request::Create weak;
  weak.phrase = secret(kPhrase);
  weak.sealing = sealing(9);
  weak.sealing.kdf.mem_bytes = 1 << 20;
  EXPECT_EQ(host.failure(std::move(weak)), VaultFailure::WeakKdf);
  Request::Create blank;
  blank.phrase = secret(kPhrase);
  blank.sealing = sealing(9, 0);  // a nonce that nobody drew
  EXPECT_EQ(host.failure(std::move(blank)), VaultFailure::BadInput);
}

TEST(Vault, ChangesThePasswordAndRevealsThePhrase) {
  Host host;
  Bytes old_vault = host.create().vault;
  Request::Reseal reseal;
  reseal.unlocking = unlocking(old_vault, 9);
  reseal.sealing = sealing(10, 2);
  Bytes vault = host.get<Reply::Sealed>(std::move(reseal)).vault;
  Request::RevealPhrase wrong;
  wrong.unlocking = unlocking(vault, 9);
  EXPECT_EQ(host.failure(std::move(wrong)), VaultFailure::WrongPassword);
  Request::RevealPhrase reveal;
  reveal.unlocking = unlocking(vault, 10);
  EXPECT_EQ(as_text(host.get<Reply::Phrase>(std::move(reveal)).phrase.bytes), kPhrase);
}

TEST(Vault, BackupComesBackInAnotherBrowser) {
  Host host;
  Bytes vault = host.create().vault;
  BackupChain chain;
  chain.network_name = "devnet";
  chain.label = "savings";
  Request::SealBackup seal_backup;
  seal_backup.unlocking = unlocking(vault, 9);
  seal_backup.sealing = sealing(20, 7);
  seal_backup.chains = {chain};
  Bytes backup = host.get<Reply::Backup>(std::move(seal_backup)).backup;

  Host other;
  auto open_backup = [&](const Bytes& file, uint8_t key) {
    Request::OpenBackup request;
    request.backup = file;
    request.backup_key = wrap_key(key);
    request.sealing = sealing(30, 8);
    request.session = session();
    return request;
  };
  EXPECT_EQ(other.failure(open_backup(backup, 21)), VaultFailure::WrongPassword);
  EXPECT_EQ(other.failure(open_backup(vault, 20)), VaultFailure::Damaged);
  EXPECT_FALSE(other.vault.unlocked());
  auto restored = other.get<Reply::Restored>(open_backup(backup, 20));
  EXPECT_EQ(restored.chains, std::vector<BackupChain>{chain});
  EXPECT_EQ(restored.accounts[0].owner.to_text(), kOwner0);
  EXPECT_TRUE(other.vault.unlocked());
  other.get<Reply::Locked>(Request::Lock{});
  other.get<Reply::Opened>(other.open_request(restored.vault, 30));
}

TEST(Vault, AWalletOfOneRawKey) {
  Host host;
  Request::CreateFromKey create;
  create.key = Secret(Bytes(32, 0x11));
  create.sealing = sealing(9);
  create.session = session(SigningPolicy::SignAll);
  Bytes vault = host.get<Reply::Sealed>(std::move(create)).vault;
  Request::RevealPhrase reveal;
  reveal.unlocking = unlocking(vault, 9);
  EXPECT_EQ(host.failure(std::move(reveal)), VaultFailure::NoPhrase);
  EXPECT_EQ(host.failure(Request::AddAccount{unlocking(vault, 9), nonce(3), {}, {}, ""}),
            VaultFailure::NoPhrase);
  host.get<Reply::Opened>(host.open_request(vault, 9));
}

TEST(Vault, SignsSignInTextOnly) {
  Host host;
  host.create();
  AccountOwner owner = AccountOwner::from_text(kOwner0).value();
  std::string text = std::string("dapp.example wants you to sign in with your Linera account:\n") +
                     kOwner0 +
                     "\n\nHello.\n\nURI: https://dapp.example\nVersion: 1\nChain ID: 1\n"
                     "Nonce: 12345678\nIssued At: 2026-01-01T00:00:00Z";
  auto signature =
      host.get<Reply::TextSignature>(Request::SignText{owner, "dapp.example", text}).signature;
  EvmSignatureBytes bytes;
  ASSERT_EQ(signature.size(), bytes.size());
  std::copy(signature.begin(), signature.end(), bytes.begin());
  EXPECT_EQ(to_hex(evm_recover_digest(eip191_digest(as_bytes(text)), bytes).value()),
            std::string(kOwner0).substr(2));
  EXPECT_EQ(host.failure(Request::SignText{owner, "evil.example", text}), VaultFailure::BadText);
  EXPECT_EQ(host.failure(Request::SignText{owner, "a", std::string(32, 'a')}),
            VaultFailure::BadText);
  EXPECT_EQ(host.failure(Request::SignText{owner, "dapp.example", text}, VaultDoor::Engine),
            VaultFailure::WrongDoor);
}

TEST(Vault, BadBytesGiveAnAnswer) {
  Vault vault;
  VaultInput input;
  input.request.kind = sign_request(transfer_block(1, 1), {Round::Fast{}});
  Bytes bytes = encode(input);
  for (size_t size = 0; size < bytes.size(); ++size) {
    vault.handle(ByteSpan(bytes).first(size));
    auto output = decode<VaultOutput>(vault.poll().value());
    EXPECT_EQ(std::get<Reply::Failed>(output->answer.kind).failure, VaultFailure::BadInput);
    EXPECT_FALSE(vault.poll().has_value());
  }
  Host host;
  host.create();
  EXPECT_EQ(host.failure(Request::Sign{AccountOwner::from_text(kOwner0).value(), {}, Bytes(32, 7)}),
            VaultFailure::BadInput);
  EXPECT_EQ(host.failure(Request::Approve{{}, Bytes(3, 7)}), VaultFailure::BadInput);
}

}  // namespace
}  // namespace mica::app
