// PublisherBlocks: the blocks of one chain that published to some streams, from one validator into
// the local node, oldest first, and no other blocks of that chain. The validator names the newest;
// the others are found by walking back from certificate to certificate, of which only heights are
// kept, and only a certificate that holds leads on.
// linera-core/src/client/mod.rs, sync_events_from_node
#pragma once

#include "core/client/fetch.h"
#include "core/client/room.h"

namespace mica::client {

class PublisherBlocks : public Flow {
 public:
  PublisherBlocks(Outside& outside, const ValidatorPublicKey& source, const ChainId& publisher,
                  std::set<StreamId> streams)
      : Flow(outside),
        source_(source),
        publisher_(publisher),
        streams_(std::move(streams)),
        fetch_(make_flow<Fetch>(outside, source)) {}

  // Until all events that the source knows of are here.
  void start(Fetch::Then then);

 private:
  void want(BlockHeight height);
  void step();
  void take(const CertificatePtr& certificate);
  void finish(NodeStatus status);

  const ValidatorPublicKey source_;
  const ChainId publisher_;
  const std::set<StreamId> streams_;
  const std::shared_ptr<Fetch> fetch_;
  Fetch::Then then_;
  std::set<BlockHeight> heights_;                  // to be processed
  std::map<BlockHeight, CertificatePtr> in_hand_;  // a short way back needs no second download
};

}  // namespace mica::client
