// A world for flows in which nothing happens but what the test lets happen.
#pragma once

#include <deque>

#include "core/client/outside.h"

namespace mica::client {

class FakeOutside final : public Outside {
 public:
  struct Asked {
    ValidatorPublicKey validator;
    NodeRequest request;
    AskOptions options;
    Answer then;
  };

  void advance(uint64_t us) {
    now_us += us;
    while (!timers.empty() && timers.begin()->first.micros <= now_us) {
      auto then = std::move(timers.begin()->second);
      timers.erase(timers.begin());
      then();
    }
  }
  void run_posted() {
    while (!posted.empty()) {
      auto then = std::move(posted.front());
      posted.pop_front();
      then();
    }
  }

  Timestamp now() const override { return {now_us}; }
  Worker& worker() override { MICA_CHECK(false); }
  ChainId admin_chain() const override { return {}; }
  void apply(Batch) override {}
  Result<std::optional<PendingBlock>> pending(const ChainId&) const override {
    return std::optional<PendingBlock>();
  }
  void remember(const PendingBlock&) override {}
  void settle(const ChainId&, std::optional<BlockHeight>) override {}
  void notice(const std::vector<Notification>&) override {}
  void ask(const ValidatorPublicKey& validator, const NodeRequest& request,
           const AskOptions& options, Answer then) override {
    asked.push_back({validator, request, options, std::move(then)});
  }
  void wake_at(Timestamp time, std::function<void()> then) override {
    timers.emplace(time, std::move(then));
  }
  void post(std::function<void()> then) override { posted.push_back(std::move(then)); }
  void load(const std::vector<ColdKey>&, std::function<void(bool)>) override {}
  void sign(const AccountOwner&, const ProposalContent&, bool, Signature) override {}
  uint64_t random(uint64_t) override { return 0; }
  void log(std::string) override {}
  const Committee& committee() const override { return validators; }
  void meet(const Committee&) override {}

  uint64_t now_us = 1'000'000;
  Committee validators;
  std::vector<Asked> asked;
  std::multimap<Timestamp, std::function<void()>> timers;
  std::deque<std::function<void()>> posted;
};

}  // namespace mica::client
