#include "core/app/validator.h"

#include <algorithm>
#include <functional>

#include "core/app/genesis.h"
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
  std::visit([this](const auto& event) { on(event); }, input.event.kind);
  if (std::none_of(waiting_.begin(), waiting_.end(), std::mem_fn(&Waiting::loads))) cold_.trim();
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
  run({event.request_id, std::move(*request), std::nullopt, {}});
}

void Validator::run(Waiting work) {
  WorkerAnswer answer = worker_->handle(now_, work.request);
  if (!answer.wanted.empty()) {
    for (const ColdKey& key : answer.wanted) {
      std::string file = cold_.request(key);
      if (!file.empty() && work.files.insert(file).second) {
        outputs_.push_back({ValidatorOutput::Load{file}});
      }
    }
    MICA_CHECK(!work.files.empty());
    waiting_.push_back(std::move(work));
    return;
  }
  if (answer.retry_at) {
    work.not_before = answer.retry_at;
    waiting_.push_back(std::move(work));
    return wake();
  }
  if (!answer.batch.empty() && !commit(answer.batch)) {
    return refuse(work.request_id, GrpcCode::kUnavailable, stopped_);
  }
  respond(work.request_id, work.request, answer.response);
  announce(answer.notifications);
}

void Validator::respond(uint64_t request_id, const NodeRequest& asked,
                        const NodeResponse& response) {
  RpcAnswer answer = encode_response(asked, response);
  release({ValidatorOutput::Respond{request_id, answer.status.code,
                                    std::move(answer.status.message), std::move(answer.body)}});
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
  auto id = hot_.apply(batch);
  if (!id.ok()) {
    stop("the store refused a commit: " + id.error().message());
    return false;
  }
  last_commit_ = *id;
  outputs_.push_back({ValidatorOutput::Flush{*id}});
  return true;
}

void Validator::release(ValidatorOutput output) {
  if (flushed_ >= last_commit_) {
    outputs_.push_back(std::move(output));
  } else {
    held_.push_back({last_commit_, std::move(output)});
  }
}

void Validator::on(const ValidatorEvent::Flushed& flushed) {
  flushed_ = std::max(flushed_, flushed.commit_id);
  while (!held_.empty() && held_.front().commit <= flushed_) {
    outputs_.push_back(std::move(held_.front().output));
    held_.pop_front();
  }
}

void Validator::stop(std::string reason) {
  stopped_ = std::move(reason);
  outputs_.push_back({ValidatorOutput::Log{"stopped: " + stopped_}});
  for (const Held& held : held_) {
    auto* respond = std::get_if<ValidatorOutput::Respond>(&held.output.kind);
    if (respond) refuse(respond->request_id, GrpcCode::kUnavailable, stopped_);
  }
  held_.clear();
}

void Validator::on(const ValidatorEvent::FlushFailed& failed) {
  stop("a commit could not be made durable: " + failed.failure.message);
}

void Validator::on(const ValidatorEvent::Loaded& loaded) {
  std::vector<Waiting> ready;
  std::erase_if(waiting_, [&](Waiting& work) {
    if (work.files.erase(loaded.file) == 0 || work.loads()) return false;
    ready.push_back(std::move(work));
    return true;
  });
  for (Waiting& work : ready) run(std::move(work));
}

void Validator::on(const ValidatorEvent::Tick&) {
  std::vector<Waiting> ready;
  std::erase_if(waiting_, [&](Waiting& work) {
    if (!work.not_before || *work.not_before > now_) return false;
    work.not_before.reset();
    ready.push_back(std::move(work));
    return true;
  });
  for (Waiting& work : ready) run(std::move(work));
  wake();
}

void Validator::wake() {
  std::optional<Timestamp> first;
  for (const Waiting& work : waiting_) {
    if (work.not_before && (!first || *work.not_before < *first)) first = work.not_before;
  }
  if (first) outputs_.push_back({ValidatorOutput::WakeAt{*first}});
}

}  // namespace mica::app
