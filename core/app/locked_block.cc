#include "core/app/locked_block.h"

namespace mica::app {

std::optional<Locked> locked_block(const ChainReader& chain) {
  const auto manager = chain.manager();
  if (!manager || !manager->requested_locking) return std::nullopt;
  const auto& kind = manager->requested_locking->kind;
  if (const auto* fast = std::get_if<LockingBlock::Fast>(&kind)) {
    return Locked{fast->proposal.content.block, std::nullopt};
  }
  const Block& block = std::get_if<LockingBlock::Regular>(&kind)->certificate.value;
  return Locked{block.proposed(), block};
}

std::optional<Locked> locked_by_another(const ChainReader& chain,
                                        const std::optional<PendingBlock>& own) {
  auto locked = locked_block(chain);
  if (locked && own && own->block.proposed() == locked->block) return std::nullopt;
  return locked;
}

LockedBlock summary_of(const Locked& locked) {
  return {locked.block.height, locked.block.authenticated_signer, locked.validated.has_value()};
}

}  // namespace mica::app
