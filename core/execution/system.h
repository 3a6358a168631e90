// System operations and messages. linera-execution/src/{system,execution_state_actor}.rs
#pragma once

#include "core/execution/resources.h"
#include "core/execution/room.h"
#include "core/execution/transaction_tracker.h"

namespace mica::execution {

struct OperationContext {
  ChainId chain_id;
  BlockHeight height;
  std::optional<uint32_t> round;
  std::optional<AccountOwner> authenticated_signer;
  Timestamp timestamp;  // of the block
};

struct MessageContext {
  ChainId chain_id;
  ChainId origin;
  bool is_bouncing = false;
  BlockHeight height;
  std::optional<uint32_t> round;
  std::optional<AccountOwner> authenticated_signer;  // by the sender
  std::optional<Account> refund_grant_to;
  Timestamp timestamp;
};

class Applications;

// The parts of a run that operations and messages work on; all of them the caller's.
struct Execution {
  ExecutionState& state;
  TransactionTracker& transaction;
  ResourceController& resources;
  const Lookup& lookup;
  Applications* applications = nullptr;  // none: this build runs no applications
  const Answers* answers = nullptr;      // none: nobody can be asked
};

ExecutionStatus execute_operation(Execution& run, const OperationContext& context,
                                  const Operation& operation);
// Of the grant that comes with the message, `grant` holds what is left.
ExecutionStatus execute_message(Execution& run, const MessageContext& context, Amount& grant,
                                const Message& message);
// Sends a rejected Tracked message back to its sender.
void bounce_message(Execution& run, const MessageContext& context, Amount grant,
                    const Message& message);
// Sends an unspent grant to whom it belongs; nothing for nothing.
ExecutionStatus send_refund(Execution& run, const MessageContext& context, Amount amount);

}  // namespace mica::execution
