// HotStore: the ordered key-value state of chains and wallet, read synchronously.
// One writer, one thread. Who implements it: MemoryStore, ForgetfulStore, IdbStore.
#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/storage/batch.h"
#include "core/storage/room.h"

namespace mica::storage {

// Called once per key; false ends the scan. A view of a callable that outlives the call.
class ScanVisitor {
 public:
  template <class F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, ScanVisitor>)
      ScanVisitor(F&& visit)  // NOLINT: made from any callable (key, value) -> bool
      : object_(const_cast<void*>(static_cast<const void*>(&visit))),
        call_([](void* object, ByteSpan key, const Bytes& value) -> bool {
          return (*static_cast<std::remove_reference_t<F>*>(object))(key, value);
        }) {}
  bool operator()(ByteSpan key, const Bytes& value) const { return call_(object_, key, value); }

 private:
  void* object_;
  bool (*call_)(void*, ByteSpan, const Bytes&);
};

// Counts the commits of a store from 1; what Flush{id} and Flushed{id} speak of.
using CommitId = uint64_t;

class HotStore {
 public:
  virtual ~HotStore() = default;

  // Null if absent. The pointer holds until the next apply().
  virtual const Bytes* get(ByteSpan key) const = 0;

  // Keys that start with `prefix` and are not below `from`, in byte order, until false.
  // The store must not change during the scan.
  virtual void scan_from(ByteSpan prefix, ByteSpan from, ScanVisitor visit) const = 0;
  void scan(ByteSpan prefix, ScanVisitor visit) const { scan_from(prefix, prefix, visit); }

  // Applies the whole batch, hot and cold; it is visible at once and durable only when the
  // host says so. The id is one more than the last one. An error means that the disk refused:
  // the store takes no more commits, and what is on the disk is found by opening it again.
  virtual Result<CommitId> apply(const Batch& batch) = 0;
};

}  // namespace mica::storage
