// Worker: what a validator answers, and what a client's local node knows, over many chains.
//
//   Worker worker(hot, cold, std::move(config), network);
//   WorkerAnswer answer = worker.handle(now, request);
//   if (!answer.unloaded.empty()) -> load these cold records, then handle the same request again;
//   otherwise hot.apply(answer.batch), and once that is durable send answer.response.
//
// No call changes the store: all changes of one call are in its one batch, and the caller applies
// it before the next call. A failure may have a batch too (a blob noted as expected, a round that
// was entered): apply it all the same. Nothing that was signed may leave before the batch is
// durable. A caller who wants one commit for several calls gives the worker a PendingStore
// (pending_store.h). linera-core/src/{worker,local_node}.rs, chain_worker/state.rs
#pragma once

#include <memory>

#include "core/storage/batch.h"
#include "core/storage/cold_store.h"
#include "core/storage/state_reader.h"
#include "core/types/bundle_policy.h"
#include "core/types/node_service.h"
#include "core/worker/chain_reader.h"
#include "core/worker/confirmed_mode.h"
#include "core/worker/room.h"
#include "core/worker/staged_block.h"
#include "core/worker/worker_config.h"

namespace mica::worker {

struct WorkerAnswer {
  NodeResponse response;
  std::vector<Notification> notifications;
  Batch batch;
  std::vector<ColdKey> unloaded;  // not empty: nothing happened; load these and call again
  // With a failure: all that executing the block lacked, which others have. Nothing else was wrong
  // where these are questions that the caller did not answer yet.
  std::vector<Wanted> wanted;
  // Set: nothing happened; a proposal is early by less than the grace period, call again then.
  std::optional<Timestamp> retry_at;
};

// Of a call of the local node: as WorkerAnswer.
template <class T>
struct LocalAnswer {
  NodeResult<T> result;
  std::vector<Notification> notifications;
  Batch batch;
  std::vector<ColdKey> unloaded;
  std::vector<Wanted> wanted;
  std::optional<ExecutionError> cause;  // of a failure in executing
};

class WorkerState;  // core/worker/worker_state.h

class Worker {
 public:
  Worker(const StateReader& hot, const ColdStore& cold, WorkerConfig config,
         NetworkDescription network);
  ~Worker();
  Worker(Worker&&) noexcept;
  Worker& operator=(Worker&&) noexcept;

  // What an empty store must hold: the network's description, the committee and chain blobs.
  static Result<Batch> genesis_batch(const GenesisConfig& genesis);
  // Which network a store was made for, if any.
  static std::optional<NetworkDescription> stored_network(const StateReader& hot);

  // Every method of a validator. Messages between this node's chains are delivered at once, so
  // there is nothing to wait for when it returns. A local node handles its own proposals, validated
  // and timeout certificates, pending blobs and chain queries by it too.
  // `answers` are to what the block of a proposal asks outside; none: nobody can be asked. Blocks
  // with certificates ask nobody: they bring what was answered.
  WorkerAnswer handle(Timestamp now, const NodeRequest& request, const Answers* answers = nullptr);

  // -- The local node: changes ---------------------------------------------------------------

  // Executes a block without keeping it; remembers the execution for the certificate to come. With
  // kLeaveOut the block may come out empty, and no bundle makes its fees exceed the cap. `answers`:
  // as for handle().
  LocalAnswer<StagedBlock> stage_block(Timestamp now, const ProposedBlock& block,
                                       const Round& round,
                                       const std::vector<BlobContent>& published_blobs,
                                       BundlePolicy policy, std::optional<Amount> fee_cap = {},
                                       const Answers* answers = nullptr);
  // The same of a block whose outcome is known, with the oracle responses that stand in it.
  LocalAnswer<StagedBlock> stage_again(Timestamp now, const Block& block,
                                       const std::vector<BlobContent>& published_blobs);
  // Asks the service of an application about its chain's state. Keeps nothing.
  LocalAnswer<ServiceAnswer> query_application(Timestamp now, const ChainId& chain,
                                               const ApplicationId& application, ByteSpan query);
  LocalAnswer<ChainInfo> process_confirmed(Timestamp now,
                                           const ConfirmedBlockCertificate& certificate,
                                           ConfirmedMode mode);
  // Delivers again what a chain's outboxes hold; for a chain that became tracked just now.
  LocalAnswer<Ok> retry_cross_chain(Timestamp now, const ChainId& sender);
  // How much of each validator's received log was seen; never goes back.
  Batch set_received_log_trackers(const ChainId& chain,
                                  const std::map<ValidatorPublicKey, uint64_t>& trackers);
  // Blobs that came with a certificate or by trust in their hash: kept whether expected or not.
  Batch store_blobs(const std::vector<BlobContent>& blobs);
  void set_tracked_chains(std::optional<std::set<ChainId>> chains);

  // -- The local node: questions --------------------------------------------------------------

  // Everything about one chain; taken for one question or several, and gone before the next change.
  ChainReader read(const ChainId& chain) const;

  ReadAnswer<ConfirmedBlockCertificate> certificate(const CryptoHash& hash) const;
  // By the genesis or by the admin chain's events.
  ReadAnswer<Committee> committee(Epoch epoch) const;
  // Those of these epochs that are known here.
  ReadAnswer<std::map<Epoch, Committee>> committees(const std::set<Epoch>& epochs) const;
  bool has_blob(const BlobId& id) const;
  ReadAnswer<BlobContent> blob(const BlobId& id) const;
  // The stored block that created or read it.
  std::optional<CryptoHash> last_used_by(const BlobId& id) const;
  std::optional<Bytes> event(const EventId& id) const;

 private:
  std::unique_ptr<WorkerState> state_;
};

}  // namespace mica::worker
