// The border of an application's module, as far as the test guests need it: what they import, their
// allocator, and records as the component model lays them out. linera-sdk/wit/*.wit
#pragma once

using u8 = unsigned char;
using u32 = unsigned int;
using u64 = unsigned long long;

#define GUEST_IMPORT(interface, name) \
  extern "C" __attribute__((import_module("linera:app/" interface), import_name(name)))
#define GUEST_EXPORT(name) extern "C" __attribute__((export_name(name)))

struct Bytes {
  const u8* data;
  u32 size;
};
struct MaybeBytes {
  u32 present;
  Bytes bytes;
};
struct WriteOperation {
  enum : u32 { kDelete, kDeletePrefix, kPut } kind;
  Bytes key, value;
};

GUEST_IMPORT("base-runtime-api", "read-value-bytes-new")
u32 read_value_new(const u8* key, u32 size);
GUEST_IMPORT("base-runtime-api", "read-value-bytes-wait")
void read_value_wait(u32 promise, MaybeBytes* out);

extern "C" u8 __heap_base;
inline u8* heap_top = &__heap_base;

// Nothing is ever freed: an instance lives for one action.
GUEST_EXPORT("cabi_realloc") u8* cabi_realloc(u8*, u32, u32 align, u32 size) {
  constexpr u32 kPage = 65536;
  const u32 at = (reinterpret_cast<u32>(heap_top) + align - 1) & ~(align - 1);
  const u32 have = __builtin_wasm_memory_size(0) * kPage;
  if (at + size > have) __builtin_wasm_memory_grow(0, (at + size - have + kPage - 1) / kPage);
  heap_top = reinterpret_cast<u8*>(at + size);
  return reinterpret_cast<u8*>(at);
}

// The one register of the state, where a Rust application's first field lies.
inline constexpr u8 kValueKey[5] = {1};

inline u64 read_value() {
  MaybeBytes found;
  read_value_wait(read_value_new(kValueKey, sizeof kValueKey), &found);
  u64 value = 0;
  if (found.present & 1) __builtin_memcpy(&value, found.bytes.data, sizeof value);
  return value;
}
