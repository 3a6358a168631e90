// What a node tells about one chain. linera-core/src/data_types.rs, linera-chain/src/manager.rs
#pragma once

#include "core/types/node_error.h"
#include "core/types/room.h"

namespace mica::types {

struct ChainAndHeight {
  ChainId chain_id;
  BlockHeight height;
  MICA_FIELDS(ChainAndHeight, chain_id, height)
};

struct BlockHeightRange {
  BlockHeight start;
  std::optional<uint64_t> limit;
  MICA_FIELDS(BlockHeightRange, start, limit)
};

struct ChainManagerInfo {
  ChainOwnership ownership;
  std::optional<BlockProposal> requested_signed_proposal;
  std::optional<BlockProposal> requested_proposed;
  std::optional<LockingBlock> requested_locking;
  std::optional<TimeoutCertificate> timeout;
  std::optional<LiteVote> pending;  // the later of the confirmed and the validated vote
  std::optional<LiteVote> timeout_vote;
  std::optional<LiteVote> fallback_vote;
  std::optional<Block> requested_confirmed;
  std::optional<Block> requested_validated;
  Round current_round;
  std::optional<AccountOwner> leader;
  std::optional<Timestamp> round_timeout;
  MICA_FIELDS(ChainManagerInfo, ownership, requested_signed_proposal, requested_proposed,
              requested_locking, timeout, pending, timeout_vote, fallback_vote, requested_confirmed,
              requested_validated, current_round, leader, round_timeout)
};

struct ChainInfo {
  ChainId chain_id;
  Epoch epoch;
  std::optional<ChainDescription> description;
  ChainManagerInfo manager;
  Amount chain_balance;
  std::optional<CryptoHash> block_hash;
  Timestamp timestamp;
  BlockHeight next_block_height;
  std::optional<CryptoHash> state_hash;
  std::optional<Amount> requested_owner_balance;
  std::optional<std::map<Epoch, Committee>> requested_committees;
  std::vector<IncomingBundle> requested_pending_message_bundles;
  std::vector<CryptoHash> requested_sent_certificate_hashes;
  uint64_t count_received_log = 0;
  std::vector<ChainAndHeight> requested_received_log;
  MICA_FIELDS(ChainInfo, chain_id, epoch, description, manager, chain_balance, block_hash,
              timestamp, next_block_height, state_hash, requested_owner_balance,
              requested_committees, requested_pending_message_bundles,
              requested_sent_certificate_hashes, count_received_log, requested_received_log)
};

struct ChainInfoResponse {
  ChainInfo info;
  std::optional<ValidatorSignature> signature;  // over hash_of(info)
  MICA_FIELDS(ChainInfoResponse, info, signature)
};

struct ChainInfoQuery {
  ChainId chain_id;
  std::optional<BlockHeight> test_next_block_height;
  AccountOwner request_owner_balance;  // AccountOwner::chain(): the chain balance
  bool request_committees = false;
  bool request_pending_message_bundles = false;
  std::optional<BlockHeightRange> request_sent_certificate_hashes_in_range;
  std::optional<uint64_t> request_received_log_excluding_first_n;
  bool request_manager_values = false;
  std::optional<std::pair<BlockHeight, Round>> request_leader_timeout;
  bool request_fallback = false;
  std::vector<BlockHeight> request_sent_certificate_hashes_by_heights;
  bool create_network_actions = false;
  MICA_FIELDS(ChainInfoQuery, chain_id, test_next_block_height, request_owner_balance,
              request_committees, request_pending_message_bundles,
              request_sent_certificate_hashes_in_range, request_received_log_excluding_first_n,
              request_manager_values, request_leader_timeout, request_fallback,
              request_sent_certificate_hashes_by_heights, create_network_actions)
};

}  // namespace mica::types

MICA_CODEC_ELSEWHERE(::mica::types::ChainManagerInfo)
MICA_CODEC_ELSEWHERE(::mica::types::ChainInfo)
MICA_CODEC_ELSEWHERE(::mica::types::ChainInfoResponse)
MICA_CODEC_ELSEWHERE(::mica::types::ChainInfoQuery)
