// What system operations and applications alike do to the chain: money, chains, ownership.
// linera-execution/src/{system,execution_state_actor}.rs
#pragma once

#include "core/execution/system.h"

namespace mica::execution {

// On whose word money moves: the signer's, or the application's for its own account.
struct Caller {
  std::optional<AccountOwner> signer;
  std::optional<ApplicationId> application;
  bool is(const AccountOwner& owner) const {
    return signer == owner || (application && application->owner() == owner);
  }
};

void credit(SystemState& system, const AccountOwner& owner, Amount amount);
// Removes an owner's entry that becomes zero.
ExecutionStatus debit(SystemState& system, const AccountOwner& owner, Amount amount);
// A message that comes back to `source` when it is rejected.
void send_credit(Execution& run, const AccountOwner& source, const Account& recipient,
                 Amount amount);
// Credits here, or sends.
void credit_or_send(Execution& run, const ChainId& here, const AccountOwner& source,
                    const Account& recipient, Amount amount);

// The chain's own balance moves on the word of one of its owners only.
ExecutionStatus transfer(Execution& run, const ChainId& here, const Caller& caller,
                         const AccountOwner& source, const Account& recipient, Amount amount);
// `source` names the chain that holds the money.
ExecutionStatus claim(Execution& run, const ChainId& here, const Caller& caller,
                      const Account& source, const Account& recipient, Amount amount);

// The child's description is a created blob; nothing is sent.
ExecutionResult<ChainId> open_chain(Execution& run, const ChainId& parent,
                                    const BlockHeight& height, const Timestamp& timestamp,
                                    const OpenChainConfig& config);

// By an application: only if the chain's permissions allow it; by the block's operation otherwise.
using ByApplication = std::optional<ApplicationId>;
ExecutionStatus close_chain(Execution& run, const ByApplication& by);
ExecutionStatus change_ownership(Execution& run, const ByApplication& by,
                                 const ChainOwnership& ownership);
ExecutionStatus change_application_permissions(Execution& run, const ByApplication& by,
                                               const ApplicationPermissions& permissions);

}  // namespace mica::execution
