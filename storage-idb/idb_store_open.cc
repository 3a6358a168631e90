// Opening a store: which files count, replaying the log, and what to do with damage.
// The newest log file decides: it says which log files there must be (first..last) and how
// many index files. Nothing else can be missing unnoticed. Files of later commits than the
// newest log file were never committed; log files before `first` are leftovers.
#include <algorithm>

#include "storage-idb/idb_store.h"

namespace mica::storage_idb {

Result<std::unique_ptr<IdbStore>> IdbStore::open(std::string folder, ByteSpan genesis_hash,
                                                 IdbStoreOptions options) {
  GenesisTag tag;
  if (genesis_hash.size() < tag.size()) return Error{ErrorCode::kBadLength, "genesis hash"};
  std::memcpy(tag.data(), genesis_hash.data(), tag.size());
  auto store = std::make_unique<IdbStore>(Opening{}, std::move(folder), tag, options);
  MICA_TRY(store->load());
  return store;
}

Status IdbStore::load() {
  std::vector<CommitId> logs;
  std::vector<CommitId> indexes;
  std::vector<FileName> segments;
  for (const std::string& name : MICA_TRY(folder_.list())) {
    const auto parsed = parse_file_name(name);
    if (!parsed) continue;
    if (parsed->kind == FileKind::kLog) logs.push_back(parsed->commit);
    if (parsed->kind == FileKind::kIndex) indexes.push_back(parsed->commit);
    if (parsed->kind == FileKind::kSegment) segments.push_back(*parsed);
  }
  const CommitId last = logs.empty() ? 0 : logs.back();
  if (!indexes.empty() && indexes.back() == last + 1) {  // never committed
    remove(file_name({FileKind::kIndex, indexes.back()}));
    indexes.pop_back();
  }
  if (!indexes.empty() && indexes.back() > last) {  // but this one was, and files go in order
    Error error{ErrorCode::kCorrupt, folder_.path() + "/" +
                                         file_name({FileKind::kLog, indexes.back()}) +
                                         " and the log files before it are missing"};
    if (!options_.set_aside_damage) return error;
    MICA_TRY(set_log_aside(logs, indexes.back(), std::move(error)));
    logs.clear();
  }
  for (const FileName& segment : segments) {
    if (segment.commit > std::max(last, last_)) remove(file_name(segment));
  }
  MICA_TRY(load_index(indexes));
  const uint64_t indexes_found = index_count_;
  Status log = load_log(logs);
  if (!log.ok()) {
    const bool foreign = log.error().code == ErrorCode::kRefused;
    Error error = log.error();
    if (foreign) return error;
    error.where = folder_.path() + "/" + error.where + "; the state of all chains is incomplete";
    if (!options_.set_aside_damage) return error;
    MICA_TRY(set_log_aside(logs, last, std::move(error)));
  } else if (!logs.empty() && index_count_ != indexes_found) {
    Error error{ErrorCode::kCorrupt,
                folder_.path() + ": " + std::to_string(index_count_) +
                    " index files should be there, not " + std::to_string(indexes_found) +
                    "; blobs and certificates are lost and must be fetched again"};
    if (!options_.set_aside_damage) return error;
    losses_.push_back(std::move(error));
  }
  index_count_ = indexes_found;
  if (!losses_.empty()) MICA_TRY(apply(Batch{}));  // the newest log file agrees again
  return Ok{};
}

Status IdbStore::load_index(const std::vector<CommitId>& commits) {
  for (const CommitId commit : commits) {
    const std::string name = file_name({FileKind::kIndex, commit});
    const Bytes bytes = MICA_TRY(folder_.read(name));
    auto index = decode_index(tag_, name, bytes);
    if (!index.ok()) {
      if (!options_.set_aside_damage || index.error().code == ErrorCode::kRefused) {
        return index.error();
      }
      losses_.push_back(index.error());
      MICA_TRY(set_aside(name));
      continue;
    }
    ++index_count_;
    uint32_t part = 0;
    for (auto& keys : index.value().keys) {
      for (ColdKey& key : keys) index_.insert_or_assign(std::move(key), SegmentId{commit, part});
      ++part;
    }
  }
  return Ok{};
}

Status IdbStore::load_log(const std::vector<CommitId>& commits) {
  if (commits.empty()) return Ok{};
  const std::string newest_name = file_name({FileKind::kLog, commits.back()});
  const Bytes newest_bytes = MICA_TRY(folder_.read(newest_name));
  const LogFile newest = MICA_TRY(decode_log(tag_, newest_name, newest_bytes));
  first_ = newest.first;
  for (const CommitId commit : commits) {
    if (commit < first_) remove(file_name({FileKind::kLog, commit}));
  }
  for (CommitId commit = first_; commit <= newest.commit; ++commit) {
    const std::string name = file_name({FileKind::kLog, commit});
    const auto bytes = folder_.read(name);
    if (!bytes.ok()) {
      return Error{ErrorCode::kCorrupt, name + " is missing"};
    }
    MICA_TRY(replay(MICA_TRY(decode_log(tag_, name, bytes.value()))));
    file_bytes_.push_back(bytes.value().size());
    log_bytes_ += bytes.value().size();
    last_ = commit;
  }
  index_count_ = newest.index_count;
  return Ok{};
}

Status IdbStore::replay(const LogFile& log) {
  hot_.apply(log.batch.hot, log.commit);
  for (const ColdPut& put : log.batch.cold) {
    const auto found = index_.find(ByteSpan(put.key));
    if (found != index_.end()) {
      if (found->second.first >= log.commit) continue;  // gathered since
      index_.erase(found);                              // that copy was damaged, this is newer
    }
    pending_.put(put.key, put.bytes, log.commit);
  }
  return Ok{};
}

Status IdbStore::set_aside(const std::string& name) {
  MICA_TRY(folder_.rename(name, "bad-" + name));
  created_.push_back("bad-" + name);
  removed_.push_back(name);
  return Ok{};
}

Status IdbStore::set_log_aside(const std::vector<CommitId>& commits, CommitId last, Error why) {
  hot_.clear();
  pending_.clear();
  file_bytes_.clear();
  log_bytes_ = 0;
  for (const CommitId commit : commits) {
    const std::string name = file_name({FileKind::kLog, commit});
    if (std::find(removed_.begin(), removed_.end(), name) == removed_.end())
      MICA_TRY(set_aside(name));
  }
  last_ = last;
  first_ = last_ + 1;
  why.where += ", was set aside and must be synchronised again";
  losses_.push_back(std::move(why));
  return Ok{};
}

}  // namespace mica::storage_idb
