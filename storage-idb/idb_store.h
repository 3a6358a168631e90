// IdbStore: both stores over write-once files in one folder (an IDBFS mount, a folder of
// Node's, or a plain folder natively). The hot state lives in memory; the files are a log
// that carries its oldest live entries forward, a little with each commit, so that cost per
// commit does not grow with the store. Cold records are gathered into segments that leave
// memory. Format and proofs: docs/formats/store.md.
//   auto store = MICA_TRY(IdbStore::open("/mica/<genesis>", genesis_hash));
//   auto id = MICA_TRY(store->apply(batch));
//   host: mount.flush(store->take_changes()), then Flushed{id}
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/storage/cold_store.h"
#include "core/storage/hot_store.h"
#include "storage-idb/aged_table.h"
#include "storage-idb/room.h"
#include "storage-idb/store_files.h"

namespace mica::storage_idb {

// A file that the host must make durable (created) or delete (removed).
struct FileChange {
  std::string name;
  bool removed = false;
  friend bool operator==(const FileChange&, const FileChange&) = default;
};

struct IdbStoreOptions {
  // The log may grow to this, or to three times the live bytes, before entries are carried.
  uint64_t min_log_bytes = 256 << 10;
  // Pending cold records become segments at this size; one segment holds about as much.
  uint64_t segment_bytes = 256 << 10;
  // Loaded segments beyond this are dropped by trim().
  uint64_t loaded_bytes = 4 << 20;
  // Go on after damage: bad files are renamed to bad-*, losses() says what is gone. Damage
  // to the log sets all hot state aside, for a log with a hole is no state at all.
  bool set_aside_damage = false;
};

class IdbStore final : public HotStore, public ColdStore {
  struct Opening {};  // only open() makes stores

 public:
  IdbStore(Opening, std::string folder, const GenesisTag& tag, IdbStoreOptions options)
      : folder_(std::move(folder)), tag_(tag), options_(options) {}

  // `genesis_hash` (8 bytes or more) names the network; a folder of another one is refused.
  // A file that is missing or fails its check sum gives an Error that names it. Afterwards
  // take_changes() may hold leftovers of a crash to delete.
  static Result<std::unique_ptr<IdbStore>> open(std::string folder, ByteSpan genesis_hash,
                                                IdbStoreOptions options = {});

  const Bytes* get(ByteSpan key) const override { return hot_.get(key); }
  void scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const override {
    hot_.scan_from(prefix, from, visit);
  }
  // An error means that the file system refused; the store then takes no more commits.
  Result<CommitId> apply(const Batch& batch) override;

  Presence presence(ByteSpan key) const override;
  const Bytes* loaded(ByteSpan key) const override;
  std::string request(ByteSpan key) const override;
  void trim() override;

  // The host has put the segment named by request() into the folder, or found it missing.
  // Records that cannot be read become kAbsent, and the Error says how many of which file.
  Status segment_loaded(const std::string& name);

  // What changed since the last call, in the order in which it must become durable: files
  // created, oldest first, then files removed. Covers all commits up to last_commit().
  std::vector<FileChange> take_changes();

  CommitId last_commit() const { return last_; }
  // What open() could not keep (only with set_aside_damage).
  const std::vector<Error>& losses() const { return losses_; }

  struct Counters {
    uint64_t bytes_written = 0;
    uint64_t files_written = 0;
    uint64_t bytes_carried = 0;  // of entries written again to let old files go
    uint64_t log_bytes = 0;
    uint64_t live_bytes = 0;
    uint64_t loaded_bytes = 0;
    uint64_t cold_records = 0;
  };
  Counters counters() const;

 private:
  using SegmentId = std::pair<CommitId, uint32_t>;
  struct LoadedSegment {
    std::map<Bytes, Bytes, ByteOrder> records;
    uint64_t bytes = 0;
    mutable uint64_t last_used = 0;
  };

  // Opening.
  Status load();
  Status load_log(const std::vector<CommitId>& commits);
  Status replay(const LogFile& log);
  Status load_index(const std::vector<CommitId>& commits);
  Status set_log_aside(const std::vector<CommitId>& commits, CommitId last, Error why);
  Status set_aside(const std::string& name);

  // Committing.
  Status gather_cold(CommitId commit);
  void carry_forward(CommitId commit, uint64_t own_bytes, Batch& batch);
  void advance_first(CommitId commit);
  Status create(const std::string& name, ByteSpan bytes);
  void remove(const std::string& name);
  uint64_t live_bytes() const { return hot_.live_bytes() + pending_.live_bytes(); }

  StoreFolder folder_;
  GenesisTag tag_;
  IdbStoreOptions options_;

  AgedTable hot_;
  AgedTable pending_;  // cold records that are still in the log
  std::map<Bytes, SegmentId, ByteOrder> index_;
  std::map<SegmentId, LoadedSegment> segments_;
  mutable uint64_t use_clock_ = 0;

  CommitId first_ = 1;               // the oldest log file that is needed
  CommitId last_ = 0;                // the newest
  std::deque<uint64_t> file_bytes_;  // of the log files first_..last_
  uint64_t log_bytes_ = 0;           // their sum
  uint64_t index_count_ = 0;
  bool failed_ = false;

  std::vector<std::string> created_;
  std::vector<std::string> removed_;
  std::vector<Error> losses_;
  Counters counters_;
};

}  // namespace mica::storage_idb
