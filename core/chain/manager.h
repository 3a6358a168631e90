// ChainManager: how a node gets from proposals to one block for the next height of one chain.
// Values only: who stores them is ChainState, who fetches blobs is core/worker. Theory: rounds.h.
// linera-chain/src/manager.rs
#pragma once

#include "core/chain/room.h"
#include "core/chain/rounds.h"
#include "core/types/chain_info.h"

namespace mica::chain {

// A vote of ours, with what it is for: a client may ask for the block.
struct BlockVote {
  Block block;
  CryptoHash hash;  // of the block
  Round round;
  ValidatorSignature signature;
  MICA_FIELDS(BlockVote, block, hash, round, signature)
  LiteVote lite(CertificateKind kind) const {
    return {{hash, block.header.chain_id, kind}, round, signature};
  }
};

// What is stored; a new one for every height.
struct ManagerState {
  ChainOwnership ownership;
  std::map<AccountOwner, uint64_t> fallback_owners;
  uint64_t seed = 0;                             // the height
  std::optional<BlockProposal> signed_proposal;  // the latest well signed, perhaps never executed
  std::optional<BlockProposal> proposed;         // the latest checked
  std::optional<LockingBlock> locking_block;
  std::optional<TimeoutCertificate> timeout;
  std::optional<BlockVote> confirmed_vote;
  std::optional<BlockVote> validated_vote;
  std::optional<LiteVote> timeout_vote;
  std::optional<LiteVote> fallback_vote;
  std::optional<Timestamp> round_timeout;  // when the current round may be given up
  Round current_round;
  MICA_FIELDS(ManagerState, ownership, fallback_owners, seed, signed_proposal, proposed,
              locking_block, timeout, confirmed_vote, validated_vote, timeout_vote, fallback_vote,
              round_timeout, current_round)
};

Round round_of(const LockingBlock& locking);
LiteVote sign_vote(const LiteValue& value, const Round& round, const ValidatorSigner& sign);

enum class ManagerOutcome : uint8_t { kAccept, kSkip };  // skip: seen before, nothing to do

class ChainManager {
 public:
  explicit ChainManager(ManagerState state) : state_(std::move(state)) {}
  static ChainManager fresh(ChainOwnership ownership, BlockHeight height, Timestamp now,
                            std::map<AccountOwner, uint64_t> fallback_owners);

  const ManagerState& state() const { return state_; }
  const Round& current_round() const { return state_.current_round; }
  // The later of the two votes for blocks; at equal rounds the confirmed one.
  std::optional<LiteVote> pending_vote() const;
  ChainManagerInfo info() const;
  void add_values(ChainManagerInfo& info) const;
  // A block that we voted for or that is locked, by its hash.
  const Block* block(const CryptoHash& hash) const;

  bool verify_owner(const AccountOwner& owner, const Round& round) const;
  NodeResult<ManagerOutcome> check_proposed_block(const BlockProposal& proposal) const;
  // Apart: a proposal that only this refuses still opens its round. 0.15.21, handle_block_proposal
  NodeStatus check_confirmed_vote(const BlockProposal& proposal) const;
  NodeResult<ManagerOutcome> check_validated_block(const CryptoHash& hash,
                                                   const Round& round) const;

  // Remembers that a later round was opened; false if nothing changed.
  bool update_signed_proposal(const BlockProposal& proposal, Timestamp now);

  // What became newer, so that its blobs must be kept too.
  struct Changed {
    bool proposed = false;
    bool locking = false;
  };
  // An empty signer: not a validator; all but the vote.
  Changed create_vote(const BlockProposal& proposal, const Block& block, const CryptoHash& hash,
                      const ValidatorSigner& sign, Timestamp now);
  Changed create_final_vote(ValidatedBlockCertificate certificate, const CryptoHash& hash,
                            const ValidatorSigner& sign, Timestamp now);
  // False if nothing changed: not a validator, or signed before.
  NodeResult<bool> create_timeout_vote(const ChainId& chain, BlockHeight height, const Round& round,
                                       Epoch epoch, const ValidatorSigner& sign, Timestamp now);
  void handle_timeout_certificate(TimeoutCertificate certificate, Timestamp now);

 private:
  void update_current_round(Timestamp now);
  bool update_proposed(const BlockProposal& proposal);
  bool update_locking(LockingBlock locking);
  bool lock_original(const BlockProposal& proposal, const Block& block);
  NodeStatus check_round(const BlockProposal& proposal) const;

  ManagerState state_;
};

}  // namespace mica::chain
