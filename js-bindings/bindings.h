// embind: the store of a host's module, and any object of core/app as two verbs over bytes.
// The host never calls in from inside a call, but for guests that the core runs (host_engine.h);
// after an abort the instance is dead.
#pragma once

#include <emscripten/bind.h>

#include "core/base/bytes.h"
#include "js-bindings/room.h"

namespace mica::js {

using emscripten::val;

inline Bytes from_js(const val& bytes) {
  return emscripten::convertJSArrayToNumberVector<uint8_t>(bytes);
}
// A copy that JavaScript owns.
inline val to_js(ByteSpan bytes) {
  return val::global("Uint8Array").new_(emscripten::typed_memory_view(bytes.size(), bytes.data()));
}

template <class Object>
void handle(Object& object, val input) {
  object.handle(from_js(input));
}
template <class Object>
val poll(Object& object) {
  auto output = object.poll();
  return output ? to_js(*output) : val::null();
}

}  // namespace mica::js
