// The key-value store of the application on top of the stack, as it reads and writes it.
// linera-execution/src/execution_state_actor.rs
#pragma once

#include "core/apps/host_types.h"
#include "core/apps/run.h"

namespace mica::apps {

inline Promises& promises(Run& run) { return run.top().guest->promises(); }

// Pays for one read operation, whatever the number of keys, and looks at their lengths, or that of
// a prefix.
ExecutionStatus begin_read(Run& run, std::span<const Bytes> keys);

// An application that never wrote anything has an empty one.
bool contains_key(Run& run, ByteSpan key);
std::vector<bool> contains_keys(Run& run, const std::vector<Bytes>& keys);
std::optional<Bytes> read_value(Run& run, ByteSpan key);
std::vector<std::optional<Bytes>> read_values(Run& run, const std::vector<Bytes>& keys);
// Ascending, without the prefix.
std::vector<Bytes> find_keys(Run& run, ByteSpan prefix);
std::vector<std::pair<Bytes, Bytes>> find_key_values(Run& run, ByteSpan prefix);

size_t bytes_in(const std::optional<Bytes>& value);
size_t bytes_in(const std::vector<std::optional<Bytes>>& values);
size_t bytes_in(const std::vector<Bytes>& keys);
size_t bytes_in(const std::vector<std::pair<Bytes, Bytes>>& entries);

// The number by which the guest asks for `value` later.
template <class T>
ExecutionResult<uint32_t> promise(Run& run, T value, size_t bytes) {
  return promises(run).add(std::move(value), bytes);
}
template <class T>
ExecutionResult<uint32_t> promise(Run& run, T value) {
  const size_t bytes = bytes_in(value);
  return promise(run, std::move(value), bytes);
}
inline ExecutionStatus pay_read(Run& run, uint64_t bytes) {
  return run.pay(&ResourceController::track_bytes_read, bytes);
}

// In their order; makes the store even where there is nothing to write. Pays for each operation as
// given and for the bytes of keys, values and prefixes.
ExecutionStatus write_batch(Run& run, std::vector<WriteOperation> operations);

}  // namespace mica::apps
