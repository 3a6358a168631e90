#include "core/client/request_timeout.h"

namespace mica::client {

void RequestTimeout::start(const ChainInfo& info, const Committee& committee, Then then) {
  value_ = {info.chain_id, info.next_block_height, info.epoch};
  round_ = info.manager.current_round;
  committee_ = committee;
  then_ = std::move(then);
  auto quorum =
      make_flow<Quorum<LiteVote>>(outside(), committee, [](const LiteVote&) { return Bytes(); });
  quorum->start(
      [this](const ValidatorPublicKey& validator, Quorum<LiteVote>::Vote vote) {
        make_flow<ValidatorUpdater>(outside(), validator)
            ->request_timeout(value_.chain_id, value_.height, round_, value_.epoch, vote);
      },
      held([this](Quorum<LiteVote>::Outcome outcome) {
        if (!outcome.reached) return then_(false);
        certify(std::move(outcome.values));
      }));
}

void RequestTimeout::certify(std::vector<std::pair<ValidatorPublicKey, LiteVote>> votes) {
  TimeoutCertificate certificate{value_, round_, {}};
  for (const auto& [validator, vote] : votes) {
    certificate.signatures.emplace_back(validator, vote.signature);
  }
  if (!sort_signatures(certificate.signatures).ok()) return then_(false);
  for (const auto& [validator, state] : committee_.validators) {
    ask(validator, {NodeRequest::HandleTimeoutCertificate{certificate}}, {},
        [](NodeResult<NodeResponse>) {});
  }
  local_handle({NodeRequest::HandleTimeoutCertificate{certificate}},
               [this](NodeResult<ChainInfo> result) { then_(result.ok()); });
}

}  // namespace mica::client
