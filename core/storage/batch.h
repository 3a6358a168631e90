// Batch: everything one commit changes, hot and cold; applied whole or not at all.
//   Batch batch;
//   batch.put(key, value);
//   batch.remove_prefix(chain_prefix);
//   batch.put_cold(cold_key(ColdKind::kBlob, blob_id), bytes);
// The same bytes are API, log record (encode_batch) and test input.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/storage/room.h"

namespace mica::storage {

// What a cold record is; the first byte of its key. Written to disk: never renumber.
enum class ColdKind : uint8_t { kBlob = 1, kCertificate = 2 };

// Kind byte, then the id (32 bytes of hash, 33 where the id has a type byte of its own).
using ColdKey = Bytes;
ColdKey cold_key(ColdKind kind, ByteSpan id);

struct Put {
  Bytes key;
  Bytes value;
  friend bool operator==(const Put&, const Put&) = default;
};
struct Delete {
  Bytes key;
  friend bool operator==(const Delete&, const Delete&) = default;
};
// Removes every key that starts with `prefix`; later ops of the batch may put some back.
struct DeletePrefix {
  Bytes prefix;
  friend bool operator==(const DeletePrefix&, const DeletePrefix&) = default;
};
using HotOp = std::variant<Put, Delete, DeletePrefix>;

// Content-addressed and immutable: putting a key again changes nothing.
struct ColdPut {
  ColdKey key;
  Bytes bytes;
  friend bool operator==(const ColdPut&, const ColdPut&) = default;
};

struct Batch {
  std::vector<HotOp> hot;  // applied in this order
  std::vector<ColdPut> cold;

  void put(Bytes key, Bytes value) { hot.push_back(Put{std::move(key), std::move(value)}); }
  void remove(Bytes key) { hot.push_back(Delete{std::move(key)}); }
  void remove_prefix(Bytes prefix) { hot.push_back(DeletePrefix{std::move(prefix)}); }
  void put_cold(ColdKey key, Bytes bytes) {
    cold.push_back(ColdPut{std::move(key), std::move(bytes)});
  }
  bool empty() const { return hot.empty() && cold.empty(); }
  friend bool operator==(const Batch&, const Batch&) = default;
};

// One sealed record (record.h); the grammar is above encode_batch in batch.cc.
Bytes encode_batch(const Batch& batch);
// Total: any bytes give the batch whose encoding they are, or an Error that names `where`.
Result<Batch> decode_batch(ByteSpan bytes, std::string_view where = "batch");

}  // namespace mica::storage
