#include "core/client/publisher_blocks.h"

#include "core/base/limits.h"

namespace mica::client {

void PublisherBlocks::start(Fetch::Then then) {
  then_ = std::move(then);
  const NodeRequest request{
      NodeRequest::PreviousEventBlocks{publisher_, {streams_.begin(), streams_.end()}}};
  ask(source_, request, {}, [this](NodeResult<NodeResponse> result) {
    if (!result.ok()) return finish(result.error());
    const auto* found = std::get_if<NodeResponse::EventBlocks>(&result->kind);
    if (!found) return finish(NodeError(NodeError::UnexpectedMessage{}));
    for (const auto& [stream, block] : found->blocks) {
      if (streams_.contains(stream)) want(block.first);
    }
    step();
  });
}

void PublisherBlocks::want(BlockHeight height) {
  if (worker().read(publisher_).block_hash(height)) return;
  heights_.insert(height);
  // The newest are found again from the next block on.
  if (heights_.size() > limits::kWalkHeights) heights_.erase(std::prev(heights_.end()));
}

void PublisherBlocks::step() {
  if (heights_.empty()) return finish(Ok{});
  const BlockHeight oldest = *heights_.begin();
  if (const auto found = in_hand_.find(oldest); found != in_hand_.end()) {
    return take(found->second);
  }
  fetch_->certificates(publisher_, {oldest},
                       held([this](NodeResult<std::vector<ConfirmedBlockCertificate>> list) {
                         if (!list.ok()) return finish(list.error());
                         take(std::make_shared<const ConfirmedBlockCertificate>(list->front()));
                       }));
}

void PublisherBlocks::take(const CertificatePtr& certificate) {
  fetch_->check(
      certificate, held([this, certificate](NodeStatus status) {
        if (!status.ok()) return finish(status);
        const BlockHeight height = certificate->value.header.height;
        for (const auto& [stream, before] : certificate->value.body.previous_event_blocks) {
          if (streams_.contains(stream) && before.second < height) want(before.second);
        }
        if (*heights_.begin() != height) {
          if (in_hand_.size() < limits::kEventBlocksInHand) in_hand_.emplace(height, certificate);
          return outside().post(held([this] { step(); }));
        }
        fetch_->process(certificate, ConfirmedMode::kPreprocess,
                        held([this, height](NodeResult<ChainInfo> result) {
                          if (!result.ok()) return finish(result.error());
                          in_hand_.erase(height);
                          heights_.erase(height);
                          outside().post(held([this] { step(); }));
                        }));
      }));
}

void PublisherBlocks::finish(NodeStatus status) {
  if (auto then = std::exchange(then_, nullptr)) then(std::move(status));
}

}  // namespace mica::client
