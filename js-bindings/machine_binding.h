// embind: a Client or a Validator over a store, with what runs its applications.
#pragma once

#include "core/apps/runtime.h"
#include "js-bindings/host_engine.h"
#include "js-bindings/room.h"
#include "js-bindings/store_binding.h"

namespace mica::js {

// A node with what runs its applications: the host's WebAssembly, by an engine for each node.
template <class Node>
class Machine {
 public:
  // The store was opened, and outlives it.
  explicit Machine(Store& store)
      : applications_(engine_), node_(store.store(), store.store(), &applications_) {}
  void handle(ByteSpan input) { node_.handle(input); }
  std::optional<Bytes> poll() { return node_.poll(); }

 private:
  HostEngine engine_;
  apps::Runtime applications_;
  Node node_;
};

template <class Node>
Machine<Node>* machine_over(Store& store) {
  return std::make_unique<Machine<Node>>(store).release();
}

template <class Node>
void bind_machine(const char* name) {
  emscripten::class_<Machine<Node>>(name)
      .constructor(&machine_over<Node>, emscripten::allow_raw_pointers())
      .function("handle", &handle<Machine<Node>>)
      .function("poll", &poll<Machine<Node>>);
}

}  // namespace mica::js
