#include "core/chain/manager.h"

#include <gtest/gtest.h>

#include "core/crypto/ed25519.h"

namespace mica::chain {
namespace {

Round fast() { return {Round::Fast{}}; }
Round multi(uint32_t round) { return {Round::MultiLeader{round}}; }
Round single(uint32_t round) { return {Round::SingleLeader{round}}; }

SecretKey secret(uint8_t name) {
  ByteArray<32> bytes;
  bytes.fill(name);
  return SecretKey(bytes);
}
Ed25519PublicKey public_key(uint8_t name) { return {ed25519_public_key(secret(name))}; }
AccountOwner owner(uint8_t name) { return owner_of(public_key(name)); }

constexpr uint8_t kOwner = 1, kSuper = 2, kStranger = 3;
constexpr Timestamp kNow{1'000'000};

ProposedBlock block(uint64_t number) {
  ProposedBlock out;
  out.height = {5};
  out.timestamp = {number};
  return out;
}
Block outcome(uint64_t number) { return Block::assemble(block(number), {}); }
CryptoHash hash(uint64_t number) { return hash_of(outcome(number)); }

// The manager looks at signatures only for their owners.
AccountSignature signature(uint8_t name) {
  return {AccountSignature::Ed25519{{}, public_key(name)}};
}
BlockProposal proposal(uint64_t number, Round round, uint8_t name = kOwner) {
  return {{block(number), round, {}}, signature(name), {}};
}
BlockProposal retry(uint64_t number, Round validated, Round round) {
  BlockProposal out{{block(number), round, outcome(number).outcome()}, signature(kOwner), {}};
  out.original_proposal = {
      OriginalProposal::Regular{{{hash(number), {}, CertificateKind::Validated}, validated, {}}}};
  return out;
}
BlockProposal fast_retry(uint64_t number, Round round) {
  BlockProposal out = proposal(number, round);
  out.original_proposal = {OriginalProposal::Fast{signature(kSuper)}};
  return out;
}
ValidatedBlockCertificate validated(uint64_t number, Round round) {
  return {outcome(number), round, {}};
}

class ManagerTest : public testing::Test {
 protected:
  ManagerTest() { use(ChainOwnership::single(owner(kOwner))); }
  void use(ChainOwnership ownership) {
    manager = ChainManager::fresh(std::move(ownership), {5}, kNow, {});
  }
  void use_super() {
    ChainOwnership ownership = ChainOwnership::single(owner(kOwner));
    ownership.super_owners.insert(owner(kSuper));
    ownership.timeout_config.fast_round_duration = TimeDelta{10};
    use(ownership);
  }
  bool accepted(const BlockProposal& proposal) {
    auto outcome = manager.check_proposed_block(proposal);
    return outcome.ok() && *outcome == ManagerOutcome::kAccept &&
           manager.check_confirmed_vote(proposal).ok();
  }
  void vote(const BlockProposal& proposal) {
    ASSERT_TRUE(accepted(proposal)) << manager.check_proposed_block(proposal).error().message();
    uint64_t number = proposal.content.block.timestamp.micros;
    manager.create_vote(proposal, outcome(number), hash(number), sign, kNow);
  }
  void final_vote(uint64_t number, Round round) {
    auto outcome = manager.check_validated_block(hash(number), round);
    ASSERT_TRUE(outcome.ok());
    ASSERT_EQ(*outcome, ManagerOutcome::kAccept);
    manager.create_final_vote(validated(number, round), hash(number), sign, kNow);
  }
  void time_out(Round round) {
    manager.handle_timeout_certificate({{{}, {5}, {}}, round, {}}, kNow);
  }
  std::optional<std::pair<CertificateKind, Round>> pending() {
    auto vote = manager.pending_vote();
    if (!vote) return std::nullopt;
    return std::make_pair(vote->value.kind, vote->round);
  }
  using Pending = std::optional<std::pair<CertificateKind, Round>>;

