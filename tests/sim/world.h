// World: Clients and Validators as they are, over a simulated wire, clock and disk. One seed is one
// world: the same seed always gives the same run.
//   World world({.seed = 7});
//   size_t alice = world.add_client(101);
//   uint64_t id = world.command(alice, {ClientCommand::TrackChain{...}});
//   world.run_until([&] { return world.done(alice, id) != nullptr; });
#pragma once

#include <functional>
#include <memory>

#include "core/app/client.h"
#include "core/app/validator.h"
#include "core/storage/forgetful_store.h"
#include "core/wallet/vault_guard.h"
#include "tests/sim/room.h"

namespace mica::sim {

struct WorldOptions {
  uint64_t seed = 1;
  uint32_t loss_permille = 0, duplicate_permille = 0;
  uint64_t latency_us = 1'000, jitter_us = 2'000, flush_us = 1'500;
  std::vector<ChainOwnership>
      chains;  // empty: one single-owner chain for each of the names 101, 102
  std::set<std::string> flags = {std::string(kFlagZeroHash)};
  PricePreset prices{};
  uint64_t tokens = 10;
  size_t reserves = 0;  // validators that run, and are in no committee at first
  uint64_t max_block_size = UINT64_MAX;
  Applications* applications = nullptr;             // of all nodes; they keep nothing between calls
  const HistoricalHash* historical_hash = nullptr;  // of the validators
};

// Who asks a host outside, and where.
struct Asker {
  std::optional<size_t> validator, client;  // one of the two
  std::string url;
};

enum class Behaviour : uint8_t {
  kHonest,
  kDown,
  kHung,
  kGarbage,
  kTruncated,
  kForgedVotes,
  kWithholds,           // answers questions about chains only: no votes, no news, no certificates
  kStale,               // repeats its first answer about each chain, properly signed
  kEquivocates,         // one key, two minds: clients with odd numbers meet the other one
  kLengthensLogs,       // received logs full of senders that nobody knows, and no block of them
  kNamesUnknownEpochs,  // the certificates that it hands out
  kTellsNothing,        // on the streams that it opened
};

SecretKey sim_secret(uint8_t name);
AccountOwner sim_owner(uint8_t name);

class World {
 public:
  static constexpr size_t kValidators = 4;  // of the first committee
  explicit World(WorldOptions options = {});

  size_t add_client(uint8_t signer);  // opens the network at once
  uint64_t command(size_t client, ClientCommand command);
  void input(size_t client, ClientEvent event);
  const ClientResult* done(size_t client, uint64_t id) const;
  const Failure* failed(size_t client, uint64_t id) const;
  bool answered(size_t client, uint64_t id) const {
    return done(client, id) != nullptr || failed(client, id) != nullptr;
  }
  // The newest summary that the client told of the chain.
  const ChainSummary* summary(size_t client, const ChainId& chain) const;
  std::optional<BlockState> block_state(size_t client, const ChainId& chain, uint64_t height) const;

  void run_for(uint64_t us);
  // False: it did not come true within the limit.
  bool run_until(const std::function<bool()>& done, uint64_t limit_us = 120'000'000);
  // And starts it again; `engine_only`: its vault lives on and knows what it signed.
  void crash_client(size_t client, size_t keep_commits = 0, bool engine_only = false);
  // All that it has stored is gone, and it starts again. Its vault knows what it signed.
  void lose_store(size_t client);
  void crash_validator(size_t validator, size_t keep_commits = 0);
  void behave(size_t validator, Behaviour behaviour);
  void skew(size_t client, int64_t us) { clients_[client].skew_us = us; }
  void drop_streams(size_t client);
  // The validator's streams tell the client so.
  void tell(size_t client, size_t validator, const Notification& news);
  // Nothing goes between the two, until `cut` is false again.
  void partition(size_t client, size_t validator, bool cut);
  // Flushes of the client fail from now on, until `why` is none.
  void break_disk(size_t client, std::optional<FailureCode> why) { clients_[client].broken = why; }
  // How often an open draft was made anew, and said so.
  size_t draft_changes(size_t client) const { return clients_[client].draft_changes; }
  // The wire is reliable from now on, and everybody honest, or all but those who are not.
  void calm(bool all_honest = true);
  void refuse_signatures(size_t client, bool refuse) { clients_[client].refuses = refuse; }
  // The client's person says yes to this block, wherever it was shown. A CommitDraft is a yes to
  // what the draft was told to do last.
  void approve(size_t client, const ProposedBlock& block);
  // How often persons were asked again for what they had approved, and said yes to another owner's
  // locked block.
  size_t asked_again() const { return asked_again_; }
  size_t carried_on() const { return carried_on_; }
  // What the client wants signed waits, until `hold` is false again.
  void hold_signatures(size_t client, bool hold);
  // The round of what waits for a signature.
  std::optional<Round> round_to_sign(size_t client) const;

