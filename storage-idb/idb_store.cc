#include "storage-idb/idb_store.h"

#include <algorithm>

namespace mica::storage_idb {
namespace {

// The log may hold this many times the live bytes: one byte in three carried at worst.
constexpr uint64_t kLogPerLive = 3;
// Each commit may carry its own size and this, so that old debts are always worked off.
constexpr uint64_t kCarryAlwaysBytes = 1024;

uint64_t op_bytes(const HotOp& op) {
  if (const auto* put = std::get_if<Put>(&op)) return put->key.size() + put->value.size();
  if (const auto* del = std::get_if<Delete>(&op)) return del->key.size();
  return std::get_if<DeletePrefix>(&op)->prefix.size();
}

}  // namespace

// --- opening ------------------------------------------------------------------------------------
// The newest log file decides: it says which log files there must be (first..last) and how
// many index files. Nothing else can be missing unnoticed. Files of later commits than the
// newest log file were never committed; log files before `first` are leftovers.

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

// --- committing ---------------------------------------------------------------------------------

Result<CommitId> IdbStore::apply(const Batch& batch) {
  if (failed_) return Error{ErrorCode::kRefused, folder_.path() + " failed before: open it again"};
  failed_ = true;  // until this commit is written
  const CommitId commit = last_ + 1;
  LogFile log;
  log.commit = commit;
  log.batch.hot = batch.hot;
  uint64_t own_bytes = 0;
  for (const HotOp& op : batch.hot) own_bytes += op_bytes(op);
  hot_.apply(batch.hot, commit);
  for (const ColdPut& put : batch.cold) {
    if (pending_.contains(put.key) || index_.contains(put.key)) continue;
    pending_.put(put.key, put.bytes, commit);
    own_bytes += put.key.size() + put.bytes.size();
    log.batch.cold.push_back(put);
  }
  if (pending_.live_bytes() >= options_.segment_bytes) {
    MICA_TRY(gather_cold(commit));
    log.batch.cold.clear();
  }
  const CommitId first_before = first_;
  carry_forward(commit, own_bytes, log.batch);
  advance_first(commit);
  log.first = first_;
  log.index_count = index_count_;
  const Bytes bytes = encode_log(tag_, log);
  MICA_TRY(create(file_name({FileKind::kLog, commit}), bytes));
  file_bytes_.push_back(bytes.size());
  log_bytes_ += bytes.size();
  last_ = commit;
  for (CommitId old = first_before; old < first_; ++old) {
    remove(file_name({FileKind::kLog, old}));
  }
  failed_ = false;
  return commit;
}

// Writes all pending cold records as segments and their index. Both come before the log file
// of the same commit: if that one never appears, they are orphans (see opening).
Status IdbStore::gather_cold(CommitId commit) {
  IndexFile index;
  index.commit = commit;
  auto at = pending_.entries().begin();
  while (at != pending_.entries().end()) {
    const SegmentId id{commit, static_cast<uint32_t>(index.keys.size())};
    auto& keys = index.keys.emplace_back();
    LoadedSegment segment;
    std::vector<ColdPut> records;
    while (at != pending_.entries().end() &&
           (records.empty() ||
            segment.bytes + at->second.value.size() <= options_.segment_bytes * 5 / 4)) {
      segment.bytes += at->first.size() + at->second.value.size();
      keys.push_back(at->first);
      index_[at->first] = id;
      records.push_back(ColdPut{at->first, at->second.value});
      ++at;
    }
    std::vector<const ColdPut*> pointers;
    for (const ColdPut& record : records) pointers.push_back(&record);
    MICA_TRY(
        create(file_name({FileKind::kSegment, commit, id.second}), encode_segment(tag_, pointers)));
    for (ColdPut& record : records) {
      segment.records.emplace(std::move(record.key), std::move(record.bytes));
    }
    segment.last_used = ++use_clock_;
    segments_[id] = std::move(segment);
  }
  MICA_TRY(create(file_name({FileKind::kIndex, commit}), encode_index(tag_, index)));
  ++index_count_;
  pending_.clear();
  return Ok{};
}

// While the log is too long for what lives in it, writes the oldest live entries again.
void IdbStore::carry_forward(CommitId commit, uint64_t own_bytes, Batch& batch) {
  const uint64_t limit = std::max(options_.min_log_bytes, kLogPerLive * live_bytes());
  const uint64_t budget = own_bytes + kCarryAlwaysBytes;
  uint64_t carried = 0;
  while (log_bytes_ + own_bytes + carried > limit && carried < budget) {
    advance_first(commit);
    const AgedTable::Entry* hot = hot_.oldest();
    const AgedTable::Entry* cold = pending_.oldest();
    const bool take_hot = hot && (!cold || hot->second.commit <= cold->second.commit);
    const AgedTable::Entry* entry = take_hot ? hot : cold;
    if (!entry || entry->second.commit == commit) break;
    carried += entry->first.size() + entry->second.value.size();
    if (take_hot) {
      batch.put(entry->first, entry->second.value);
      hot_.rewrite_oldest(commit);
    } else {
      batch.put_cold(entry->first, entry->second.value);
      pending_.rewrite_oldest(commit);
    }
  }
  counters_.bytes_carried += carried;
}

// Lets go of the log files in which nothing lives any more.
void IdbStore::advance_first(CommitId commit) {
  CommitId oldest = commit;
  if (hot_.oldest()) oldest = std::min(oldest, hot_.oldest()->second.commit);
  if (pending_.oldest()) oldest = std::min(oldest, pending_.oldest()->second.commit);
  while (first_ < oldest) {
    if (!file_bytes_.empty()) {
      log_bytes_ -= file_bytes_.front();
      file_bytes_.pop_front();
    }
    ++first_;
  }
}

Status IdbStore::create(const std::string& name, ByteSpan bytes) {
  MICA_TRY(folder_.write(name, bytes));
  created_.push_back(name);
  counters_.bytes_written += bytes.size();
  ++counters_.files_written;
  return Ok{};
}

void IdbStore::remove(const std::string& name) {
  folder_.remove(name);
  // Created and removed between two flushes: the host never hears of it.
  if (std::erase(created_, name) == 0) removed_.push_back(name);
}

std::vector<FileChange> IdbStore::take_changes() {
  std::vector<FileChange> changes;
  changes.reserve(created_.size() + removed_.size());
  for (std::string& name : created_) changes.push_back({std::move(name), false});
  for (std::string& name : removed_) changes.push_back({std::move(name), true});
  created_.clear();
  removed_.clear();
  return changes;
}

Presence IdbStore::presence(ByteSpan key) const {
  if (pending_.contains(key)) return Presence::kLoaded;
  const auto found = index_.find(key);
  if (found == index_.end()) return Presence::kAbsent;
  return segments_.contains(found->second) ? Presence::kLoaded : Presence::kOnDisk;
}

const Bytes* IdbStore::loaded(ByteSpan key) const {
  if (const Bytes* bytes = pending_.get(key)) return bytes;
  const auto found = index_.find(key);
  if (found == index_.end()) return nullptr;
  const auto segment = segments_.find(found->second);
  if (segment == segments_.end()) return nullptr;
  segment->second.last_used = ++use_clock_;
  const auto record = segment->second.records.find(key);
  return record == segment->second.records.end() ? nullptr : &record->second;
}

std::string IdbStore::request(ByteSpan key) const {
  if (presence(key) != Presence::kOnDisk) return {};
  const SegmentId id = index_.find(key)->second;
  return file_name({FileKind::kSegment, id.first, id.second});
}

Status IdbStore::segment_loaded(const std::string& name) {
  const auto parsed = parse_file_name(name);
  if (!parsed || parsed->kind != FileKind::kSegment) {
    return Error{ErrorCode::kBadText, name + " is no segment"};
  }
  const SegmentId id{parsed->commit, parsed->part};
  if (segments_.contains(id)) return Ok{};
  LoadedSegment segment;
  Status read = Ok{};
  const auto bytes = folder_.read(name);
  if (bytes.ok()) {
    auto decoded = decode_segment(tag_, name, bytes.value());
    if (!decoded.ok()) read = decoded.error();
    if (decoded.ok()) {
      for (ColdPut& record : decoded.value().records) {
        const auto entry = index_.find(ByteSpan(record.key));
        if (entry == index_.end() || entry->second != id) continue;
        segment.bytes += record.key.size() + record.bytes.size();
        segment.records.emplace(std::move(record.key), std::move(record.bytes));
      }
    }
  } else {
    read = bytes.error();
  }
  // Whatever the index promises and the file does not hold is gone, and may be put again.
  const size_t lost = std::erase_if(index_, [&](const auto& entry) {
    return entry.second == id && !segment.records.contains(entry.first);
  });
  segment.last_used = ++use_clock_;
  if (!segment.records.empty()) segments_[id] = std::move(segment);
  if (lost == 0 && read.ok()) return Ok{};
  return Error{ErrorCode::kCorrupt,
               name + ": " + std::to_string(lost) + " blobs or certificates are lost and must be " +
                   "fetched again" +
                   (read.ok() ? std::string() : " (" + read.error().message() + ")")};
}

void IdbStore::trim() {
  uint64_t total = 0;
  for (const auto& [id, segment] : segments_) total += segment.bytes;
  while (total > options_.loaded_bytes) {
    const auto least = std::min_element(
        segments_.begin(), segments_.end(),
        [](const auto& a, const auto& b) { return a.second.last_used < b.second.last_used; });
    total -= least->second.bytes;
    segments_.erase(least);
  }
}

IdbStore::Counters IdbStore::counters() const {
  Counters counters = counters_;
  counters.log_bytes = log_bytes_;
  counters.live_bytes = live_bytes();
  for (const auto& [id, segment] : segments_) counters.loaded_bytes += segment.bytes;
  counters.cold_records = index_.size() + pending_.entries().size();
  return counters;
}

}  // namespace mica::storage_idb
