// News of a chain. linera-core/src/worker.rs, Notification and Reason
#pragma once

#include "core/types/chain_info.h"

namespace mica {

struct Reason {
  struct NewBlock {
    BlockHeight height;
    CryptoHash hash;
    std::set<StreamId> event_streams;
    FIELDS(NewBlock, height, hash, event_streams)
  };
  struct NewIncomingBundle {
    ChainId origin;
    BlockHeight height;
    FIELDS(NewIncomingBundle, origin, height)
  };
  struct NewRound {
    BlockHeight height;
    Round round;
    FIELDS(NewRound, height, round)
  };
  struct BlockExecuted {  // local only; no validator sends it
    BlockHeight height;
    CryptoHash hash;
    FIELDS(BlockExecuted, height, hash)
  };
  struct NewEvents {
    BlockHeight height;
    CryptoHash hash;
    std::set<StreamId> event_streams;
    FIELDS(NewEvents, height, hash, event_streams)
  };
  std::variant<NewBlock, NewIncomingBundle, NewRound, BlockExecuted, NewEvents> kind;
  ENUM(Reason, kind)
};

struct Notification {
  ChainId chain_id;
  Reason reason;
  FIELDS(Notification, chain_id, reason)
};

CODEC_ELSEWHERE(Reason)
CODEC_ELSEWHERE(Notification)

}  // namespace mica
