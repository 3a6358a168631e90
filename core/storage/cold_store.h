// ColdStore: blobs and certificates by content address; immutable; loaded on demand.
//   if (cold.presence(key) == Presence::kOnDisk) output Load{cold.request(key)} and stop;
//   the host loads that file, says so; the same work runs again and finds loaded(key).
// Records are added by Batch::put_cold through HotStore::apply.
#pragma once

#include <string>

#include "core/base/bytes.h"
#include "core/storage/batch.h"
#include "core/storage/room.h"

namespace mica::storage {

enum class Presence : uint8_t {
  kAbsent,  // never stored here
  kOnDisk,  // stored, and must be requested before it can be read
  kLoaded,  // loaded() has it
};

class ColdStore {
 public:
  virtual ~ColdStore() = default;

  virtual Presence presence(ByteSpan key) const = 0;
  // Null unless loaded. The pointer holds until the next apply() or trim().
  virtual const Bytes* loaded(ByteSpan key) const = 0;
  // The file the host must load so that `key` can be read; empty unless kOnDisk.
  virtual std::string request(ByteSpan key) const = 0;
  // Drops the least recently used loaded files beyond the byte budget. Called between handles
  // while no work waits for a file: what it has loaded so far must be there when it runs again.
  virtual void trim() = 0;
};

}  // namespace mica::storage
