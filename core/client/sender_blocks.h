// SenderBlocks: one sender's blocks with messages for one chain, from one validator into the local
// node, oldest first. Blocks that nobody told of are found by walking back from certificate to
// certificate; of that walk only heights are kept, and only a certificate that holds leads on.
// linera-core/src/client/mod.rs, download_sender_block_with_sending_ancestors
#pragma once

#include <deque>

#include "core/base/limits.h"
#include "core/client/fetch.h"
#include "core/client/room.h"

namespace mica::client {

class SenderBlocks : public Flow {
 public:
  struct Outcome {
    NodeStatus status = Ok{};
    // The way back is longer than one call may take. Go on with `heights`, which certificates
    // tell of: so with whatever validator.
    bool more = false;
    std::set<BlockHeight> heights;
  };
  using Then = std::function<void(Outcome)>;

  SenderBlocks(Outside& outside, const ValidatorPublicKey& source, const ChainId& chain,
               const ChainId& sender, size_t most_steps = limits::kWalkSteps)
      : Flow(outside),
        chain_(chain),
        sender_(sender),
        most_steps_(most_steps),
        fetch_(make_flow<Fetch>(outside, source)) {}

  void on_progress(std::function<void()> progress) { progress_ = std::move(progress); }
  // Until the chain has received what the sender's blocks at these heights sent to it.
  void start(std::set<BlockHeight> heights, Then then);

 private:
  struct InHand {
    CertificatePtr certificate;
    size_t bytes;
    BlockHeight height() const { return certificate->value.header.height; }
  };

  void step();
  void step_soon();
  void take_stored(const CryptoHash& hash);
  void download(BlockHeight oldest);
  void take(InHand one);
  void walk_back(InHand one, BlockHeight older);
  void deliver();
  void fail(NodeError error) { finish({std::move(error), false, {}}); }
  void finish(Outcome outcome);

  const ChainId chain_, sender_;
  const size_t most_steps_;  // back, in one call
  const std::shared_ptr<Fetch> fetch_;
  std::function<void()> progress_;
  Then then_;
  std::set<BlockHeight> heights_;  // to be processed
  BlockHeight last_;               // the highest that was asked for
  std::deque<InHand> in_hand_;     // ascending
  size_t in_batch_ = 4, steps_back_ = 0;
  bool walking_ = false;  // the last certificate led back
};

}  // namespace mica::client
