// Runs applications: the room's door. linera-execution/src/execution_state_actor.rs
#pragma once

#include "core/apps/programs.h"
#include "core/apps/room.h"
#include "core/execution/applications.h"

namespace mica::apps {

class Runtime : public Applications {
 public:
  // The engine outlives this.
  explicit Runtime(Engine& engine) : programs_(engine) {}

  ExecutionStatus execute_operation(Execution& world, const OperationContext& context,
                                    const Operation::User& operation) override;
  ExecutionStatus execute_message(Execution& world, const MessageContext& context, Amount& grant,
                                  const Message::User& message) override;
  ExecutionStatus instantiate(Execution& world, const OperationContext& context,
                              const ApplicationId& application_id, ByteSpan argument) override;
  ExecutionStatus process_streams(Execution& world, const OperationContext& context,
                                  const ApplicationId& application_id,
                                  const std::vector<StreamUpdate>& updates) override;
  ExecutionResult<ServiceAnswer> query(ExecutionState& state, const Lookup& lookup,
                                       const QueryContext& context,
                                       const ApplicationId& application_id,
                                       ByteSpan query) override;

 private:
  Programs programs_;
};

}  // namespace mica::apps
