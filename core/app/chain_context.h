// ChainContext: what the parts of one followed chain share.
#pragma once

#include "core/app/client_outside.h"
#include "core/app/room.h"
#include "core/client/flow.h"

namespace mica::app {

// Told when something has come to an end: nothing, or why it did not succeed.
using Ready = std::function<void(std::optional<Failure>)>;

struct ChainContext {
  ClientOutside& outside;
  const ChainId id;
  TrackedChain tracked;
  // Its inbox changed, and is counted at the time that was set.
  bool inbox_uncounted = false;
  std::optional<std::pair<BlockHeight, std::string>> stand;  // see not_executed()

  // Something of what is told of it changed: ClientChain::settle() looks.
  void changed() const { outside.chain_changed(id); }
  ChainReader here() const { return outside.worker().read(id); }
  BlockHeight next_height() const { return here().tip().next_block_height; }
  // Why the next block, which is certified, was not executed.
  void stand_before_next(const ExecutionError& why) { stand = {next_height(), why.text}; }
  std::optional<NotExecuted> not_executed() const {
    if (!stand || stand->first != next_height()) return std::nullopt;
    return NotExecuted{stand->first, stand->second, here().next_height_to_preprocess()};
  }
  void fail(uint64_t command_id, Failure failure) const {
    outside.emit({ClientOutput::Failed{command_id, std::move(failure)}});
  }
};

using SharedContext = std::shared_ptr<ChainContext>;

}  // namespace mica::app
