#include "core/execution/system.h"

#include "core/execution/applications.h"

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

// Credits here, or sends a Credit that comes back to `source` when it is rejected.
void credit_or_send(Execution& run, const ChainId& here, const AccountOwner& source,
                    const Account& recipient, Amount amount) {
  if (recipient.chain_id == here) return credit(run.state.system, recipient.owner, amount);
  SystemMessage message{SystemMessage::Credit{recipient.owner, amount, source}};
  run.transaction.add_message(outgoing(recipient.chain_id, MessageKind::Tracked, message));
}

ExecutionStatus check_next_epoch(const SystemState& system, Epoch provided) {
  Epoch current = system.epoch.get();
  if (current.epoch == UINT32_MAX) return ExecutionError::overflow();
  if (provided == current.next()) return Ok{};
  return ExecutionError("Failed to create new committee: expected " + current.next().to_text() +
                        ", but got " + provided.to_text());
}

// The first use on this chain is an oracle response.
ExecutionStatus blob_used(Execution& run, const BlobId& id) {
  if (run.state.system.used_blobs.contains(id)) return Ok{};
  run.state.system.used_blobs.insert(id);
  return run.transaction.record({OracleResponse::Blob{id}});
}

void blob_published(Execution& run, const BlobId& id) {
  run.state.system.used_blobs.insert(id);
  run.transaction.add_published_blob(id);
}

ExecutionStatus adopt_committee(Execution& run, Epoch epoch, const CryptoHash& blob_hash) {
  BlobId id{BlobType::Committee, blob_hash};
  auto blob = run.lookup.blob(id);
  if (!blob) return ExecutionError::missing({id});
  auto committee = MICA_TRY(decode<Committee>(blob->bytes));
  MICA_TRY(blob_used(run, id));
  auto committees = run.state.system.committees.get();
  committees.insert_or_assign(epoch, std::move(committee));
  run.state.system.committees.set(committees);
  run.state.system.epoch.set(epoch);
  return Ok{};
}

ExecutionStatus remove_committee(SystemState& system, Epoch epoch) {
  auto committees = system.committees.get();
  if (committees.erase(epoch) == 0) return ExecutionError("Failed to remove committee");
  system.committees.set(committees);
  return Ok{};
}

// The value of an event of the admin chain, as an oracle.
ExecutionResult<Bytes> admin_event(Execution& run, const StreamId& stream, Epoch epoch) {
  auto admin = run.state.system.admin_chain_id.get();
  if (!admin) return ExecutionError("The chain being queried is not active");
  EventId id{*admin, stream, epoch.epoch};
  auto response = MICA_TRY(run.transaction.oracle([&]() -> ExecutionResult<OracleResponse> {
    auto value = run.lookup.event(id);
    if (!value) return ExecutionError::missing({id});
    return OracleResponse{OracleResponse::Event{id, std::move(*value)}};
  }));
  auto* event = std::get_if<OracleResponse::Event>(&response.kind);
  if (!event || event->event_id != id) {
    return ExecutionError("Recorded response for oracle query has the wrong type");
  }
  return std::move(event->value);
}

using Op = SystemOperation;

ExecutionStatus apply(Execution& run, const OperationContext& context, const Op::Transfer& op) {
  const auto& signer = context.authenticated_signer;
  bool allowed = op.owner.is_chain() ? signer && run.state.system.ownership.get().is_owner(*signer)
                                     : signer == op.owner;
  if (!allowed) {
    return ExecutionError("Transfer from owned account must be authenticated by the right signer");
  }
  if (op.amount.zero()) return ExecutionError("Transfer must have positive amount");
  MICA_TRY(debit(run.state.system, op.owner, op.amount));
  credit_or_send(run, context.chain_id, op.owner, op.recipient, op.amount);
  return Ok{};
}

