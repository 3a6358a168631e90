#include "core/app/client_outside.h"

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/rpc/node_rpc.h"

namespace mica::app {

namespace {

constexpr uint64_t kClockSlack_us = 1'000'000;
constexpr uint32_t kUnavailable = 14;  // gRPC: what stands before a validator that is down says so

// Why the answer is none, or comes from nobody who knows the protocol.
std::optional<std::string> why_away(const NodeResult<NodeResponse>& result) {
  if (result.ok()) {
    const auto* status = std::get_if<NodeResponse::Status>(&result->kind);
    if (status == nullptr || status->code != kUnavailable) return std::nullopt;
    return status->message;
  }
  const NodeError& error = result.error();
  const bool none = error.as<NodeError::GrpcError>() || error.as<NodeError::InvalidDecoding>();
  return none ? std::optional(error.message()) : std::nullopt;
}

// Whose turn a request takes; the requests for blobs share one.
ChainId chain_of(const NodeRequest& request) {
  return std::visit(
      [](const auto& kind) -> ChainId {
        if constexpr (requires { kind.query; }) {
          return kind.query.chain_id;
        } else if constexpr (requires { kind.chain_id; }) {
          return kind.chain_id;
        } else {
          return {};
        }
      },
      request.kind);
}

// What a block on its way needs waits for nobody.
bool is_urgent(const NodeRequest& request) {
  using R = NodeRequest;
  return std::holds_alternative<R::HandleBlockProposal>(request.kind) ||
         std::holds_alternative<R::HandleLiteCertificate>(request.kind) ||
         std::holds_alternative<R::HandleConfirmedCertificate>(request.kind) ||
         std::holds_alternative<R::HandleValidatedCertificate>(request.kind) ||
         std::holds_alternative<R::HandleTimeoutCertificate>(request.kind) ||
         std::holds_alternative<R::HandlePendingBlob>(request.kind);
}

}  // namespace

void ClientOutside::begin(Timestamp now) {
  if (now.micros + kClockSlack_us < now_.micros) {
    // Somebody put a clock right that was ahead.
    gate_.set_back({now_.micros - now.micros});
    now_ = now;
  }
  now_ = std::max(now_, now);
  if (!gate_.loading()) cold_.trim();
}

void ClientOutside::settle() {
  commit();
  gate_.settle();
}

std::optional<ClientOutput> ClientOutside::next() {
  if (outputs_.empty()) return std::nullopt;
  ClientOutput output = std::move(outputs_.front());
  outputs_.pop_front();
  return output;
}

void ClientOutside::open(Worker worker, const ChainId& admin_chain, uint64_t entropy) {
  worker_.emplace(std::move(worker));
  admin_chain_ = admin_chain;
  random_state_ = entropy;
}

// --- storage ------------------------------------------------------------------------------------

void ClientOutside::remember(const PendingBlock& block) {
  Batch batch;
  WalletRecords::put_pending(batch, block);
  apply(std::move(batch));
}

void ClientOutside::settle(const ChainId& chain, std::optional<BlockHeight> certified) {
  Batch batch;
  WalletRecords::remove_pending(batch, chain);
  if (certified) WalletRecords::put_undelivered(batch, chain, *certified);
  apply(std::move(batch));
}

void ClientOutside::apply(Batch batch) {
  if (batch.empty()) return;
  pending_.add(std::move(batch));
  gate_.changed();
}

void ClientOutside::notice(const std::vector<Notification>& notifications) {
  notices_.insert(notices_.end(), notifications.begin(), notifications.end());
}

void ClientOutside::commit() {
  if (pending_.empty() || storage_failure_) return;
  const Status done = gate_.commit(pending_.take());
  if (done.ok()) return;
  flush_failed({FailureCode::StorageFailed, done.error().message(), MoneyState::Unknown});
}

std::set<ChainId> ClientOutside::flush_failed(const Failure& failure) {
  if (!storage_failure_) storage_failure_ = failure;
  std::set<ChainId> withheld;
  for (const auto& [id, asked] : asked_) {
    const auto* proposal = std::get_if<NodeRequest::HandleBlockProposal>(&asked.request.kind);
    if (asked.held && proposal) withheld.insert(proposal->proposal.content.block.chain_id);
  }
  gate_.fail();
  return withheld;
}

// --- requests -----------------------------------------------------------------------------------

void ClientOutside::set_committee(Committee newest) {
  committee_ = std::move(newest);
  meet(committee_);
}

// The newest committee knows best where a validator is.
void ClientOutside::meet(const Committee& committee) {
  const auto& newest = committee_.validators;
  for (const auto& [validator, state] : committee.validators) {
    const auto found = newest.find(validator);
    addresses_[validator] = (found == newest.end() ? state : found->second).network_address;
  }
}

std::optional<std::string> ClientOutside::url(const ValidatorPublicKey& validator,
                                              std::string_view method) {
  const auto found = addresses_.find(validator);
  if (found == addresses_.end()) return std::nullopt;
  auto base = base_url(found->second);
  if (!base.ok()) return std::nullopt;
  return *base + std::string(kServicePath) + std::string(method);
}

void ClientOutside::ask(const ValidatorPublicKey& validator, const NodeRequest& request,
                        const AskOptions& options, Answer then) {
  const uint64_t id = new_id();
  RpcCall call = encode_request(request);
  auto address = url(validator, call.method);
  asked_[id] = {validator, request, std::move(then)};
  if (!address) {
    return post([this, id] {
      answer(id, NodeError(NodeError::CannotResolveValidatorAddress{"validator without address"}));
    });
  }
  ClientOutput send{ClientOutput::Send{id, *address, std::move(call.body), options.timeout_ms}};
  if (!options.after_flush) return this->send(id, std::move(send));
  if (storage_failure_) return post([this, id] { withhold(id); });
  asked_.at(id).held = true;
  gate_.hold([this, id, send = std::move(send)](bool durable) mutable {
    if (!durable) return withhold(id);
    asked_.at(id).held = false;
    this->send(id, std::move(send));
  });
}

// It is never sent.
void ClientOutside::withhold(uint64_t request_id) {
  const std::string reason = "storage: " + storage_failure_->message;
  answer(request_id, NodeError(NodeError::ClientIoError{reason}));
}

void ClientOutside::send(uint64_t request_id, ClientOutput output) {
  const Asked& asked = asked_.at(request_id);
  Window& window = windows_[asked.validator];
  if (is_urgent(asked.request) || (window.waiting.empty() && has_room(asked.validator, window))) {
    return send_now(window, request_id, std::move(output));
  }
  window.waiting[chain_of(asked.request)].push_back(std::move(output));
}

void ClientOutside::send_now(Window& window, uint64_t request_id, ClientOutput output) {
  asked_.at(request_id).sent = true;
  ++window.under_way;
  ++under_way_;
  emit(std::move(output));
}

bool ClientOutside::has_room(const ValidatorPublicKey& validator, const Window& window) {
  const auto known = health_.find(validator);
  const bool absent = known != health_.end() && known->second.failures > 0;
  return under_way_ < limits::kRequestsToAll &&
         window.under_way < (absent ? limits::kRequestsToAbsent : limits::kRequestsToOne);
}

// Of each chain one, in turns.
void ClientOutside::send_waiting(const ValidatorPublicKey& validator) {
  Window& window = windows_[validator];
  while (!window.waiting.empty() && has_room(validator, window)) {
    auto turn = window.waiting.upper_bound(window.last);
    if (turn == window.waiting.end()) turn = window.waiting.begin();
    window.last = turn->first;
    ClientOutput output = std::move(turn->second.front());
    turn->second.pop_front();
    if (turn->second.empty()) window.waiting.erase(turn);
    const uint64_t id = std::get<ClientOutput::Send>(output.kind).request_id;
    send_now(window, id, std::move(output));
  }
}

void ClientOutside::answer(uint64_t request_id, NodeResult<NodeResponse> result) {
  auto found = asked_.find(request_id);
  if (found == asked_.end()) return;  // late, or never asked
  Asked asked = std::move(found->second);
  asked_.erase(found);
  ValidatorHealth& validator = health(asked.validator);
  const uint32_t before = validator.failures;
  const std::optional<std::string> away = why_away(result);
  validator.failures = away ? before + 1 : 0;
  validator.last_error = away ? quoted(*away) : "";
  if ((before == 0) != (validator.failures == 0)) health_changed(asked.validator);
  if (asked.sent) {
    --windows_[asked.validator].under_way;
    const bool all_waited = under_way_-- == limits::kRequestsToAll;
    send_waiting(asked.validator);
    for (auto& [other, window] : windows_) {
      if (all_waited) send_waiting(other);
    }
  }
  asked.then(std::move(result));
}

void ClientOutside::reply(const ClientEvent::Reply& reply) {
  auto found = asked_.find(reply.request_id);
  if (found == asked_.end()) return;
  answer(reply.request_id, decode_response(found->second.request, reply.http_status,
                                           reply.grpc_status, reply.grpc_message, reply.body));
}

void ClientOutside::send_failed(const ClientEvent::SendFailed& failed) {
  answer(failed.request_id, NodeError(NodeError::GrpcError{failed.reason}));
}

ValidatorHealth& ClientOutside::health(const ValidatorPublicKey& validator) {
  ValidatorHealth& health = health_[validator];
  health.public_key = validator;
  const auto found = addresses_.find(validator);
  if (found != addresses_.end()) health.address = found->second;
  return health;
}

void ClientOutside::health_changed(const ValidatorPublicKey& validator) {
  emit({ClientOutput::ValidatorChanged{health(validator)}});
}

// --- signatures, time, chance -------------------------------------------------------------------

void ClientOutside::sign(const AccountOwner& owner, const ProposalContent& content, bool receiving,
                         Signature then) {
  const uint64_t id = new_id();
  signing_[id] = std::move(then);
  emit({ClientOutput::Sign{id, owner, encode(content), receiving}});
}

void ClientOutside::signature(uint64_t sign_id, Result<AccountSignature, Failure> signature) {
  auto found = signing_.find(sign_id);
  if (found == signing_.end()) return;
  auto then = std::move(found->second);
  signing_.erase(found);
  then(std::move(signature));
}

// splitmix64
uint64_t ClientOutside::random(uint64_t limit) {
  random_state_ += 0x9e3779b97f4a7c15;
  uint64_t z = random_state_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return (z ^ (z >> 31)) % limit;
}

}  // namespace mica::app
