// A small Wasm module that drives IdbStore over a real mount, for tests/web/storage.ts
// (Chromium) and storage-idb/src/wasm.test.ts (Node). Batch n is a function of n alone, so
// after any crash the expected state is known from the commit number that survived.
#include <emscripten.h>

#include <memory>
#include <string>

#include "core/storage/memory_store.h"
#include "storage-idb/idb_store.h"
#include "tests/core/storage/random_batch.h"

namespace {

using namespace mica::storage_idb;

std::unique_ptr<IdbStore> store;
std::unique_ptr<MemoryStore> model;
std::map<Bytes, Bytes> cold;
std::string reply;

Batch batch_of(CommitId commit) {
  std::mt19937 random(static_cast<uint32_t>(commit) * 7919 + 1);
  Batch batch = random_batch(random);
  batch.put(to_bytes(as_bytes("commit")), Bytes(8, static_cast<uint8_t>(commit)));
  for (uint8_t k = 0; k < 20; ++k) {  // the hot part of a block, overwritten by the next
    batch.put({'z', k}, Bytes(100, static_cast<uint8_t>(commit + k)));
  }
  Bytes id(32, 0xcc);
  for (size_t i = 0; i < 4; ++i) id[i] = static_cast<uint8_t>(commit >> (8 * i));
  batch.put_cold(cold_key(ColdKind::kBlob, id), Bytes(3000, static_cast<uint8_t>(commit)));
  return batch;
}

void advance_model() {
  if (!model || model->last_commit() > store->last_commit()) {
    model = std::make_unique<MemoryStore>();
    cold.clear();
  }
  while (model->last_commit() < store->last_commit()) {
    const Batch batch = batch_of(model->last_commit() + 1);
    for (const ColdPut& put : batch.cold) cold[put.key] = put.bytes;
    MICA_CHECK(model->apply(batch).ok());
  }
}

const char* say(std::string text) {
  reply = std::move(text);
  return reply.c_str();
}

}  // namespace

extern "C" {

// Empty, or why not. `small`: everything happens often, and little stays loaded.
EMSCRIPTEN_KEEPALIVE const char* harness_open(const char* folder, int genesis, int small) {
  IdbStoreOptions options;
  if (small) {
    options.min_log_bytes = 64 << 10;
    options.segment_bytes = 32 << 10;
    options.loaded_bytes = 64 << 10;
  }
  store.reset();
  auto opened = IdbStore::open(folder, Bytes(32, static_cast<uint8_t>(genesis)), options);
  if (!opened.ok()) return say(opened.error().message());
  store = std::move(opened).value();
  return say("");
}

EMSCRIPTEN_KEEPALIVE int harness_commit() {
  const auto commit = store->apply(batch_of(store->last_commit() + 1));
  store->trim();
  return commit.ok() ? static_cast<int>(commit.value()) : -1;
}

EMSCRIPTEN_KEEPALIVE int harness_last() { return static_cast<int>(store->last_commit()); }

// Lines of "+name" and "-name".
EMSCRIPTEN_KEEPALIVE const char* harness_changes() {
  std::string lines;
  for (const FileChange& change : store->take_changes()) {
    lines += (change.removed ? "-" : "+") + change.name + "\n";
  }
  return say(std::move(lines));
}

EMSCRIPTEN_KEEPALIVE const char* harness_segment_loaded(const char* name) {
  const Status status = store->segment_loaded(name);
  return say(status.ok() ? "" : status.error().message());
}

// Empty if all is as the commit number says; "load <segment>" to be called again after that;
// else what differs. Cold records are checked one call after the other: start at `from`.
EMSCRIPTEN_KEEPALIVE const char* harness_verify(int from) {
  advance_model();
  std::map<Bytes, Bytes> found;
  store->scan({}, [&](ByteSpan key, const Bytes& value) {
    found[to_bytes(key)] = value;
    return true;
  });
  std::map<Bytes, Bytes> expected;
  for (const auto& [key, value] : model->hot().entries()) expected[key] = value;
  if (found != expected) return say("the hot state is another");
  int at = 0;
  for (const auto& [key, bytes] : cold) {
    if (at++ < from) continue;
    store->trim();
    if (store->presence(key) == Presence::kOnDisk) {
      return say("load " + store->request(key) + " " + std::to_string(at - 1));
    }
    const Bytes* read = store->loaded(key);
    if (!read) return say("a cold record is absent: " + to_hex(key));
    if (*read != bytes) return say("a cold record is another: " + to_hex(key));
  }
  return say("");
}

EMSCRIPTEN_KEEPALIVE double harness_bytes_written() {
  return static_cast<double>(store->counters().bytes_written);
}

}  // extern "C"
