// The local node's questions: they change nothing. linera-core/src/local_node.rs
#include "core/worker/impl.h"

namespace mica::worker {

namespace {

// A session for one question about one chain.
struct Question {
  Question(const Worker::Impl& impl, const ChainId& chain_id)
      : call(impl.start({})), chain(call.session.overlay(), chain_id) {}
  WorkerCall call;
  ChainState chain;
};

template <class T>
Found<T> found(std::optional<T> value, const WorkSession& session) {
  if (!session.wanted().empty()) value.reset();
  return {std::move(value), session.wanted()};
}

}  // namespace

ChainTip Worker::tip(const ChainId& chain) const {
  Question question(*impl_, chain);
  ChainTipState tip = question.chain.tip_state.get();
  return {tip.block_hash, tip.next_block_height, question.chain.execution.system.timestamp.get()};
}

bool Worker::is_active(const ChainId& chain) const {
  return Question(*impl_, chain).chain.is_initialized();
}

bool Worker::is_closed(const ChainId& chain) const {
  return Question(*impl_, chain).chain.execution.system.closed.get();
}

std::optional<ChainManagerInfo> Worker::manager(const ChainId& chain) const {
  Question question(*impl_, chain);
  if (!question.chain.is_initialized()) return std::nullopt;
  ChainManager manager(question.chain.manager.get());
  ChainManagerInfo info = manager.info();
  manager.add_values(info);
  return info;
}

Amount Worker::balance(const ChainId& chain, const AccountOwner& owner) const {
  return Question(*impl_, chain).chain.execution.system.balance_of(owner);
}

std::map<AccountOwner, Amount> Worker::balances(const ChainId& chain) const {
  auto entries = Question(*impl_, chain).chain.execution.system.balances.entries();
  return {entries.begin(), entries.end()};
}

std::vector<IncomingBundle> Worker::pending_bundles(const ChainId& chain) const {
  Question question(*impl_, chain);
  return impl_->pending_bundles(question.chain);
}

std::optional<CryptoHash> Worker::block_hash(const ChainId& chain, BlockHeight height) const {
  return Question(*impl_, chain).chain.block_hash(height);
}

Found<ConfirmedBlockCertificate> Worker::certificate(const CryptoHash& hash) const {
  WorkerCall call = impl_->start({});
  auto certificate = call.session.certificate(hash);
  return found(std::move(certificate), call.session);
}

Found<std::vector<ConfirmedBlockCertificate>> Worker::certificates(const ChainId& chain,
                                                                   BlockHeight start,
                                                                   size_t limit) const {
  Question question(*impl_, chain);
  const WorkSession& session = question.call.session;
  std::vector<ConfirmedBlockCertificate> certificates;
  BlockHeight height = start;
  for (size_t i = 0; i < limit; ++i, height = height.next()) {
    auto hash = question.chain.block_hash(height);
    if (!hash || !session.has_certificate(*hash)) break;
    auto certificate = session.certificate(*hash);  // wished for if it is on disk
    if (certificate) certificates.push_back(*std::move(certificate));
  }
  return found(std::optional(std::move(certificates)), session);
}

bool Worker::has_certificate(const CryptoHash& hash) const {
  return impl_->start({}).session.has_certificate(hash);
}

BlockHeight Worker::next_height_to_preprocess(const ChainId& chain) const {
  return Question(*impl_, chain).chain.next_height_to_preprocess();
}

BlockHeight Worker::next_height_to_receive(const ChainId& chain, const ChainId& origin) const {
  return Question(*impl_, chain).chain.inboxes.view(origin).next_block_height_to_receive();
}

BlockHeight Worker::next_outbox_height(const ChainId& sender, const ChainId& receiver) const {
  Question question(*impl_, sender);
  return std::max(question.chain.tip_state.get().next_block_height,
                  question.chain.outboxes.view(receiver).next_height_to_schedule.get());
}

std::map<ValidatorPublicKey, uint64_t> Worker::received_log_trackers(const ChainId& chain) const {
  return Question(*impl_, chain).chain.received_certificate_trackers.get();
}

Found<Committee> Worker::committee(Epoch epoch) const {
  WorkerCall call = impl_->start({});
  auto committee = impl_->committees_.of_epoch(epoch, call.session);
  std::optional<Committee> value;
  if (committee.ok()) value = (*committee)->committee;
  return found(std::move(value), call.session);
}

Found<Committee> Worker::current_committee(const ChainId& chain) const {
  Question question(*impl_, chain);
  std::optional<Committee> value;
  if (question.chain.is_initialized()) {
    auto committee = question.chain.current_committee(impl_->committees_, question.call.session);
    if (committee.ok()) value = (*committee)->committee;
  }
  return found(std::move(value), question.call.session);
}

Found<std::map<Epoch, Committee>> Worker::committees(const std::set<Epoch>& epochs) const {
  WorkerCall call = impl_->start({});
  std::map<Epoch, Committee> known;
  for (const Epoch& epoch : epochs) {
    auto committee = impl_->committees_.of_epoch(epoch, call.session);
    if (committee.ok()) known.emplace(epoch, (*committee)->committee);
  }
  return found(std::optional(std::move(known)), call.session);
}

Epoch Worker::epoch(const ChainId& chain) const {
  return Question(*impl_, chain).chain.execution.system.epoch.get();
}

std::set<Epoch> Worker::epochs(const ChainId& chain) const {
  std::set<Epoch> epochs;
  for (const auto& [epoch, committee] :
       Question(*impl_, chain).chain.execution.system.committees.get()) {
    epochs.insert(epoch);
  }
  return epochs;
}

bool Worker::has_blob(const BlobId& id) const { return impl_->start({}).session.has_blob(id); }

Found<BlobContent> Worker::blob(const BlobId& id) const {
  WorkerCall call = impl_->start({});
  return found(call.session.blob(id), call.session);
}

Found<std::vector<BlobContent>> Worker::published_blobs(const ProposedBlock& block) const {
  Question question(*impl_, block.chain_id);
  const WorkSession& session = question.call.session;
  std::vector<BlobContent> blobs;
  for (const BlobId& id : block.published_blob_ids()) {
    auto blob = question.chain.pending_blob(id);
    if (!blob) blob = session.blob(id);
    if (blob) blobs.push_back(*std::move(blob));
  }
  return found(std::optional(std::move(blobs)), session);
}

std::optional<CryptoHash> Worker::last_used_by(const BlobId& id) const {
  return impl_->start({}).session.last_used_by(id);
}

std::optional<Bytes> Worker::event(const EventId& id) const {
  return impl_->start({}).session.event(id);
}

uint32_t Worker::next_expected_event(const ChainId& chain, const StreamId& stream) const {
  return Question(*impl_, chain).chain.next_expected_events.get_or_default(stream);
}

}  // namespace mica::worker
