#include "core/wallet/vault_guard.h"

#include "core/crypto/evm.h"

namespace mica::wallet {
namespace {

bool is_receipt(const Transaction& transaction) {
  if (const auto* received = std::get_if<Transaction::ReceiveMessages>(&transaction.kind)) {
    return received->bundle.action == MessageAction::Accept;
  }
  const auto& operation = std::get<Transaction::ExecuteOperation>(transaction.kind).operation;
  const auto* system = std::get_if<Operation::System>(&operation.kind);
  return system && brings_up_to_date(system->operation);
}

}  // namespace

bool is_receipt(const ProposedBlock& block) {
  for (const auto& transaction : block.transactions) {
    if (!is_receipt(transaction)) return false;
  }
  return !block.transactions.empty();
}

bool SigningGuard::approve(const CryptoHash& network, const ProposedBlock& block) {
  Approved& approved = approved_[{network, block.chain_id}];
  if (block.height < approved.height) return false;
  if (block.height > approved.height) {
    approved.height = block.height;
    approved.blocks.clear();
  }
  approved.blocks.insert(hash_of(block));
  return true;
}

void SigningGuard::unapprove(const CryptoHash& network, const ProposedBlock& block) {
  auto found = approved_.find({network, block.chain_id});
  if (found == approved_.end() || found->second.height != block.height) return;
  found->second.blocks.erase(hash_of(block));
  if (found->second.blocks.empty()) approved_.erase(found);
}

GuardAnswer SigningGuard::admit(const CryptoHash& network, const ProposalContent& content,
                                SigningPolicy policy) {
  const ProposedBlock& block = content.block;
  CryptoHash hash = hash_of(block);
  auto approved = approved_.find({network, block.chain_id});
  bool was_approved = approved != approved_.end() && approved->second.height == block.height &&
                      approved->second.blocks.contains(hash);
  bool silent = policy == SigningPolicy::SignAll ||
                (policy == SigningPolicy::ReceiveSilently && is_receipt(block));
  if (!was_approved && !silent) return GuardAnswer::kNotApproved;
  if (!content.round.is_fast()) return GuardAnswer::kMaySign;
  const FastSigned fast{network, block.chain_id, block.height, hash};
  const FastSigned* unnamed = fast_signed({}, block.chain_id);
  if (unnamed && (unnamed->height > fast.height ||
                  (unnamed->height == fast.height && unnamed->block != hash))) {
    return GuardAnswer::kFastRoundTaken;
  }
  return remember(fast) == fast ? GuardAnswer::kMaySign : GuardAnswer::kFastRoundTaken;
}

const FastSigned* SigningGuard::fast_signed(const CryptoHash& network, const ChainId& chain) const {
  const auto found = fast_signed_.find({network, chain});
  return found == fast_signed_.end() ? nullptr : &found->second;
}

const FastSigned& SigningGuard::remember(const FastSigned& fast) {
  const Chain chain{fast.network, fast.chain_id};
  FastSigned& last = fast_signed_.try_emplace(chain, fast).first->second;
  if (fast.height > last.height) last = fast;
  return last;
}

namespace {

Error bad_text(const char* why) { return Error{ErrorCode::kBadText, why}; }

// The next code point of valid UTF-8.
uint32_t take_code_point(std::string_view& text) {
  const auto first = static_cast<uint8_t>(text[0]);
  const size_t length = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  uint32_t point = length == 1 ? first : first & (0x7f >> length);
  for (size_t at = 1; at < length; at += 1) {
    point = point << 6 | (static_cast<uint8_t>(text[at]) & 0x3f);
  }
  text.remove_prefix(length);
  return point;
}

// Controls but the line feed, and what is not seen or turns the order of others around: format
// characters, fillers, tags (Unicode's Default_Ignorable_Code_Point, Cf, Zl, Zp).
bool is_hidden(uint32_t point) {
  static constexpr std::pair<uint32_t, uint32_t> kHidden[] = {
      {0x00, 0x09},       {0x0b, 0x1f},       {0x7f, 0x9f},       {0xad, 0xad},
      {0x34f, 0x34f},     {0x600, 0x605},     {0x61c, 0x61c},     {0x6dd, 0x6dd},
      {0x70f, 0x70f},     {0x890, 0x891},     {0x8e2, 0x8e2},     {0x115f, 0x1160},
      {0x17b4, 0x17b5},   {0x180b, 0x180f},   {0x200b, 0x200f},   {0x2028, 0x202e},
      {0x2060, 0x206f},   {0x2800, 0x2800},   {0x3164, 0x3164},   {0xfe00, 0xfe0f},
      {0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff0, 0xfffb},   {0x110bd, 0x110bd},
      {0x110cd, 0x110cd}, {0x13430, 0x1343f}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a},
      {0xe0000, 0xe0fff}};
  for (auto [first, last] : kHidden) {
    if (point >= first && point <= last) return true;
  }
  return false;
}

bool has_hidden(std::string_view text) {
  while (!text.empty()) {
    if (is_hidden(take_code_point(text))) return true;
  }
  return false;
}

std::string_view take_line(std::string_view& text) {
  size_t end = text.find('\n');
  std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

bool names_account(std::string_view line, const AccountOwner& owner) {
  if (line == owner.to_text()) return true;
  const auto* evm = std::get_if<AccountOwner::Address20>(&owner.kind);
  return evm && line == evm_checksum_text(evm->address);
}

// The fields of EIP-4361 in their order; optional ones may be missing.
Status check_fields(std::string_view text) {
  static constexpr std::pair<std::string_view, bool> kFields[] = {
      {"URI: ", true},         {"Version: ", true},    {"Chain ID: ", true},
      {"Nonce: ", true},       {"Issued At: ", true},  {"Expiration Time: ", false},
      {"Not Before: ", false}, {"Request ID: ", false}};
  std::string_view line = take_line(text);
  for (auto [name, needed] : kFields) {
    if (!line.starts_with(name)) {
      if (needed) return bad_text("sign-in text: a field is missing");
      continue;
    }
    std::string_view value = line.substr(name.size());
    if (value.empty()) return bad_text("sign-in text: an empty field");
    if (name == "Version: " && value != "1") return bad_text("sign-in text: version");
    if (name == "Nonce: " && value.size() < 8) return bad_text("sign-in text: nonce too short");
    line = take_line(text);
  }
  if (line == "Resources:") {
    while (!text.empty()) {
      if (!take_line(text).starts_with("- ")) return bad_text("sign-in text: resources");
    }
    return Ok{};
  }
  if (!line.empty() || !text.empty()) return bad_text("sign-in text: unknown lines");
  return Ok{};
}

}  // namespace

Status check_sign_in_text(std::string_view text, std::string_view domain,
                          const AccountOwner& owner) {
  if (text.size() == 32) return bad_text("32 bytes are a proposal's hash");
  if (text.size() > 4096 || !is_utf8(text)) return bad_text("sign-in text: length or UTF-8");
  if (has_hidden(text)) return bad_text("sign-in text: hidden characters");
  std::string_view first = take_line(text);
  static constexpr std::string_view kSchemes[] = {"https://", "http://"};
  for (std::string_view scheme : kSchemes) {
    if (first.starts_with(scheme)) first.remove_prefix(scheme.size());
  }
  if (domain.empty() || !first.starts_with(domain)) return bad_text("sign-in text: domain");
  first.remove_prefix(domain.size());
  if (first != " wants you to sign in with your Linera account:" &&
      first != " wants you to sign in with your Ethereum account:") {
    return bad_text("sign-in text: first line");
  }
  if (!names_account(take_line(text), owner)) return bad_text("sign-in text: account");
  if (!take_line(text).empty()) return bad_text("sign-in text: empty line");
  // A statement of one line between two empty ones, or none.
  if (!text.starts_with("URI: ")) {
    if (!take_line(text).empty() && !take_line(text).empty()) {
      return bad_text("sign-in text: statement");
    }
  }
  return check_fields(text);
}

}  // namespace mica::wallet
