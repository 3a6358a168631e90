#include "core/apps/calls.h"

#include "core/apps/entry_points.h"
#include "core/apps/service.h"
#include "core/execution/oracles.h"

namespace mica::apps {

namespace {

constexpr size_t kMaxStreamNameBytes = 64;  // linera-execution/src/lib.rs

// The next frame of a contract that the one on top calls.
ExecutionResult<Frame> prepare_call(Run& run, bool authenticated, const ApplicationId& callee) {
  MICA_TRY(run.check_not_running(callee));
  const ApplicationId& caller = run.top().guest->id();
  if (run.is_finalizing) {
    return ExecutionError("Application " + caller.to_text() +
                          " attempted to perform a cross-application to " + callee.to_text() +
                          " call from `finalize`");
  }
  Frame frame;
  frame.guest = MICA_TRY(run.guest(callee));
  if (authenticated) {
    frame.caller = caller;
    frame.signer = run.top().signer;
  }
  return frame;
}

}  // namespace

Caller caller_of(const Run& run) { return {run.top().signer, run.top().guest->id()}; }

ExecutionStatus check_stream_name(const StreamName& name) {
  if (name.name.size() <= kMaxStreamNameBytes) return Ok{};
  return ExecutionError("Stream names can be at most 64 bytes.");
}

ExecutionStatus send_message(Run& run, SendMessageRequest request) {
  const auto grant = total_price(run.policy(), request.grant);
  if (!grant) return ExecutionError::overflow();
  std::optional<Account> refund_grant_to;
  if (!grant->zero()) {
    refund_grant_to = run.setting().refund_grant_to;
    MICA_TRY(run.pay(&ResourceController::track_grant, *grant));
  }
  MICA_TRY(run.keep(request.message.size()));
  run.transaction().add_message(
      {.destination = request.destination,
       .authenticated_signer = run.top().signer,
       .grant = *grant,
       .refund_grant_to = refund_grant_to,
       .kind = request.is_tracked ? MessageKind::Tracked : MessageKind::Simple,
       .message = {Message::User{run.top().guest->id(), std::move(request.message)}}});
  return Ok{};
}

ExecutionResult<ChainId> open_child_chain(Run& run, OpenChainConfig config) {
  MICA_TRY(run.keep(encode(config).size()));
  const Setting& setting = run.setting();
  return open_chain(run.world(), setting.chain_id, setting.height, setting.timestamp, config);
}

ExecutionResult<Bytes> call_application(Run& run, bool authenticated, ApplicationId callee,
                                        Bytes argument) {
  Frame frame = MICA_TRY(prepare_call(run, authenticated, callee));
  return run.enter(std::move(frame), kExecuteOperation, argument);
}

ExecutionResult<ApplicationId> create_and_instantiate(Run& run, const ModuleId& module,
                                                      Bytes parameters, Bytes argument,
                                                      std::vector<ApplicationId> required) {
  MICA_TRY(run.keep(parameters.size() + required.size() * sizeof(ApplicationId)));
  const Setting& setting = run.setting();
  const auto description =
      MICA_TRY(create_application(run.world(), setting.chain_id, setting.height, module,
                                  std::move(parameters), std::move(required)));
  const ApplicationId id = description.id();
  Frame frame = MICA_TRY(prepare_call(run, true, id));
  MICA_TRY(run.enter(std::move(frame), kInstantiate, argument));
  return id;
}

// Upstream hands on a tracker that knows this transaction's blobs and no local time; blobs that the
// service uses first are marked so in the state, but recorded nowhere.
ExecutionResult<Bytes> ask_service(Run& run, const ApplicationId& id, Bytes query) {
  Bytes response = MICA_TRY(service_answer(run.world(), [&]() -> ExecutionResult<ServiceAnswer> {
    TransactionTracker transaction({}, nullptr);
    transaction.set_created_blobs(run.transaction().created_blobs());
    Setting setting;
    setting.chain_id = run.setting().chain_id;
    setting.height = run.setting().height;
    return run_service(run.programs(), run.state(), transaction, run.world().lookup, setting, id,
                       query);
  }));
  MICA_TRY(run.check_service_response(response.size()));
  return response;
}

ExecutionResult<Bytes> query_application(Run& run, ApplicationId id, Bytes query) {
  MICA_TRY(run.check_not_running(id));
  Frame frame;
  frame.guest = MICA_TRY(run.guest(id));
  return run.enter(std::move(frame), kHandleQuery, query);
}

}  // namespace mica::apps
