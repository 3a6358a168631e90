#include "core/chain/inbox.h"

#include "core/chain/errors.h"

namespace mica::chain {

namespace {

std::string place(const Cursor& cursor) {
  return std::to_string(cursor.height.height) + ", " + std::to_string(cursor.index);
}
std::string in_block_to(const ChainId& chain) { return "block proposed to " + chain.to_text(); }

NodeResult<Cursor> after(const Cursor& cursor) {
  if (cursor.index == UINT32_MAX) return number_overflow();
  return Cursor{cursor.height, cursor.index + 1};
}

}  // namespace

Inbox::Inbox(ViewContext context, const Bytes& prefix)
    : next_cursor_to_add(context, key_of(prefix, 0)),
      next_cursor_to_remove(context, key_of(prefix, 1)),
      added_bundles(context, key_of(prefix, 2)),
      removed_bundles(context, key_of(prefix, 3)) {}

BlockHeight Inbox::next_block_height_to_receive() const {
  Cursor cursor = next_cursor_to_add.get();
  return cursor.index == 0 ? cursor.height : cursor.height.next();
}

NodeResult<bool> Inbox::remove_bundle(const ChainId& chain, const ChainId& origin,
                                      const MessageBundle& bundle) {
  const Cursor cursor = Cursor::of(bundle);
  const Cursor earliest = next_cursor_to_remove.get();
  if (cursor < earliest) {
    return chain_error("Message in " + in_block_to(chain) +
                       " is out of order compared to previous messages from origin " +
                       origin.to_text() + ": " + place(cursor) +
                       ". Block and height should be at least: " + place(earliest));
  }
  const Cursor next = MICA_TRY(after(cursor));
  auto waiting = added_bundles.front();
  while (waiting && Cursor::of(*waiting) < cursor) {
    if (!waiting->is_skippable()) {
      return chain_error("Block proposed to " + chain.to_text() +
                         " is attempting to skip a message bundle that cannot be skipped: from " +
                         origin.to_text() + " at " + place(Cursor::of(*waiting)));
    }
    added_bundles.pop_front();
    waiting = added_bundles.front();
  }
  if (waiting) {
    // A later one waits: this one will never come, or is not what was sent.
    if (*waiting != bundle) {
      return chain_error("Message in " + in_block_to(chain) +
                         " does not match the previously received messages from origin " +
                         origin.to_text() + ": at " + place(cursor) + " instead of " +
                         place(Cursor::of(*waiting)));
    }
    added_bundles.pop_front();
  } else {
    removed_bundles.push_back(bundle);
  }
  next_cursor_to_remove.set(next);
  return waiting.has_value();
}

NodeResult<bool> Inbox::add_bundle(const MessageBundle& bundle) {
  const Cursor cursor = Cursor::of(bundle);
  const std::string what = "while processing messages in certified block: at " + place(cursor);
  if (cursor < next_cursor_to_add.get()) {
    return corrupted(what + ", out of order; at least " + place(next_cursor_to_add.get()));
  }
  const Cursor next = MICA_TRY(after(cursor));
  auto consumed = removed_bundles.front();
  if (consumed && Cursor::of(*consumed) == cursor) {
    if (*consumed != bundle) return corrupted(what + ", not the bundle that was consumed");
    removed_bundles.pop_front();
  } else if (consumed) {
    if (Cursor::of(*consumed) < cursor || !bundle.is_skippable()) {
      return corrupted(what + ", cannot reconcile with " + place(Cursor::of(*consumed)));
    }
  } else {
    added_bundles.push_back(bundle);
  }
  next_cursor_to_add.set(next);
  return !consumed.has_value();
}

}  // namespace mica::chain
