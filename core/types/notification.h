// News of a chain. linera-core/src/worker.rs, Notification and Reason
#pragma once

#include "core/types/chain_info.h"
#include "core/types/room.h"

namespace mica::types {

struct Reason {
  struct NewBlock {
    BlockHeight height;
    CryptoHash hash;
    std::set<StreamId> event_streams;
    MICA_FIELDS(NewBlock, height, hash, event_streams)
  };
  struct NewIncomingBundle {
    ChainId origin;
    BlockHeight height;
    MICA_FIELDS(NewIncomingBundle, origin, height)
  };
  struct NewRound {
    BlockHeight height;
    Round round;
    MICA_FIELDS(NewRound, height, round)
  };
  struct BlockExecuted {  // local only; no validator sends it
    BlockHeight height;
    CryptoHash hash;
    MICA_FIELDS(BlockExecuted, height, hash)
  };
  struct NewEvents {
    BlockHeight height;
    CryptoHash hash;
    std::set<StreamId> event_streams;
    MICA_FIELDS(NewEvents, height, hash, event_streams)
  };
  std::variant<NewBlock, NewIncomingBundle, NewRound, BlockExecuted, NewEvents> kind;
  MICA_ENUM(Reason, kind)
};

struct Notification {
  ChainId chain_id;
  Reason reason;
  MICA_FIELDS(Notification, chain_id, reason)
};

}  // namespace mica::types

MICA_CODEC_ELSEWHERE(::mica::types::Reason)
MICA_CODEC_ELSEWHERE(::mica::types::Notification)
