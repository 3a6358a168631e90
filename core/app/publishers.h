// FollowedPublishers: the chains to whose event streams the wallet's chains listen. Of them only
// the blocks with these events are kept. Whoever tells of new ones is asked; one at a time, and
// beside a slow one the next.
#pragma once

#include <deque>

#include "core/app/client_outside.h"
#include "core/app/room.h"
#include "core/client/backoff.h"
#include "core/client/publisher_blocks.h"
#include "core/client/streams.h"

namespace mica::app {

class FollowedPublishers {
 public:
  explicit FollowedPublishers(ClientOutside& outside) : outside_(outside) {}
  ~FollowedPublishers();

  // True: other chains than before.
  bool follow(Publishers publishers);
  std::set<ChainId> chains() const;
  // The validator may have events of this chain that are not here.
  void told(const ValidatorPublicKey& validator, const ChainId& chain);
  // The network is back: nobody pauses any longer.
  void retry_now();

 private:
  struct Publisher {
    std::set<StreamId> streams;
    std::deque<ValidatorPublicKey> due;  // to be asked, each once
    std::map<ValidatorPublicKey, std::shared_ptr<PublisherBlocks>> asking;
    std::map<ValidatorPublicKey, Backoff> pauses;  // of those who failed
  };

  void told_by_all(const ChainId& chain);
  void go(const ChainId& chain, bool beside);
  void ended(const ChainId& chain, const ValidatorPublicKey& validator, const NodeStatus& status);

  ClientOutside& outside_;
  std::map<ChainId, Publisher> publishers_;
};

}  // namespace mica::app
