#include "core/app/validator.h"

#include <algorithm>

#include "core/app/genesis.h"
#include "core/base/limits.h"
#include "core/bcs/json.h"
#include "core/crypto/secp256k1.h"
#include "core/rpc/node_rpc.h"

namespace mica::app {

namespace {

// Two secret keys, 32 bytes each: the validator's and its account's. Worker keys begin with bytes
// below 0x40.
constexpr std::string_view kKeysRecord = "validator_keys";
// A proposal's clock may be this much ahead. linera-service/src/server.rs, default
constexpr TimeDelta kGracePeriod = TimeDelta{500'000};

Failure failure(FailureCode code, std::string message) {
  return {code, std::move(message), MoneyState::Untouched};
}

Result<SecretKey> stored_key(const HotStore& hot, size_t index) {
  const Bytes* keys = hot.get(as_bytes(kKeysRecord));
  if (!keys) return Error{ErrorCode::kNotFound, "validator keys: Create comes first"};
  if (keys->size() != 64) return Error{ErrorCode::kCorrupt, "validator keys"};
  return SecretKey::from(ByteSpan(*keys).subspan(index * 32, 32), "validator key");
}

Result<ValidatorOutput::Created> public_keys(const HotStore& hot) {
  SecretKey key = MICA_TRY(stored_key(hot, 0));
  SecretKey account = MICA_TRY(stored_key(hot, 1));
  Secp256k1PublicKey account_key{MICA_TRY(secp256k1_public_key(account))};
  return ValidatorOutput::Created{{MICA_TRY(secp256k1_public_key(key))},
                                  {AccountPublicKey::Secp256k1{account_key}}};
}

}  // namespace

Validator::Validator(HotStore& hot, ColdStore& cold, Applications* applications,
                     const HistoricalHash* historical_hash)
    : hot_(hot),
      cold_(cold),
      applications_(applications),
      historical_hash_(historical_hash),
      gate_(hot, cold,
            {[this](CommitId id) { outputs_.push_back({ValidatorOutput::Flush{id}}); },
             [this](const std::string& file) { outputs_.push_back({ValidatorOutput::Load{file}}); },
             [this](Timestamp time) { outputs_.push_back({ValidatorOutput::WakeAt{time}}); }}),
      questions_(gate_, [this](HttpIo::HttpRequest request) {
        outputs_.push_back({std::move(request)});
      }) {}

void Validator::handle(ByteSpan input) {
  auto decoded = decode<ValidatorInput>(input);
  if (!decoded.ok()) {
    outputs_.push_back({ValidatorOutput::Log{"input refused: " + decoded.error().message()}});
    return;
  }
  handle(*decoded);
}

void Validator::handle(const ValidatorInput& input) {
  now_ = std::max(now_, input.now);
  gate_.tick(now_);
  std::visit([this](const auto& event) { on(event); }, input.event.kind);
  gate_.run_posted();
  gate_.settle();
  if (!gate_.loading()) cold_.trim();
}

std::optional<ValidatorOutput> Validator::next() {
  if (outputs_.empty()) return std::nullopt;
  ValidatorOutput out = std::move(outputs_.front());
  outputs_.pop_front();
  return out;
}

std::optional<Bytes> Validator::poll() {
  auto output = next();
  return output ? std::optional(encode(*output)) : std::nullopt;
}

void Validator::on(const ValidatorEvent::Create& create) {
  if (!hot_.get(as_bytes(kKeysRecord))) {
    if (create.entropy.size() != 64) {
      outputs_.push_back({ValidatorOutput::Failed{
          failure(FailureCode::InvalidInput, "a validator is made from 64 bytes of entropy")}});
      return;
    }
    Batch batch;
    batch.put(to_bytes(as_bytes(kKeysRecord)), create.entropy);
    if (!commit(batch)) return;
  }
  auto keys = public_keys(hot_);
  if (keys.ok()) return release({*keys});
  outputs_.push_back(
      {ValidatorOutput::Failed{failure(FailureCode::StorageCorrupt, keys.error().message())}});
}

void Validator::on(const ValidatorEvent::MakeGenesis& make) {
  auto genesis = make_genesis(make.spec);
  if (genesis.ok()) {
    outputs_.push_back({ValidatorOutput::Genesis{to_json_text(*genesis)}});
  } else {
    outputs_.push_back(
        {ValidatorOutput::Failed{failure(FailureCode::InvalidInput, genesis.error().message())}});
  }
}

Status Validator::open(const std::string& genesis_json) {
  GenesisConfig genesis = MICA_TRY(parse_genesis(genesis_json));
  NetworkDescription network = MICA_TRY(describe(genesis));
  SecretKey key = MICA_TRY(stored_key(hot_, 0));
  auto stored = Worker::stored_network(hot_);
  if (stored && stored->genesis_config_hash != network.genesis_config_hash) {
    return Error{ErrorCode::kRefused, "this store belongs to another genesis"};
  }
  if (!stored && !commit(MICA_TRY(Worker::genesis_batch(genesis)))) {
    return Error{ErrorCode::kRefused, stopped_};
  }
  WorkerConfig config;
  config.sign = validator_signer(std::move(key));
  config.block_time_grace_period = kGracePeriod;
  config.applications = applications_;
  config.historical_hash = historical_hash_;
  worker_.emplace(hot_, cold_, std::move(config), network);
  release({ValidatorOutput::Opened{network}});
  return Ok{};
}

void Validator::on(const ValidatorEvent::Open& event) {
  Status opened = open(event.genesis_json);
  if (opened.ok()) return;
  outputs_.push_back(
      {ValidatorOutput::Failed{failure(FailureCode::InvalidInput, opened.error().message())}});
}

void Validator::refuse(uint64_t request_id, GrpcCode code, std::string message) {
  outputs_.push_back(
      {ValidatorOutput::Respond{request_id, static_cast<uint32_t>(code), std::move(message), {}}});
}

void Validator::on(const ValidatorEvent::Request& event) {
  if (!stopped_.empty()) return refuse(event.request_id, GrpcCode::kUnavailable, stopped_);
  if (!worker_) return refuse(event.request_id, GrpcCode::kUnavailable, "not open yet");
  auto request = decode_request(event.method, event.body);
  if (!request.ok()) {
    bool unknown = request.error().code == ErrorCode::kUnsupported;
    return refuse(event.request_id, unknown ? GrpcCode::kUnimplemented : GrpcCode::kInvalidArgument,
                  request.error().message());
  }
  if (joins(event.request_id, *request)) return;
  run(std::make_shared<Call>(Call{*std::move(request), {event.request_id}, {}}));
}

const ChainId& Validator::Call::chain() const {
  return std::get<NodeRequest::HandleBlockProposal>(request.kind).proposal.content.block.chain_id;
}

// A proposal that is sent again while it waits is answered with the first; its hosts are not asked
// twice.
bool Validator::joins(uint64_t request_id, const NodeRequest& request) {
  for (const SharedCall& waiting : asking_) {
    if (waiting->request != request) continue;
    waiting->ids.push_back(request_id);
    return true;
  }
  return false;
}

void Validator::run(const SharedCall& call) {
  if (!stopped_.empty()) return refuse(call, GrpcCode::kUnavailable, stopped_);
  WorkerAnswer answer = worker_->handle(now_, call->request, &call->answers);
  if (!answer.unloaded.empty()) {
    return gate_.load(answer.unloaded, [this, call](bool loaded) {
      if (loaded) return run(call);
      refuse(call, GrpcCode::kInternal, "a stored record cannot be read");
    });
  }
  if (answer.retry_at) {
    return gate_.wake_at(*answer.retry_at, [this, call] { run(call); });
  }
  if (!answer.batch.empty() && !commit(answer.batch)) {
    return refuse(call, GrpcCode::kUnavailable, stopped_);
  }
  const HttpQuestion* question = question_of(answer.wanted, call->answers);
  question ? ask(call, *question) : respond(call, answer.response);
  announce(answer.notifications);
}

void Validator::ask(const SharedCall& call, const HttpQuestion& question) {
  if (asking_.insert(call).second) {
    const auto of_chain = std::count_if(asking_.begin(), asking_.end(), [&](const auto& waiting) {
      return waiting->chain() == call->chain();
    });
    if (asking_.size() > limits::kWaitingProposals ||
        static_cast<size_t>(of_chain) > limits::kWaitingProposalsOfChain) {
      return refuse(call, GrpcCode::kUnavailable, "too many proposals wait for answers of hosts");
    }
  }
  questions_.ask(question, call->answers.size(), [this, call, question](HttpAnswer answer) {
    call->answers.add(question, std::move(answer));
    run(call);
  });
}

void Validator::respond(const SharedCall& call, const NodeResponse& response) {
  asking_.erase(call);
  const RpcAnswer answer = encode_response(call->request, response);
  for (const uint64_t id : call->ids) {
    release({ValidatorOutput::Respond{id, answer.status.code, answer.status.message, answer.body}});
  }
}

void Validator::refuse(const SharedCall& call, GrpcCode code, const std::string& message) {
  asking_.erase(call);
  for (const uint64_t id : call->ids) refuse(id, code, message);
}

void Validator::announce(const std::vector<Notification>& notifications) {
  for (const Notification& news : notifications) {
    Bytes frame = encode_notification(news);
    for (const auto& [stream_id, chains] : streams_) {
      if (chains.contains(news.chain_id)) {
        release({ValidatorOutput::StreamData{stream_id, frame}});
      }
    }
  }
}

void Validator::on(const ValidatorEvent::OpenStream& open) {
  auto end = [&](GrpcCode code, std::string message) {
    outputs_.push_back({ValidatorOutput::StreamEnd{open.stream_id, static_cast<uint32_t>(code),
                                                   std::move(message)}});
  };
  if (!worker_ || !stopped_.empty()) return end(GrpcCode::kUnavailable, "not open");
  if (open.method != "Subscribe") return end(GrpcCode::kUnimplemented, open.method);
  auto chains = decode_subscribe(open.body);
  if (!chains.ok()) return end(GrpcCode::kInvalidArgument, chains.error().message());
  streams_[open.stream_id] = {chains->begin(), chains->end()};
  outputs_.push_back({ValidatorOutput::StreamData{open.stream_id, subscription_acknowledged()}});
}

bool Validator::commit(const Batch& batch) {
  const Status done = gate_.commit(batch);
  if (!done.ok()) stop("the store refused a commit: " + done.error().message());
  return done.ok();
}

// Of what was held when the store failed, requests are answered with that.
void Validator::release(ValidatorOutput output) {
  Gate::Say say = [this, output = std::move(output)](bool durable) mutable {
    if (durable) return outputs_.push_back(std::move(output));
    const auto* respond = std::get_if<ValidatorOutput::Respond>(&output.kind);
    if (respond) refuse(respond->request_id, GrpcCode::kUnavailable, stopped_);
  };
  gate_.hold(std::move(say));
}

void Validator::stop(std::string reason) {
  stopped_ = std::move(reason);
  outputs_.push_back({ValidatorOutput::Log{"stopped: " + stopped_}});
  gate_.fail();
}

void Validator::on(const ValidatorEvent::FlushFailed& failed) {
  stop("a commit could not be made durable: " + failed.failure.message);
}

}  // namespace mica::app
