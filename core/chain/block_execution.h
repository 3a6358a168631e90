// Executing one block on its chain's execution state. linera-chain/src/{chain,block_tracker}.rs
#pragma once

#include "core/chain/room.h"
#include "core/execution/applications.h"
#include "core/execution/execution_state.h"
#include "core/execution/resources.h"
#include "core/types/bundle_policy.h"

namespace mica::chain {

// Upstream counts every block's header as this many bytes. linera-chain/src/chain.rs
inline constexpr uint64_t kEmptyBlockSize = 94;

// The chain's last block (hash and height) that sent to a chain, or that published to a stream.
class PreviousBlocks {
 public:
  using BlockAt = std::pair<CryptoHash, BlockHeight>;
  virtual ~PreviousBlocks() = default;
  virtual std::optional<BlockAt> last_sent_to(const ChainId& recipient) const = 0;
  virtual std::optional<BlockAt> last_published_to(const StreamId& stream) const = 0;
};

struct BlockExecution {
  ProposedBlock block;
  std::optional<uint32_t> round;             // Round::multi_leader(); none when replaying
  Timestamp local_time;                      // of this node
  std::vector<BlobContent> published_blobs;  // exactly block.published_blob_ids(), in any order
  // A certified block's oracle responses: they are consumed instead of asked, and must be used up.
  const std::vector<std::vector<OracleResponse>>* recorded = nullptr;
  BundlePolicy policy = BundlePolicy::kAbort;
  uint32_t max_block_limit_errors = 3;  // unless kAbort: after so many all bundles are put off
  // Under FLAG_HISTORICAL_HASH the outcome has this state hash, unless there is what gives it.
  CryptoHash state_hash_if_historical = unknown_state_hash();
  const HistoricalHash* historical_hash = nullptr;
  std::optional<Amount> fee_cap;         // with kLeaveOut: no bundle makes the fees exceed it
  Applications* applications = nullptr;  // none: this build runs no applications
  const Answers* answers = nullptr;      // none: nobody can be asked
};

struct ExecutedBlock {
  ProposedBlock block;  // as it came, with kAbort
  BlockExecutionOutcome outcome;
  ResourceTracker resources;
  Amount fees_paid;               // charged by this block, whoever paid
  std::vector<LeftOut> left_out;  // one of each origin
};

struct BlockFailure {
  NodeError error;
  // Of an error of execution. Its `wanted`: all that was lacking, in this transaction and, as far
  // as one could see without it, in those after it; the first one surely. A question that `answers`
  // says has none: the reason.
  std::optional<ExecutionError> cause;
  BlockFailure(NodeError error, std::optional<ExecutionError> cause = {})
      : error(std::move(error)), cause(std::move(cause)) {}
};

// The chain must be initialised (initialize_chain). Writes the chain's execution state into
// `chain`; on error `chain` is as it was. Inboxes, the chain's tip and epoch are the caller's to
// check. With kLeaveOut the block may come out without transactions: nothing could be received, and
// nothing was written.
Result<ExecutedBlock, BlockFailure> execute_block(Overlay& chain, const Lookup& lookup,
                                                  const PreviousBlocks& previous,
                                                  BlockExecution what);

}  // namespace mica::chain
