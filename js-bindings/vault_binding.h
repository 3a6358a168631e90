// embind: the Vault. Inputs and outputs may hold secrets, so every copy this side makes is wiped;
// the host wipes its own.
#pragma once

#include "core/app/vault.h"
#include "js-bindings/bindings.h"

namespace mica::js {

inline void handle_secret(Vault& vault, val input) {
  Bytes bytes = from_js(input);
  vault.handle(bytes);
  wipe(bytes);
}

inline val poll_secret(Vault& vault) {
  auto output = vault.poll();
  if (!output) return val::null();
  val out = to_js(*output);
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
