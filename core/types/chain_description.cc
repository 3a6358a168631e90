#include "core/types/chain_description.h"

namespace mica::types {

ChainOwnership ChainOwnership::single(const AccountOwner& owner) {
  ChainOwnership ownership;
  ownership.owners.emplace(owner, 100);
  ownership.multi_leader_rounds = kDefaultMultiLeaderRounds;
  return ownership;
}

ChainOwnership ChainOwnership::single_super(const AccountOwner& owner) {
  ChainOwnership ownership;
  ownership.super_owners.insert(owner);
  ownership.multi_leader_rounds = kDefaultMultiLeaderRounds;
  return ownership;
}

}  // namespace mica::types
