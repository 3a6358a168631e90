#include "core/storage/memory_store.h"

namespace mica::storage {

Result<CommitId> MemoryStore::apply(const Batch& batch) {
  hot_.apply(batch.hot);
  for (const ColdPut& put : batch.cold) cold_.try_emplace(put.key, put.bytes);
  return ++last_commit_;
}

const Bytes* MemoryStore::loaded(ByteSpan key) const {
  const auto found = cold_.find(key);
  return found == cold_.end() ? nullptr : &found->second;
}

}  // namespace mica::storage
