// PendingStore: a store as it will be after batches that were not committed yet.
//
//   PendingStore pending(hot, cold);
//   Worker worker(pending, pending, ...);
//   pending.add(answer.batch);            // after each call
//   hot.apply(pending.take());            // one commit for all of them
#pragma once

#include <map>

#include "core/storage/cold_store.h"
#include "core/storage/hot_store.h"
#include "core/storage/hot_table.h"
#include "core/worker/room.h"

namespace mica::worker {

class PendingStore final : public HotStore, public ColdStore {
 public:
  PendingStore(const HotStore& hot, const ColdStore& cold) : hot_(hot), cold_(cold) {}

  // Makes the batch visible here.
  void add(Batch batch);
  // Everything added since the last take(); the caller commits it before it asks again.
  Batch take();
  bool empty() const { return batch_.empty(); }

  const Bytes* get(ByteSpan key) const override;
  void scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const override;
  // As add(); the id is 0, for nothing was committed.
  Result<CommitId> apply(const Batch& batch) override;

  Presence presence(ByteSpan key) const override;
  const Bytes* loaded(ByteSpan key) const override;
  std::string request(ByteSpan key) const override;
  void trim() override {}

 private:
  const HotStore& hot_;
  const ColdStore& cold_;
  Batch batch_;
  std::map<Bytes, std::optional<Bytes>, ByteOrder> changed_;  // none: removed
  std::map<Bytes, Bytes, ByteOrder> cold_new_;
};

}  // namespace mica::worker
