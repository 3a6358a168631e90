// ForgetfulStore: a store that loses what was not flushed. For tests and simulated worlds.
//   auto id = store.apply(batch).value();   // visible at once
//   store.flushed(id);                      // now it survives
//   store.crash();                          // everything after the last flushed() is gone
#pragma once

#include <deque>
#include <set>

#include "core/storage/cold_store.h"
#include "core/storage/memory_store.h"
#include "core/storage/room.h"

namespace mica::storage {

class ForgetfulStore final : public HotStore, public ColdStore {
 public:
  const Bytes* get(ByteSpan key) const override { return now_.get(key); }
  void scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const override {
    now_.scan_from(prefix, from, visit);
  }
  Result<CommitId> apply(const Batch& batch) override;

  Presence presence(ByteSpan key) const override;
  const Bytes* loaded(ByteSpan key) const override;
  std::string request(ByteSpan key) const override;
  // Keeps nothing loaded that is durable: a budget of no bytes.
  void trim() override;

  // All commits up to `id` are durable. Ids that were flushed before are ignored.
  void flushed(CommitId id);
  // Forgets the unflushed commits except the first `keep_commits` of them: a disk may have
  // got further than it said, but never in another order. Commit ids go on from there.
  void crash(size_t keep_commits = 0);
  // How many commits a crash would lose.
  size_t unflushed() const { return unflushed_.size(); }
  CommitId last_commit() const { return now_.last_commit(); }

  // request() names a record on disk in hex, and this brings it back.
  void segment_loaded(const std::string& name);

 private:
  MemoryStore durable_;
  MemoryStore now_;
  std::deque<Batch> unflushed_;  // the commits from durable_.last_commit() + 1 on
  std::set<Bytes, ByteOrder> loaded_;
};

}  // namespace mica::storage
