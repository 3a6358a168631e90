// The Client's doors and its network. Commands about chains: client_commands.cc
#include "core/app/client.h"

#include "core/app/genesis.h"

namespace mica::app {

Client::Client(HotStore& hot, ColdStore& cold, Applications* applications)
    : outside_(hot, cold),
      applications_(applications),
      news_(outside_, {[this](const ValidatorPublicKey& validator,
                              const Notification& notification) { heard(validator, notification); },
                       [this](const ValidatorPublicKey& validator,
                              const std::set<ChainId>& chains) { listening(validator, chains); }}),
      publishers_(outside_) {}

void Client::handle(ByteSpan input) {
  auto decoded = decode<ClientInput>(input);
  if (decoded.ok()) return handle(*decoded);
  outside_.log("input: " + decoded.error().message());
}

void Client::handle(const ClientInput& input) {
  outside_.begin(input.now);
  outside_.tick();
  std::visit([this](const auto& event) { on(event); }, input.event.kind);
  settle();
}

std::optional<Bytes> Client::poll() {
  auto output = next();
  if (!output) return std::nullopt;
  return encode(*output);
}

// Until nothing is left to do now; then one commit for all of it. What a handle costs does not grow
// with the chains in which nothing changed.
void Client::settle() {
  do {
    if (std::exchange(follow_due_, false)) follow();
    bool epochs_changed = false;
    do {
      for (const Notification& notification : outside_.take_notices()) {
        const auto& reason = notification.reason.kind;
        const bool news = std::holds_alternative<Reason::NewBlock>(reason) ||
                          std::holds_alternative<Reason::NewEvents>(reason);
        epochs_changed |= news && notification.chain_id == outside_.admin_chain();
        notice(notification);
      }
    } while (run_what_waits());
    if (epochs_changed) {
      for (auto& [id, chain] : chains_) chain->look_again();
    }
    settle_changed();
    if (std::exchange(publishers_due_, false) && follow_publishers()) follow();
    if (epochs_changed || epochs_.take_changed()) refresh_committees([this] { follow(); });
  } while (run_what_waits() || follow_due_);
  if (network_) news_.settle();
  outside_.settle();
}

bool Client::run_what_waits() {
  const bool posted = outside_.run_posted();
  return outside_.turns().go() || posted;
}

void Client::settle_changed() {
  for (const ChainId& id : outside_.take_changed()) {
    const auto found = chains_.find(id);
    if (found == chains_.end()) continue;
    ClientChain& chain = *found->second;
    const std::optional<Epoch> epoch = chain.epoch();
    const Publishers publishers = chain.publishers();
    chain.settle();
    epochs_.moved(epoch, chain.epoch());
    publishers_due_ |= chain.publishers() != publishers;
  }
}

void Client::notice(const Notification& notification) {
  auto found = chains_.find(notification.chain_id);
  if (found != chains_.end()) found->second->noticed(notification.reason);
  if (!std::holds_alternative<Reason::NewEvents>(notification.reason.kind)) return;
  for (auto& [id, chain] : chains_) {
    if (chain->publishers().contains(notification.chain_id)) chain->look_again();
  }
}

void Client::on(const E::Command& command) {
  const bool opening = std::holds_alternative<C::OpenNetwork>(command.command.kind);
  if (!opening && !network_) {
    return fail(command.command_id, FailureCode::Busy, "no network was opened yet");
  }
  std::visit([&](const auto& kind) { run(command.command_id, kind); }, command.command.kind);
}

void Client::on(const E::StreamData& data) {
  if (network_) news_.data(data);
}
void Client::on(const E::StreamClosed& closed) {
  if (network_) news_.closed(closed);
}

void Client::on(const E::FlushFailed& failed) {
  const std::set<ChainId> withheld = outside_.flush_failed(failed.failure);
  for (auto& [id, chain] : chains_)
    chain->blocks().storage_failed(failed.failure, withheld.contains(id));
}

void Client::on(const E::Online&) {
  if (!network_) return;
  news_.retry_now();
  publishers_.retry_now();
  for (auto& [id, chain] : chains_) chain->retry_now();
}

void Client::fail(uint64_t id, FailureCode code, std::string message, MoneyState money) {
  outside_.emit({ClientOutput::Failed{id, {code, std::move(message), money}}});
}

// --- the network --------------------------------------------------------------------------------

void Client::run(uint64_t id, const C::OpenNetwork& command) {
  auto genesis = parse_genesis(command.genesis_json);
  if (!genesis.ok()) return fail(id, FailureCode::InvalidInput, genesis.error().message());
  auto description = describe(*genesis);
  if (!description.ok()) return fail(id, FailureCode::InvalidInput, description.error().message());
  const auto stored = network_ ? network_ : Worker::stored_network(outside_.hot());
  if (stored && *stored != *description) {
    return fail(id, FailureCode::NetworkReset,
                "this store belongs to another network of that address: it was reset");
  }
  if (network_) return answer_network(id);
  if (!stored) {
    auto batch = Worker::genesis_batch(*genesis);
    if (!batch.ok()) return fail(id, FailureCode::InvalidInput, batch.error().message());
    outside_.apply(std::move(batch).value());
  }
  auto chains = outside_.records().chains();
  if (!chains.ok()) {
    return fail(id, FailureCode::StorageCorrupt, chains.error().message(), MoneyState::Unknown);
  }
  WorkerConfig config;
  config.tracked_chains.emplace();
  config.allow_inactive_chains = true;
  config.allow_messages_from_deprecated_epochs = true;
  config.applications = applications_;
  outside_.open(Worker(outside_.hot(), outside_.cold(), std::move(config), *description),
                description->admin_chain_id, command.entropy);
  know(genesis->committee, {});
  network_ = *description;
  for (const auto& [chain, tracked] : *chains) add_chain(chain, tracked);
  if (!chains_.contains(description->admin_chain_id)) {
    admin_ = std::make_shared<ClientChain>(outside_, description->admin_chain_id, TrackedChain{});
    admin_->sync().synchronize([](std::optional<Failure>) {});
  }
  refresh_committees([this, id] {
    follow();
    for (auto& [chain_id, chain] : chains_) {
      auto resume = [this, chain_id = chain_id](std::optional<Failure>) {
        auto found = chains_.find(chain_id);
        if (found != chains_.end()) found->second->resume();
      };
      // A signed block of an earlier run does not stand in line.
      if (chain->blocks().pending_height()) {
        chain->sync().synchronize(resume);
      } else {
        chain->sync().synchronize_in_turn(resume);
      }
    }
    answer_network(id);
  });
}

void Client::answer_network(uint64_t id) {
  outside_.done<C::OpenNetwork>(id, {*network_, outside_.committee()});
}

// The newest committee that the admin chain's blocks here tell of, and those of chains that lag.
void Client::refresh_committees(std::function<void()> then) {
  const ChainId admin = outside_.admin_chain();
  auto flow = make_flow<PlainFlow>(outside_);
  flow->local([this, admin] { return outside_.worker().read(admin).current_committee(); },
              [this, flow, then](ReadAnswer<Committee> newest) {
                flow->local([this] { return outside_.worker().committees(epochs_.all()); },
                            [this, newest, then](ReadAnswer<std::map<Epoch, Committee>> others) {
                              if (newest && others) know(*newest, *others);
                              then();
                            });
              });
}

void Client::know(const Committee& newest, const std::map<Epoch, Committee>& others) {
  outside_.set_committee(newest);
  voters_.clear();
  const auto add = [this](const Committee& committee) {
    outside_.meet(committee);
    for (const auto& [validator, state] : committee.validators) {
      if (state.votes > 0) voters_.insert(validator);
    }
  };
  add(newest);
  for (const auto& [epoch, committee] : others) add(committee);
}

// Those that are not followed as a whole. True: they are others than before.
bool Client::follow_publishers() {
  Publishers all;
  for (const auto& [id, chain] : chains_) {
    for (const auto& [publisher, streams] : chain->publishers()) {
      if (!followed(publisher)) all[publisher].insert(streams.begin(), streams.end());
    }
  }
  return publishers_.follow(std::move(all));
}

// Which inboxes are filled, and whose news are asked for.
void Client::follow() {
  std::set<ChainId> owned, followed;
  for (const auto& [id, chain] : chains_) {
    if (chain->tracked().owner) owned.insert(id);
    followed.insert(id);
  }
  if (admin_) followed.insert(admin_->id());
  followed.merge(publishers_.chains());
  outside_.worker().set_tracked_chains(std::move(owned));
  news_.follow(std::move(followed), voters_);
}

std::shared_ptr<ClientChain> Client::add_chain(const ChainId& id, const TrackedChain& tracked) {
  if (admin_ && admin_->id() == id) admin_.reset();
  publishers_due_ = true;
  return chains_[id] = std::make_shared<ClientChain>(outside_, id, tracked);
}

void Client::remove_chain(const ChainId& id) {
  Batch batch;
  WalletRecords::remove_chain(batch, id);
  outside_.apply(std::move(batch));
  if (auto chain = chains_.extract(id)) {
    epochs_.moved(chain.mapped()->epoch(), std::nullopt);
    chain.mapped()->leave();
  }
  publishers_due_ = follow_due_ = true;
  if (id == outside_.admin_chain()) {
    admin_ = std::make_shared<ClientChain>(outside_, id, TrackedChain{});
  }
}

ClientChain* Client::followed(const ChainId& id) {
  if (admin_ && admin_->id() == id) return admin_.get();
  auto found = chains_.find(id);
  return found == chains_.end() ? nullptr : found->second.get();
}

void Client::heard(const ValidatorPublicKey& validator, const Notification& notification) {
  ClientChain* chain = followed(notification.chain_id);
  if (chain != nullptr) return chain->news().notified(validator, notification.reason);
  publishers_.told(validator, notification.chain_id);
}

// What it told while nobody listened is in its log.
void Client::listening(const ValidatorPublicKey& validator, const std::set<ChainId>& chains) {
  for (const ChainId& id : chains) {
    ClientChain* chain = followed(id);
    if (chain != nullptr) {
      chain->sync().caught_up_by(validator);
    } else {
      publishers_.told(validator, id);
    }
  }
}

}  // namespace mica::app
