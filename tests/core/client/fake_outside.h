// A world for flows in which nothing happens but what the test lets happen.
#pragma once

#include "tests/core/client/timed_outside.h"

namespace mica::client {

class FakeOutside final : public TimedOutside {
 public:
  struct Asked {
    ValidatorPublicKey validator;
    NodeRequest request;
    AskOptions options;
    Answer then;
  };

  void advance(uint64_t us) {
    now_us += us;
    while (!timers.empty() && timers.begin()->first <= now_us) run_timer();
  }

  Worker& worker() override { MICA_CHECK(false); }
  ChainId admin_chain() const override { return {}; }
  void apply(Batch) override {}
  void notice(const std::vector<Notification>&) override {}
  void ask(const ValidatorPublicKey& validator, const NodeRequest& request,
           const AskOptions& options, Answer then) override {
    asked.push_back({validator, request, options, std::move(then)});
  }
  void load(const std::vector<ColdKey>&, std::function<void(bool)>) override {}
  void sign(const AccountOwner&, const ProposalContent&, bool, Signature) override {}
  uint64_t random(uint64_t) override { return 0; }
  void log(std::string) override {}
  const Committee& committee() const override { return validators; }

  Committee validators;
  std::vector<Asked> asked;
};

}  // namespace mica::client
