// Blobs as a query from outside of blocks reads them: none is marked as used, nobody pays.
#pragma once

#include "core/apps/room.h"
#include "core/execution/application_blobs.h"

namespace mica::apps {

ExecutionResult<BlobContent> observe_blob(Execution& world, const BlobId& id);
ExecutionResult<ApplicationDescription> observe_description(Execution& world,
                                                            const ApplicationId& id);

}  // namespace mica::apps
