// The local node's questions about the store; those about a chain are ChainReader's.
// linera-core/src/local_node.rs
#include "core/worker/worker.h"
#include "core/worker/worker_state.h"

namespace mica::worker {

namespace {

template <class T>
ReadAnswer<T> found(std::optional<T> value, const RecordReader& records) {
  if (!records.unloaded().empty()) value.reset();
  return {std::move(value), records.unloaded()};
}

}  // namespace

ChainReader Worker::read(const ChainId& chain) const { return state_->read(chain); }

ReadAnswer<ConfirmedBlockCertificate> Worker::certificate(const CryptoHash& hash) const {
  const RecordReader records = state_->records();
  auto certificate = records.certificate(hash);
  return found(std::move(certificate), records);
}

ReadAnswer<Committee> Worker::committee(Epoch epoch) const {
  const RecordReader records = state_->records();
  auto committee = state_->committees().of_epoch(epoch, records);
  std::optional<Committee> value;
  if (committee.ok()) value = (*committee)->committee;
  return found(std::move(value), records);
}

ReadAnswer<std::map<Epoch, Committee>> Worker::committees(const std::set<Epoch>& epochs) const {
  const RecordReader records = state_->records();
  std::map<Epoch, Committee> known;
  for (const Epoch& epoch : epochs) {
    auto committee = state_->committees().of_epoch(epoch, records);
    if (committee.ok()) known.emplace(epoch, (*committee)->committee);
  }
  return found(std::optional(std::move(known)), records);
}

bool Worker::has_blob(const BlobId& id) const { return state_->records().has_blob(id); }

ReadAnswer<BlobContent> Worker::blob(const BlobId& id) const {
  const RecordReader records = state_->records();
  return found(records.blob(id), records);
}

std::optional<CryptoHash> Worker::last_used_by(const BlobId& id) const {
  return state_->records().last_used_by(id);
}

std::optional<Bytes> Worker::event(const EventId& id) const { return state_->records().event(id); }

}  // namespace mica::worker