  ValidatorSigner sign = validator_signer(secret(9));
  ChainManager manager{ManagerState{}};
};

TEST_F(ManagerTest, WhoMayPropose) {
  struct Row {
    Round round;
    bool owner, super, stranger;
  };
  auto check = [&](const std::vector<Row>& rows) {
    for (const Row& row : rows) {
      SCOPED_TRACE(round_debug_text(row.round));
      EXPECT_EQ(manager.verify_owner(owner(kOwner), row.round), row.owner);
      EXPECT_EQ(manager.verify_owner(owner(kSuper), row.round), row.super);
      EXPECT_EQ(manager.verify_owner(owner(kStranger), row.round), row.stranger);
    }
  };
  use_super();
  const Round validator{Round::Validator{0}};
  check({{fast(), false, true, false},
         {multi(0), true, true, false},
         {single(0), true, true, false},
         {single(3), true, true, false},
         {validator, false, true, false}});
  ChainOwnership open = ChainOwnership::single(owner(kOwner));
  open.open_multi_leader_rounds = true;
  use(open);
  check({{fast(), false, false, false},
         {multi(1), true, true, true},
         {single(0), true, false, false}});
}

TEST_F(ManagerTest, RoundsOfNewProposals) {
  EXPECT_TRUE(accepted(proposal(1, multi(0))));
  EXPECT_TRUE(accepted(proposal(1, multi(1)))) << "multi-leader rounds may be skipped";
  EXPECT_TRUE(accepted(proposal(1, single(0))));
  EXPECT_FALSE(accepted(proposal(1, single(1)))) << "only after a timeout";
  time_out(multi(1));
  EXPECT_EQ(manager.current_round(), single(0));
  EXPECT_FALSE(accepted(proposal(1, multi(1))));
  EXPECT_TRUE(accepted(proposal(1, single(0))));
  time_out(single(0));
  EXPECT_FALSE(accepted(proposal(1, single(0))));
  EXPECT_TRUE(accepted(proposal(1, single(1))));
  EXPECT_FALSE(accepted(proposal(1, single(2))));
  time_out(multi(0));
  EXPECT_EQ(manager.current_round(), single(1)) << "never back";
}

TEST_F(ManagerTest, OnlySuperOwnersLeaveTheFastRound) {
  use_super();
  EXPECT_EQ(manager.current_round(), fast());
  auto refused = manager.check_proposed_block(proposal(1, multi(0)));
  ASSERT_FALSE(refused.ok());
  EXPECT_NE(refused.error().as<NodeError::WrongRound>(), nullptr);
  EXPECT_TRUE(accepted(proposal(1, multi(0), kSuper)));
  time_out(fast());
  EXPECT_EQ(manager.current_round(), multi(0));
  EXPECT_TRUE(accepted(proposal(1, multi(0))));
}

TEST_F(ManagerTest, OneVoteToValidatePerRound) {
  vote(proposal(1, multi(0)));
  EXPECT_EQ(pending(), Pending({CertificateKind::Validated, multi(0)}));
  auto again = manager.check_proposed_block(proposal(1, multi(0)));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again, ManagerOutcome::kSkip);
  EXPECT_FALSE(accepted(proposal(2, multi(0))));
  vote(proposal(2, multi(1)));
  EXPECT_EQ(pending(), Pending({CertificateKind::Validated, multi(1)}));
  EXPECT_EQ(manager.current_round(), multi(1));
  EXPECT_EQ(*manager.block(hash(2)), outcome(2));
}

TEST_F(ManagerTest, FastProposalIsConfirmedAtOnceAndLocked) {
  use_super();
  vote(proposal(1, fast(), kSuper));
  EXPECT_EQ(pending(), Pending({CertificateKind::Confirmed, fast()}));
  EXPECT_FALSE(accepted(proposal(2, fast(), kSuper))) << "a second block in the fast round";
  EXPECT_FALSE(accepted(proposal(2, multi(0), kSuper)));
  time_out(fast());
  EXPECT_FALSE(accepted(proposal(2, multi(0))));
  EXPECT_FALSE(accepted(fast_retry(2, multi(0)))) << "not the block that was confirmed";
  vote(fast_retry(1, multi(0)));
  EXPECT_EQ(pending(), Pending({CertificateKind::Validated, multi(0)}));
  final_vote(1, multi(0));
  EXPECT_EQ(pending(), Pending({CertificateKind::Confirmed, multi(0)}));
}

TEST_F(ManagerTest, ConfirmedVoteYieldsToALaterCertificate) {
  vote(proposal(1, multi(0)));
  final_vote(1, multi(0));
  EXPECT_EQ(pending(), Pending({CertificateKind::Confirmed, multi(0)}));
  auto again = manager.check_validated_block(hash(1), multi(0));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again, ManagerOutcome::kSkip);
  EXPECT_FALSE(accepted(proposal(2, multi(1))));
  EXPECT_TRUE(accepted(retry(1, multi(0), multi(1))));
  EXPECT_FALSE(manager.check_validated_block(hash(2), multi(0)).ok()) << "not later";
  final_vote(2, multi(1));
  EXPECT_EQ(pending(), Pending({CertificateKind::Confirmed, multi(1)}));
  EXPECT_FALSE(accepted(retry(1, multi(0), single(0))));
  EXPECT_TRUE(accepted(retry(2, multi(1), single(0))));
}

