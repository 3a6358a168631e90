#include "core/client/sender_blocks.h"

namespace mica::client {

void SenderBlocks::start(std::set<BlockHeight> heights, Then then) {
  then_ = std::move(then);
  heights_ = std::move(heights);
  if (!heights_.empty()) last_ = *heights_.rbegin();
  step();
}

void SenderBlocks::step_soon() {
  outside().post(held([this] { step(); }));
}

void SenderBlocks::step() {
  const BlockHeight scheduled = worker().read(sender_).next_outbox_height(chain_);
  heights_.erase(heights_.begin(), heights_.lower_bound(scheduled));
  if (heights_.empty()) return deliver();
  const BlockHeight oldest = *heights_.begin();
  while (!in_hand_.empty() && in_hand_.front().height() < oldest) in_hand_.pop_front();
  if (!in_hand_.empty() && in_hand_.front().height() == oldest) {
    InHand one = std::move(in_hand_.front());
    in_hand_.pop_front();
    return take(std::move(one));
  }
  if (const auto hash = worker().read(sender_).block_hash(oldest)) return take_stored(*hash);
  download(oldest);
}

void SenderBlocks::take_stored(const CryptoHash& hash) {
  local([this, hash] { return worker().certificate(hash); },
        [this, hash](ReadAnswer<ConfirmedBlockCertificate> found) {
          if (!found) return fail(NodeError(NodeError::MissingCertificates{{hash}}));
          take({std::make_shared<const ConfirmedBlockCertificate>(*std::move(found.value)), 0});
        });
}

// As many as were not too many before; on the way back one by one.
void SenderBlocks::download(BlockHeight oldest) {
  std::vector<BlockHeight> wanted;
  for (const BlockHeight height : heights_) {
    const bool have = !in_hand_.empty() && height >= in_hand_.front().height();
    if (wanted.size() == (walking_ ? 1 : in_batch_) || have) break;
    if (height != oldest && worker().read(sender_).block_hash(height)) break;
    wanted.push_back(height);
  }
  fetch_->certificates(
      sender_, std::move(wanted),
      held([this](NodeResult<std::vector<ConfirmedBlockCertificate>> list) {
        if (!list.ok()) return fail(list.error());
        size_t bytes = 0;
        auto& certificates = list.value();
        for (auto one = certificates.rbegin(); one != certificates.rend(); ++one) {
          const size_t size = encode(one->value).size();
          bytes += size;
          in_hand_.push_front(
              {std::make_shared<const ConfirmedBlockCertificate>(std::move(*one)), size});
        }
        if (bytes > limits::kBatchBytes) {
          in_batch_ = std::max<size_t>(1, in_batch_ / 2);
        } else if (bytes < limits::kBatchBytes / 2 && !walking_) {
          in_batch_ = std::min(limits::kMostInBatch, 2 * in_batch_);
        }
        step();
      }));
}

void SenderBlocks::take(InHand one) {
  const Block& block = one.certificate->value;
  const BlockHeight height = block.header.height;
  if (!block.recipients().contains(chain_)) {
    return fail(NodeError(NodeError::UnexpectedCertificateValue{}));
  }
  const auto before = block.body.previous_message_blocks.find(chain_);
  if (before != block.body.previous_message_blocks.end() &&
      before->second.second >= worker().read(sender_).next_outbox_height(chain_)) {
    const BlockHeight older = before->second.second;
    if (older >= height) return fail(NodeError(NodeError::UnexpectedCertificateValue{}));
    return walk_back(std::move(one), older);
  }
  walking_ = false;
  fetch_->process(std::move(one.certificate), ConfirmedMode::kPreprocess,
                  held([this, height](NodeResult<ChainInfo> result) {
                    if (!result.ok()) return fail(result.error());
                    if (worker().read(sender_).next_outbox_height(chain_) <= height) {
                      return fail(NodeError(NodeError::ResponseHandlingError{
                          "a block's messages are not on their way"}));
                    }
                    heights_.erase(height);
                    if (progress_) progress_();
                    step_soon();
                  }));
}

// Nobody is followed into the past without a certificate that holds.
void SenderBlocks::walk_back(InHand one, BlockHeight older) {
  fetch_->check(one.certificate, held([this, one, older](NodeStatus status) {
                  if (!status.ok()) return fail(status.error());
                  walking_ = true;
                  heights_.insert(older);
                  if (heights_.size() > limits::kWalkHeights)
                    heights_.erase(std::prev(heights_.end()));
                  // A short way needs no second download; what was stored before needs none at all.
                  if (one.bytes > 0) in_hand_.push_front(one);
                  size_t bytes = 0;
                  for (const InHand& each : in_hand_) bytes += each.bytes;
                  while (bytes > limits::kBatchBytes && !in_hand_.empty()) {
                    bytes -= in_hand_.back().bytes;
                    in_hand_.pop_back();
                  }
                  if (progress_) progress_();
                  if (++steps_back_ >= most_steps_)
                    return finish({Ok{}, true, std::move(heights_)});
                  step_soon();
                }));
}

void SenderBlocks::deliver() {
  if (last_ < worker().read(chain_).next_height_to_receive(sender_)) return finish({});
  // Its sender was known before this chain was followed.
  local([this] { return worker().retry_cross_chain(now(), sender_); },
        [this](LocalAnswer<Ok> answer) {
          finish({std::move(answer.result), false, {}});
        });
}

void SenderBlocks::finish(Outcome outcome) {
  if (auto then = std::exchange(then_, nullptr)) then(std::move(outcome));
}

}  // namespace mica::client
