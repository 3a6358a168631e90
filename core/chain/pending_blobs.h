// PendingBlobs: what a block still needs before it can be handled, sent blob by blob.
// linera-chain/src/pending_blobs.rs
#pragma once

#include "core/chain/errors.h"
#include "core/chain/room.h"
#include "core/chain/rounds.h"
#include "core/views/views.h"

namespace mica::chain {

struct PendingBlobs {
  PendingBlobs(ViewContext context, const Bytes& prefix)
      : round(context, key_of(prefix, 0)),
        validated(context, key_of(prefix, 1)),
        blobs(context, key_of(prefix, 2)) {}

  Register<Round> round;
  Register<bool> validated;                       // a quorum saw the block: no limits for its blobs
  Map<BlobId, std::optional<BlobContent>> blobs;  // nothing: expected, or stored already

  std::optional<BlobContent> get(const BlobId& id) const {
    return blobs.get(id).value_or(std::nullopt);
  }
  bool maybe_insert(const BlobId& id, const BlobContent& blob) {
    auto expected = blobs.get(id);
    if (!expected) return false;
    if (!*expected) blobs.put(id, blob);
    return true;
  }
  // `needed`: also those that are stored, because clients send all that a block publishes. `found`:
  // what is known of the others.
  NodeStatus update(const Round& new_round, bool is_validated, const std::set<BlobId>& needed,
                    const std::map<BlobId, std::optional<BlobContent>>& found) {
    const Round old_round = round.get();
    if (old_round > new_round) {
      return chain_error("Round number should be at least " + round_debug_text(old_round));
    }
    if (old_round < new_round) {
      clear();
      validated.set(is_validated);
    }
    round.set(new_round);
    for (const BlobId& id : needed) {
      const auto blob = found.find(id);
      blobs.put(id, blob == found.end() ? std::nullopt : blob->second);
    }
    return Ok{};
  }
  void clear() {
    round.clear();
    validated.clear();
    blobs.clear();
  }
};

}  // namespace mica::chain
