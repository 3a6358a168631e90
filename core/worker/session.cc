#include "core/worker/session.h"

#include <algorithm>

namespace mica::worker {

namespace {

Map<BlobId, BlobState> blob_states(ViewContext context) { return {context, Bytes{kBlobStatesTag}}; }
Map<EventId, Bytes> events(ViewContext context) { return {context, Bytes{kEventsTag}}; }

}  // namespace

ColdKey blob_key(const BlobId& id) { return cold_key(ColdKind::kBlob, encode(id)); }
ColdKey certificate_key(const CryptoHash& block_hash) {
  return cold_key(ColdKind::kCertificate, block_hash.bytes);
}

bool RecordReader::present(const ColdKey& key) const {
  return cold_.presence(key) != Presence::kAbsent;
}

const Bytes* RecordReader::cold(const ColdKey& key) const {
  if (const Bytes* bytes = cold_.loaded(key)) return bytes;
  if (cold_.presence(key) == Presence::kOnDisk &&
      std::find(unloaded_.begin(), unloaded_.end(), key) == unloaded_.end()) {
    unloaded_.push_back(key);
  }
  return nullptr;
}

std::optional<BlobContent> RecordReader::blob(const BlobId& id) const {
  if (auto kept = committees_.find(id)) return *kept;
  const Bytes* bytes = cold(blob_key(id));
  if (!bytes) return std::nullopt;
  BlobContent blob{id.blob_type, *bytes};
  if (id.blob_type == BlobType::Committee) {
    committees_.insert(id, std::make_shared<BlobContent>(blob), blob.bytes.size());
  }
  return blob;
}

std::optional<Bytes> RecordReader::event(const EventId& id) const { return events(state_).get(id); }

std::optional<ConfirmedBlockCertificate> RecordReader::certificate(const CryptoHash& hash) const {
  const Bytes* bytes = cold(certificate_key(hash));
  if (!bytes) return std::nullopt;
  return views::detail::decode_stored<ConfirmedBlockCertificate>(*bytes);
}

size_t RecordReader::certificate_bytes(const CryptoHash& hash) const {
  const Bytes* bytes = cold(certificate_key(hash));
  return bytes ? bytes->size() : 0;
}

std::optional<BlobState> RecordReader::blob_state(const BlobId& id) const {
  return blob_states(state_).get(id);
}

std::optional<CryptoHash> RecordReader::last_used_by(const BlobId& id) const {
  auto state = blob_state(id);
  return state ? state->last_used_by : std::nullopt;
}

void WorkSession::put_blob(const BlobId& id, const BlobContent& blob) {
  ColdKey key = blob_key(id);
  if (!present(key)) cold_.put(std::move(key), blob.bytes);
}

void WorkSession::put_certificate(const CryptoHash& hash, Bytes bytes) {
  ColdKey key = certificate_key(hash);
  if (!present(key)) cold_.put(std::move(key), std::move(bytes));
}

void WorkSession::put_event(const EventId& id, const Bytes& value) {
  events(overlay_).put(id, value);
}

void WorkSession::put_blob_state(const BlobId& id, const BlobState& state) {
  auto states = blob_states(overlay_);
  auto known = states.get(id);
  if (!known || known->epoch < state.epoch) states.put(id, state);
}

Batch WorkSession::take_batch() {
  Batch batch;
  overlay_.move_into(batch);
  cold_.move_into(batch);
  return batch;
}

}  // namespace mica::worker
