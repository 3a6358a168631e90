// Requests between the chains of one node. linera-core/src/data_types.rs, CrossChainRequest
#pragma once

#include "core/types/chain_info.h"
#include "core/types/room.h"

namespace mica::types {

struct CrossChainRequest {
  struct UpdateRecipient {
    ChainId sender;
    ChainId recipient;
    std::vector<std::pair<Epoch, MessageBundle>> bundles;
    std::optional<BlockHeight> previous_height;
    MICA_FIELDS(UpdateRecipient, sender, recipient, bundles, previous_height)
  };
  struct ConfirmUpdatedRecipient {
    ChainId sender;
    ChainId recipient;
    BlockHeight latest_height;
    MICA_FIELDS(ConfirmUpdatedRecipient, sender, recipient, latest_height)
  };
  struct RevertConfirm {
    ChainId sender;
    ChainId recipient;
    BlockHeight retransmit_from;
    MICA_FIELDS(RevertConfirm, sender, recipient, retransmit_from)
  };
  std::variant<UpdateRecipient, ConfirmUpdatedRecipient, RevertConfirm> kind;
  MICA_ENUM(CrossChainRequest, kind)
};

}  // namespace mica::types

MICA_CODEC_ELSEWHERE(::mica::types::CrossChainRequest)
