#include "core/client/validator_updater.h"

#include "core/base/limits.h"

namespace mica::client {
namespace {

template <class Kind>
NodeRequest request(Kind kind) {
  return {std::move(kind)};
}

bool signed_by(const ValidatorSignatures& signatures, const ValidatorPublicKey& validator) {
  for (const auto& [key, signature] : signatures) {
    if (key == validator) return true;
  }
  return false;
}

}  // namespace

NodeResult<LiteVote> ValidatorUpdater::checked(std::optional<LiteVote> vote, const Round& round,
                                               std::string_view what) const {
  if (!vote) return NodeError(NodeError::MissingVoteInValidatorResponse{std::string(what)});
  const LiteValue& value = vote->value;
  if (value.chain_id != expected_.chain_id || value.kind != expected_.kind ||
      value.value_hash != expected_.value_hash.value_or(value.value_hash) || vote->round != round) {
    return NodeError(NodeError::UnexpectedCertificateValue{});
  }
  if (!check_vote(*vote, validator_).ok()) {
    return NodeError(NodeError::CryptoError{"invalid signature on a vote"});
  }
  return std::move(*vote);
}

// --- proposals --------------------------------------------------------------------------------

void ValidatorUpdater::submit(const BlockProposal& proposal,
                              const std::vector<BlobContent>& published, const Expected& expected,
                              VoteThen then) {
  proposal_ = proposal;
  published_ = published;
  expected_ = expected;
  propose_once(std::move(then));
}

void ValidatorUpdater::propose_once(VoteThen then) {
  ask_info(validator_, request(NodeRequest::HandleBlockProposal{proposal_, true}),
           proposal_.content.block.chain_id, false, kSendProposal,
           [this, then](NodeResult<ChainInfo> result) {
             if (!result.ok()) return propose_again_after(result.error(), then);
             then(checked(std::move(result->manager.pending), proposal_.content.round,
                          "submit a block proposal"));
           });
}

void ValidatorUpdater::propose_again_after(const NodeError& error, VoteThen then) {
  const ProposedBlock& block = proposal_.content.block;
  auto again = [this, then](NodeStatus status) {
    if (!status.ok()) return then(status.error());
    propose_once(then);
  };
  if (auto early = early_block(error)) return wait_for_clock(*early, then);
  const auto* height = error.as<NodeError::UnexpectedBlockHeight>();
  const bool behind = height != nullptr &&
                      height->expected_block_height < height->found_block_height &&
                      height->found_block_height == block.height;
  const auto* wrong_round = error.as<NodeError::WrongRound>();
  if ((behind || (wrong_round != nullptr && wrong_round->value < proposal_.content.round)) &&
      !sent_chain_) {
    sent_chain_ = true;
    return sender()->send_chain(block.chain_id, block.height, false, held(again));
  }
  std::vector<std::pair<ChainId, BlockHeight>> missing;
  if (const auto* one = error.as<NodeError::MissingCrossChainUpdate>()) {
    missing = {{one->origin, one->height}};
  } else if (const auto* many = error.as<NodeError::MissingCrossChainUpdates>()) {
    missing = many->bundles;
  }
  for (const auto& [origin, up_to] : missing) {
    auto [sent, first] = sent_updates_.try_emplace(origin, up_to);
    if (!first && sent->second >= up_to) continue;
    sent->second = up_to;
    // The others of the list follow with the next answers.
    return sender()->send_chain(origin, up_to.next(), true, held(again));
  }
  if (const auto* events = error.as<NodeError::EventsNotFound>()) {
    for (const EventId& event : events->value) {
      if (!sent_publishers_.insert(event.chain_id).second) continue;
      return sender()->send_chain(event.chain_id,
                                  worker().read(event.chain_id).next_height_to_preprocess(), false,
                                  held(again));
    }
  }
  auto blobs = blobs_to_send(error, block.chain_id);
  if (!blobs.empty()) return send_blobs(block.chain_id, std::move(blobs), again);
  then(error);
}

// A little longer each time; what it says of the time is its own.
void ValidatorUpdater::wait_for_clock(const EarlyBlock& early, VoteThen then) {
  const uint64_t said =
      early.block.micros > early.validator.micros ? early.block.micros - early.validator.micros : 0;
  const uint64_t wait = std::min(said, limits::kMaxClockWait_us + 1) + early_pause_.next_us(500);
  if (said > limits::kMaxClockWait_us || early_pause_.failures() > limits::kEarlyTries) {
    return then(NodeError(NodeError::WorkerError{"[us:" + std::to_string(early.block.micros) + ":" +
                                                 std::to_string(early.validator.micros) + "]"}));
  }
  outside().wake_at({now().micros + wait}, held([this, then] { propose_once(then); }));
}

// --- blobs of a block that is not confirmed ----------------------------------------------------

const BlobContent* ValidatorUpdater::published(const BlobId& id) const {
  for (const BlobContent& blob : published_) {
    if (blob.id() == id) return &blob;
  }
  return nullptr;
}

// What it lacks, is here, and was not sent before.
std::vector<BlobId> ValidatorUpdater::blobs_to_send(const NodeError& error, const ChainId& chain) {
  std::vector<BlobId> ids;
  if (const auto* blobs = error.as<NodeError::BlobsNotFound>()) ids = blobs->value;
  if (error.as<NodeError::InactiveChain>()) ids = {description_blob_id(chain)};
  std::erase_if(ids, [this](const BlobId& id) {
    const bool here = published(id) || worker().last_used_by(id);
    return !here || !sent_blobs_.insert(id).second;
  });
  return ids;
}

// Those that the block publishes by themselves, the others with the block that has them.
void ValidatorUpdater::send_blobs(const ChainId& chain, std::vector<BlobId> ids, Then then) {
  if (ids.empty()) return then(Ok{});
  const BlobId id = ids.back();
  ids.pop_back();
  auto next = [this, chain, ids, then](NodeStatus status) {
    if (!status.ok()) return then(status);
    send_blobs(chain, ids, then);
  };
  const BlobContent* blob = published(id);
  if (blob == nullptr) return sender()->send_user_of(id, held(next));
  ask_info(validator_, request(NodeRequest::HandlePendingBlob{chain, *blob}), chain, false,
           kSendCertificate, [next](NodeResult<ChainInfo> result) {
             next(result.ok() ? NodeStatus(Ok{}) : NodeStatus(result.error()));
           });
}

// --- validated certificates -------------------------------------------------------------------

void ValidatorUpdater::finalize(const ValidatedBlockCertificate& certificate,
                                const std::vector<BlobContent>& published, VoteThen then) {
  validated_ = certificate;
  published_ = published;
  expected_ = {chain_of(certificate.value), CertificateKind::Confirmed, hash_of(certificate.value)};
  // Who signed it knows the block.
  if (!signed_by(certificate.signatures, validator_)) return finalize_in_full(then);
  ask_info(
      validator_, request(NodeRequest::HandleLiteCertificate{lite(certificate), false}),
      expected_.chain_id, false, kSendCertificate, [this, then](NodeResult<ChainInfo> result) {
        if (!result.ok()) {
          if (result.error().as<NodeError::MissingCertificateValue>()) {
            return finalize_in_full(then);
          }
          return finalize_again_after(result.error(), then);
        }
        then(checked(std::move(result->manager.pending), validated_.round, "finalize a block"));
      });
}

void ValidatorUpdater::finalize_in_full(VoteThen then) {
  ask_info(
      validator_, request(NodeRequest::HandleValidatedCertificate{validated_}), expected_.chain_id,
      false, kSendCertificate, [this, then](NodeResult<ChainInfo> result) {
        if (!result.ok()) return finalize_again_after(result.error(), then);
        then(checked(std::move(result->manager.pending), validated_.round, "finalize a block"));
      });
}

void ValidatorUpdater::finalize_again_after(const NodeError& error, VoteThen then) {
  const ChainId chain = expected_.chain_id;
  auto again = [this, then](NodeStatus status) {
    if (!status.ok()) return then(status.error());
    finalize_in_full(then);
  };
  auto blobs = blobs_to_send(error, chain);
  if (!blobs.empty()) return send_blobs(chain, std::move(blobs), again);
  const auto* height = error.as<NodeError::UnexpectedBlockHeight>();
  const bool behind =
      height != nullptr && height->expected_block_height < height->found_block_height;
  const auto* round = error.as<NodeError::WrongRound>();
  const bool early = round != nullptr && round->value < validated_.round;
  if ((behind || early) && !sent_chain_) {
    sent_chain_ = true;
    return sender()->send_chain(chain, validated_.value.header.height, false, held(again));
  }
  then(error);
}

// --- timeouts ---------------------------------------------------------------------------------

void ValidatorUpdater::request_timeout(const ChainId& chain, BlockHeight height, const Round& round,
                                       Epoch epoch, VoteThen then) {
  expected_ = {chain, CertificateKind::Timeout, hash_of(Timeout{chain, height, epoch})};
  ChainInfoQuery query{.chain_id = chain};
  query.request_leader_timeout = {height, round};
  ask_info(
      validator_, request(NodeRequest::HandleChainInfoQuery{query}), chain, false, {},
      [this, chain, height, round, epoch, then](NodeResult<ChainInfo> result) {
        if (result.ok()) {
          return then(checked(std::move(result->manager.timeout_vote), round, "request a timeout"));
        }
        const NodeError error = result.error();
        const auto* wrong = error.as<NodeError::WrongRound>();
        const auto* at = error.as<NodeError::UnexpectedBlockHeight>();
        const bool behind = (wrong != nullptr && wrong->value < round) ||
                            (at != nullptr && at->expected_block_height < at->found_block_height);
        if (!behind || sent_chain_) return then(error);
        sent_chain_ = true;
        sender()->send_chain(chain, height, false,
                             held([this, chain, height, round, epoch, then](NodeStatus) {
                               request_timeout(chain, height, round, epoch, then);
                             }));
      });
}

}  // namespace mica::client
