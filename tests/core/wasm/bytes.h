// Modules put together from bytes, for tests that run everywhere and for hostile shapes.
#pragma once

#include "core/base/leb128.h"
#include "core/wasm/cursor.h"

namespace mica::wasm {

inline Bytes joined(std::initializer_list<ByteSpan> parts) {
  Bytes all;
  for (const ByteSpan part : parts) append(all, part);
  return all;
}
inline Bytes number(uint32_t value) {
  Bytes out;
  append_uleb128(out, value);
  return out;
}
inline Bytes sized(ByteSpan content) {
  return joined({number(static_cast<uint32_t>(content.size())), content});
}
inline Bytes section(uint8_t id, ByteSpan content) { return joined({Bytes{id}, sized(content)}); }
inline Bytes repeated(ByteSpan part, size_t count) {
  Bytes out;
  for (size_t i = 0; i < count; ++i) append(out, part);
  return out;
}
inline Bytes module_of(std::initializer_list<ByteSpan> sections) {
  return joined({Bytes{0, 'a', 's', 'm', 1, 0, 0, 0}, joined(sections)});
}
// One function (i32) -> (), with locals and code as given; the last `end` is added.
inline Bytes module_with_body(ByteSpan locals, ByteSpan code) {
  const Bytes body = sized(joined({locals, code, Bytes{0x0b}}));
  return module_of({section(1, Bytes{1, 0x60, 1, 0x7f, 0}), section(3, Bytes{1, 0}),
                    section(10, joined({Bytes{1}, body}))});
}

}  // namespace mica::wasm