TEST_F(ManagerTest, NoVoteInAPastRound) {
  vote(proposal(1, multi(0)));
  time_out(multi(1));
  EXPECT_EQ(manager.current_round(), single(0));
  final_vote(1, multi(0));
  EXPECT_EQ(pending(), Pending({CertificateKind::Validated, multi(0)}));
  ASSERT_TRUE(manager.state().locking_block.has_value()) << "locked all the same";
  EXPECT_EQ(round_of(*manager.state().locking_block), multi(0));
}

TEST_F(ManagerTest, SignedProposalOpensItsRound) {
  EXPECT_TRUE(manager.update_signed_proposal(proposal(1, multi(1)), kNow));
  EXPECT_EQ(manager.current_round(), multi(1));
  EXPECT_FALSE(manager.update_signed_proposal(proposal(2, multi(1)), kNow));
  EXPECT_FALSE(manager.update_signed_proposal(proposal(2, single(1)), kNow));
  ASSERT_TRUE(manager.state().round_timeout.has_value());
  EXPECT_EQ(manager.state().round_timeout->micros, kNow.micros + 10'000'000);
  vote(proposal(1, multi(1)));
  EXPECT_FALSE(manager.state().signed_proposal.has_value());
}

TEST_F(ManagerTest, TimeoutVotes) {
  auto ask = [&](const Round& round, Timestamp now) {
    return manager.create_timeout_vote({}, {5}, round, {}, sign, now);
  };
  EXPECT_FALSE(ask(multi(0), kNow).ok()) << "it never times out";
  manager.update_signed_proposal(proposal(1, multi(1)), kNow);
  EXPECT_FALSE(ask(multi(0), kNow).ok());
  EXPECT_FALSE(ask(multi(1), {kNow.micros + 9'999'999}).ok());
  const Timestamp late{kNow.micros + 10'000'000};
  ASSERT_TRUE(ask(multi(1), late).ok());
  EXPECT_TRUE(manager.state().timeout_vote.has_value());
  EXPECT_FALSE(*ask(multi(1), late)) << "signed before";
  time_out(multi(1));
  EXPECT_EQ(manager.state().round_timeout->micros, kNow.micros + 10'000'000);
}

TEST_F(ManagerTest, LocalNodeSignsNothing) {
  manager.create_vote(proposal(1, multi(0)), outcome(1), hash(1), {}, kNow);
  manager.create_final_vote(validated(1, multi(0)), hash(1), {}, kNow);
  EXPECT_EQ(pending(), std::nullopt);
  EXPECT_TRUE(manager.state().proposed.has_value());
  EXPECT_TRUE(manager.state().locking_block.has_value());
  EXPECT_FALSE(*manager.create_timeout_vote({}, {5}, multi(0), {}, {}, kNow));
}

TEST_F(ManagerTest, StateSurvivesItsEncoding) {
  vote(proposal(1, multi(0)));
  final_vote(1, multi(0));
  auto again = decode<ManagerState>(encode(manager.state()));
  ASSERT_TRUE(again.ok()) << again.error().message();
  EXPECT_EQ(*again, manager.state());
}

}  // namespace
}  // namespace mica::chain
