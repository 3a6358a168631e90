// RequestTimeout: a certificate that a round of one height has ended, told to everybody.
// linera-core/src/client/chain_client/mod.rs, request_leader_timeout
#pragma once

#include "core/client/quorum.h"
#include "core/client/room.h"
#include "core/client/validator_updater.h"

namespace mica::client {

class RequestTimeout : public Flow {
 public:
  using Then = std::function<void(bool)>;  // the local node is in a later round now
  using Flow::Flow;
  void start(const ChainInfo& info, const Committee& committee, Then then);

 private:
  void certify(std::vector<std::pair<ValidatorPublicKey, LiteVote>> votes);

  Timeout value_;
  Round round_;
  Committee committee_;
  Then then_;
};

}  // namespace mica::client
