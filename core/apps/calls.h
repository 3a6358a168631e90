// How applications reach each other and other chains, for the host functions that do so.
// linera-execution/src/runtime.rs
#pragma once

#include "core/apps/host_types.h"
#include "core/apps/run.h"
#include "core/execution/system_calls.h"

namespace mica::apps {

// On whose word money moves: the signer's, or the application's own.
Caller caller_of(const Run& run);
ExecutionStatus check_stream_name(const StreamName& name);

ExecutionStatus send_message(Run& run, SendMessageRequest request);
ExecutionResult<ChainId> open_child_chain(Run& run, OpenChainConfig config);

// Of contracts. One that is authenticated sees its caller, and the signer if the caller saw one.
ExecutionResult<Bytes> call_application(Run& run, bool authenticated, ApplicationId callee,
                                        Bytes argument);
// The new application's `instantiate` is called like an application.
ExecutionResult<ApplicationId> create_and_instantiate(Run& run, const ModuleId& module,
                                                      Bytes parameters, Bytes argument,
                                                      std::vector<ApplicationId> required);
// The answer of a service, as an oracle, out of the state that the action has made so far.
ExecutionResult<Bytes> ask_service(Run& run, const ApplicationId& id, Bytes query);

// Of services.
ExecutionResult<Bytes> query_application(Run& run, ApplicationId id, Bytes query);

}  // namespace mica::apps
