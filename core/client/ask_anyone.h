// AskAnyone: one question, put to one validator after the other until an answer is good. Who
// refuses is followed by the next at once; who is silent gets the next beside it.
#pragma once

#include "core/client/flow.h"
#include "core/client/room.h"

namespace mica::client {

class AskAnyone : public Flow {
 public:
  using Verdict = std::function<void(bool good)>;
  using Judge = std::function<void(NodeResponse, Verdict)>;

  AskAnyone(Outside& outside, std::vector<ValidatorPublicKey> order, NodeRequest request)
      : Flow(outside), order_(std::move(order)), request_(std::move(request)) {}
  // `judge` takes an answer and says, now or later, whether it was good; false to `then`: none was.
  void start(Judge judge, Verdict then);

 private:
  void ask_next();
  void answered(bool good);

  const std::vector<ValidatorPublicKey> order_;
  const NodeRequest request_;
  Judge judge_;
  Verdict then_;
  size_t next_ = 0, under_way_ = 0;
};

}  // namespace mica::client
