#include "core/client/ask_anyone.h"

#include "core/base/limits.h"

namespace mica::client {

void AskAnyone::start(Judge judge, Verdict then) {
  judge_ = std::move(judge);
  then_ = std::move(then);
  ask_next();
}

void AskAnyone::ask_next() {
  if (!then_) return;
  if (next_ == order_.size()) {
    if (under_way_ > 0) return;
    return outside().post(held([this] {
      if (auto then = std::exchange(then_, nullptr)) then(false);
    }));
  }
  const ValidatorPublicKey validator = order_[next_++];
  ++under_way_;
  ask(validator, request_, {.timeout_ms = 10'000}, [this](NodeResult<NodeResponse> result) {
    if (!then_) return;
    if (!result.ok()) return answered(false);
    judge_(std::move(result).value(), held([this](bool good) { answered(good); }));
  });
  outside().wake_at({now().micros + limits::kPatience_us}, held([this, turn = next_] {
                      if (turn == next_) ask_next();
                    }));
}

void AskAnyone::answered(bool good) {
  --under_way_;
  if (!good) return ask_next();
  if (auto then = std::exchange(then_, nullptr)) then(true);
}

}  // namespace mica::client