ExecutionStatus apply(Execution& run, const OperationContext& context, const Op::Claim& op) {
  if (context.authenticated_signer != op.owner) {
    return ExecutionError("Claim must be authenticated by the right signer");
  }
  if (op.amount.zero()) return ExecutionError("Claim must have positive amount");
  if (op.target_id == context.chain_id) {
    MICA_TRY(debit(run.state.system, op.owner, op.amount));
    credit_or_send(run, context.chain_id, op.owner, op.recipient, op.amount);
    return Ok{};
  }
  SystemMessage withdraw{SystemMessage::Withdraw{op.owner, op.amount, op.recipient}};
  OutgoingMessage message = outgoing(op.target_id, MessageKind::Simple, withdraw);
  message.authenticated_signer = context.authenticated_signer;
  run.transaction.add_message(std::move(message));
  return Ok{};
}

// The child's description is a created blob; nothing is sent.
ExecutionStatus apply(Execution& run, const OperationContext& context, const Op::OpenChain& op) {
  SystemState& system = run.state.system;
  uint32_t chain_index = run.transaction.next_chain_index();
  // The smallest and largest by number, unlike their order in BCS.
  auto committees = system.committees.get();
  Epoch first = committees.empty() ? Epoch{} : committees.begin()->first;
  Epoch last = committees.empty() ? Epoch{} : committees.rbegin()->first;
  ChainDescription description{
      .origin = {ChainOrigin::Child{context.chain_id, context.height, chain_index}},
      .timestamp = context.timestamp,
      .config = {.ownership = op.config.ownership,
                 .epoch = system.epoch.get(),
                 .min_active_epoch = first,
                 .max_active_epoch = last,
                 .balance = op.config.balance,
                 .application_permissions = op.config.application_permissions}};
  MICA_TRY(debit(system, AccountOwner::chain(), op.config.balance));
  run.transaction.add_created_blob(description.to_blob());
  return Ok{};
}

ExecutionStatus apply(Execution& run, const OperationContext&, const Op::CloseChain&) {
  run.state.system.closed.set(true);
  return Ok{};
}

ExecutionStatus apply(Execution& run, const OperationContext&, const Op::ChangeOwnership& op) {
  ChainOwnership ownership;
  ownership.super_owners.insert(op.super_owners.begin(), op.super_owners.end());
  for (const auto& [owner, weight] : op.owners) ownership.owners.insert_or_assign(owner, weight);
  ownership.multi_leader_rounds = op.multi_leader_rounds;
  ownership.open_multi_leader_rounds = op.open_multi_leader_rounds;
  ownership.timeout_config = op.timeout_config;
  run.state.system.ownership.set(ownership);
  return Ok{};
}

ExecutionStatus apply(Execution& run, const OperationContext&,
                      const Op::ChangeApplicationPermissions& op) {
  run.state.system.application_permissions.set(op.permissions);
  return Ok{};
}

ExecutionStatus apply(Execution& run, const OperationContext&, const Op::PublishDataBlob& op) {
  blob_published(run, {BlobType::Data, op.blob_hash});
  return Ok{};
}

ExecutionStatus apply(Execution& run, const OperationContext&, const Op::VerifyBlob& op) {
  if (!run.lookup.blob(op.blob_id)) return ExecutionError::missing({op.blob_id});
  MICA_TRY(run.resources.track_blob_read({run.state.system}, 0));
  return blob_used(run, op.blob_id);
}

// Events of committees bypass stream_event_counts.
ExecutionStatus apply_admin(Execution& run, const AdminOperation::PublishCommitteeBlob& op) {
  blob_published(run, {BlobType::Committee, op.blob_hash});
  return Ok{};
}
ExecutionStatus apply_admin(Execution& run, const AdminOperation::CreateCommittee& op) {
  MICA_TRY(check_next_epoch(run.state.system, op.epoch));
  MICA_TRY(adopt_committee(run, op.epoch, op.blob_hash));
  run.transaction.add_event({StreamId::new_epochs(), op.epoch.epoch, encode(op.blob_hash)});
  return Ok{};
}
ExecutionStatus apply_admin(Execution& run, const AdminOperation::RemoveCommittee& op) {
  MICA_TRY(remove_committee(run.state.system, op.epoch));
  run.transaction.add_event({StreamId::removed_epochs(), op.epoch.epoch, {}});
  return Ok{};
}

