// Client: a wallet's node as an object without I/O. Commands, replies, news, signatures and flushes
// go in by handle(); requests, signatures to ask for, flushes to make and events come out by
// poll(). The host: the engine worker of the extension, a page, Node, or a simulation.
//
//   client.handle(input);                       // BCS of a ClientInput
//   while (auto output = client.poll()) ...;    // BCS of a ClientOutput, until there is none
#pragma once

#include "core/app/client_chain.h"
#include "core/app/client_news.h"
#include "core/app/epoch_counts.h"
#include "core/app/publishers.h"
#include "core/app/room.h"

namespace mica::app {

// A flow without steps of its own: what the Client itself asks of the local node and of validators.
class PlainFlow : public Flow {
 public:
  using Flow::ask;
  using Flow::Flow;
  using Flow::local;
};

class Client {
 public:
  // Both stores, which are two faces of one store, and what runs applications outlive the client.
  // Without the latter it holds no chain up: what it cannot run is certified, not executed.
  Client(HotStore& hot, ColdStore& cold, Applications* applications = nullptr);
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // Bytes that are no ClientInput change nothing and give a Log.
  void handle(ByteSpan input);
  void handle(const ClientInput& input);
  std::optional<Bytes> poll();
  std::optional<ClientOutput> next() { return outside_.next(); }

 private:
  using C = ClientCommand;
  using E = ClientEvent;

  void on(const E::Tick&) {}  // timers run in every handle
  void on(const E::Command& command);
  void on(const E::Reply& reply) { outside_.reply(reply); }
  void on(const E::SendFailed& failed) { outside_.send_failed(failed); }
  void on(const E::StreamData& data);
  void on(const E::StreamClosed& closed);
  void on(const E::Signed& done) { outside_.signature(done.sign_id, done.signature); }
  void on(const E::SignFailed& failed) { outside_.signature(failed.sign_id, failed.failure); }
  void on(const E::Flushed& flushed) { outside_.flushed(flushed.commit_id); }
  void on(const E::FlushFailed& failed);
  void on(const E::Loaded& loaded) { outside_.loaded(loaded); }
  void on(const E::Online&);
  void on(const E::HttpResponse& answered) { outside_.questions().on(answered); }
  void on(const E::HttpFailed& failed) { outside_.questions().on(failed); }

  void run(uint64_t id, const C::OpenNetwork& command);
  void run(uint64_t id, const C::TrackChain& command);
  void run(uint64_t id, const C::ForgetChain& command);
  void run(uint64_t id, const C::ListChains&);
  void run(uint64_t id, const C::Synchronize& command);
  void run(uint64_t id, const C::PrepareBlock& command);
  void run(uint64_t id, const C::CommitDraft& command);
  void run(uint64_t id, const C::DropDraft& command);
  void run(uint64_t id, const C::ReceiveIncoming& command);
  void run(uint64_t id, const C::RetryPending& command);
  void run(uint64_t id, const C::ShowPending& command);
  void run(uint64_t id, const C::ShowLocked& command);
  void run(uint64_t id, const C::QueryApplication& command);
  void run(uint64_t id, const C::Estimate& command);
  void run(uint64_t id, const C::ListApplications& command);
  void run(uint64_t id, const C::GetEvents& command);
  void run(uint64_t id, const C::ReadBlob& command);
  void run(uint64_t id, const C::GetHistory& command);
  void run(uint64_t id, const C::GetCertificate& command);
  void run(uint64_t id, const C::CheckChain& command);
  void run(uint64_t id, const C::GetValidators&);
  void run(uint64_t id, const C::PutRecord& command);
  void run(uint64_t id, const C::ListRecords& command);
  void run(uint64_t id, const C::TrackChains& command);

  void fail(uint64_t id, FailureCode code, std::string message,
            MoneyState money = MoneyState::Untouched);
  void answer_network(uint64_t id);
  // The chain, or none and the command has failed.
  std::shared_ptr<ClientChain> chain_of(uint64_t id, const ChainId& chain);
  std::shared_ptr<ClientChain> add_chain(const ChainId& id, const TrackedChain& tracked);
  void remove_chain(const ChainId& id);
  std::shared_ptr<ClientChain> track(const C::TrackChain& command);
  std::optional<Failure> tracked(const ChainId& chain, bool fresh, std::optional<Failure> failure);
  void follow();
  bool follow_publishers();
  void notice(const Notification& notification);
  void settle_changed();
  void refresh_committees(std::function<void()> then);
  void know(const Committee& newest, const std::map<Epoch, Committee>& others);
  ClientChain* followed(const ChainId& id);  // the wallet's or the admin chain
  void heard(const ValidatorPublicKey& validator, const Notification& notification);
  void listening(const ValidatorPublicKey& validator, const std::set<ChainId>& chains);
  void settle();
  bool run_what_waits();

  ClientOutside outside_;
  Applications* const applications_;
  std::optional<NetworkDescription> network_;
  std::map<ChainId, std::shared_ptr<ClientChain>> chains_;  // the wallet's
  std::shared_ptr<ClientChain> admin_;  // followed for its epochs, unless it is the wallet's
  ClientNews news_;
  FollowedPublishers publishers_;        // of events for the wallet's chains
  EpochCounts epochs_;                   // of the wallet's chains
  bool follow_due_ = false;              // other chains than before
  bool publishers_due_ = false;          // perhaps others
  std::set<ValidatorPublicKey> voters_;  // in the newest committee, or in one of those epochs
};

}  // namespace mica::app
