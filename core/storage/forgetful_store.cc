#include "core/storage/forgetful_store.h"

#include <algorithm>

namespace mica::storage {

Result<CommitId> ForgetfulStore::apply(const Batch& batch) {
  unflushed_.push_back(batch);
  for (const ColdPut& put : batch.cold) loaded_.insert(put.key);
  return now_.apply(batch);
}

Presence ForgetfulStore::presence(ByteSpan key) const {
  const Presence stored = now_.presence(key);
  return stored == Presence::kAbsent || loaded_.contains(key) ? stored : Presence::kOnDisk;
}

const Bytes* ForgetfulStore::loaded(ByteSpan key) const {
  return loaded_.contains(key) ? now_.loaded(key) : nullptr;
}

std::string ForgetfulStore::request(ByteSpan key) const {
  return presence(key) == Presence::kOnDisk ? to_hex(key) : std::string();
}

void ForgetfulStore::trim() {
  std::erase_if(loaded_, [&](const Bytes& key) { return durable_.loaded(key) != nullptr; });
}

void ForgetfulStore::flushed(CommitId id) {
  MICA_CHECK(id <= now_.last_commit());
  while (durable_.last_commit() < id) {
    MICA_CHECK(durable_.apply(unflushed_.front()).ok());
    unflushed_.pop_front();
  }
}

void ForgetfulStore::crash(size_t keep_commits) {
  const size_t kept = std::min(keep_commits, unflushed_.size());
  flushed(durable_.last_commit() + kept);
  unflushed_.clear();
  now_ = durable_;
  std::erase_if(loaded_, [&](const Bytes& key) { return !now_.loaded(key); });
}

void ForgetfulStore::segment_loaded(const std::string& name) {
  const auto key = from_hex(name, "segment");
  if (key.ok()) loaded_.insert(key.value());
}

}  // namespace mica::storage
