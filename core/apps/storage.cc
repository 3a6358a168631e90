#include "core/apps/storage.h"

#include "core/base/limits.h"

namespace mica::apps {

namespace {

KeyValues store_of(Run& run) { return run.state().users.view(run.top().guest->id()); }

using W = WriteOperation;

const Bytes& target(const W::Delete& one) { return one.key; }
const Bytes& target(const W::DeletePrefix& one) { return one.key_prefix; }
const Bytes& target(const W::Put& one) { return one.key; }

// linera-views/src/batch.rs
size_t bytes_of(const W::Delete& one) { return one.key.size(); }
size_t bytes_of(const W::DeletePrefix& one) { return one.key_prefix.size(); }
size_t bytes_of(const W::Put& one) { return one.key.size() + one.value.size(); }

// Which keys are too long is up to the validators' databases: what they would do is not known here.
// linera-views/src/views/key_value_store_view.rs, max_key_size
ExecutionStatus check_length(ByteSpan key) {
  if (key.size() <= limits::kMaxApplicationKeyBytes) return Ok{};
  return ExecutionError(ExecutionError::Kind::kUnsupported,
                        "The application uses a key of " + std::to_string(key.size()) +
                            " bytes, and keys end at " +
                            std::to_string(limits::kMaxApplicationKeyBytes));
}

void apply(KeyValues& store, W::Delete& one) { store.erase(one.key); }
void apply(KeyValues& store, W::DeletePrefix& one) { store.erase_prefix(one.key_prefix); }
void apply(KeyValues& store, W::Put& one) { store.put(one.key, std::move(one.value)); }

}  // namespace

ExecutionStatus begin_read(Run& run, std::span<const Bytes> keys) {
  MICA_TRY(run.pay(&ResourceController::track_read_operation));
  if (!run.state().users.contains(run.top().guest->id())) return Ok{};
  for (const Bytes& key : keys) MICA_TRY(check_length(key));
  return Ok{};
}

bool contains_key(Run& run, ByteSpan key) { return store_of(run).get(key) != nullptr; }

std::vector<bool> contains_keys(Run& run, const std::vector<Bytes>& keys) {
  const KeyValues store = store_of(run);
  std::vector<bool> out;
  for (const Bytes& key : keys) out.push_back(store.get(key) != nullptr);
  return out;
}

std::optional<Bytes> read_value(Run& run, ByteSpan key) {
  const Bytes* value = store_of(run).get(key);
  return value ? std::optional(*value) : std::nullopt;
}

std::vector<std::optional<Bytes>> read_values(Run& run, const std::vector<Bytes>& keys) {
  std::vector<std::optional<Bytes>> out;
  for (const Bytes& key : keys) out.push_back(read_value(run, key));
  return out;
}

std::vector<Bytes> find_keys(Run& run, ByteSpan prefix) {
  std::vector<Bytes> out;
  store_of(run).scan_prefix(prefix, [&](ByteSpan key, const Bytes&) {
    out.push_back(to_bytes(key));
    return true;
  });
  return out;
}

std::vector<std::pair<Bytes, Bytes>> find_key_values(Run& run, ByteSpan prefix) {
  std::vector<std::pair<Bytes, Bytes>> out;
  store_of(run).scan_prefix(prefix, [&](ByteSpan key, const Bytes& value) {
    out.emplace_back(to_bytes(key), value);
    return true;
  });
  return out;
}

size_t bytes_in(const std::optional<Bytes>& value) { return value ? value->size() : 0; }
size_t bytes_in(const std::vector<std::optional<Bytes>>& values) {
  size_t sum = 0;
  for (const auto& value : values) sum += bytes_in(value);
  return sum;
}
size_t bytes_in(const std::vector<Bytes>& keys) {
  size_t sum = 0;
  for (const Bytes& key : keys) sum += key.size();
  return sum;
}
size_t bytes_in(const std::vector<std::pair<Bytes, Bytes>>& entries) {
  size_t sum = 0;
  for (const auto& [key, value] : entries) sum += key.size() + value.size();
  return sum;
}

ExecutionStatus write_batch(Run& run, std::vector<WriteOperation> operations) {
  if (operations.size() > UINT32_MAX) return ExecutionError::overflow();
  size_t bytes = 0;
  for (const W& one : operations) {
    bytes += std::visit([](const auto& kind) { return bytes_of(kind); }, one.kind);
  }
  MICA_TRY(run.pay(&ResourceController::track_write_operations,
                   static_cast<uint32_t>(operations.size())));
  MICA_TRY(run.pay(&ResourceController::track_bytes_written, bytes));
  KeyValues store = run.state().users.open(run.top().guest->id());
  for (W& one : operations) {
    MICA_TRY(std::visit(
        [&](auto& kind) -> ExecutionStatus {
          MICA_TRY(check_length(target(kind)));
          MICA_TRY(run.keep(bytes_of(kind)));
          apply(store, kind);
          return Ok{};
        },
        one.kind));
  }
  return Ok{};
}

}  // namespace mica::apps
