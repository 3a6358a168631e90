// How a module's binary format is written: WebAssembly Core Specification, "Binary Format".
#pragma once

#include <string_view>

#include "core/base/leb128.h"
#include "core/wasm/room.h"

namespace mica::wasm {

inline void write_number(Bytes& out, size_t value) { append_uleb128(out, value); }
inline void write_name(Bytes& out, std::string_view name) {
  write_number(out, name.size());
  append(out, as_bytes(name));
}

}  // namespace mica::wasm
