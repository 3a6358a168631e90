#include "core/types/certificate.h"

#include <cstring>

#include "core/crypto/secp256k1.h"

namespace mica::types {

Status check_signatures(const LiteCertificate& certificate, const Committee& committee) {
  if (certificate.signatures.size() > committee.validators.size()) {
    return Error{ErrorCode::kRefused, "certificate with more signatures than validators"};
  }
  u128 weight = 0;
  for (size_t i = 0; i < certificate.signatures.size(); ++i) {
    const ValidatorPublicKey& key = certificate.signatures[i].first;
    uint64_t votes = committee.weight(key);
    if (votes == 0) return Error{ErrorCode::kRefused, "certificate signed by a stranger"};
    weight += votes;
    if (i == 0) continue;
    if (!MICA_TRY(comes_before(certificate.signatures[i - 1].first, key))) {
      return Error{ErrorCode::kNonCanonical, "certificate signatures out of order"};
    }
  }
  if (weight < committee.quorum_threshold()) {
    return Error{ErrorCode::kRefused, "certificate without a quorum"};
  }
  CryptoHash hash = vote_hash(certificate.value, certificate.round);
  for (const auto& [key, signature] : certificate.signatures) {
    if (!secp256k1_verify(key.bytes, hash.bytes, signature.bytes)) {
      return Error{ErrorCode::kBadSignature, "certificate of validator " + key.to_text()};
    }
  }
  return Ok{};
}

Status check_vote(const LiteVote& vote, const ValidatorPublicKey& validator) {
  CryptoHash hash = vote_hash(vote.value, vote.round);
  if (secp256k1_verify(validator.bytes, hash.bytes, vote.signature.bytes)) return Ok{};
  return Error{ErrorCode::kBadSignature, "vote of validator " + validator.to_text()};
}

Status sort_signatures(ValidatorSignatures& signatures) {
  // By x, then by the sign of y: equal keys come to stand side by side.
  std::sort(signatures.begin(), signatures.end(), [](const auto& a, const auto& b) {
    const int order = std::memcmp(x_of(a.first).data(), x_of(b.first).data(), x_of(a.first).size());
    return order != 0 ? order < 0 : a.first.bytes[0] < b.first.bytes[0];
  });
  for (size_t i = 1; i < signatures.size(); ++i) {
    if (signatures[i - 1].first == signatures[i].first) {
      return Error{ErrorCode::kNonCanonical, "certificate with one validator twice"};
    }
  }
  for (const auto& [key, signature] : signatures) MICA_TRY(secp256k1_uncompressed(key.bytes));
  // Valid keys of one x are two at most: a point and its negative.
  for (size_t i = 1; i < signatures.size(); ++i) {
    if (MICA_TRY(comes_before(signatures[i].first, signatures[i - 1].first))) {
      std::swap(signatures[i - 1], signatures[i]);
    }
  }
  return Ok{};
}

Status BlockProposal::check_invariants() const {
  auto broken = [](const char* rule) { return Error{ErrorCode::kRefused, rule}; };
  if (!original_proposal) {
    if (content.outcome) return broken("proposal: an initial proposal carries no outcome");
    return Ok{};
  }
  if (std::holds_alternative<OriginalProposal::Fast>(original_proposal->kind)) {
    if (content.outcome) return broken("proposal: a fast retry carries no outcome");
    if (content.round.is_fast()) return broken("proposal: a fast retry needs a later round");
    return Ok{};
  }
  const auto& regular = *std::get_if<OriginalProposal::Regular>(&original_proposal->kind);
  if (!content.outcome) return broken("proposal: a regular retry carries the outcome");
  if (!(content.round > regular.certificate.round)) {
    return broken("proposal: a regular retry needs a later round than its certificate");
  }
  Block block = Block::assemble(content.block, *content.outcome);
  LiteValue value{hash_of(block), block.header.chain_id, CertificateKind::Validated};
  if (value != regular.certificate.value) return broken("proposal: certificate of another block");
  return Ok{};
}

ChainId LockingBlock::chain_id() const {
  if (auto* fast = std::get_if<Fast>(&kind)) return fast->proposal.content.block.chain_id;
  return std::get_if<Regular>(&kind)->certificate.value.header.chain_id;
}

}  // namespace mica::types
