// ChainSender: brings one validator confirmed blocks that it lacks and we have, with what they
// need: blobs, the admin chain's epochs, and the evidence for a later round.
// linera-core/src/updater.rs
#pragma once

#include "core/client/flow.h"
#include "core/client/room.h"

namespace mica::client {

class ChainSender : public Flow {
 public:
  using Then = std::function<void(NodeStatus)>;

  ChainSender(Outside& outside, const ValidatorPublicKey& validator)
      : Flow(outside), validator_(validator) {}

  // Blocks of the chain below `target`, then evidence for the round that we are in.
  void send_chain(const ChainId& chain, BlockHeight target, bool wait_for_outgoing, Then then);
  // Best effort: the block that created or read the blob brings it along.
  void send_user_of(const BlobId& blob, Then then);
  // The block, and those before it; answers when its messages were delivered.
  void deliver(const ConfirmedBlockCertificate& certificate, Then then);

 private:
  void send_confirmed(const ConfirmedBlockCertificate& certificate, bool wait_for_outgoing,
                      InfoThen then);
  void confirm_in_full(ConfirmedBlockCertificate certificate, bool wait, InfoThen then);
  void confirm_again_after(const NodeError& error, ConfirmedBlockCertificate certificate, bool wait,
                           InfoThen then);
  void upload_blobs(std::vector<BlobId> ids, Then then);
  void send_range(ChainId chain, BlockHeight from, BlockHeight to, bool wait, Then then);
  void send_missing_range(const ChainId& chain, BlockHeight target, bool wait, Then then);
  void send_round(const ChainId& chain, const ChainInfo& theirs, Then then);
  void send_admin_chain(Then then);

  const ValidatorPublicKey validator_;
  bool sent_admin_ = false, uploaded_ = false;
};

}  // namespace mica::client
