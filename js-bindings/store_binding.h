// embind: IdbStore for the engine and node modules. See storage-idb/src/mount.ts for the host half.
#pragma once

#include "core/app/genesis.h"
#include "js-bindings/bindings.h"
#include "js-bindings/room.h"
#include "storage-idb/idb_store.h"

namespace mica::js {

class Store {
 public:
  // The folder must be mounted and filled. Returns "" or why it cannot be opened.
  std::string open(std::string folder, val genesis_hash, bool set_aside_damage) {
    IdbStoreOptions options;
    options.set_aside_damage = set_aside_damage;
    auto store = IdbStore::open(std::move(folder), from_js(genesis_hash), options);
    if (!store.ok()) return store.error().message();
    store_ = std::move(store).value();
    return "";
  }
  // What open() set aside, a sentence each.
  val losses() const {
    val out = val::array();
    for (const Error& loss : store_->losses()) out.call<void>("push", loss.message());
    return out;
  }
  val take_changes() {
    val out = val::array();
    for (const FileChange& change : store_->take_changes()) {
      val entry = val::object();
      entry.set("name", change.name);
      entry.set("removed", change.removed);
      out.call<void>("push", entry);
    }
    return out;
  }
  std::string segment_loaded(std::string name) {
    Status status = store_->segment_loaded(name);
    return status.ok() ? "" : status.error().message();
  }
  val counters() const {
    IdbStore::Counters counters = store_->counters();
    val out = val::object();
    out.set("bytesWritten", static_cast<double>(counters.bytes_written));
    out.set("filesWritten", static_cast<double>(counters.files_written));
    out.set("logBytes", static_cast<double>(counters.log_bytes));
    out.set("liveBytes", static_cast<double>(counters.live_bytes));
    out.set("coldRecords", static_cast<double>(counters.cold_records));
    return out;
  }
  IdbStore& store() { return *store_; }

 private:
  std::unique_ptr<IdbStore> store_;
};

// What names a network's store: 32 bytes; null for a genesis that is refused.
inline val genesis_hash(std::string genesis_json) {
  auto genesis = parse_genesis(genesis_json);
  return genesis.ok() ? to_js(hash_of(*genesis).bytes) : val::null();
}

inline void bind_store() {
  emscripten::function("genesisHash", &genesis_hash);
  emscripten::class_<Store>("Store")
      .constructor<>()
      .function("open", &Store::open)
      .function("losses", &Store::losses)
      .function("takeChanges", &Store::take_changes)
      .function("segmentLoaded", &Store::segment_loaded)
      .function("counters", &Store::counters);
}

}  // namespace mica::js
