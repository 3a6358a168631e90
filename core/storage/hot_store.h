// HotStore: the ordered key-value state of chains and wallet, a StateReader that takes commits.
// One writer, one thread. Who implements it: MemoryStore, ForgetfulStore, IdbStore.
#pragma once

#include <cstdint>

#include "core/base/result.h"
#include "core/storage/batch.h"
#include "core/storage/room.h"
#include "core/storage/state_reader.h"

namespace mica::storage {

// Counts the commits of a store from 1; what Flush{id} and Flushed{id} speak of.
using CommitId = uint64_t;

class HotStore : public StateReader {
 public:
  // Applies the whole batch, hot and cold; it is visible at once and durable only when the
  // host says so. The id is one more than the last one. An error means that the disk refused:
  // the store takes no more commits, and what is on the disk is found by opening it again.
  virtual Result<CommitId> apply(const Batch& batch) = 0;
};

}  // namespace mica::storage
