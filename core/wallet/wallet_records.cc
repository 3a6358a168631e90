#include "core/wallet/wallet_records.h"

namespace mica::wallet {
namespace {

// FROZEN: these bytes are on users' disks. docs/formats/wallet.md
constexpr uint8_t kWallet = 'W';
enum Table : uint8_t { kChains = 1, kPending = 2, kUndelivered = 3, kRecords = 4 };

Bytes table_key(Table table, ByteSpan rest = {}) {
  Bytes key = {kWallet, table};
  append(key, rest);
  return key;
}

Bytes chain_key(Table table, const ChainId& chain) { return table_key(table, chain.hash.bytes); }

// Big endian, so that heights iterate in order.
Bytes height_key(const ChainId& chain, BlockHeight height) {
  Bytes key = chain_key(kUndelivered, chain);
  for (int shift = 56; shift >= 0; shift -= 8) {
    key.push_back(static_cast<uint8_t>(height.height >> shift));
  }
  return key;
}

Error corrupt(std::string_view what, ByteSpan key) {
  return {ErrorCode::kCorrupt, std::string(what) + " " + to_hex(key)};
}

}  // namespace

Result<std::map<ChainId, TrackedChain>> WalletRecords::chains() const {
  std::map<ChainId, TrackedChain> chains;
  std::optional<Error> error;
  const Bytes prefix = table_key(kChains);
  store_.scan(prefix, [&](ByteSpan key, const Bytes& value) -> bool {
    auto id = decode<ChainId>(key.subspan(prefix.size()));
    auto stored = decode<StoredChain>(value);
    if (!id.ok() || !stored.ok()) {
      error = corrupt("wallet chain", key);
      return false;
    }
    chains[*id] = std::get<StoredChain::V1>(stored->kind).chain;
    return true;
  });
  if (error) return *error;
  return chains;
}

void WalletRecords::put_chain(Batch& batch, const ChainId& id, const TrackedChain& chain) {
  batch.put(chain_key(kChains, id), encode(StoredChain{StoredChain::V1{chain}}));
}

void WalletRecords::remove_chain(Batch& batch, const ChainId& id) {
  batch.remove(chain_key(kChains, id));
  batch.remove_prefix(chain_key(kUndelivered, id));
}

Result<std::optional<PendingBlock>> WalletRecords::pending(const ChainId& chain) const {
  const Bytes key = chain_key(kPending, chain);
  const Bytes* value = store_.get(key);
  if (value == nullptr) return std::optional<PendingBlock>();
  auto stored = decode<StoredPending>(*value);
  if (!stored.ok()) return corrupt("pending block", key);
  return std::optional(std::get<StoredPending::V1>(std::move(stored).value().kind).pending);
}

void WalletRecords::put_pending(Batch& batch, const PendingBlock& pending) {
  batch.put(chain_key(kPending, pending.block.header.chain_id),
            encode(StoredPending{StoredPending::V1{pending}}));
}

void WalletRecords::remove_pending(Batch& batch, const ChainId& chain) {
  batch.remove(chain_key(kPending, chain));
}

std::vector<BlockHeight> WalletRecords::undelivered(const ChainId& chain) const {
  std::vector<BlockHeight> heights;
  const Bytes prefix = chain_key(kUndelivered, chain);
  store_.scan(prefix, [&](ByteSpan key, const Bytes&) -> bool {
    uint64_t height = 0;
    for (uint8_t byte : key.subspan(prefix.size())) height = height << 8 | byte;
    heights.push_back({height});
    return true;
  });
  return heights;
}

void WalletRecords::put_undelivered(Batch& batch, const ChainId& chain, BlockHeight height) {
  batch.put(height_key(chain, height), {});
}

void WalletRecords::remove_undelivered(Batch& batch, const ChainId& chain, BlockHeight height) {
  batch.remove(height_key(chain, height));
}

std::map<std::string, Bytes> WalletRecords::records(std::string_view prefix) const {
  std::map<std::string, Bytes> records;
  const size_t skip = table_key(kRecords).size();
  store_.scan(table_key(kRecords, as_bytes(prefix)), [&](ByteSpan key, const Bytes& value) -> bool {
    records[std::string(as_text(key.subspan(skip)))] = value;
    return true;
  });
  return records;
}

void WalletRecords::put_record(Batch& batch, std::string_view key, const Bytes& value) {
  Bytes full = table_key(kRecords, as_bytes(key));
  if (value.empty()) {
    batch.remove(std::move(full));
  } else {
    batch.put(std::move(full), value);
  }
}

}  // namespace mica::wallet
