// One action of a contract, or one query of a service: the applications that take part, who of them
// calls whom, and what they use. linera-execution/src/runtime.rs, SyncRuntimeInternal
#pragma once

#include "core/apps/guest.h"
#include "core/apps/programs.h"
#include "core/apps/room.h"
#include "core/execution/applications.h"

namespace mica::apps {

// What is the same for all applications of a run.
struct Setting {
  struct Message {
    bool is_bouncing = false;
    ChainId origin;
  };

  ChainId chain_id;
  BlockHeight height;
  Timestamp timestamp;  // of the block
  std::optional<uint32_t> round;
  std::optional<AccountOwner> signer;
  std::optional<Message> message;  // the one that is executed
  std::optional<Account> refund_grant_to;
  // A query from outside of blocks: no blob is marked as used, so that nothing is written.
  bool is_query = false;
};

// An application on the call stack.
struct Frame {
  Guest* guest = nullptr;
  std::optional<ApplicationId> caller;  // if it was forwarded
  std::optional<AccountOwner> signer;
};

class Run {
 public:
  // All outlive the run, which ends with its first error.
  Run(Programs& programs, Role role, Execution& world, const Setting& setting,
      ResourceController& resources, Funds funds)
      : programs_(programs),
        role_(role),
        world_(world),
        setting_(setting),
        resources_(resources),
        funds_(funds) {}

  // Loads the application and all that it requires, depth first. The order decides the order of
  // oracle responses.
  ExecutionStatus load(const ApplicationId& id);
  // The application's instance, made at its first use.
  ExecutionResult<Guest*> guest(const ApplicationId& id);
  // In the order of first use.
  const std::vector<Guest*>& guests() const { return order_; }

  // Calls an entry point of frame.guest with the frame on the stack.
  template <class R, class... P>
  ExecutionResult<typename Function<R(P...)>::Returned> enter(
      Frame frame, const Function<R(P...)>& function, const std::type_identity_t<P>&... arguments);
  const std::vector<Frame>& stack() const { return stack_; }
  const Frame& top() const { return stack_.back(); }
  ExecutionStatus check_not_running(const ApplicationId& id) const;

  Role role() const { return role_; }
  Programs& programs() { return programs_; }
  Engine& engine() { return programs_.engine(); }
  Execution& world() { return world_; }
  ExecutionState& state() { return world_.state; }
  TransactionTracker& transaction() { return world_.transaction; }
  const Setting& setting() const { return setting_; }
  const ResourceControlPolicy& policy() const { return resources_.policy(); }

  // Charges the run: pay(&ResourceController::track_…, …).
  template <class... A>
  ExecutionStatus pay(ExecutionStatus (ResourceController::*track)(Funds, A...),
                      std::type_identity_t<A>... amounts) {
    return (resources_.*track)(funds_, amounts...);
  }
  ExecutionStatus pay_runtime(uint64_t bytes);
  // Counts what the run keeps in memory for its outcome. That has its own limits, but they are
  // looked at after the run.
  ExecutionStatus keep(size_t bytes);
  // There is no clock here: the time that a service took is counted as none.
  ExecutionStatus check_service_response(uint64_t bytes);

  // Charges the fuel that was used since the last time: before every other charge.
  ExecutionStatus settle_fuel();
  // Lets guests use what can be paid: after charges, before a guest runs.
  void resume_fuel();
  Fuel& fuel() { return fuel_; }

  // Keeps why a host function failed, while the guests are unwound.
  std::nullopt_t fail(ExecutionError error);
  // Why a call into a guest did not return.
  ExecutionError stopped(const Guest& guest, std::string_view where, Stop stop);

  // Operations that a service asks for.
  std::vector<Operation> scheduled_operations;
  // Contracts no longer call each other.
  bool is_finalizing = false;

 private:
  struct Loaded {
    ApplicationDescription description;
    std::shared_ptr<const Program> program;
  };
  ExecutionResult<const Loaded*> load_one(const ApplicationId& id);
  ExecutionResult<uint64_t> call(Guest& guest, const std::string& name, const FunctionType& type,
                                 std::span<const uint64_t> cells);

  Programs& programs_;
  const Role role_;
  Execution& world_;
  const Setting& setting_;
  ResourceController& resources_;
  Funds funds_;

  Fuel fuel_;
  uint64_t settled_fuel_ = 0;
  size_t kept_bytes_ = 0;
  std::optional<ExecutionError> failure_;
  std::map<ApplicationId, Loaded> loaded_;
  std::map<ApplicationId, std::unique_ptr<Guest>> guests_;
  std::vector<Guest*> order_;
  std::vector<Frame> stack_;
};

template <class R, class... P>
ExecutionResult<typename Function<R(P...)>::Returned> Run::enter(
    Frame frame, const Function<R(P...)>& function, const std::type_identity_t<P>&... arguments) {
  const std::string name = function.export_name();
  Guest& guest = *frame.guest;
  stack_.push_back(std::move(frame));
  InstanceMemory memory(guest.instance());
  resume_fuel();
  auto result = call_export(
      function, memory,
      [&](std::span<const uint64_t> cells) {
        return call(guest, name, function_type(function.export_signature()), cells);
      },
      arguments...);
  if (memory.stop()) return stopped(guest, "cabi_realloc", *memory.stop());
  if (!result.ok()) return result;
  MICA_TRY(settle_fuel());
  stack_.pop_back();
  return result;
}

}  // namespace mica::apps
