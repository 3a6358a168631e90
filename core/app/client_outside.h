// ClientOutside: what flows ask of the world, as inputs and outputs of the Client. It encodes and
// sends, a stated number of requests at a time and in turns between chains, merges all changes of
// one handle into one commit, and keeps signatures. What waits for the disk or for a time: Gate.
#pragma once

#include <deque>

#include "core/app/client_io.h"
#include "core/app/gate.h"
#include "core/app/questions.h"
#include "core/app/room.h"
#include "core/app/turns.h"
#include "core/base/limits.h"
#include "core/client/outside.h"
#include "core/wallet/wallet_records.h"
#include "core/worker/pending_store.h"

namespace mica::app {

class ClientOutside final : public Outside {
 public:
  ClientOutside(HotStore& hot, ColdStore& cold)
      : cold_(cold),
        pending_(hot, cold),
        records_(pending_.hot()),
        gate_(hot, pending_.cold(),
              {[this](CommitId id) { emit({ClientOutput::Flush{id}}); },
               [this](const std::string& file) { emit({ClientOutput::Load{file}}); },
               [this](Timestamp time) { emit({ClientOutput::WakeAt{time}}); }}),
        questions_(gate_, [this](HttpIo::HttpRequest request) { emit({std::move(request)}); }) {}

  // --- the Client's side ---
  void begin(Timestamp now);
  // True: something was posted, and ran.
  bool run_posted() { return gate_.run_posted(); }
  // The end of a handle: commits, releases what may be said and says when to wake.
  void settle();
  void emit(ClientOutput output) { outputs_.push_back(std::move(output)); }
  // A command ends well, in the way that it names.
  template <class Command>
  void done(uint64_t command_id, typename Command::Result result) {
    emit({ClientOutput::Done{command_id, {std::move(result)}}});
  }
  // Once everything applied so far is durable.
  template <class Command>
  void done_durably(uint64_t command_id, typename Command::Result result = {}) {
    gate_.hold([this, command_id, result = std::move(result)](bool durable) {
      if (durable) return done<Command>(command_id, result);
      emit({ClientOutput::Failed{command_id, *storage_failure_}});
    });
  }
  std::optional<ClientOutput> next();

  void reply(const ClientEvent::Reply& reply);
  void send_failed(const ClientEvent::SendFailed& failed);
  void signature(uint64_t sign_id, Result<AccountSignature, Failure> signature);
  void flushed(CommitId id) { gate_.flushed(id); }
  // The chains of which a proposal was written, and never sent.
  std::set<ChainId> flush_failed(const Failure& failure);
  Questions& questions() { return questions_; }
  void loaded(const ClientEvent::Loaded& loaded) { gate_.loaded(loaded.file, loaded.ok); }
  void tick() { gate_.tick(now_); }
  void open(Worker worker, const ChainId& admin_chain, uint64_t entropy);
  void set_committee(Committee newest);
  // Set when the store failed: nothing more is promised.
  const std::optional<Failure>& storage_failure() const { return storage_failure_; }
  std::vector<Notification> take_notices() { return std::exchange(notices_, {}); }
  // What is told of a chain changed. Told once.
  void chain_changed(const ChainId& id) { changed_.insert(id); }
  std::set<ChainId> take_changed() { return std::exchange(changed_, {}); }
  // Of chains that nobody waits for.
  Turns& turns() { return turns_; }
  const StateReader& hot() { return pending_.hot(); }
  const ColdStore& cold() { return pending_.cold(); }
  std::optional<std::string> url(const ValidatorPublicKey& validator, std::string_view method);
  uint64_t new_id() { return ++last_id_; }
  ValidatorHealth& health(const ValidatorPublicKey& validator);
  void health_changed(const ValidatorPublicKey& validator);

  // --- Outside ---
  Timestamp now() const override { return now_; }
  Worker& worker() override { return *worker_; }
  const WalletRecords& records() const { return records_; }
  Result<std::optional<PendingBlock>> pending(const ChainId& chain) const override {
    return records_.pending(chain);
  }
  void remember(const PendingBlock& block) override;
  void settle(const ChainId& chain, std::optional<BlockHeight> certified) override;
  ChainId admin_chain() const override { return admin_chain_; }
  void apply(Batch batch) override;
  void notice(const std::vector<Notification>& notifications) override;
  void ask(const ValidatorPublicKey& validator, const NodeRequest& request,
           const AskOptions& options, Answer then) override;
  void wake_at(Timestamp time, std::function<void()> then) override {
    gate_.wake_at(time, std::move(then));
  }
  void post(std::function<void()> then) override { gate_.post(std::move(then)); }
  void load(const std::vector<ColdKey>& keys, std::function<void(bool)> then) override {
    gate_.load(keys, std::move(then));
  }
  void sign(const AccountOwner& owner, const ProposalContent& content, bool receiving,
            Signature then) override;
  uint64_t random(uint64_t limit) override;
  void log(std::string text) override { emit({ClientOutput::Log{std::move(text)}}); }
  const Committee& committee() const override { return committee_; }
  void meet(const Committee& committee) override;

 private:
  struct Asked {
    ValidatorPublicKey validator;
    NodeRequest request;
    Answer then;
    bool held = false;  // until what it says is durable
    bool sent = false;
  };
  // Requests to one validator: its time-out begins when one is sent.
  struct Window {
    size_t under_way = 0;
    std::map<ChainId, std::deque<ClientOutput>> waiting;  // Sends
    ChainId last;                                         // whose turn it was
  };

  void commit();
  void send(uint64_t request_id, ClientOutput output);
  void withhold(uint64_t request_id);
  void send_now(Window& window, uint64_t request_id, ClientOutput output);
  bool has_room(const ValidatorPublicKey& validator, const Window& window);
  void send_waiting(const ValidatorPublicKey& validator);
  void answer(uint64_t request_id, NodeResult<NodeResponse> result);

  ColdStore& cold_;
  PendingStore pending_;
  WalletRecords records_;
  std::optional<Worker> worker_;
  ChainId admin_chain_;
  Committee committee_;                                  // the newest
  std::map<ValidatorPublicKey, std::string> addresses_;  // the newest committee's before others'
  Timestamp now_;
  uint64_t random_state_ = 0;
  uint64_t last_id_ = 0;  // of requests, streams, signatures and drafts
  std::optional<Failure> storage_failure_;
  std::deque<ClientOutput> outputs_;
  std::vector<Notification> notices_;
  std::set<ChainId> changed_;
  Turns turns_{limits::kChainsAtOnce};
  std::map<uint64_t, Asked> asked_;
  std::map<ValidatorPublicKey, Window> windows_;
  size_t under_way_ = 0;  // requests, to all
  std::map<uint64_t, Signature> signing_;
  std::map<ValidatorPublicKey, ValidatorHealth> health_;
  Gate gate_;
  Questions questions_;
};

}  // namespace mica::app
