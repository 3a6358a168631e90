// Inbox: what one chain received from one other, and what it consumed, each in the sender's order.
// Bundles may be consumed before they arrive (by a block that others certified): then arrival
// cancels them. linera-chain/src/inbox.rs
#pragma once

#include "core/chain/room.h"
#include "core/types/node_error.h"
#include "core/views/views.h"

namespace mica::chain {

// A bundle's place in its sender's chain.
struct Cursor {
  BlockHeight height;
  uint32_t index = 0;
  MICA_FIELDS(Cursor, height, index)
  static Cursor of(const MessageBundle& bundle) {
    return {bundle.height, bundle.transaction_index};
  }
};

struct Inbox {
  Inbox(ViewContext context, const Bytes& prefix);

  Register<Cursor> next_cursor_to_add;
  Register<Cursor> next_cursor_to_remove;
  Queue<MessageBundle> added_bundles;    // received and waiting
  Queue<MessageBundle> removed_bundles;  // consumed and not yet received

  BlockHeight next_block_height_to_receive() const;
  // A block of `chain` consumes the bundle; true if it had arrived. Bundles before it that may be
  // skipped are dropped.
  NodeResult<bool> remove_bundle(const ChainId& chain, const ChainId& origin,
                                 const MessageBundle& bundle);
  // The bundle arrived; true if it waits now, false if it was consumed or skipped before.
  NodeResult<bool> add_bundle(const MessageBundle& bundle);
};

}  // namespace mica::chain
