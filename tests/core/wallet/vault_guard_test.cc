#include "core/wallet/vault_guard.h"

#include <gtest/gtest.h>

namespace mica::wallet {
namespace {

const CryptoHash kNetwork{{1}};
const CryptoHash kOther{{2}};
const Round kFast{Round::Fast{}};
const Round kMulti{Round::MultiLeader{0}};

Transaction operation(SystemOperation system) {
  return {Transaction::ExecuteOperation{{Operation::System{std::move(system)}}}};
}
Transaction transfer(uint64_t tokens) {
  return operation(
      {SystemOperation::Transfer{AccountOwner::chain(), {}, Amount::from_tokens(tokens)}});
}
Transaction receipt(MessageAction action) {
  IncomingBundle bundle;
  bundle.action = action;
  return {Transaction::ReceiveMessages{bundle}};
}
Transaction new_epoch() { return operation({SystemOperation::ProcessNewEpoch{{1}}}); }

ProposedBlock block_at(uint64_t height, Transaction transaction, uint8_t chain = 1) {
  ProposedBlock block;
  block.chain_id.hash.bytes[0] = chain;
  block.height = {height};
  block.transactions.push_back(std::move(transaction));
  return block;
}

TEST(SigningGuard, SignsOnlyWhatWasApproved) {
  SigningGuard guard;
  ProposedBlock shown = block_at(3, transfer(1));
  EXPECT_EQ(guard.admit(kNetwork, {shown, kFast, {}}, SigningPolicy::ReceiveSilently),
            GuardAnswer::kNotApproved);
  guard.approve(kNetwork, shown);
  for (const Round& round : {kFast, kMulti, Round{Round::SingleLeader{4}}}) {
    EXPECT_EQ(guard.admit(kNetwork, {shown, round, {}}, SigningPolicy::AskAlways),
              GuardAnswer::kMaySign);
  }
  ProposedBlock more = block_at(3, transfer(2));
  EXPECT_EQ(guard.admit(kNetwork, {more, kMulti, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kNotApproved);
  ProposedBlock later = shown;
  later.timestamp = {1};
  EXPECT_EQ(guard.admit(kNetwork, {later, kMulti, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kNotApproved);
  EXPECT_EQ(
      guard.admit(kNetwork, {block_at(3, transfer(1), 2), kMulti, {}}, SigningPolicy::AskAlways),
      GuardAnswer::kNotApproved);
}

TEST(SigningGuard, ApprovalsEndWithTheirHeight) {
  SigningGuard guard;
  ProposedBlock third = block_at(3, transfer(1));
  ProposedBlock other_third = block_at(3, transfer(2));
  ProposedBlock fourth = block_at(4, transfer(1));
  guard.approve(kNetwork, third);
  guard.approve(kNetwork, other_third);
  EXPECT_EQ(guard.admit(kNetwork, {third, kMulti, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kMaySign);
  guard.approve(kNetwork, fourth);
  EXPECT_EQ(guard.admit(kNetwork, {third, kMulti, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kNotApproved);
  EXPECT_FALSE(guard.approve(kNetwork, third));  // too late
  EXPECT_EQ(guard.admit(kNetwork, {third, kMulti, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kNotApproved);
  EXPECT_EQ(guard.admit(kNetwork, {fourth, kMulti, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kMaySign);
}

TEST(SigningGuard, OneFastBlockPerHeight) {
  SigningGuard guard;
  ProposedBlock first = block_at(3, transfer(1));
  ProposedBlock second = block_at(3, transfer(2));
  guard.approve(kNetwork, first);
  guard.approve(kNetwork, second);
  EXPECT_EQ(guard.admit(kNetwork, {first, kFast, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kMaySign);
  EXPECT_EQ(guard.admit(kNetwork, {second, kFast, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kFastRoundTaken);
  EXPECT_EQ(guard.admit(kNetwork, {first, kFast, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kMaySign);
  EXPECT_EQ(guard.admit(kNetwork, {second, kMulti, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kMaySign);
  // Nor by policy, nor below; above and on other chains yes.
  EXPECT_EQ(guard.admit(kNetwork, {second, kFast, {}}, SigningPolicy::SignAll),
            GuardAnswer::kFastRoundTaken);
  EXPECT_EQ(guard.admit(kNetwork, {block_at(2, transfer(1)), kFast, {}}, SigningPolicy::SignAll),
            GuardAnswer::kFastRoundTaken);
  EXPECT_EQ(guard.admit(kNetwork, {block_at(4, transfer(1)), kFast, {}}, SigningPolicy::SignAll),
            GuardAnswer::kMaySign);
  EXPECT_EQ(guard.admit(kNetwork, {block_at(3, transfer(1), 2), kFast, {}}, SigningPolicy::SignAll),
            GuardAnswer::kMaySign);
}

// A later life is told what an earlier one signed.
TEST(SigningGuard, RemembersWhatAnEarlierLifeSigned) {
  SigningGuard earlier, later;
  ProposedBlock first = block_at(3, transfer(1));
  EXPECT_EQ(earlier.fast_signed(kNetwork, first.chain_id), nullptr);
  EXPECT_EQ(earlier.admit(kNetwork, {first, kFast, {}}, SigningPolicy::SignAll),
            GuardAnswer::kMaySign);
  const FastSigned kept = *earlier.fast_signed(kNetwork, first.chain_id);
  EXPECT_EQ(kept, (FastSigned{kNetwork, first.chain_id, {3}, hash_of(first)}));
  later.remember(kept);
  later.remember({kNetwork, first.chain_id, {2}, {}});
  EXPECT_EQ(later.admit(kNetwork, {block_at(3, transfer(2)), kFast, {}}, SigningPolicy::SignAll),
            GuardAnswer::kFastRoundTaken);
  EXPECT_EQ(later.admit(kNetwork, {first, kFast, {}}, SigningPolicy::SignAll),
            GuardAnswer::kMaySign);
}

// Chains of two networks may have one id: heights and yeses of one are not the other's.
TEST(SigningGuard, NetworksAreApart) {
  SigningGuard guard;
  ProposedBlock shown = block_at(3, transfer(1));
  EXPECT_TRUE(guard.approve(kOther, block_at(1000, transfer(1))));
  EXPECT_EQ(guard.admit(kOther, {block_at(1000, transfer(1)), kFast, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kMaySign);
  EXPECT_TRUE(guard.approve(kNetwork, shown));
  EXPECT_EQ(guard.admit(kOther, {shown, kMulti, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kNotApproved);
  EXPECT_EQ(guard.admit(kNetwork, {shown, kFast, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kMaySign);
}

// A record of before names no network: it holds on each.
TEST(SigningGuard, OldRecordsHoldEverywhere) {
  SigningGuard guard;
  ProposedBlock first = block_at(3, transfer(1));
  guard.remember({{}, first.chain_id, {3}, hash_of(first)});
  EXPECT_EQ(guard.admit(kNetwork, {block_at(3, transfer(2)), kFast, {}}, SigningPolicy::SignAll),
            GuardAnswer::kFastRoundTaken);
  EXPECT_EQ(guard.admit(kNetwork, {first, kFast, {}}, SigningPolicy::SignAll),
            GuardAnswer::kMaySign);
  EXPECT_EQ(guard.admit(kNetwork, {block_at(4, transfer(2)), kFast, {}}, SigningPolicy::SignAll),
            GuardAnswer::kMaySign);
}

TEST(SigningGuard, ApprovalsCanBeTakenBack) {
  SigningGuard guard;
  ProposedBlock one = block_at(3, transfer(1)), two = block_at(3, transfer(2));
  for (const auto& block : {one, two}) EXPECT_TRUE(guard.approve(kNetwork, block));
  guard.unapprove(kOther, one);
  guard.unapprove(kNetwork, block_at(4, transfer(1)));
  guard.unapprove(kNetwork, two);
  EXPECT_EQ(guard.admit(kNetwork, {two, kMulti, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kNotApproved);
  EXPECT_EQ(guard.admit(kNetwork, {one, kMulti, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kMaySign);
  guard.forget_approvals();
  EXPECT_EQ(guard.admit(kNetwork, {one, kMulti, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kNotApproved);
}

// What was refused for want of approval does not take the fast round.
TEST(SigningGuard, RefusalsLeaveNoRecord) {
  SigningGuard guard;
  EXPECT_EQ(guard.admit(kNetwork, {block_at(3, transfer(9)), kFast, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kNotApproved);
  guard.approve(kNetwork, block_at(3, transfer(1)));
  EXPECT_EQ(guard.admit(kNetwork, {block_at(3, transfer(1)), kFast, {}}, SigningPolicy::AskAlways),
            GuardAnswer::kMaySign);
}

TEST(SigningGuard, Receipts) {
  ProposedBlock mixed = block_at(0, receipt(MessageAction::Accept));
  mixed.transactions.push_back(new_epoch());
  EXPECT_TRUE(is_receipt(mixed));
  mixed.transactions.push_back(transfer(0));
  EXPECT_FALSE(is_receipt(mixed));
  EXPECT_TRUE(is_receipt(block_at(0, operation({SystemOperation::UpdateStreams{}}))));
  EXPECT_FALSE(is_receipt(block_at(0, receipt(MessageAction::Reject))));
  EXPECT_FALSE(is_receipt(ProposedBlock{}));
  Transaction user{Transaction::ExecuteOperation{{Operation::User{}}}};
  EXPECT_FALSE(is_receipt(block_at(0, user)));

  SigningGuard guard;
  ProposalContent content{block_at(0, receipt(MessageAction::Accept)), kMulti, {}};
  EXPECT_EQ(guard.admit(kNetwork, content, SigningPolicy::ReceiveSilently), GuardAnswer::kMaySign);
  EXPECT_EQ(guard.admit(kNetwork, content, SigningPolicy::AskAlways), GuardAnswer::kNotApproved);
}

const char* const kAccount = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
std::string sign_in(std::string_view statement = "Hello.\n\n") {
  return std::string("dapp.example wants you to sign in with your Linera account:\n") + kAccount +
         "\n\n" + std::string(statement) +
         "URI: https://dapp.example/login\nVersion: 1\nChain ID: 1\nNonce: 12345678\n"
         "Issued At: 2026-01-01T00:00:00Z";
}
std::string replaced(std::string text, std::string_view from, std::string_view to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

TEST(SignInText, TakesEip4361) {
  AccountOwner owner = AccountOwner::from_text(kAccount).value();
  auto good = [&](const std::string& text) {
    auto checked = check_sign_in_text(text, "dapp.example", owner);
    EXPECT_TRUE(checked.ok()) << text << (checked.ok() ? "" : checked.error().message());
  };
  good(sign_in());
  good(sign_in("Gr\xc3\xbc\xc3\x9f \xe6\x97\xa5\xe6\x9c\xac \xf0\x9f\x94\x91\n\n"));
  good(sign_in("\n"));  // without a statement, as EIP-4361 prints it
  good(sign_in(""));
  good("https://" + sign_in());
  good(replaced(sign_in(), "Linera", "Ethereum"));
  good(replaced(sign_in(), kAccount, owner.to_text()));
  good(sign_in() + "\nExpiration Time: x\nRequest ID: 5\nResources:\n- a\n- b");
}

TEST(SignInText, RefusesOthers) {
  AccountOwner owner = AccountOwner::from_text(kAccount).value();
  auto bad = [&](const std::string& text) {
    EXPECT_FALSE(check_sign_in_text(text, "dapp.example", owner).ok()) << text;
  };
  bad("");
  bad(std::string(32, 'a'));
  bad("Please sign this.");
  bad("evil." + sign_in());
  bad(replaced(sign_in(), "dapp.example", "dapp.example.evil"));
  bad(replaced(sign_in(), "0xf39F", "0xf39E"));
  bad(replaced(sign_in(), "\nVersion: 1", ""));
  bad(replaced(sign_in(), "Version: 1", "Version: 2"));
  bad(replaced(sign_in(), "12345678", "1234567"));
  bad(sign_in() + "\nAnd give me your money");
  bad(sign_in() + std::string(1, '\0'));
  bad(sign_in("two\nlines\n\n"));
  // Right to left, isolates, zero width, a tag, a filler, a soft hyphen, a second control range.
  for (const char* hidden : {"\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x80\x8b", "\xf3\xa0\x81\x81",
                             "\xe3\x85\xa4", "\xc2\xad", "\xc2\x85", "\xef\xbb\xbf", "\t"}) {
    bad(sign_in("Pay " + std::string(hidden) + "000,1\n\n"));
  }
  bad(sign_in() + "\xff");
  EXPECT_FALSE(check_sign_in_text(sign_in(), "", owner).ok());
  EXPECT_FALSE(check_sign_in_text(sign_in(), "dapp", owner).ok());
}

}  // namespace
}  // namespace mica::wallet
