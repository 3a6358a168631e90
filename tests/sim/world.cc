#include "tests/sim/world.h"

#include "core/bcs/json.h"
#include "core/crypto/ed25519.h"
#include "core/rpc/node_rpc.h"
#include "tests/sim/lies.h"

namespace mica::sim {

static constexpr uint64_t kHost_us = 50'000;  // how long a host outside takes

SecretKey sim_secret(uint8_t name) {
  ByteArray<32> bytes;
  bytes.fill(name);
  return SecretKey(bytes);
}

static Ed25519PublicKey sim_key(uint8_t name) { return {ed25519_public_key(sim_secret(name))}; }
AccountOwner sim_owner(uint8_t name) { return owner_of(sim_key(name)); }

uint64_t World::random(uint64_t limit) {
  random_ += 0x9e3779b97f4a7c15;
  uint64_t z = random_;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return (z ^ (z >> 31)) % limit;
}

World::World(WorldOptions options) : options_(std::move(options)), random_(options_.seed) {
  validators_.resize(validators());
  genesis_.timestamp = {now_us_ - 1'000'000};
  genesis_.network_name = "sim";
  if (options_.prices == PricePreset::Testnet) {
    genesis_.committee.policy = ResourceControlPolicy::testnet();
  }
  genesis_.committee.policy.http_request_allow_list = options_.flags;
  if (options_.max_block_size != UINT64_MAX) {
    genesis_.committee.policy.maximum_block_size = options_.max_block_size;
  }
  for (size_t i = 0; i < validators(); ++i) make_validator(i, i);
  genesis_.committee.validators = committee_of({0, 1, 2, 3}).validators;
  committees_[{}] = {genesis_.committee};
  auto chains = options_.chains;
  if (chains.empty()) {
    chains = {ChainOwnership::single(sim_owner(101)), ChainOwnership::single(sim_owner(102))};
  }
  for (uint32_t i = 0; i < chains.size(); ++i) {
    ChainDescription chain;
    chain.origin = {ChainOrigin::Root{i}};
    chain.timestamp = genesis_.timestamp;
    chain.config.ownership = chains[i];
    chain.config.balance = Amount::from_tokens(options_.tokens);
    genesis_.chains.push_back(std::move(chain));
  }
  genesis_json_ = to_json_text(genesis_);
  for (size_t i = 0; i < validators(); ++i) start_validator(i);
}

Committee World::committee_of(const std::vector<size_t>& validators) const {
  Committee committee = genesis_.committee;
  committee.policy.http_request_allow_list = options_.flags;
  committee.validators.clear();
  for (size_t index : validators) committee.validators.insert(members_.at(index));
  return committee;
}

void World::make_validator(size_t index, size_t key) {
  ValidatorHost& host = validators_[index];
  host.key = key;
  host.store = std::make_unique<ForgetfulStore>();
  host.validator = std::make_unique<Validator>(*host.store, *host.store, options_.applications,
                                               options_.historical_hash);
  Bytes entropy(64, static_cast<uint8_t>(key + 1));
  host.validator->handle(ValidatorInput{now(), {ValidatorEvent::Create{entropy}}});
  while (auto output = host.validator->next()) {
    if (auto* created = std::get_if<ValidatorOutput::Created>(&output->kind)) {
      members_[key] = {created->public_key,
                       {"grpc:sim:" + std::to_string(key + 1), 100, created->account_public_key}};
    } else if (auto* flush = std::get_if<ValidatorOutput::Flush>(&output->kind)) {
      host.store->flushed(flush->commit_id);
      host.validator->handle(ValidatorInput{now(), {ValidatorEvent::Flushed{flush->commit_id}}});
    }
  }
}

// --- lives --------------------------------------------------------------------------------------

void World::start_validator(size_t index) {
  ValidatorHost& host = validators_[index];
  ++host.life;
  host.asked.clear();
  host.streams.clear();
  host.validator = std::make_unique<Validator>(*host.store, *host.store, options_.applications,
                                               options_.historical_hash);
  feed_validator(index, {ValidatorEvent::Open{genesis_json_}});
}

void World::start_client(size_t index) {
  ClientHost& host = clients_[index];
  ++host.life;
  host.streams.clear();
  host.drafts.clear();
  host.looked_at.clear();
  host.client = std::make_unique<Client>(*host.store, *host.store, options_.applications);
  const uint64_t id = ++last_id_;
  feed(index, {ClientEvent::Command{
                  id, {ClientCommand::OpenNetwork{genesis_json_, options_.seed + index}}}});
}

size_t World::add_client(uint8_t signer) {
  ClientHost& host = clients_.emplace_back();
  host.signer = signer;
  host.store = std::make_unique<ForgetfulStore>();
  start_client(clients_.size() - 1);
  return clients_.size() - 1;
}

void World::crash_client(size_t client, size_t keep_commits, bool engine_only) {
  if (!engine_only) clients_[client].vault = {};
  stop_client(client, keep_commits);
  start_client(client);
}

void World::lose_store(size_t client) {
  stop_client(client, 0);
  clients_[client].store = std::make_unique<ForgetfulStore>();
  ++clients_[client].stores_lost;
  start_client(client);
}

void World::stop_client(size_t client, size_t keep_commits) {
  ClientHost& host = clients_[client];
  host.to_sign.clear();
  const size_t lost = host.store->unflushed() - std::min(keep_commits, host.store->unflushed());
  lost_commits_ += lost;
  crashes_that_lost_ += lost > 0;
  host.client.reset();
  host.store->crash(keep_commits);
  host.store->trim();
  host.chains.clear();
  const bool unsent = random(2) == 0;  // what is on the wire goes with its sender, or arrives
  for (auto& validator : validators_) {
    std::erase_if(validator.streams, [&](const auto& s) { return s.second.first == client; });
    if (!unsent) continue;
    std::erase_if(validator.asked, [&](const auto& a) { return a.second.client == client; });
  }
}

void World::crash_validator(size_t validator, size_t keep_commits) {
  ValidatorHost& host = validators_[validator];
  const size_t lost = host.store->unflushed() - std::min(keep_commits, host.store->unflushed());
  lost_commits_ += lost;
  crashes_that_lost_ += lost > 0;
  host.validator.reset();
  host.store->crash(keep_commits);
  host.store->trim();
  for (const auto& [stream, client] : host.streams) {
    later(client.first, delay(), {ClientEvent::StreamClosed{client.second, "cut"}});
  }
  start_validator(validator);
}

void World::drop_streams(size_t client) {
  for (auto& validator : validators_) {
    std::erase_if(validator.streams, [&](const auto& s) { return s.second.first == client; });
  }
  for (const auto& [stream, validator] : clients_[client].streams) {
    later(client, delay(), {ClientEvent::StreamClosed{stream, "dropped"}});
  }
  clients_[client].streams.clear();
}

void World::calm(bool all_honest) {
  options_.loss_permille = options_.duplicate_permille = 0;
  cut_.clear();
  for (ValidatorHost& host : validators_) {
    if (all_honest) host.is = Behaviour::kHonest;
  }
}

void World::partition(size_t client, size_t validator, bool cut) {
  if (!cut) {
    cut_.erase({client, validator});
    return;
  }
  cut_.insert({client, validator});
  auto& streams = clients_[client].streams;
  for (auto it = streams.begin(); it != streams.end();) {
    if (it->second == validator) {
      later(client, delay(), {ClientEvent::StreamClosed{it->first, "partition"}});
      it = streams.erase(it);
    } else {
      ++it;
    }
  }
  std::erase_if(validators_[route(client, validator)].streams,
                [&](const auto& s) { return s.second.first == client; });
}

void World::behave(size_t validator, Behaviour behaviour) {
  validators_[validator].is = behaviour;
  if (behaviour != Behaviour::kEquivocates || validators_.size() > validators()) return;
  validators_.resize(validators() + 1);
  make_validator(validators(), validator);
  start_validator(validators());
}

size_t World::route(size_t client, size_t validator) const {
  const bool other = validators_[validator].is == Behaviour::kEquivocates && client % 2 == 1;
  return other ? validators() : validator;
}

Worker World::look(ForgetfulStore& store) {
  return Worker(store, store, WorkerConfig{}, describe(genesis_).value());
}

std::optional<ConfirmedBlockCertificate> World::certificate(size_t validator,
                                                            const CryptoHash& hash) {
  const Worker worker = look(validator);
  for (;;) {
    auto found = worker.certificate(hash);
    if (found.unloaded.empty()) return found.value;
    ForgetfulStore& store = *validators_[validator].store;
    for (const ColdKey& key : found.unloaded) store.segment_loaded(store.request(key));
  }
}

std::optional<ChainInfo> World::chain_info(size_t validator, const ChainId& chain) {
  const NodeRequest request{NodeRequest::HandleChainInfoQuery{{.chain_id = chain}}};
  const NodeResponse response = look(validator).handle(now(), request).response;
  const auto* info = std::get_if<NodeResponse::Info>(&response.kind);
  return info ? std::optional(info->response.info) : std::nullopt;
}

bool World::counts_ahead(size_t client, size_t validator, const ChainId& chain) {
  const auto log = chain_info(validator, chain);
  for (const auto& [key, seen] : look_client(client).read(chain).received_log_trackers()) {
    if (key == members_.at(validator).first && log) return seen > log->count_received_log;
  }
  return false;
}

// --- time ---------------------------------------------------------------------------------------

void World::run_for(uint64_t us) {
  const uint64_t end = now_us_ + us;
  while (!events_.empty() && events_.begin()->first.first <= end) {
    auto then = std::move(events_.begin()->second);
    now_us_ = std::max(now_us_, events_.begin()->first.first);
    events_.erase(events_.begin());
    then();
  }
  now_us_ = end;
}

bool World::run_until(const std::function<bool()>& done, uint64_t limit_us) {
  const uint64_t end = now_us_ + limit_us;
  while (!done()) {
    if (events_.empty() || events_.begin()->first.first > end) return false;
    auto then = std::move(events_.begin()->second);
    now_us_ = std::max(now_us_, events_.begin()->first.first);
    events_.erase(events_.begin());
    then();
  }
  return true;
}

// --- clients ------------------------------------------------------------------------------------

uint64_t World::command(size_t client, ClientCommand command) {
  const uint64_t id = ++last_id_;
  if (const auto* commit = std::get_if<ClientCommand::CommitDraft>(&command.kind)) {
    const auto draft = clients_[client].drafts.find(commit->draft_id);
    if (draft != clients_[client].drafts.end()) approve(client, draft->second);
  }
  feed(client, {ClientEvent::Command{id, std::move(command)}});
  return id;
}

void World::input(size_t client, ClientEvent event) { feed(client, std::move(event)); }

void World::feed(size_t client, ClientEvent event) {
  ClientHost& host = clients_[client];
  host.client->handle(
      ClientInput{{now_us_ + static_cast<uint64_t>(host.skew_us)}, std::move(event)});
  while (auto output = clients_[client].client->next()) on(client, *std::move(output));
}

void World::later(size_t client, uint64_t us, ClientEvent event) {
  at(us, [this, client, life = clients_[client].life, event = std::move(event)] {
    if (clients_[client].life == life) feed(client, event);
  });
}

std::pair<size_t, std::string> World::place(const std::string& url) {
  const size_t slash = url.rfind('/');
  const size_t colon = url.find(':', 6);
  return {static_cast<size_t>(url[colon + 1] - '1'), url.substr(slash + 1)};
}

template <class Event, class Request>
Event World::ask_host(const Request& request, Asker asker) {
  asker.url = request.url;
  host_questions_.push_back(asker);
  const HttpAnswer answer =
      hosts_ ? hosts_(asker) : NoAnswer{NoAnswerKind::Asked, "there is no such host"};
  if (const auto* response = std::get_if<Response>(&answer)) {
    return {typename Event::HttpResponse{request.request_id, *response}};
  }
  const auto& none = std::get<NoAnswer>(answer);
  return {typename Event::HttpFailed{request.request_id, none.why, none.reason}};
}

void World::on(size_t client, ClientOutput output) {
  ClientHost& host = clients_[client];
  using O = ClientOutput;
  if (auto* send_it = std::get_if<O::Send>(&output.kind)) return send(client, *send_it);
  if (auto* sign_it = std::get_if<O::Sign>(&output.kind)) return sign(client, *sign_it);
  if (auto* ask = std::get_if<O::HttpRequest>(&output.kind)) {
    return later(client, kHost_us, ask_host<ClientEvent>(*ask, {.client = client}));
  }
  if (auto* flush = std::get_if<O::Flush>(&output.kind)) {
    at(options_.flush_us, [this, client, life = host.life, id = flush->commit_id] {
      if (clients_[client].life != life) return;
      if (const auto why = clients_[client].broken) {
        const Failure failure{*why, "the disk did not take it", MoneyState::Unknown};
        return feed(client, {ClientEvent::FlushFailed{id, failure}});
      }
      clients_[client].store->flushed(id);
      feed(client, {ClientEvent::Flushed{id}});
    });
  } else if (auto* load = std::get_if<O::Load>(&output.kind)) {
    host.store->segment_loaded(load->file);
    later(client, 100, {ClientEvent::Loaded{load->file, true}});
  } else if (auto* wake = std::get_if<O::WakeAt>(&output.kind)) {
    const uint64_t local = now_us_ + static_cast<uint64_t>(host.skew_us);
    later(client, wake->time.micros > local ? wake->time.micros - local : 0, {ClientEvent::Tick{}});
  } else if (auto* open = std::get_if<O::OpenStream>(&output.kind)) {
    const auto [validator, method] = place(open->url);
    const Behaviour is = validators_[validator].is;
    if (is == Behaviour::kDown || cut_.contains({client, validator})) {
      return later(client, delay(), {ClientEvent::StreamClosed{open->stream_id, "refused"}});
    }
    host.streams[open->stream_id] = validator;
    const uint64_t id = ++last_id_;
    const size_t to = route(client, validator);
    validators_[to].streams[id] = {client, open->stream_id};
    later_validator(to, delay(), {ValidatorEvent::OpenStream{id, method, open->body}});
  } else if (auto* close = std::get_if<O::CloseStream>(&output.kind)) {
    for (auto& validator : validators_) {
      std::erase_if(validator.streams,
                    [&](const auto& s) { return s.second == std::pair(client, close->stream_id); });
    }
    host.streams.erase(close->stream_id);
  } else if (auto* done = std::get_if<O::Done>(&output.kind)) {
    if (auto* committed = std::get_if<ClientResult::Committed>(&done->result.kind)) {
      watch_certificate(committed->certificate);
    }
    if (auto* draft = std::get_if<ClientResult::Draft>(&done->result.kind)) {
      on_draft(client, done->command_id, *draft);
    }
    clients_[client].done[done->command_id] = std::move(done->result);
  } else if (auto* failed = std::get_if<O::Failed>(&output.kind)) {
    log.push_back("client " + std::to_string(client) + " failed: " + failed->failure.message);
    host.failed[failed->command_id] = std::move(failed->failure);
  } else if (auto* changed = std::get_if<O::ChainChanged>(&output.kind)) {
    host.chains[changed->chain.chain_id] = std::move(changed->chain);
  } else if (auto* block = std::get_if<O::BlockChanged>(&output.kind)) {
    host.blocks[{block->chain_id, block->height.height}] = block->state;
  } else if (auto* changed_draft = std::get_if<O::DraftChanged>(&output.kind)) {
    ++host.draft_changes;
    host.drafts[changed_draft->draft_id] = changed_draft->effects.block;
  } else if (auto* text = std::get_if<O::Log>(&output.kind)) {
    log.push_back("client " + std::to_string(client) + ": " + text->text);
  }
}

void World::send(size_t client, const ClientOutput::Send& send) {
  const auto [validator, method] = place(send.url);
  watch(client, send, method);
  ++validators_[validator].requests;
  const Behaviour is = validators_[validator].is;
  if (is == Behaviour::kDown) {
    return later(client, delay(), {ClientEvent::SendFailed{send.request_id, "refused"}});
  }
  later(client, uint64_t{send.timeout_ms} * 1000,
        {ClientEvent::SendFailed{send.request_id, "timeout"}});
  if (is == Behaviour::kHung || cut_.contains({client, validator})) return;
  const size_t to = route(client, validator);
  const size_t copies = random(1000) < options_.duplicate_permille ? 2 : 1;
  for (size_t i = 0; i < copies; ++i) {
    if (lost()) continue;
    const uint64_t id = ++last_id_;
    validators_[to].asked[id] = {client, clients_[client].life, send.request_id, method, send.body};
    at(delay(), [this, to, id, life = validators_[to].life,
                 request = ValidatorEvent::Request{id, method, send.body}] {
      // Unless either of them died before.
      if (validators_[to].life != life || !validators_[to].asked.contains(id)) return;
      feed_validator(to, {request});
    });
  }
}

// --- signatures and answers ---------------------------------------------------------------------

void World::hold_signatures(size_t client, bool hold) {
  clients_[client].holds = hold;
  if (hold) return;
  for (const ClientOutput::Sign& held : std::exchange(clients_[client].to_sign, {})) {
    sign(client, held);
  }
}

std::optional<Round> World::round_to_sign(size_t client) const {
  const auto& waiting = clients_[client].to_sign;
  if (waiting.empty()) return std::nullopt;
  return decode<ProposalContent>(waiting.front().content).value().round;
}

void World::sign(size_t client, const ClientOutput::Sign& sign) {
  ClientHost& host = clients_[client];
  if (host.holds) return host.to_sign.push_back(sign);
  const auto refuse = [&](FailureCode code) {
    later(client, 500,
          {ClientEvent::SignFailed{sign.sign_id, {code, "refused", MoneyState::Untouched}}});
  };
  if (host.refuses || sign.owner != sim_owner(host.signer)) {
    return refuse(FailureCode::SignerRefused);
  }
  auto content = decode<ProposalContent>(sign.content);
  if (!content.ok()) {
    offences_.push_back("content to sign that does not decode");
    return;
  }
  const GuardAnswer answer = host.vault.admit({}, *content, SigningPolicy::ReceiveSilently);
  if (answer == GuardAnswer::kNotApproved) {
    notify_person(client, content->block.chain_id);
    return refuse(FailureCode::SignerRefused);
  }
  if (answer == GuardAnswer::kFastRoundTaken) return refuse(FailureCode::FastRoundTaken);
  watch_signature(host, content->block);
  ++signed_;
  const auto signature = ed25519_sign(sim_secret(host.signer), hash_of(*content).bytes);
  later(client, 500,
        {ClientEvent::Signed{sign.sign_id,
                             {AccountSignature::Ed25519{{signature}, sim_key(host.signer)}}}});
}

const ClientResult* World::done(size_t client, uint64_t id) const {
  auto found = clients_[client].done.find(id);
  return found == clients_[client].done.end() ? nullptr : &found->second;
}
const Failure* World::failed(size_t client, uint64_t id) const {
  auto found = clients_[client].failed.find(id);
  return found == clients_[client].failed.end() ? nullptr : &found->second;
}
const ChainSummary* World::summary(size_t client, const ChainId& chain) const {
  auto found = clients_[client].chains.find(chain);
  return found == clients_[client].chains.end() ? nullptr : &found->second;
}
std::optional<BlockState> World::block_state(size_t client, const ChainId& chain,
                                             uint64_t height) const {
  auto found = clients_[client].blocks.find({chain, height});
  if (found == clients_[client].blocks.end()) return std::nullopt;
  return found->second;
}

// --- validators ---------------------------------------------------------------------------------

void World::feed_validator(size_t validator, ValidatorEvent event) {
  validators_[validator].validator->handle(ValidatorInput{now(), std::move(event)});
  while (auto output = validators_[validator].validator->next()) {
    on_validator(validator, *std::move(output));
  }
}

void World::later_validator(size_t validator, uint64_t us, ValidatorEvent event) {
  at(us, [this, validator, life = validators_[validator].life, event = std::move(event)] {
    if (validators_[validator].life == life) feed_validator(validator, event);
  });
}

// The vote's signature, or that of the whole answer.
void World::forge_vote(const Asked& asked, Bytes& body) {
  auto request = decode_request(asked.method, asked.body);
  auto response = request.ok() ? decode_response(*request, 200, std::nullopt, "", body)
                               : NodeResult<NodeResponse>(NodeResponse{});
  auto* info = response.ok() ? std::get_if<NodeResponse::Info>(&response->kind) : nullptr;
  if (info && info->response.info.manager.pending) {
    info->response.info.manager.pending->signature.bytes[10] ^= 1;
    body = encode_response(*request, *response).body;
  } else if (body.size() > 80) {
    body[body.size() - 60] ^= 1;
  }
}

void World::respond(size_t validator, ValidatorOutput::Respond respond) {
  ValidatorHost& host = validators_[validator];
  auto node = host.asked.extract(respond.request_id);
  if (node.empty()) return;
  const Asked asked = std::move(node.mapped());
  if (respond.grpc_status == 0) watch_votes(host, asked, respond.body);
  if (lost() || cut_.contains({asked.client, host.key})) return;
  if (clients_[asked.client].life != asked.life) return;
  ClientEvent::Reply reply{asked.request_id, 200, std::nullopt, respond.grpc_message,
                           std::move(respond.body)};
  if (respond.grpc_status != 0) reply.grpc_status = respond.grpc_status;
  const bool query = asked.method == "HandleChainInfoQuery";
  if (host.is == Behaviour::kWithholds && !query) return;
  if (keeps_silent(host.is, asked.method, asked.body)) return;
  if (host.is == Behaviour::kStale && query && respond.grpc_status == 0) {
    const auto first = host.first_answers.try_emplace({asked.client, asked.body}, reply.body);
    reply.body = first.first->second;
  }
  if (host.is == Behaviour::kTruncated) reply.body.resize(reply.body.size() / 2);
  if (host.is == Behaviour::kGarbage) {
    for (uint8_t& byte : reply.body) byte = static_cast<uint8_t>(random(256));
  }
  if (host.is == Behaviour::kForgedVotes) forge_vote(asked, reply.body);
  if (respond.grpc_status == 0)
    lies_ += tell_lie(host.is, host.key, asked.method, asked.body, reply.body);
  later(asked.client, delay(), {std::move(reply)});
}

void World::tell(size_t client, size_t validator, const Notification& news) {
  for (const auto& [id, stream] : validators_[validator].streams) {
    if (stream.first != client) continue;
    later(client, delay(), {ClientEvent::StreamData{stream.second, encode_notification(news)}});
  }
}

void World::on_validator(size_t validator, ValidatorOutput output) {
  ValidatorHost& host = validators_[validator];
  using O = ValidatorOutput;
  if (auto* answer = std::get_if<O::Respond>(&output.kind)) {
    respond(validator, std::move(*answer));
  } else if (auto* data = std::get_if<O::StreamData>(&output.kind)) {
    auto stream = host.streams.find(data->stream_id);
    if (stream == host.streams.end() || host.is == Behaviour::kWithholds) return;
    const bool more = !host.acknowledged.insert(data->stream_id).second;
    const bool kept_back = host.is == Behaviour::kTellsNothing && more;
    lies_ += kept_back;
    if (kept_back) return;
    // In order: a fixed time, not a random one.
    later(stream->second.first, options_.latency_us,
          {ClientEvent::StreamData{stream->second.second, std::move(data->bytes)}});
  } else if (auto* flush = std::get_if<O::Flush>(&output.kind)) {
    at(options_.flush_us, [this, validator, life = host.life, id = flush->commit_id] {
      if (validators_[validator].life != life) return;
      validators_[validator].store->flushed(id);
      feed_validator(validator, {ValidatorEvent::Flushed{id}});
    });
  } else if (auto* load = std::get_if<O::Load>(&output.kind)) {
    host.store->segment_loaded(load->file);
    later_validator(validator, 100, {ValidatorEvent::Loaded{load->file, true}});
  } else if (auto* wake = std::get_if<O::WakeAt>(&output.kind)) {
    later_validator(validator, wake->time.micros > now_us_ ? wake->time.micros - now_us_ : 0,
                    {ValidatorEvent::Tick{}});
  } else if (auto* ask = std::get_if<O::HttpRequest>(&output.kind)) {
    later_validator(validator, kHost_us, ask_host<ValidatorEvent>(*ask, {.validator = validator}));
  } else if (auto* failed = std::get_if<O::Failed>(&output.kind)) {
    offences_.push_back("validator: " + failed->failure.message);
  } else if (auto* text = std::get_if<O::Log>(&output.kind)) {
    log.push_back("validator " + std::to_string(validator) + ": " + text->text);
  }
}

}  // namespace mica::sim
