// What executing a block did, as the person sees it.
#pragma once

#include "core/app/client_values.h"
#include "core/app/room.h"
#include "core/execution/wanted.h"
#include "core/worker/worker.h"

namespace mica::app {

// `answers`: those that its execution was given.
Effects effects_of(const StagedBlock& staged, const Answers& answers);
// Why a block cannot be executed.
Failure failure_of(const NodeError& error, const std::optional<ExecutionError>& cause);

}  // namespace mica::app
