// WorkerConfig: what a worker is told at its start: whose node it is, and how much it may keep.
// linera-core/src/chain_worker/config.rs
#pragma once

#include "core/base/limits.h"
#include "core/execution/applications.h"
#include "core/types/keys.h"
#include "core/worker/room.h"

namespace mica::worker {

struct WorkerConfig {
  ValidatorSigner sign;  // empty: a local node; it signs nothing
  // Chains whose inboxes are filled; none: all (validators).
  std::optional<std::set<ChainId>> tracked_chains;
  // Keep messages for chains whose description is not known here (clients).
  bool allow_inactive_chains = false;
  // Blocks of epochs before the receiver's own are welcome though their committee is gone
  // (clients). Validators take those of every epoch whose committee they have stored, too: a chain
  // that lags is certified by its own old committee, and its messages must arrive all the same.
  // linera-core/src/chain_worker/state.rs, select_message_bundles and get_committees
  bool allow_messages_from_deprecated_epochs = false;
  // How far ahead of `now` a proposal's time may be before it is refused.
  TimeDelta block_time_grace_period;
  uint64_t max_received_log_entries = 20'000;
  size_t block_cache_bytes = limits::kBlockCacheBytes;
  size_t execution_cache_bytes = limits::kExecutionCacheBytes;
  Applications* applications = nullptr;  // the caller's, for longer than the worker; none: refused
  const HistoricalHash* historical_hash = nullptr;  // the same; none: known by certificates
};

}  // namespace mica::worker
