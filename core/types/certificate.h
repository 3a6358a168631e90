// Votes, certificates and proposals: what validators and owners sign.
// linera-chain/src/{certificate/*,data_types/mod}.rs
#pragma once

#include "core/types/block.h"
#include "core/types/room.h"

namespace mica::types {

MICA_CHOICE(CertificateKind, Timeout, Validated, Confirmed)

struct Timeout {
  ChainId chain_id;
  BlockHeight height;
  Epoch epoch;
  MICA_FIELDS(Timeout, chain_id, height, epoch)
};

struct LiteValue {
  CryptoHash value_hash;
  ChainId chain_id;
  CertificateKind kind{};
  MICA_FIELDS(LiteValue, value_hash, chain_id, kind)
};

// What a validator's signature covers.
struct VoteValue {
  CryptoHash value_hash;
  Round round;
  CertificateKind kind{};
  MICA_TUPLE(VoteValue, value_hash, round, kind)
};

struct LiteVote {
  LiteValue value;
  Round round;
  ValidatorSignature signature;
  MICA_FIELDS(LiteVote, value, round, signature)
};

using ValidatorSignatures = std::vector<std::pair<ValidatorPublicKey, ValidatorSignature>>;

struct LiteCertificate {
  LiteValue value;
  Round round;
  ValidatorSignatures signatures;
  MICA_FIELDS(LiteCertificate, value, round, signatures)
};

struct ValidatedBlockCertificate {
  Block value;
  Round round;
  ValidatorSignatures signatures;
  MICA_FIELDS(ValidatedBlockCertificate, value, round, signatures)
  static constexpr CertificateKind kKind = CertificateKind::Validated;
};
struct ConfirmedBlockCertificate {
  Block value;
  Round round;
  ValidatorSignatures signatures;
  MICA_FIELDS(ConfirmedBlockCertificate, value, round, signatures)
  static constexpr CertificateKind kKind = CertificateKind::Confirmed;
};
struct TimeoutCertificate {
  Timeout value;
  Round round;
  ValidatorSignatures signatures;
  MICA_FIELDS(TimeoutCertificate, value, round, signatures)
  static constexpr CertificateKind kKind = CertificateKind::Timeout;
};

struct Certificate {
  struct Validated {
    ValidatedBlockCertificate certificate;
    MICA_NEWTYPE(Validated, certificate)
  };
  struct Confirmed {
    ConfirmedBlockCertificate certificate;
    MICA_NEWTYPE(Confirmed, certificate)
  };
  struct Timeout {
    TimeoutCertificate certificate;
    MICA_NEWTYPE(Timeout, certificate)
  };
  std::variant<Validated, Confirmed, Timeout> kind;
  MICA_ENUM(Certificate, kind)
};

inline const ChainId& chain_of(const Block& block) { return block.header.chain_id; }
inline const ChainId& chain_of(const Timeout& timeout) { return timeout.chain_id; }

template <class Cert>
LiteCertificate lite(const Cert& certificate) {
  return {{hash_of(certificate.value), chain_of(certificate.value), Cert::kKind},
          certificate.round,
          certificate.signatures};
}

// No validator twice, each with weight, sum at least the quorum, every signature valid, and
// strictly increasing by comes_before(). linera-chain/src/certificate/mod.rs, check_signatures
Status check_signatures(const LiteCertificate& certificate, const Committee& committee);
template <class Cert>
Status check_certificate(const Cert& certificate, const Committee& committee) {
  return check_signatures(lite(certificate), committee);
}
Status check_vote(const LiteVote& vote, const ValidatorPublicKey& validator);
inline CryptoHash vote_hash(const LiteValue& value, const Round& round) {
  return hash_of(VoteValue{value.value_hash, round, value.kind});
}
// Puts signatures in the order that certificates need. A validator twice is refused before any
// curve arithmetic; an invalid key gives kBadKey.
Status sort_signatures(ValidatorSignatures& signatures);

struct ProposalContent {
  ProposedBlock block;
  Round round;
  std::optional<BlockExecutionOutcome> outcome;  // only when a validated block is proposed again
  MICA_FIELDS(ProposalContent, block, round, outcome)
};

struct OriginalProposal {
  struct Fast {
    AccountSignature signature;
    MICA_NEWTYPE(Fast, signature)
  };
  struct Regular {
    LiteCertificate certificate;
    MICA_FIELDS(Regular, certificate)
  };
  std::variant<Fast, Regular> kind;
  MICA_ENUM(OriginalProposal, kind)
};

struct BlockProposal {
  ProposalContent content;
  AccountSignature signature;
  std::optional<OriginalProposal> original_proposal;
  MICA_FIELDS(BlockProposal, content, signature, original_proposal)

  // linera-chain/src/data_types/mod.rs, check_invariants
  Status check_invariants() const;
  Status check_signature() const { return signature.verify(hash_of(content)); }
};

struct LockingBlock {
  struct Fast {
    BlockProposal proposal;
    MICA_NEWTYPE(Fast, proposal)
  };
  struct Regular {
    ValidatedBlockCertificate certificate;
    MICA_NEWTYPE(Regular, certificate)
  };
  std::variant<Fast, Regular> kind;
  MICA_ENUM(LockingBlock, kind)
  ChainId chain_id() const;
};

}  // namespace mica::types

MICA_CODEC_ELSEWHERE(::mica::types::LiteVote)
MICA_CODEC_ELSEWHERE(::mica::types::LiteCertificate)
MICA_CODEC_ELSEWHERE(::mica::types::ValidatedBlockCertificate)
MICA_CODEC_ELSEWHERE(::mica::types::ConfirmedBlockCertificate)
MICA_CODEC_ELSEWHERE(::mica::types::TimeoutCertificate)
MICA_CODEC_ELSEWHERE(::mica::types::ProposalContent)
MICA_CODEC_ELSEWHERE(::mica::types::BlockProposal)
MICA_CODEC_ELSEWHERE(::mica::types::LockingBlock)
