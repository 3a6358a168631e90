#include "core/client/chain_existence.h"

namespace mica::client {
namespace {

// None: the answer says nothing of this blob.
std::optional<bool> has_blob(const NodeResult<NodeResponse>& result, const BlobId& id) {
  if (!result.ok()) return std::nullopt;
  const auto* missing = std::get_if<NodeResponse::BlobIds>(&result->kind);
  if (missing == nullptr) return std::nullopt;
  if (missing->blob_ids.empty()) return true;
  if (missing->blob_ids == std::vector{id}) return false;
  return std::nullopt;
}

}  // namespace

void ChainExistenceCheck::start(Then then) {
  then_ = std::move(then);
  committee_ = outside().committee();
  const bool here = worker().has_blob(description_);
  if (here || committee_.total_votes() == 0) {
    const auto known = here ? ChainExistence::Exists : ChainExistence::NotSure;
    return outside().post(held([this, known] { finish(known); }));
  }
  for (const auto& [validator, state] : committee_.validators) {
    if (state.votes == 0) continue;
    ++open_;
    ask(validator, {NodeRequest::MissingBlobIds{{description_}}}, {},
        [this, weight = state.votes](NodeResult<NodeResponse> result) {
          answered(weight, result);
        });
  }
}

void ChainExistenceCheck::answered(uint64_t weight, const NodeResult<NodeResponse>& result) {
  --open_;
  if (const auto has = has_blob(result, description_)) (*has ? having_ : lacking_) += weight;
  if (having_ >= committee_.validity_threshold()) return finish(ChainExistence::Exists);
  if (lacking_ >= committee_.quorum_threshold()) return finish(ChainExistence::Unknown);
  if (open_ == 0) finish(ChainExistence::NotSure);
}

void ChainExistenceCheck::finish(ChainExistence existence) {
  if (Then then = std::exchange(then_, nullptr)) then(existence);
}

}  // namespace mica::client
