#include "core/types/ids.h"

namespace mica::types {

namespace {
template <size_t N>
Result<AccountOwner> owner_of(std::string_view digits) {
  auto bytes = MICA_TRY(array_from_hex<N>(digits, "account owner"));
  if constexpr (N == 1) return AccountOwner{AccountOwner::Reserved{bytes[0]}};
  if constexpr (N == 20) return AccountOwner{AccountOwner::Address20{bytes}};
  if constexpr (N == 32) return AccountOwner{AccountOwner::Address32{{bytes}}};
}
}  // namespace

CryptoHash hash_named(std::string_view type_name, ByteSpan bcs) {
  Keccak256 hasher;
  hasher.update(as_bytes(type_name));
  hasher.update(as_bytes("::"));
  hasher.update(bcs);
  return {hasher.finish()};
}

std::string CryptoHash::to_text() const { return to_hex(bytes); }
Result<CryptoHash> CryptoHash::from_text(std::string_view text) {
  return CryptoHash{MICA_TRY(array_from_hex<32>(text, "hash"))};
}

Result<ChainId> ChainId::from_text(std::string_view text) {
  return ChainId{{MICA_TRY(array_from_hex<32>(text, "chain id"))}};
}

Result<ApplicationId> ApplicationId::from_text(std::string_view text) {
  return ApplicationId{{MICA_TRY(array_from_hex<32>(text, "application id"))}};
}

Result<ModuleId> ModuleId::from_text(std::string_view text) {
  return decode<ModuleId>(MICA_TRY(from_hex(text, "module id")));
}

std::string StreamId::to_text() const {
  auto* user = std::get_if<GenericApplicationId::User>(&application_id.kind);
  std::string owner = user ? "User:" + user->application_id.to_text() : "System";
  return owner + ":" + to_hex(stream_name.name);
}

Result<StreamId> StreamId::from_text(std::string_view text) {
  size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return Error{ErrorCode::kBadText, "stream id"};
  StreamId out;
  out.stream_name.name = MICA_TRY(from_hex(text.substr(colon + 1), "stream name"));
  std::string_view owner = text.substr(0, colon);
  if (owner == "System") return out;
  if (!owner.starts_with("User:")) return Error{ErrorCode::kBadText, "stream id"};
  ApplicationId application = MICA_TRY(ApplicationId::from_text(owner.substr(5)));
  out.application_id.kind = GenericApplicationId::User{application};
  return out;
}

std::string AccountOwner::to_text() const {
  if (auto* reserved = std::get_if<Reserved>(&kind)) return "0x" + to_hex({&reserved->value, 1});
  if (auto* hash = std::get_if<Address32>(&kind)) return "0x" + hash->hash.to_text();
  return "0x" + to_hex(std::get_if<Address20>(&kind)->address);
}

Result<AccountOwner> AccountOwner::from_text(std::string_view text) {
  if (!text.starts_with("0x")) return Error{ErrorCode::kBadText, "account owner: no 0x"};
  text.remove_prefix(2);
  switch (text.size()) {
    case 2:
      return owner_of<1>(text);
    case 40:
      return owner_of<20>(text);
    case 64:
      return owner_of<32>(text);
  }
  return Error{ErrorCode::kBadLength, "account owner"};
}

Result<Account> Account::parse(std::string_view text) {
  size_t at = text.find('@');
  if (at == std::string_view::npos) return Account{MICA_TRY(ChainId::from_text(text)), {}};
  AccountOwner owner = MICA_TRY(AccountOwner::from_text(text.substr(0, at)));
  return Account{MICA_TRY(ChainId::from_text(text.substr(at + 1))), owner};
}

std::string Account::print() const {
  return owner.is_chain() ? chain_id.to_text() : owner.to_text() + "@" + chain_id.to_text();
}

std::string BlobId::to_text() const {
  return std::string(choice_names(blob_type)[static_cast<size_t>(blob_type)]) + ":" +
         hash.to_text();
}

Result<BlobId> BlobId::from_text(std::string_view text) {
  size_t colon = text.find(':');
  if (colon == std::string_view::npos) return Error{ErrorCode::kBadText, "blob id"};
  CryptoHash hash = MICA_TRY(CryptoHash::from_text(text.substr(colon + 1)));
  auto names = choice_names(BlobType{});
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] == text.substr(0, colon)) return BlobId{static_cast<BlobType>(i), hash};
  }
  return Error{ErrorCode::kBadText, "blob type"};
}

}  // namespace mica::types
