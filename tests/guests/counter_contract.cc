// The contract of a counter: an operation is a u64 to add, its result the new value.
#include "tests/guests/guest.h"

GUEST_IMPORT("contract-runtime-api", "write-batch")
void write_batch(const WriteOperation* operations, u32 count);

namespace {
u64 value;
bool is_loaded;
}  // namespace

// The argument is the first value, as JSON.
GUEST_EXPORT("linera:app/contract-entrypoints#instantiate")
void instantiate(const u8* argument, u32 size) {
  for (u32 i = 0; i < size; ++i) {
    if (argument[i] < '0' || argument[i] > '9') __builtin_trap();
    value = value * 10 + (argument[i] - '0');
  }
  is_loaded = true;
}

GUEST_EXPORT("linera:app/contract-entrypoints#execute-operation")
const Bytes* execute_operation(const u8* operation, u32 size) {
  u64 by = 0;
  if (size != sizeof by) __builtin_trap();
  __builtin_memcpy(&by, operation, sizeof by);
  if (!is_loaded) value = read_value();
  is_loaded = true;
  value += by;
  static Bytes result;
  result = {reinterpret_cast<const u8*>(&value), sizeof value};
  return &result;
}

GUEST_EXPORT("linera:app/contract-entrypoints#execute-message")
void execute_message(const u8*, u32) { __builtin_trap(); }

GUEST_EXPORT("linera:app/contract-entrypoints#process-streams")
void process_streams(const u8*, u32) { __builtin_trap(); }

GUEST_EXPORT("linera:app/contract-entrypoints#finalize")
void finalize() {
  const WriteOperation put{WriteOperation::kPut,
                           {kValueKey, sizeof kValueKey},
                           {reinterpret_cast<const u8*>(&value), sizeof value}};
  write_batch(&put, 1);
}
