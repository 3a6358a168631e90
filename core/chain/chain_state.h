// ChainState: everything a node keeps about one chain, as windows over an overlay. Only the
// execution state is seen by others (in the blocks' state hash). linera-chain/src/chain.rs
#pragma once

#include "core/chain/block_execution.h"
#include "core/chain/committees.h"
#include "core/chain/inbox.h"
#include "core/chain/manager.h"
#include "core/chain/outbox.h"
#include "core/chain/pending_blobs.h"
#include "core/chain/room.h"

namespace mica::chain {

struct ChainTipState {
  std::optional<CryptoHash> block_hash;
  BlockHeight next_block_height;
  uint32_t num_incoming_bundles = 0;
  uint32_t num_operations = 0;
  uint32_t num_outgoing_messages = 0;
  MICA_FIELDS(ChainTipState, block_hash, next_block_height, num_incoming_bundles, num_operations,
              num_outgoing_messages)

  NodeStatus verify_block_chaining(const ProposedBlock& block) const;
  // True below the tip; MissingEarlierBlocks beyond it.
  NodeResult<bool> already_validated_block(BlockHeight height) const;
  NodeStatus update_counters(const BlockBody& body);
};

// The recipients that a node delivers to, and what names this set. None of it: all (validators).
struct TrackedChains {
  std::set<ChainId> ids;
  CryptoHash hash;
};
using Tracked = const std::optional<TrackedChains>&;
inline bool delivers_to(const ChainId& recipient, Tracked tracked) {
  return !tracked || tracked->ids.contains(recipient);
}

using MissingBundles = std::vector<std::pair<ChainId, BlockHeight>>;

class ChainState final : public PreviousBlocks {
 public:
  ChainState(ViewContext context, const ChainId& chain_id);

  const ChainId& id() const { return id_; }

  ExecutionState execution;
  Register<std::optional<CryptoHash>> execution_state_hash;
  Register<ChainTipState> tip_state;
  Register<ManagerState> manager;
  Map<BlobId, BlobContent> proposed_blobs;  // of manager.proposed, as far as they are not stored
  Map<BlobId, BlobContent> locking_blobs;   // of manager.locking_block, likewise
  PendingBlobs pending_validated_blobs;
  Collection<AccountOwner, PendingBlobs> pending_proposed_blobs;
  Log<CryptoHash> confirmed_log;     // hashes of executed blocks by height
  Log<ChainAndHeight> received_log;  // blocks of others that sent here, as they came
  Register<std::map<ValidatorPublicKey, uint64_t>> received_certificate_trackers;
  Collection<ChainId, Inbox> inboxes;  // by origin
  Set<ChainId> nonempty_inboxes;       // with bundles waiting
  Map<ChainId, BlockHeight> previous_message_blocks;
  Map<StreamId, BlockHeight> previous_event_blocks;
  Collection<ChainId, Outbox> outboxes;  // by recipient
  // These two of tracked recipients only, by reconcile_outbox_index.
  Set<ChainId> nonempty_outboxes;
  Map<ByteArray<8>, uint32_t> outbox_counters;        // recipients outstanding, by height
  Map<ByteArray<8>, CryptoHash> preprocessed_blocks;  // beyond the tip, by height
  Map<StreamId, uint32_t> next_expected_events;
  Register<std::optional<CryptoHash>> outbox_index_tracked;  // the hash of those

  // Whether the description was applied; without it only boxes and logs mean anything.
  bool is_initialized() const { return execution.system.description.written(); }
  // Applies the description if it was not; BlobsNotFound if it is not here.
  NodeStatus initialize_if_needed(Timestamp now, Committees& committees, const Lookup& lookup);
  NodeResult<CommitteePtr> current_committee(Committees& committees, const Lookup& lookup) const {
    return committees.current(execution, id_, lookup);
  }

  // The block's bundles leave their inboxes. Returns those that had not arrived; with
  // `stop_at_first` it ends at the first such (the state is then of no use).
  NodeResult<MissingBundles> remove_bundles_from_inboxes(
      const std::vector<Transaction>& transactions, Timestamp block_time, bool stop_at_first);
  NodeStatus receive_message_bundle(const ChainId& origin, const MessageBundle& bundle,
                                    bool add_to_received_log);
  // False if nothing was waiting up to `height`.
  NodeResult<bool> mark_messages_as_received(const ChainId& recipient, BlockHeight height,
                                             Tracked tracked);
  void revert_outbox(const ChainId& recipient, const std::vector<BlockHeight>& heights,
                     Tracked tracked);
  // Makes nonempty_outboxes and outbox_counters anew if they are of other recipients.
  void reconcile_outbox_index(Tracked tracked);

  // After execution: outboxes, logs, tip, and a manager for the next height. Returns the streams
  // that advanced.
  NodeResult<std::set<StreamId>> apply_confirmed_block(const Block& block, const CryptoHash& hash,
                                                       Timestamp now, Committees& committees,
                                                       const Lookup& lookup, Tracked tracked);
  // A certified block that is not executed, now or ever: only its messages and events count.
  NodeResult<std::set<StreamId>> preprocess_block(const Block& block, const CryptoHash& hash,
                                                  Tracked tracked);

  std::optional<CryptoHash> block_hash(BlockHeight height) const;
  BlockHeight next_height_to_preprocess() const;  // the highest block's that is here, plus one
  // From the pending sets and the manager, not from the store of blobs.
  std::optional<BlobContent> pending_blob(const BlobId& id) const;

  std::optional<BlockAt> last_sent_to(const ChainId& recipient) const override;
  std::optional<BlockAt> last_published_to(const StreamId& stream) const override;

 private:
  ChainState(ViewContext context, const ChainId& chain_id, const Bytes& prefix);
  std::optional<BlockAt> executed_at(std::optional<BlockHeight> height) const;
  NodeStatus reset_manager(BlockHeight height, Timestamp now, Committees& committees,
                           const Lookup& lookup);
  NodeStatus process_outgoing_messages(const Block& block, Tracked tracked);
  void count_outgoing(const ChainId& recipient, BlockHeight height);
  NodeResult<bool> may_schedule_ahead(const Outbox& outbox, const Block& block,
                                      const ChainId& recipient) const;
  std::set<StreamId> process_emitted_events(const Block& block);

  ChainId id_;
};

}  // namespace mica::chain
