// One account's balance on a chain, before and after a block.
#pragma once

#include "core/types/ids.h"
#include "core/types/room.h"

namespace mica::types {

struct BalanceChange {
  AccountOwner owner;  // AccountOwner::chain() for the chain's own balance
  Amount before;
  Amount after;
  MICA_FIELDS(BalanceChange, owner, before, after)
};

}  // namespace mica::types