ExecutionStatus apply(Execution& run, const OperationContext& context, const Op::Admin& op) {
  if (run.state.system.admin_chain_id.get() != context.chain_id) {
    return ExecutionError("Admin operations are only allowed on the admin chain.");
  }
  return std::visit([&](const auto& admin) { return apply_admin(run, admin); }, op.operation.kind);
}

ExecutionStatus apply(Execution& run, const OperationContext&, const Op::ProcessNewEpoch& op) {
  MICA_TRY(check_next_epoch(run.state.system, op.epoch));
  Bytes value = MICA_TRY(admin_event(run, StreamId::new_epochs(), op.epoch));
  return adopt_committee(run, op.epoch, MICA_TRY(decode<CryptoHash>(value)));
}

ExecutionStatus apply(Execution& run, const OperationContext&, const Op::ProcessRemovedEpoch& op) {
  MICA_TRY(remove_committee(run.state.system, op.epoch));
  MICA_TRY(admin_event(run, StreamId::removed_epochs(), op.epoch));
  return Ok{};
}

ExecutionStatus apply(Execution&, const OperationContext&, const Op::PublishModule&) {
  return ExecutionError::unsupported("operation PublishModule");
}
ExecutionStatus apply(Execution& run, const OperationContext& context,
                      const Op::CreateApplication& op) {
  if (!run.applications) return ExecutionError::unsupported("operation CreateApplication");
  return run.applications->create(run, context, op);
}
ExecutionStatus apply(Execution&, const OperationContext&, const Op::UpdateStreams&) {
  return ExecutionError::unsupported("operation UpdateStreams");
}

ExecutionStatus receive(Execution& run, const MessageContext& context,
                        const SystemMessage::Credit& message) {
  credit(run.state.system, context.is_bouncing ? message.source : message.target, message.amount);
  return Ok{};
}

ExecutionStatus receive(Execution& run, const MessageContext& context,
                        const SystemMessage::Withdraw& message) {
  MICA_TRY(debit(run.state.system, message.owner, message.amount));
  credit_or_send(run, context.chain_id, message.owner, message.recipient, message.amount);
  return Ok{};
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
    return ExecutionError(
        "The transferred amount must not exceed the balance of the current account " +
        owner.to_text() + ": " + balance.to_text());
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

ExecutionStatus execute_operation(Execution& run, const OperationContext& context,
                                  const Operation& operation) {
  if (auto* user = std::get_if<Operation::User>(&operation.kind)) {
    if (run.applications) return run.applications->execute_operation(run, context, *user);
    return ExecutionError::unsupported("operation of application " +
                                       user->application_id.to_text());
  }
  return std::visit([&](const auto& op) { return apply(run, context, op); },
                    std::get_if<Operation::System>(&operation.kind)->operation.kind);
}

ExecutionStatus execute_message(Execution& run, const MessageContext& context, Amount& grant,
                                const Message& message) {
  if (auto* user = std::get_if<Message::User>(&message.kind)) {
    if (run.applications) return run.applications->execute_message(run, context, grant, *user);
    return ExecutionError::unsupported("message of application " + user->application_id.to_text());
  }
  return std::visit([&](const auto& inner) { return receive(run, context, inner); },
                    std::get_if<Message::System>(&message.kind)->message.kind);
}

void bounce_message(Execution& run, const MessageContext& context, Amount grant,
                    const Message& message) {
  run.transaction.add_message(
      {.destination = context.origin,
       .authenticated_signer = context.authenticated_signer,
       .grant = grant,
       .refund_grant_to = grant.zero() ? std::nullopt : context.refund_grant_to,
       .kind = MessageKind::Bouncing,
       .message = message});
}

ExecutionStatus send_refund(Execution& run, const MessageContext& context, Amount amount) {
  if (amount.zero()) return Ok{};
  if (!context.refund_grant_to) {
    return ExecutionError(
        "Internal error: Messages with grants should have a non-empty `refund_grant_to`");
  }
  AccountOwner source = context.authenticated_signer.value_or(AccountOwner::chain());
  SystemMessage refund{SystemMessage::Credit{context.refund_grant_to->owner, amount, source}};
  run.transaction.add_message(
      outgoing(context.refund_grant_to->chain_id, MessageKind::Tracked, refund));
  return Ok{};
}

}  // namespace mica::execution
