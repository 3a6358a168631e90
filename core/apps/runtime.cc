#include "core/apps/runtime.h"

#include "core/apps/contract.h"
#include "core/apps/service.h"

namespace mica::apps {

namespace {

// What operations and messages have alike.
template <class Context>
Setting shared_setting(const Context& context) {
  Setting setting;
  setting.chain_id = context.chain_id;
  setting.height = context.height;
  setting.timestamp = context.timestamp;
  setting.round = context.round;
  setting.signer = context.authenticated_signer;
  return setting;
}

Setting setting_of(const OperationContext& context) {
  Setting setting = shared_setting(context);
  if (setting.signer) setting.refund_grant_to = Account{context.chain_id, *setting.signer};
  return setting;
}

Setting setting_of(const MessageContext& context) {
  Setting setting = shared_setting(context);
  setting.message = {context.is_bouncing, context.origin};
  setting.refund_grant_to = context.refund_grant_to;
  return setting;
}

}  // namespace

ExecutionStatus Runtime::execute_operation(Execution& world, const OperationContext& context,
                                           const Operation::User& operation) {
  return run_action(programs_, world, setting_of(context), nullptr, operation.application_id,
                    ExecuteOperation{operation.bytes});
}

ExecutionStatus Runtime::execute_message(Execution& world, const MessageContext& context,
                                         Amount& grant, const Message::User& message) {
  return run_action(programs_, world, setting_of(context), &grant, message.application_id,
                    ExecuteMessage{message.bytes});
}

ExecutionStatus Runtime::instantiate(Execution& world, const OperationContext& context,
                                     const ApplicationId& application_id, ByteSpan argument) {
  return run_action(programs_, world, setting_of(context), nullptr, application_id,
                    Instantiate{to_bytes(argument)});
}

ExecutionStatus Runtime::process_streams(Execution& world, const OperationContext& context,
                                         const ApplicationId& application_id,
                                         const std::vector<StreamUpdate>& updates) {
  return run_action(programs_, world, setting_of(context), nullptr, application_id,
                    ProcessStreams{updates});
}

ExecutionResult<ServiceAnswer> Runtime::query(ExecutionState& state, const Lookup& lookup,
                                              const QueryContext& context,
                                              const ApplicationId& application_id, ByteSpan query) {
  TransactionPlace place;
  place.local_time = context.timestamp;
  TransactionTracker transaction(place, nullptr);
  Setting setting;
  setting.chain_id = context.chain_id;
  setting.height = context.next_height;
  setting.is_query = true;
  return run_service(programs_, state, transaction, lookup, setting, application_id, query);
}

}  // namespace mica::apps
