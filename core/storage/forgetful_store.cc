#include "core/storage/forgetful_store.h"

#include <algorithm>

namespace mica {

Result<CommitId> ForgetfulStore::apply(const Batch& batch) {
  unflushed_.push_back(batch);
  for (const ColdPut& put : batch.cold) cold_keys_.insert(put.key);
  return now_.apply(batch);
}

Presence ForgetfulStore::presence(ByteSpan key) const {
  return on_disk_.contains(key) ? Presence::kOnDisk : now_.presence(key);
}

const Bytes* ForgetfulStore::loaded(ByteSpan key) const {
  return on_disk_.contains(key) ? nullptr : now_.loaded(key);
}

std::string ForgetfulStore::request(ByteSpan key) const {
  return on_disk_.contains(key) ? to_hex(key) : std::string();
}

void ForgetfulStore::flushed(CommitId id) {
  CHECK(id <= now_.last_commit());
  while (durable_.last_commit() < id) {
    CHECK(durable_.apply(unflushed_.front()).ok());
    unflushed_.pop_front();
  }
}

void ForgetfulStore::crash(size_t keep_commits) {
  const size_t kept = std::min(keep_commits, unflushed_.size());
  flushed(durable_.last_commit() + kept);
  unflushed_.clear();
  now_ = durable_;
  std::erase_if(cold_keys_, [&](const Bytes& key) { return !now_.loaded(key); });
  std::erase_if(on_disk_, [&](const Bytes& key) { return !cold_keys_.contains(key); });
}

void ForgetfulStore::unload_cold() { on_disk_ = cold_keys_; }

void ForgetfulStore::segment_loaded(const std::string& name) {
  const auto key = from_hex(name, "segment");
  if (key.ok()) on_disk_.erase(key.value());
}

}  // namespace mica
