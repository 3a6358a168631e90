// The wallet's own records in the hot store: followed chains, blocks on their way, the host's
// records. Format: docs/formats/wallet.md. Functions that change something add to a batch; who
// commits it: the caller. Every value is an enum of its versions, so that an old one can still be
// read.
#pragma once

#include "core/storage/batch.h"
#include "core/storage/state_reader.h"
#include "core/types/pending_block.h"
#include "core/wallet/room.h"

namespace mica::wallet {

struct TrackedChain {
  std::optional<AccountOwner> owner;  // who proposes; none: only followed
  bool allow_fast_blocks = false;
  MICA_FIELDS(TrackedChain, owner, allow_fast_blocks)
};

struct StoredChain {
  struct V1 {
    TrackedChain chain;
    MICA_NEWTYPE(V1, chain)
  };
  std::variant<V1> kind;
  MICA_ENUM(StoredChain, kind)
};
struct StoredPending {
  struct V1 {
    PendingBlock pending;
    MICA_NEWTYPE(V1, pending)
  };
  std::variant<V1> kind;
  MICA_ENUM(StoredPending, kind)
};

class WalletRecords {
 public:
  explicit WalletRecords(const StateReader& store) : store_(store) {}

  // kCorrupt names the chain of a record that does not decode.
  Result<std::map<ChainId, TrackedChain>> chains() const;
  static void put_chain(Batch& batch, const ChainId& id, const TrackedChain& chain);
  // Also forgets what belongs to the chain, except a signed block that may still be certified.
  static void remove_chain(Batch& batch, const ChainId& id);

  Result<std::optional<PendingBlock>> pending(const ChainId& chain) const;
  static void put_pending(Batch& batch, const PendingBlock& pending);
  static void remove_pending(Batch& batch, const ChainId& chain);

  // Heights of own certified blocks for which no quorum has confirmed the delivery yet.
  std::vector<BlockHeight> undelivered(const ChainId& chain) const;
  static void put_undelivered(Batch& batch, const ChainId& chain, BlockHeight height);
  static void remove_undelivered(Batch& batch, const ChainId& chain, BlockHeight height);

  // The host's own.
  std::map<std::string, Bytes> records(std::string_view prefix) const;
  // An empty value removes the record.
  static void put_record(Batch& batch, std::string_view key, const Bytes& value);

 private:
  const StateReader& store_;
};

}  // namespace mica::wallet
