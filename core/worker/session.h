// RecordReader: blobs, events and certificates of the store, as far as they are loaded.
// WorkSession: one call of the worker: what it read, what it changed, what it wished for.
//   hot changes in an overlay, cold records added, cold records to be loaded first.
#pragma once

#include "core/base/recent_values.h"
#include "core/execution/lookup.h"
#include "core/storage/cold_overlay.h"
#include "core/views/views.h"
#include "core/worker/room.h"

namespace mica::worker {

// Who used a blob last; with it a node takes the blob from anyone. linera-storage/src/lib.rs
struct BlobState {
  std::optional<CryptoHash> last_used_by;  // none: the certificate is not stored
  ChainId chain_id;
  BlockHeight block_height;
  std::optional<Epoch> epoch;
  MICA_FIELDS(BlobState, last_used_by, chain_id, block_height, epoch)
};

// The store's part that belongs to no chain. Written to disk: never renumber.
inline constexpr uint8_t kNetworkTag = 0x02;
inline constexpr uint8_t kBlobStatesTag = 0x03;
inline constexpr uint8_t kEventsTag = 0x04;
inline Bytes network_key() { return {kNetworkTag}; }

ColdKey blob_key(const BlobId& id);
ColdKey certificate_key(const CryptoHash& block_hash);

class RecordReader : public Lookup {
 public:
  // `committees`: blobs of committees, kept because every block needs one.
  using CommitteeBlobs = RecentValues<BlobId, BlobContent>;
  RecordReader(const StateReader& state, const ColdStore& cold, const NetworkDescription& network,
               CommitteeBlobs& committees)
      : state_(state), cold_(cold), network_(network), committees_(committees) {}

  const StateReader& state() const { return state_; }

  // Absent, or on disk: then it is wished for.
  std::optional<BlobContent> blob(const BlobId& id) const override;
  std::optional<Bytes> event(const EventId& id) const override;
  const NetworkDescription& network() const override { return network_; }
  std::optional<ConfirmedBlockCertificate> certificate(const CryptoHash& hash) const;
  // The size of its record, to fill answers; 0 if it is absent or on disk.
  size_t certificate_bytes(const CryptoHash& hash) const;

  bool has_blob(const BlobId& id) const { return present(blob_key(id)); }
  bool has_certificate(const CryptoHash& hash) const { return present(certificate_key(hash)); }
  std::optional<BlobState> blob_state(const BlobId& id) const;
  // The stored block that created or read it.
  std::optional<CryptoHash> last_used_by(const BlobId& id) const;

  // A record that is on disk was needed: whatever the call found out since then is void.
  const std::vector<ColdKey>& unloaded() const { return unloaded_; }

 protected:
  bool present(const ColdKey& key) const;

 private:
  const Bytes* cold(const ColdKey& key) const;

  const StateReader& state_;
  const ColdStore& cold_;
  const NetworkDescription& network_;
  CommitteeBlobs& committees_;
  mutable std::vector<ColdKey> unloaded_;
};

class WorkSession final : public RecordReader {
 public:
  WorkSession(const StateReader& state, const ColdStore& cold, const NetworkDescription& network,
              CommitteeBlobs& committees)
      : RecordReader(overlay_, cold_, network, committees), overlay_(state), cold_(cold) {}

  Overlay& overlay() { return overlay_; }

  void put_blob(const BlobId& id, const BlobContent& blob);
  // `bytes`: BCS of the ConfirmedBlockCertificate.
  void put_certificate(const CryptoHash& hash, Bytes bytes);
  void put_event(const EventId& id, const Bytes& value);
  // Kept if it is the first or of a later epoch.
  void put_blob_state(const BlobId& id, const BlobState& state);

  // What the call changed; nothing remains here.
  Batch take_batch();

 private:
  Overlay overlay_;
  ColdOverlay cold_;
};

}  // namespace mica::worker
