// embind: the Vault. Inputs and outputs may hold secrets, so every copy this side makes is wiped;
// the host wipes its own.
#pragma once

#include "core/app/vault.h"
#include "js-bindings/bindings.h"
#include "js-bindings/room.h"

namespace mica::js {

inline void handle_secret(Vault& vault, val input) {
  Bytes bytes = from_js(input);
  vault.handle(bytes);
  wipe(bytes);
}

inline val poll_secret(Vault& vault) {
  auto output = vault.poll();
  if (!output) return val::null();
  // The collector moves small arrays about, and leaves copies, unless they have a buffer.
  val buffer = val::global("ArrayBuffer").new_(output->size());
  val out = val::global("Uint8Array").new_(buffer);
  out.call<void>("set", val(emscripten::typed_memory_view(output->size(), output->data())));
  wipe(*output);
  return out;
}

inline void bind_vault() {
  emscripten::class_<Vault>("Vault")
      .constructor<>()
      .function("handle", &handle_secret)
      .function("poll", &poll_secret);
}

}  // namespace mica::js
