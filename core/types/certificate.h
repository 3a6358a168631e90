// Votes, certificates and proposals: what validators and owners sign.
// linera-chain/src/{certificate/*,data_types/mod}.rs
#pragma once

#include "core/types/block.h"

namespace mica {

CHOICE(CertificateKind, Timeout, Validated, Confirmed)

struct Timeout {
  ChainId chain_id;
  BlockHeight height;
  Epoch epoch;
  FIELDS(Timeout, chain_id, height, epoch)
};

struct LiteValue {
  CryptoHash value_hash;
  ChainId chain_id;
  CertificateKind kind{};
  FIELDS(LiteValue, value_hash, chain_id, kind)
};

// What a validator's signature covers.
struct VoteValue {
  CryptoHash value_hash;
  Round round;
  CertificateKind kind{};
  TUPLE(VoteValue, value_hash, round, kind)
};

struct LiteVote {
  LiteValue value;
  Round round;
  ValidatorSignature signature;
  FIELDS(LiteVote, value, round, signature)
};

using ValidatorSignatures = std::vector<std::pair<ValidatorPublicKey, ValidatorSignature>>;

struct LiteCertificate {
  LiteValue value;
  Round round;
  ValidatorSignatures signatures;
  FIELDS(LiteCertificate, value, round, signatures)
};

struct ValidatedBlockCertificate {
  Block value;
  Round round;
  ValidatorSignatures signatures;
  FIELDS(ValidatedBlockCertificate, value, round, signatures)
  static constexpr CertificateKind kKind = CertificateKind::Validated;
};
struct ConfirmedBlockCertificate {
  Block value;
  Round round;
  ValidatorSignatures signatures;
  FIELDS(ConfirmedBlockCertificate, value, round, signatures)
  static constexpr CertificateKind kKind = CertificateKind::Confirmed;
};
struct TimeoutCertificate {
  Timeout value;
  Round round;
  ValidatorSignatures signatures;
  FIELDS(TimeoutCertificate, value, round, signatures)
  static constexpr CertificateKind kKind = CertificateKind::Timeout;
};

struct Certificate {
  struct Validated {
    ValidatedBlockCertificate certificate;
    NEWTYPE(Validated, certificate)
  };
  struct Confirmed {
    ConfirmedBlockCertificate certificate;
    NEWTYPE(Confirmed, certificate)
  };
  struct Timeout {
    TimeoutCertificate certificate;
    NEWTYPE(Timeout, certificate)
  };
  std::variant<Validated, Confirmed, Timeout> kind;
  ENUM(Certificate, kind)
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
  FIELDS(ProposalContent, block, round, outcome)
};

struct OriginalProposal {
  struct Fast {
    AccountSignature signature;
    NEWTYPE(Fast, signature)
  };
  struct Regular {
    LiteCertificate certificate;
    FIELDS(Regular, certificate)
  };
  std::variant<Fast, Regular> kind;
  ENUM(OriginalProposal, kind)
};

struct BlockProposal {
  ProposalContent content;
  AccountSignature signature;
  std::optional<OriginalProposal> original_proposal;
  FIELDS(BlockProposal, content, signature, original_proposal)

  // linera-chain/src/data_types/mod.rs, check_invariants
  Status check_invariants() const;
  Status check_signature() const { return signature.verify(hash_of(content)); }
};

struct LockingBlock {
  struct Fast {
    BlockProposal proposal;
    NEWTYPE(Fast, proposal)
  };
  struct Regular {
    ValidatedBlockCertificate certificate;
    NEWTYPE(Regular, certificate)
  };
  std::variant<Fast, Regular> kind;
  ENUM(LockingBlock, kind)
  ChainId chain_id() const;
};

CODEC_ELSEWHERE(LiteVote)
CODEC_ELSEWHERE(LiteCertificate)
CODEC_ELSEWHERE(ValidatedBlockCertificate)
CODEC_ELSEWHERE(ConfirmedBlockCertificate)
CODEC_ELSEWHERE(TimeoutCertificate)
CODEC_ELSEWHERE(ProposalContent)
CODEC_ELSEWHERE(BlockProposal)
CODEC_ELSEWHERE(LockingBlock)

}  // namespace mica
