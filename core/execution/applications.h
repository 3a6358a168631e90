// What runs applications: the system's execution hands users' operations and messages to it
// (core/apps). One call is one action: every application that took part was finalized when it
// returns. linera-execution/src/execution_state_actor.rs
#pragma once

#include "core/execution/system.h"

namespace mica::execution {

// A service's answer, and the operations it asks its caller to propose.
struct ServiceAnswer {
  Bytes response;
  std::vector<Operation> operations;
};

struct QueryContext {
  ChainId chain_id;
  BlockHeight next_height;
  Timestamp timestamp;  // of the local node
};

class Applications {
 public:
  virtual ~Applications() = default;
  // The response is the transaction's operation result.
  virtual ExecutionStatus execute_operation(Execution& run, const OperationContext& context,
                                            const Operation::User& operation) = 0;
  // `grant` pays first; what is left of it is the caller's to send back.
  virtual ExecutionStatus execute_message(Execution& run, const MessageContext& context,
                                          Amount& grant, const Message::User& message) = 0;
  // Of an application that this transaction created.
  virtual ExecutionStatus instantiate(Execution& run, const OperationContext& context,
                                      const ApplicationId& application_id, ByteSpan argument) = 0;
  // Without a signer in `context`.
  virtual ExecutionStatus process_streams(Execution& run, const OperationContext& context,
                                          const ApplicationId& application_id,
                                          const std::vector<StreamUpdate>& updates) = 0;
  // Changes nothing of the state.
  virtual ExecutionResult<ServiceAnswer> query(ExecutionState& state, const Lookup& lookup,
                                               const QueryContext& context,
                                               const ApplicationId& application_id,
                                               ByteSpan query) = 0;
};

}  // namespace mica::execution
