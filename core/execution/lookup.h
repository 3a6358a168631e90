// What execution may read beyond its chain: blobs and events that other chains published.
#pragma once

#include "core/execution/room.h"
#include "core/types/node_error.h"

namespace mica::execution {

// Nothing means absent or not loaded; an implementation remembers what it could load. The run then
// fails with what is wanted (wanted.h), and is repeated when that was brought.
class Lookup {
 public:
  virtual ~Lookup() = default;
  virtual std::optional<BlobContent> blob(const BlobId& id) const = 0;
  virtual std::optional<Bytes> event(const EventId& id) const = 0;
  virtual const NetworkDescription& network() const = 0;
};

}  // namespace mica::execution
