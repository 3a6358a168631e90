#include "core/apps/observe.h"

namespace mica::apps {

ExecutionResult<BlobContent> observe_blob(Execution& world, const BlobId& id) {
  auto blob = world.lookup.blob(id);
  if (!blob) return ExecutionError::missing({id});
  return std::move(*blob);
}

ExecutionResult<ApplicationDescription> observe_description(Execution& world,
                                                            const ApplicationId& id) {
  const BlobContent blob = MICA_TRY(observe_blob(world, description_blob_id(id)));
  return MICA_TRY(decode<ApplicationDescription>(blob.bytes));
}

}  // namespace mica::apps
