#include "core/execution/system_calls.h"

namespace mica::execution {

namespace {

OutgoingMessage outgoing(const ChainId& destination, MessageKind kind, SystemMessage message) {
  return {.destination = destination,
          .authenticated_signer = {},
          .grant = {},
          .refund_grant_to = {},
          .kind = kind,
          .message = {Message::System{std::move(message)}}};
}

ExecutionStatus check_allowed(const ByApplication& by, bool allowed) {
  if (!by || allowed) return Ok{};
  return ExecutionError::unauthorized(
      "Application is not authorized to perform system operations on this chain: " + by->to_text());
}

}  // namespace

void credit(SystemState& system, const AccountOwner& owner, Amount amount) {
  if (owner.is_chain()) {
    system.balance.set(saturating_add(system.balance.get(), amount));
  } else {
    system.balances.put(owner, saturating_add(system.balances.get_or_default(owner), amount));
  }
}

ExecutionStatus debit(SystemState& system, const AccountOwner& owner, Amount amount) {
  const auto entry =
      owner.is_chain() ? std::optional(system.balance.get()) : system.balances.get(owner);
  const Amount balance = entry.value_or(Amount{});
  auto rest = checked_sub(balance, amount);
  if (!entry || !rest) {
    return ExecutionError::funding(
        "The transferred amount must not exceed the balance of the current account " +
            owner.to_text() + ": " + balance.to_text(),
        amount, balance);
  }
  if (owner.is_chain()) {
    system.balance.set(*rest);
  } else if (rest->zero()) {
    system.balances.erase(owner);
  } else {
    system.balances.put(owner, *rest);
  }
  return Ok{};
}

void credit_or_send(Execution& run, const ChainId& here, const AccountOwner& source,
                    const Account& recipient, Amount amount) {
  if (recipient.chain_id == here) return credit(run.state.system, recipient.owner, amount);
  send_credit(run, source, recipient, amount);
}

void send_credit(Execution& run, const AccountOwner& source, const Account& recipient,
                 Amount amount) {
  SystemMessage message{SystemMessage::Credit{recipient.owner, amount, source}};
  run.transaction.add_message(outgoing(recipient.chain_id, MessageKind::Tracked, message));
}

ExecutionStatus transfer(Execution& run, const ChainId& here, const Caller& caller,
                         const AccountOwner& source, const Account& recipient, Amount amount) {
  const ChainOwnership ownership = run.state.system.ownership.get();
  const bool allowed =
      source.is_chain() ? caller.signer && ownership.is_owner(*caller.signer) : caller.is(source);
  if (!allowed) {
    return ExecutionError::unauthorized(
        "Transfer from owned account must be authenticated by the right signer");
  }
  if (amount.zero()) return ExecutionError("Transfer must have positive amount");
  MICA_TRY(debit(run.state.system, source, amount));
  credit_or_send(run, here, source, recipient, amount);
  return Ok{};
}

ExecutionStatus claim(Execution& run, const ChainId& here, const Caller& caller,
                      const Account& source, const Account& recipient, Amount amount) {
  if (!caller.is(source.owner)) {
    return ExecutionError::unauthorized("Claim must be authenticated by the right signer");
  }
  if (amount.zero()) return ExecutionError("Claim must have positive amount");
  if (source.chain_id == here) {
    MICA_TRY(debit(run.state.system, source.owner, amount));
    credit_or_send(run, here, source.owner, recipient, amount);
    return Ok{};
  }
  SystemMessage withdraw{SystemMessage::Withdraw{source.owner, amount, recipient}};
  OutgoingMessage message = outgoing(source.chain_id, MessageKind::Simple, withdraw);
  message.authenticated_signer = caller.signer;
  run.transaction.add_message(std::move(message));
  return Ok{};
}

ExecutionResult<ChainId> open_chain(Execution& run, const ChainId& parent,
                                    const BlockHeight& height, const Timestamp& timestamp,
                                    const OpenChainConfig& config) {
  SystemState& system = run.state.system;
  const uint32_t chain_index = run.transaction.next_chain_index();
  // The smallest and largest by number, unlike their order in BCS.
  const auto committees = system.committees.get();
  const Epoch first = committees.empty() ? Epoch{} : committees.begin()->first;
  const Epoch last = committees.empty() ? Epoch{} : committees.rbegin()->first;
  ChainDescription description{
      .origin = {ChainOrigin::Child{parent, height, chain_index}},
      .timestamp = timestamp,
      .config = {.ownership = config.ownership,
                 .epoch = system.epoch.get(),
                 .min_active_epoch = first,
                 .max_active_epoch = last,
                 .balance = config.balance,
                 .application_permissions = config.application_permissions}};
  MICA_TRY(debit(system, AccountOwner::chain(), config.balance));
  run.transaction.add_created_blob(description.to_blob());
  return description.id();
}

ExecutionStatus close_chain(Execution& run, const ByApplication& by) {
  const auto permissions = run.state.system.application_permissions.get();
  MICA_TRY(check_allowed(by, by && permissions.can_close_chain(*by)));
  run.state.system.closed.set(true);
  return Ok{};
}

ExecutionStatus change_ownership(Execution& run, const ByApplication& by,
                                 const ChainOwnership& ownership) {
  const auto permissions = run.state.system.application_permissions.get();
  MICA_TRY(check_allowed(by, by && permissions.can_close_chain(*by)));
  run.state.system.ownership.set(ownership);
  return Ok{};
}

ExecutionStatus change_application_permissions(Execution& run, const ByApplication& by,
                                               const ApplicationPermissions& permissions) {
  const auto current = run.state.system.application_permissions.get();
  MICA_TRY(check_allowed(by, by && current.can_change_application_permissions(*by)));
  run.state.system.application_permissions.set(permissions);
  return Ok{};
}

}  // namespace mica::execution
