#include "core/execution/system.h"

#include "core/execution/application_blobs.h"
#include "core/execution/applications.h"
#include "core/execution/streams.h"
#include "core/execution/system_calls.h"

namespace mica::execution {

namespace {

ExecutionStatus check_next_epoch(const SystemState& system, Epoch provided) {
  Epoch current = system.epoch.get();
  if (current.epoch == UINT32_MAX) return ExecutionError::overflow();
  if (provided == current.next()) return Ok{};
  return ExecutionError("Failed to create new committee: expected " + current.next().to_text() +
                        ", but got " + provided.to_text());
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
  return read_event(run, {*admin, stream, epoch.epoch});
}

using Op = SystemOperation;

ExecutionStatus apply(Execution& run, const OperationContext& context, const Op::Transfer& op) {
  const Caller caller{context.authenticated_signer, {}};
  return transfer(run, context.chain_id, caller, op.owner, op.recipient, op.amount);
}
ExecutionStatus apply(Execution& run, const OperationContext& context, const Op::Claim& op) {
  const Caller caller{context.authenticated_signer, {}};
  const Account source{op.target_id, op.owner};
  return claim(run, context.chain_id, caller, source, op.recipient, op.amount);
}

ExecutionStatus apply(Execution& run, const OperationContext& context, const Op::OpenChain& op) {
  MICA_TRY(open_chain(run, context.chain_id, context.height, context.timestamp, op.config));
  return Ok{};
}
ExecutionStatus apply(Execution& run, const OperationContext&, const Op::CloseChain&) {
  return close_chain(run, {});
}
ExecutionStatus apply(Execution& run, const OperationContext&, const Op::ChangeOwnership& op) {
  ChainOwnership ownership;
  ownership.super_owners.insert(op.super_owners.begin(), op.super_owners.end());
  for (const auto& [owner, weight] : op.owners) ownership.owners.insert_or_assign(owner, weight);
  ownership.multi_leader_rounds = op.multi_leader_rounds;
  ownership.open_multi_leader_rounds = op.open_multi_leader_rounds;
  ownership.timeout_config = op.timeout_config;
  return change_ownership(run, {}, ownership);
}
ExecutionStatus apply(Execution& run, const OperationContext&,
                      const Op::ChangeApplicationPermissions& op) {
  return change_application_permissions(run, {}, op.permissions);
}

ExecutionStatus apply(Execution& run, const OperationContext&, const Op::PublishDataBlob& op) {
  blob_published(run, {BlobType::Data, op.blob_hash});
  return Ok{};
}

ExecutionStatus apply(Execution& run, const OperationContext&, const Op::VerifyBlob& op) {
  if (!run.lookup.blob(op.blob_id)) return ExecutionError::missing({op.blob_id});
  MICA_TRY(run.resources.track_blob_read({run.state.system}, 0));
  MICA_TRY(blob_used(run, op.blob_id));
  return Ok{};
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

ExecutionStatus apply(Execution& run, const OperationContext&, const Op::PublishModule& op) {
  for (const BlobId& id : op.module_id.blob_ids()) blob_published(run, id);
  return Ok{};
}
ExecutionStatus apply(Execution& run, const OperationContext& context,
                      const Op::CreateApplication& op) {
  if (!run.applications) return ExecutionError::unsupported("operation CreateApplication");
  auto description =
      MICA_TRY(create_application(run, context.chain_id, context.height, op.module_id,
                                  op.parameters, op.required_application_ids));
  return run.applications->instantiate(run, context, description.id(), op.instantiation_argument);
}
ExecutionStatus apply(Execution& run, const OperationContext&, const Op::UpdateStreams& op) {
  return update_streams(run, op);
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

ExecutionStatus dispatch(Execution& run, const OperationContext& context,
                         const Operation& operation) {
  if (auto* user = std::get_if<Operation::User>(&operation.kind)) {
    if (run.applications) return run.applications->execute_operation(run, context, *user);
    return ExecutionError::unsupported("operation of application " +
                                       user->application_id.to_text());
  }
  return std::visit([&](const auto& op) { return apply(run, context, op); },
                    std::get_if<Operation::System>(&operation.kind)->operation.kind);
}

ExecutionStatus dispatch(Execution& run, const MessageContext& context, Amount& grant,
                         const Message& message) {
  if (auto* user = std::get_if<Message::User>(&message.kind)) {
    if (run.applications) return run.applications->execute_message(run, context, grant, *user);
    return ExecutionError::unsupported("message of application " + user->application_id.to_text());
  }
  return std::visit([&](const auto& inner) { return receive(run, context, inner); },
                    std::get_if<Message::System>(&message.kind)->message.kind);
}

}  // namespace

ExecutionStatus execute_operation(Execution& run, const OperationContext& context,
                                  const Operation& operation) {
  MICA_TRY(dispatch(run, context, operation));
  return process_subscriptions(run, context);
}

ExecutionStatus execute_message(Execution& run, const MessageContext& context, Amount& grant,
                                const Message& message) {
  MICA_TRY(dispatch(run, context, grant, message));
  return process_subscriptions(run, {.chain_id = context.chain_id,
                                     .height = context.height,
                                     .round = context.round,
                                     .authenticated_signer = {},
                                     .timestamp = context.timestamp});
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
  send_credit(run, source, *context.refund_grant_to, amount);
  return Ok{};
}

}  // namespace mica::execution
