// A validator of a network as an object without I/O: requests in, answers out, by handle and poll.
// Its signing key is made by Create and lives in its store. Votes leave only after the commit that
// records them was flushed (Gate). A proposal whose block asks hosts waits for their answers, and
// holds up no other. The host: devnet/ under Node, or a simulation.
#pragma once

#include <deque>
#include <memory>

#include "core/app/gate.h"
#include "core/app/questions.h"
#include "core/app/room.h"
#include "core/app/validator_io.h"
#include "core/worker/worker.h"

namespace mica::app {

class Validator {
 public:
  // Both stores, which are two faces of one store, and the others outlive the validator. Without
  // what runs applications it refuses blocks that need them, and without the historical hash those
  // under FLAG_HISTORICAL_HASH.
  Validator(HotStore& hot, ColdStore& cold, Applications* applications = nullptr,
            const HistoricalHash* historical_hash = nullptr);

  // BCS of a ValidatorInput. Bytes that are none change nothing and give a Log.
  void handle(ByteSpan input);
  void handle(const ValidatorInput& input);
  // BCS of a ValidatorOutput, until there is none.
  std::optional<Bytes> poll();
  std::optional<ValidatorOutput> next();

 private:
  void on(const ValidatorEvent::Tick&) {}  // what is due runs in every handle
  void on(const ValidatorEvent::Create& create);
  void on(const ValidatorEvent::MakeGenesis& make);
  void on(const ValidatorEvent::Open& open);
  void on(const ValidatorEvent::Request& request);
  void on(const ValidatorEvent::OpenStream& open);
  void on(const ValidatorEvent::CloseStream& close) { streams_.erase(close.stream_id); }
  void on(const ValidatorEvent::Flushed& flushed) { gate_.flushed(flushed.commit_id); }
  void on(const ValidatorEvent::FlushFailed& failed);
  void on(const ValidatorEvent::Loaded& loaded) { gate_.loaded(loaded.file, loaded.ok); }
  void on(const ValidatorEvent::HttpResponse& answered) { questions_.on(answered); }
  void on(const ValidatorEvent::HttpFailed& failed) { questions_.on(failed); }

  // A request that is being answered, with those that are the same.
  struct Call {
    NodeRequest request;
    std::vector<uint64_t> ids;
    Answers answers;
    const ChainId& chain() const;  // of a proposal
  };
  using SharedCall = std::shared_ptr<Call>;

  Status open(const std::string& genesis_json);
  bool joins(uint64_t request_id, const NodeRequest& request);
  void run(const SharedCall& call);
  void ask(const SharedCall& call, const HttpQuestion& question);
  void respond(const SharedCall& call, const NodeResponse& response);
  void refuse(const SharedCall& call, GrpcCode code, const std::string& message);
  void refuse(uint64_t request_id, GrpcCode code, std::string message);
  void announce(const std::vector<Notification>& notifications);
  // False: the store refused; the validator answers no more.
  bool commit(const Batch& batch);
  // At once, or after the last commit's flush.
  void release(ValidatorOutput output);
  void stop(std::string reason);

  HotStore& hot_;
  ColdStore& cold_;
  Applications* const applications_;
  const HistoricalHash* const historical_hash_;
  Timestamp now_;
  std::optional<Worker> worker_;
  std::string stopped_;  // why nothing is answered any more
  std::deque<ValidatorOutput> outputs_;
  std::map<uint64_t, std::set<ChainId>> streams_;
  std::set<SharedCall> asking_;  // proposals that wait for an answer
  Gate gate_;
  Questions questions_;
};

}  // namespace mica::app
