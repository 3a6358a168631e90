#include "core/storage/memory_store.h"

#include "core/storage/forgetful_store.h"
#include "tests/core/storage/store_suite.h"

namespace mica::storage {

template <class Store>
struct InMemory {
  HotStore& hot() { return store; }
  ColdStore& cold() { return store; }
  Status load(const std::string&) { return Ok{}; }
  void reopen() {}
  Store store;
};

// Every reopening is a crash after a flush, with the cold records back on disk.
struct Forgetful : InMemory<ForgetfulStore> {
  Status load(const std::string& name) {
    store.segment_loaded(name);
    return Ok{};
  }
  void reopen() {
    store.flushed(store.last_commit());
    store.crash();
    store.trim();
  }
};

using Stores = testing::Types<InMemory<MemoryStore>, Forgetful>;
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, StoreSuite, Stores);

}  // namespace mica::storage
