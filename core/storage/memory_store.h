// MemoryStore: both stores in memory, nothing durable. For tests and for throw-away runs.
#pragma once

#include "core/storage/cold_store.h"
#include "core/storage/hot_table.h"
#include "core/storage/room.h"

namespace mica::storage {

class MemoryStore final : public HotStore, public ColdStore {
 public:
  const Bytes* get(ByteSpan key) const override { return hot_.get(key); }
  void scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const override {
    hot_.scan_from(prefix, from, visit);
  }
  Result<CommitId> apply(const Batch& batch) override;

  Presence presence(ByteSpan key) const override {
    return cold_.contains(key) ? Presence::kLoaded : Presence::kAbsent;
  }
  const Bytes* loaded(ByteSpan key) const override;
  std::string request(ByteSpan) const override { return {}; }
  void trim() override {}

  CommitId last_commit() const { return last_commit_; }
  const HotTable& hot() const { return hot_; }

 private:
  HotTable hot_;
  std::map<Bytes, Bytes, ByteOrder> cold_;
  CommitId last_commit_ = 0;
};

}  // namespace mica::storage
