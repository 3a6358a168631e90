// Requests between the chains of one node. linera-core/src/data_types.rs, CrossChainRequest
#pragma once

#include "core/types/chain_info.h"

namespace mica {

struct CrossChainRequest {
  struct UpdateRecipient {
    ChainId sender;
    ChainId recipient;
    std::vector<std::pair<Epoch, MessageBundle>> bundles;
    std::optional<BlockHeight> previous_height;
    FIELDS(UpdateRecipient, sender, recipient, bundles, previous_height)
  };
  struct ConfirmUpdatedRecipient {
    ChainId sender;
    ChainId recipient;
    BlockHeight latest_height;
    FIELDS(ConfirmUpdatedRecipient, sender, recipient, latest_height)
  };
  struct RevertConfirm {
    ChainId sender;
    ChainId recipient;
    BlockHeight retransmit_from;
    FIELDS(RevertConfirm, sender, recipient, retransmit_from)
  };
  std::variant<UpdateRecipient, ConfirmUpdatedRecipient, RevertConfirm> kind;
  ENUM(CrossChainRequest, kind)
};

CODEC_ELSEWHERE(CrossChainRequest)

}  // namespace mica