  // What hosts outside answer from now on; until then there are none.
  void hosts(std::function<HttpAnswer(const Asker&)> answer) { hosts_ = std::move(answer); }
  // By whom they were asked.
  const std::vector<Asker>& host_questions() const { return host_questions_; }

  size_t validators() const { return kValidators + options_.reserves; }
  Committee committee_of(const std::vector<size_t>& validators) const;
  // Of the committees that are made from now on.
  void flags(std::set<std::string> flags) { options_.flags = std::move(flags); }
  // Certificates of the epoch are checked by one of those that were proposed for it, which the
  // first of them decides: those of epoch 0 by the genesis's.
  void expect_committee(Epoch epoch, Committee committee) {
    committees_[epoch].push_back(std::move(committee));
  }

  ChainId chain(size_t index) const { return genesis_.chains[index].id(); }
  const GenesisConfig& genesis() const { return genesis_; }
  Timestamp now() const { return {now_us_}; }
  uint64_t random(uint64_t limit);
  uint64_t requests(size_t validator) const { return validators_[validator].requests; }
  size_t signatures() const { return signed_; }
  size_t lost_commits() const { return lost_commits_; }
  size_t equivocations() const { return equivocations_; }
  size_t lies() const { return lies_; }  // answers changed, or news kept back
  size_t crashes_that_lost() const { return crashes_that_lost_; }
  size_t fast_proposals() const { return fast_.size(); }
  // How many commits a crash of the validator would lose now.
  size_t unflushed(size_t validator) const { return validators_[validator].store->unflushed(); }
  // Heights at which somebody proposed, how many blocks there were to choose from, and whether
  // anybody knows of one.
  struct Proposed {
    size_t blocks = 0;
    bool known = false;
  };
  std::map<std::pair<ChainId, BlockHeight>, Proposed> proposed() const;
  // Another look at what a validator or a client has stored.
  Worker look(size_t validator) { return look(*validators_[validator].store); }
  Worker look_client(size_t client) { return look(*clients_[client].store); }
  std::optional<ConfirmedBlockCertificate> certificate(size_t validator, const CryptoHash& hash);
  // What a validator would answer about a chain; nothing if it does not know it.
  std::optional<ChainInfo> chain_info(size_t validator, const ChainId& chain);
  // The client takes entries of the validator's received log for seen that are still to come.
  bool counts_ahead(size_t client, size_t validator, const ChainId& chain);
  // Blocks with a certificate that somebody sent or was told of.
  const std::map<std::pair<ChainId, BlockHeight>, CryptoHash>& certified() const {
    return certified_;
  }
  ForgetfulStore& client_store(size_t client) { return *clients_[client].store; }
  // Broken promises that the world itself noticed: two fast proposals at one height, ….
  const std::vector<std::string>& offences() const { return offences_; }
  std::vector<std::string> log;

 private:
  struct Asked {
    size_t client = 0;
    uint64_t life = 0;  // the client's, as the next: a later life has other requests
    uint64_t request_id = 0;
    std::string method;
    Bytes body;
  };
  struct ClientHost {
    uint8_t signer = 0;
    std::unique_ptr<ForgetfulStore> store;
    std::unique_ptr<Client> client;
    uint64_t life = 0;  // counts restarts: what was under way in an earlier one is lost
    int64_t skew_us = 0;
    bool refuses = false, holds = false;
    std::vector<ClientOutput::Sign> to_sign;  // held back
    std::optional<FailureCode> broken;        // the disk, and how
    SigningGuard vault;             // signs without being asked what the product's may: receipts
    std::set<CryptoHash> approved;  // blocks, by the person, who outlives vault and engine
    std::map<uint64_t, ProposedBlock> drafts;
    std::set<uint64_t> looked_at;  // commands of the person, to see what waits for a yes
    bool is_looking = false;
    uint64_t stores_lost = 0;
    size_t draft_changes = 0;
    std::map<uint64_t, size_t> streams;  // to which validator
    std::map<uint64_t, ClientResult> done;
    std::map<uint64_t, Failure> failed;
    std::map<ChainId, ChainSummary> chains;
    std::map<std::pair<ChainId, uint64_t>, BlockState> blocks;
  };
  struct ValidatorHost {
    std::unique_ptr<ForgetfulStore> store;
    std::unique_ptr<Validator> validator;
    uint64_t life = 0;
    Behaviour is{};
    uint64_t requests = 0;
    size_t key = 0;  // whose it has: its own index, except the other mind of an equivocator
    std::map<uint64_t, Asked> asked;
    std::map<std::pair<size_t, Bytes>, Bytes> first_answers;  // for kStale, by client and question
    std::map<uint64_t, std::pair<size_t, uint64_t>> streams;  // stream to client and its stream
    std::set<uint64_t> acknowledged;                          // of the streams
  };

