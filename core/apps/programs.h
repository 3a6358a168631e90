// Compiled modules, and why others are refused, found again by the blob that they came in.
#pragma once

#include "core/apps/room.h"
#include "core/base/limits.h"
#include "core/base/recent_values.h"
#include "core/execution/application_blobs.h"
#include "core/wasm/engine.h"

namespace mica::apps {

class Programs {
 public:
  // The engine outlives this and all programs.
  explicit Programs(Engine& engine, size_t cache_bytes = limits::kProgramCacheBytes)
      : engine_(engine), cache_(cache_bytes) {}
  Engine& engine() { return engine_; }
  // The application's contract or service. Counts no blob as used.
  ExecutionResult<std::shared_ptr<const Program>> get(Execution& world, Role role,
                                                      const ApplicationDescription& description);

 private:
  using Compiled = Result<std::shared_ptr<const Program>, Refusal>;

  Engine& engine_;
  RecentValues<BlobId, Compiled> cache_;
};

}  // namespace mica::apps
