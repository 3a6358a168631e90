#include "core/apps/run.h"

#include "core/apps/host_functions.h"
#include "core/apps/observe.h"

namespace mica::apps {

using Kind = ExecutionError::Kind;

ExecutionResult<const Run::Loaded*> Run::load_one(const ApplicationId& id) {
  if (auto known = loaded_.find(id); known != loaded_.end()) return &known->second;
  auto description = setting_.is_query ? MICA_TRY(observe_description(world_, id))
                                       : MICA_TRY(load_description(world_, id));
  auto program = MICA_TRY(programs_.get(world_, role_, description));
  if (loaded_.size() == limits::kMaxApplicationsInRun) {
    return ExecutionError(Kind::kUnsupported, "More applications take part than can run here");
  }
  auto [added, is_new] = loaded_.emplace(id, Loaded{std::move(description), std::move(program)});
  return &added->second;
}

// Upstream loads what several applications require again for each of them, to no effect.
ExecutionStatus Run::load(const ApplicationId& application_id) {
  std::vector<ApplicationId> waiting{application_id};
  while (!waiting.empty()) {
    const ApplicationId id = waiting.back();
    waiting.pop_back();
    if (loaded_.contains(id)) continue;
    const Loaded* loaded = MICA_TRY(load_one(id));
    const auto& required = loaded->description.required_application_ids;
    waiting.insert(waiting.end(), required.rbegin(), required.rend());
  }
  return Ok{};
}

ExecutionResult<Guest*> Run::guest(const ApplicationId& id) {
  if (auto known = guests_.find(id); known != guests_.end()) return known->second.get();
  const Loaded* loaded = MICA_TRY(load_one(id));
  auto made = MICA_TRY(Guest::make(*this, id, loaded->description, loaded->program));
  Guest* guest = made.get();
  guests_.emplace(id, std::move(made));
  order_.push_back(guest);
  return guest;
}

ExecutionStatus Run::check_not_running(const ApplicationId& id) const {
  for (const Frame& frame : stack_) {
    if (frame.guest->id() != id) continue;
    return ExecutionError("Attempted to perform a reentrant call to application " + id.to_text());
  }
  return Ok{};
}

ExecutionStatus Run::pay_runtime(uint64_t bytes) {
  if (bytes > UINT32_MAX) return ExecutionError::overflow();
  return pay(&ResourceController::track_runtime_bytes, static_cast<uint32_t>(bytes));
}

ExecutionStatus Run::keep(size_t bytes) {
  constexpr size_t kOverhead = 256;
  kept_bytes_ += bytes + kOverhead;
  if (kept_bytes_ <= limits::kRunOutcomeBytes) return Ok{};
  return ExecutionError(Kind::kUnsupported, "The application makes more than is kept here");
}

ExecutionStatus Run::check_service_response(uint64_t bytes) {
  MICA_TRY(resources_.track_service_oracle_execution(0));
  return resources_.track_service_oracle_response(bytes);
}

ExecutionStatus Run::settle_fuel() {
  const uint64_t fuel = fuel_.used - settled_fuel_;
  settled_fuel_ = fuel_.used;
  auto paid = resources_.track_fuel(funds_, fuel, VmRuntime::Wasm);
  if (paid.ok() || role_ == Role::kContract) return paid;
  return ExecutionError(Kind::kLimit, "The service took longer than allowed");
}

void Run::resume_fuel() {
  const uint64_t left = resources_.remaining_fuel(funds_, VmRuntime::Wasm);
  if (__builtin_add_overflow(fuel_.used, left, &fuel_.limit)) fuel_.limit = UINT64_MAX;
}

std::nullopt_t Run::fail(ExecutionError error) {
  failure_ = std::move(error);
  return std::nullopt;
}

ExecutionError Run::stopped(const Guest& guest, std::string_view where, Stop stop) {
  if (stop == Stop::kRefused && failure_) return *failure_;
  if (stop == Stop::kOutOfFuel) {
    if (auto paid = settle_fuel(); !paid.ok()) return paid.error();
  }
  std::string text = "Failed to execute Wasm module of application " + guest.id().to_text() + ": " +
                     std::string(stop_name(stop)) + " in " + std::string(where);
  // Others give more of both, or less: what happens there is not known here.
  const bool not_here = stop == Stop::kMemoryCap || stop == Stop::kStack;
  return {not_here ? Kind::kUnsupported : Kind::kFailed, std::move(text)};
}

ExecutionResult<uint64_t> Run::call(Guest& guest, const std::string& name, const FunctionType& type,
                                    std::span<const uint64_t> cells) {
  auto result = guest.instance().call(name, type, cells);
  if (!result.ok()) return stopped(guest, name, result.error());
  return *result;
}

}  // namespace mica::apps
