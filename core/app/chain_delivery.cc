#include "core/app/chain_delivery.h"

namespace mica::app {

ChainDelivery::~ChainDelivery() {
  for (auto& [height, delivery] : deliveries_) delivery->stop();
}

void ChainDelivery::resume() {
  for (BlockHeight height : context_->outside.records().undelivered(context_->id)) {
    const auto hash = context_->here().block_hash(height);
    if (!hash || deliveries_.contains(height)) continue;
    local([this, hash] { return worker().certificate(*hash); },
          [this](ReadAnswer<ConfirmedBlockCertificate> certificate) {
            if (certificate) deliver(*certificate);
          });
  }
}

void ChainDelivery::deliver(const ConfirmedBlockCertificate& certificate) {
  const BlockHeight height = certificate.value.header.height;
  const CryptoHash hash = hash_of(certificate.value);
  if (deliveries_.contains(height)) return;
  auto delivery = make_flow<Deliver>(outside(), certificate);
  deliveries_[height] = delivery;
  delivery->start(weakly([this, height, hash] { delivered(height, hash); }));
}

void ChainDelivery::delivered(BlockHeight height, const CryptoHash& hash) {
  deliveries_.erase(height);
  Batch batch;
  WalletRecords::remove_undelivered(batch, context_->id, height);
  outside().apply(std::move(batch));
  if (!context_->tracked.owner) return;
  context_->outside.emit(
      {ClientOutput::BlockChanged{context_->id, height, hash, BlockState::Delivered}});
}

void ChainDelivery::retry_now() {
  for (auto& [height, delivery] : deliveries_) delivery->retry_now();
}

BlockState ChainDelivery::state_of(BlockHeight height) const {
  for (BlockHeight undelivered : context_->outside.records().undelivered(context_->id)) {
    if (undelivered == height) return BlockState::Certified;
  }
  return BlockState::Delivered;
}

}  // namespace mica::app
