// ChainReader: what a node knows about one chain. It reads a store, or an overlay in use, and needs
// neither an overlay of its own nor a worker; many questions may be put to one reader, as long as
// what it reads does not change. Chains that are not known here are empty, not errors.
// linera-core/src/local_node.rs
#pragma once

#include "core/chain/chain_state.h"
#include "core/worker/session.h"

namespace mica::worker {

// Of a question that may need cold records. Empty and nothing unloaded: it is not here.
template <class T>
struct ReadAnswer {
  std::optional<T> value;
  std::vector<ColdKey> unloaded;
  explicit operator bool() const { return value.has_value(); }
  const T& operator*() const { return *value; }
  const T* operator->() const { return &*value; }
};

struct ChainTip {
  std::optional<CryptoHash> block_hash;
  BlockHeight next_block_height;
  Timestamp timestamp;  // of the last block
};

// By timestamp; to be rejected if the chain is closed.
std::vector<IncomingBundle> pending_bundles(const ChainState& chain);
ChainInfo info_of(const ChainState& chain);
// What the query asks to read, and nothing that it asks to do. chain_worker/state.rs,
// prepare_chain_info_response
NodeResult<ChainInfo> answer(const ChainState& chain, const ChainInfoQuery& query,
                             uint64_t max_received_log_entries);

class ChainReader {
 public:
  // `committees`: what was parsed before, and will be.
  ChainReader(const StateReader& state, const ColdStore& cold, const NetworkDescription& network,
              RecordReader::CommitteeBlobs& committee_blobs, Committees& committees,
              const ChainId& chain)
      : records_(state, cold, network, committee_blobs),
        committees_(committees),
        chain_(state, chain) {}

  const ChainState& state() const { return chain_; }

  ChainTip tip() const;
  bool is_active() const { return chain_.is_initialized(); }  // made from its description
  bool is_closed() const { return chain_.execution.system.closed.get(); }
  ApplicationPermissions application_permissions() const {
    return chain_.execution.system.application_permissions.get();
  }
  // With all values that `request_manager_values` asks for; none for an inactive chain.
  std::optional<ChainManagerInfo> manager() const;
  Amount balance(const AccountOwner& owner) const {
    return chain_.execution.system.balance_of(owner);
  }
  std::map<AccountOwner, Amount> balances() const;  // without the chain's own
  std::vector<IncomingBundle> pending_bundles() const { return worker::pending_bundles(chain_); }
  // From the executed blocks, or from the preprocessed ones beyond them.
  std::optional<CryptoHash> block_hash(BlockHeight height) const {
    return chain_.block_hash(height);
  }
  // From `start` on, without gaps, at most `limit`.
  ReadAnswer<std::vector<ConfirmedBlockCertificate>> certificates(BlockHeight start,
                                                                  size_t limit) const;
  // One more than the highest block that is executed or preprocessed here; there may be gaps.
  BlockHeight next_height_to_preprocess() const { return chain_.next_height_to_preprocess(); }
  // Where the chain expects the next message of `origin` from.
  BlockHeight next_height_to_receive(const ChainId& origin) const {
    return chain_.inboxes.view(origin).next_block_height_to_receive();
  }
  // The lowest height whose messages to `receiver` were not scheduled yet.
  BlockHeight next_outbox_height(const ChainId& receiver) const;
  std::map<ValidatorPublicKey, uint64_t> received_log_trackers() const {
    return chain_.received_certificate_trackers.get();
  }
  ReadAnswer<Committee> current_committee() const;  // and the chain must be active
  // Whose committee certifies its next block.
  Epoch epoch() const { return chain_.execution.system.epoch.get(); }
  std::set<Epoch> epochs() const;  // those the chain trusts
  // Those that are here: stored, or held by the manager of the block's chain or its pending sets.
  ReadAnswer<std::vector<BlobContent>> published_blobs(const ProposedBlock& block) const;
  // Those that have state on this chain.
  std::vector<ApplicationId> applications() const { return chain_.execution.users.keys(); }
  // Which streams of which chains its applications listen to, and how far it has come.
  std::vector<std::pair<std::pair<ChainId, StreamId>, EventSubscriptions>> subscriptions() const {
    return chain_.execution.system.event_subscriptions.entries();
  }
  // How many events of a stream are known from executed and preprocessed blocks.
  uint32_t next_expected_event(const StreamId& stream) const {
    return chain_.next_expected_events.get_or_default(stream);
  }

 private:
  template <class T>
  ReadAnswer<T> found(std::optional<T> value) const {
    if (!records_.unloaded().empty()) value.reset();
    return {std::move(value), records_.unloaded()};
  }

  RecordReader records_;
  Committees& committees_;
  const ChainState chain_;
};

}  // namespace mica::worker
