#include "core/app/chain_news.h"

#include <algorithm>

#include "core/app/chain_blocks.h"
#include "core/app/chain_sync.h"
#include "core/base/limits.h"
#include "core/client/fetch.h"
#include "core/client/said.h"

namespace mica::app {

void ChainNews::notified(const ValidatorPublicKey& validator, const Reason& reason) {
  const bool owned = context_->tracked.owner.has_value();
  if (const auto* bundle = std::get_if<Reason::NewIncomingBundle>(&reason.kind)) {
    if (owned) sync_->inbox().told(validator, bundle->origin, bundle->height);
  } else if (const auto* block = std::get_if<Reason::NewBlock>(&reason.kind)) {
    // A signed block of ours on its way finds out by itself.
    if (block->height < context_->next_height() || blocks_->retry_signed()) return;
    newer_[validator] = block->height.next();
    download_next(false);
  } else if (const auto* round = std::get_if<Reason::NewRound>(&reason.kind)) {
    if (round->height < context_->next_height() || !owned) return;
    sync_->round_began();
    blocks_->retry_signed();
  }
}

// From one of those who told of blocks; and beside it from another, if it is silent.
void ChainNews::download_next(bool beside) {
  if (!downloading_.empty() && !beside) return;
  const BlockHeight next = context_->next_height();
  std::erase_if(newer_, [&](const auto& one) { return one.second <= next; });
  const auto found = std::find_if(newer_.begin(), newer_.end(), [this](const auto& one) {
    return !downloading_.contains(one.first);
  });
  if (found == newer_.end()) return;
  const auto [validator, end] = *found;
  newer_.erase(found);
  download(validator, end);
}

void ChainNews::download(const ValidatorPublicKey& from, BlockHeight end) {
  const uint64_t id = downloading_[from] = ++last_download_;
  make_flow<Fetch>(outside(), from)
      ->download_chain(context_->id, end, held([this, from](Downloaded done) {
                         if (done.not_executed) {
                           context_->stand_before_next(*done.not_executed);
                         } else if (!done.status.ok()) {
                           outside().log("new block:" +
                                         said_by(outside().committee(), from, done.status.error()));
                         }
                         downloading_.erase(from);
                         context_->changed();
                         outside().post(held([this] { download_next(false); }));
                       }));
  outside().wake_at({now().micros + limits::kPatience_us}, held([this, from, id] {
                      const auto still = downloading_.find(from);
                      if (still == downloading_.end() || still->second != id) return;
                      download_next(true);
                    }));
}

}  // namespace mica::app
