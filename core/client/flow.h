// Flow: a small state machine over Outside. One class per flow, its steps are its methods; a step
// ends by asking for something with the next step as continuation.
//
//   class Ping : public Flow {
//     void start() { ask(validator, request, {}, [this](NodeResult<NodeResponse> r) { ... }); }
//   };
//   make_flow<Ping>(outside, ...)->start();
//
// A flow lives as long as something that it waits for; stop() makes it deaf.
#pragma once

#include <memory>

#include "core/client/outside.h"
#include "core/client/room.h"

namespace mica::client {

class Flow : public std::enable_shared_from_this<Flow> {
 public:
  explicit Flow(Outside& outside) : outside_(outside) {}
  virtual ~Flow() = default;
  Flow(const Flow&) = delete;
  Flow& operator=(const Flow&) = delete;
  void stop() { stopped_ = true; }
  bool stopped() const { return stopped_; }

 protected:
  Outside& outside() { return outside_; }
  Worker& worker() { return outside_.worker(); }
  Timestamp now() const { return outside_.now(); }

  // The continuation, holding this flow; nothing once the flow was stopped.
  template <class Then>
  auto held(Then then) {
    return [self = shared_from_this(), then = std::move(then)](auto&&... arguments) mutable {
      if (!self->stopped_) then(std::forward<decltype(arguments)>(arguments)...);
    };
  }

  // The same for a flow that this one keeps: it does not hold this flow, so neither lives for ever.
  template <class Then>
  auto weakly(Then then) {
    return [weak = weak_from_this(), then = std::move(then)](auto&&... arguments) mutable {
      const auto self = weak.lock();
      if (self && !self->stopped_) then(std::forward<decltype(arguments)>(arguments)...);
    };
  }

  // Failures and statuses inside the answer come as errors.
  void ask(const ValidatorPublicKey& validator, const NodeRequest& request,
           const AskOptions& options, Outside::Answer then);
  // An Info of the right chain; with its signature checked unless the caller checks a vote in it.
  using InfoThen = std::function<void(NodeResult<ChainInfo>)>;
  void ask_info(const ValidatorPublicKey& validator, const NodeRequest& request,
                const ChainId& chain, bool check_signature, const AskOptions& options,
                InfoThen then);

  // Calls the local node until no cold record is missing, applies what it changed, and hands on its
  // answer, at once where it can. `call` gives a WorkerAnswer, LocalAnswer or ReadAnswer.
  template <class Call, class Then>
  void local(Call call, Then then) {
    auto answer = call();
    if (!answer.unloaded.empty()) {
      auto unloaded = answer.unloaded;
      outside_.load(unloaded, held([this, call, then, answer](bool loaded) mutable {
                      if (loaded) return local(call, then);
                      answer.unloaded.clear();
                      fail_to_load(answer);
                      then(std::move(answer));
                    }));
      return;
    }
    if constexpr (requires { answer.batch; }) {
      outside_.apply(std::move(answer.batch));
      outside_.notice(answer.notifications);
    }
    then(std::move(answer));
  }
  // The local node's handler of a request. `answers`: what the block of a proposal was told when
  // it was executed; none: it asks nobody.
  void local_handle(const NodeRequest& request, std::function<void(NodeResult<ChainInfo>)> then,
                    std::shared_ptr<const Answers> answers = nullptr);

 private:
  template <class A>
  static void fail_to_load(A& answer) {
    const NodeError error(NodeError::ClientIoError{"a stored record cannot be read"});
    if constexpr (requires { answer.result; }) {
      answer.result = error;
    } else if constexpr (requires { answer.response; }) {
      answer.response = NodeResponse{NodeResponse::Failure{error}};
    }
  }

  Outside& outside_;
  bool stopped_ = false;
};

template <class F, class... Arguments>
std::shared_ptr<F> make_flow(Outside& outside, Arguments&&... arguments) {
  return std::make_shared<F>(outside, std::forward<Arguments>(arguments)...);
}

// Block and validator time of a proposal that was refused for being early.
struct EarlyBlock {
  Timestamp block, validator;
};
std::optional<EarlyBlock> early_block(const NodeError& error);

}  // namespace mica::client
