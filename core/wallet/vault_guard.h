// What the vault will sign: blocks that a person approved, receipts, and sign-in texts.
#pragma once

#include <map>
#include <set>

#include "core/types/certificate.h"
#include "core/wallet/room.h"

namespace mica::wallet {

// What is signed without a window.
MICA_CHOICE(SigningPolicy,
            AskAlways,        // nothing
            ReceiveSilently,  // blocks of accepted incoming bundles and epoch operations
            SignAll)  // everything: the faucet and tests under Node, never a person's wallet

// Only accepted incoming bundles and epoch operations, at least one. Whether its execution lowers a
// balance is the engine's to check: the vault does not execute.
bool is_receipt(const ProposedBlock& block);

enum class GuardAnswer {
  kMaySign,
  kNotApproved,
  kFastRoundTaken,  // another block was signed in the fast round at this height or above
};

// What was signed last in a chain's fast round. Whoever loses it could sign another block there,
// and two of them can block the chain for ever.
struct FastSigned {
  CryptoHash network;  // of its genesis configuration; zero: of a record that named none
  ChainId chain_id;
  BlockHeight height;
  CryptoHash block;  // of the ProposedBlock
  MICA_FIELDS(FastSigned, network, chain_id, height, block)
};

// Remembers approvals and fast-round signatures, each of one network's chain: chains of two
// networks may have one id.
class SigningGuard {
 public:
  // False: one at a greater height was approved before; this one is not signed.
  bool approve(const CryptoHash& network, const ProposedBlock& block);
  // The person took it back, or nobody waits for it any more.
  void unapprove(const CryptoHash& network, const ProposedBlock& block);
  // At locking. What was signed in fast rounds stays.
  void forget_approvals() { approved_.clear(); }
  // Records a fast-round proposal as signed when it answers kMaySign.
  GuardAnswer admit(const CryptoHash& network, const ProposalContent& content,
                    SigningPolicy policy);
  // Null: nothing that it knows of.
  const FastSigned* fast_signed(const CryptoHash& network, const ChainId& chain) const;
  // Also of an earlier life. What it knows of the chain then: the higher of the two.
  const FastSigned& remember(const FastSigned& fast);

 private:
  using Chain = std::pair<CryptoHash, ChainId>;
  struct Approved {
    BlockHeight height;
    std::set<CryptoHash> blocks;
  };
  std::map<Chain, Approved> approved_;  // at each chain's highest approved height
  std::map<Chain, FastSigned> fast_signed_;
};

// An EIP-4361 message that names `domain` (the asking page's host, known from the browser) and the
// account. kBadText with the reason otherwise; nothing of 32 bytes, which would be a proposal's
// hash.
Status check_sign_in_text(std::string_view text, std::string_view domain,
                          const AccountOwner& owner);

}  // namespace mica::wallet