  void at(uint64_t us, std::function<void()> then) {
    events_.emplace(std::pair(now_us_ + us, ++order_), std::move(then));
  }
  uint64_t delay() { return options_.latency_us + random(options_.jitter_us + 1); }
  bool lost() { return random(1000) < options_.loss_permille; }
  void start_client(size_t index);
  void stop_client(size_t index, size_t keep_commits);
  void start_validator(size_t index);
  void feed(size_t client, ClientEvent event);
  void feed_validator(size_t validator, ValidatorEvent event);
  void later(size_t client, uint64_t us, ClientEvent event);
  void later_validator(size_t validator, uint64_t us, ValidatorEvent event);
  void on(size_t client, ClientOutput output);
  void on_validator(size_t validator, ValidatorOutput output);
  void send(size_t client, const ClientOutput::Send& send);
  void sign(size_t client, const ClientOutput::Sign& sign);
  void watch_signature(const ClientHost& host, const ProposedBlock& block);
  void notify_person(size_t client, const ChainId& chain);
  void look_at_what_waits(size_t client, const ChainId& chain);
  void on_draft(size_t client, uint64_t command, const ClientResult::Draft& draft);
  void respond(size_t validator, ValidatorOutput::Respond respond);
  void forge_vote(const Asked& asked, Bytes& body);
  Worker look(ForgetfulStore& store);
  template <class Event, class Request>
  Event ask_host(const Request& request, Asker asker);
  // Which host a client's message to a validator reaches.
  size_t route(size_t client, size_t validator) const;
  void make_validator(size_t index, size_t key);
  // What everybody's messages must never show.
  void watch(size_t client, const ClientOutput::Send& send, const std::string& method);
  void watch_votes(const ValidatorHost& host, const Asked& asked, ByteSpan body);
  void watch_certificate(const ConfirmedBlockCertificate& certificate);
  static std::pair<size_t, std::string> place(const std::string& url);

  WorldOptions options_;
  GenesisConfig genesis_;
  std::string genesis_json_;
  std::map<size_t, std::pair<ValidatorPublicKey, ValidatorState>> members_;  // by host
  std::map<Epoch, std::vector<Committee>> committees_;
  uint64_t now_us_ = 1'700'000'000'000'000;
  uint64_t order_ = 0, random_ = 0, last_id_ = 0;
  std::map<std::pair<uint64_t, uint64_t>, std::function<void()>> events_;
  std::vector<ClientHost> clients_;
  std::vector<ValidatorHost> validators_;
  // The blocks that were proposed at a height, and who was first to send each.
  struct Maker {
    size_t client = 0;
    uint64_t store = 0;  // how many it had lost before
    auto operator<=>(const Maker&) const = default;
  };
  std::map<std::pair<ChainId, BlockHeight>, std::map<Bytes, Maker>> proposed_;
  // The fast proposal that left for an owner's height.
  std::map<std::tuple<AccountOwner, ChainId, BlockHeight>, ProposalContent> fast_;
  // What a validator voted for: key, chain, height, round and kind.
  std::map<std::tuple<size_t, ChainId, BlockHeight, Round, CertificateKind>, CryptoHash> votes_;
  std::map<std::pair<ChainId, BlockHeight>, CryptoHash> certified_;
  std::function<HttpAnswer(const Asker&)> hosts_;
  std::vector<Asker> host_questions_;
  std::set<std::pair<size_t, size_t>> cut_;  // client and validator
  std::vector<std::string> offences_;
  size_t signed_ = 0, lost_commits_ = 0, crashes_that_lost_ = 0, equivocations_ = 0;
  size_t lies_ = 0, asked_again_ = 0, carried_on_ = 0;
};

}  // namespace mica::sim
