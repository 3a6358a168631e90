#include "core/client/propose.h"

#include "core/base/limits.h"
#include "core/base/text.h"
#include "core/chain/rounds.h"
#include "core/client/ask_anyone.h"
#include "core/client/epochs.h"
#include "core/client/fetch.h"
#include "core/client/request_timeout.h"
#include "core/client/said.h"

namespace mica::client {
namespace {

// A refusal by a rule, in contrast to no answer at all.
bool is_refusal(const NodeError& error) {
  return !error.as<NodeError::GrpcError>() && !error.as<NodeError::ClientIoError>() &&
         !error.as<NodeError::InvalidDecoding>() &&
         !error.as<NodeError::InvalidChainInfoResponse>() &&
         !error.as<NodeError::CannotResolveValidatorAddress>();
}

bool is_final_refusal(const NodeError& error) {
  return error.as<NodeError::ChainError>() || error.as<NodeError::WorkerError>();
}

bool asked_hosts(const Block& block) {
  for (const auto& responses : block.body.oracle_responses) {
    for (const OracleResponse& response : responses) {
      if (std::holds_alternative<OracleResponse::Http>(response.kind)) return true;
    }
  }
  return false;
}

ValidatorSignatures signatures_of(
    const std::vector<std::pair<ValidatorPublicKey, LiteVote>>& votes) {
  ValidatorSignatures signatures;
  for (const auto& [validator, vote] : votes) signatures.emplace_back(validator, vote.signature);
  MICA_CHECK(sort_signatures(signatures).ok());  // keys that verified a vote
  return signatures;
}

const ValidatedBlockCertificate* regular_lock(const ChainManagerInfo& manager) {
  if (!manager.requested_locking) return nullptr;
  auto* regular = std::get_if<LockingBlock::Regular>(&manager.requested_locking->kind);
  return regular ? &regular->certificate : nullptr;
}

const BlockProposal* fast_lock(const ChainManagerInfo& manager) {
  if (!manager.requested_locking) return nullptr;
  auto* fast = std::get_if<LockingBlock::Fast>(&manager.requested_locking->kind);
  return fast ? &fast->proposal : nullptr;
}

// The block of that hash that a validator voted for, of its answer.
std::optional<Block> block_of(const NodeResponse& response, const CryptoHash& hash) {
  const auto* info = std::get_if<NodeResponse::Info>(&response.kind);
  if (info == nullptr) return std::nullopt;
  const ChainManagerInfo& manager = info->response.info.manager;
  for (const auto* block : {&manager.requested_validated, &manager.requested_confirmed}) {
    if (*block && hash_of(**block) == hash) return *block;
  }
  return std::nullopt;
}

// Whoever collects the validators' votes could certify what they agree on, if they do.
Failure answers_differ() {
  return {FailureCode::AnswersDiffer,
          "the hosts that this block asks answered validators otherwise than this wallet: "
          "it cannot be certified as it was shown",
          MoneyState::Unknown};
}

std::string about(TimeDelta time) {
  const uint64_t minutes = time.micros / 60'000'000;
  if (minutes < 1) return std::to_string(time.micros / 1'000'000) + " seconds";
  if (minutes < 90) return std::to_string(minutes) + " minutes";
  if (minutes < 48 * 60) return "about " + std::to_string((minutes + 30) / 60) + " hours";
  return "about " + std::to_string((minutes + 12 * 60) / (24 * 60)) + " days";
}

}  // namespace

// linera-core/src/client/chain_client/mod.rs, round_for_new_proposal
std::optional<Round> expected_round(const ChainManagerInfo& manager, const Committee& committee,
                                    BlockHeight height, const AccountOwner& owner, bool skip_fast,
                                    bool conflict) {
  Round round = manager.current_round;
  const bool may_skip = round.is_fast() || std::holds_alternative<Round::MultiLeader>(round.kind);
  if (conflict || (skip_fast && round.is_fast())) {
    if (!may_skip) return std::nullopt;
    auto next = next_round(manager.ownership, round);
    if (!next) return std::nullopt;
    round = *next;
  }
  if (!should_propose(manager.ownership, fallback_owners_of(committee), height.height, round,
                      owner)) {
    return std::nullopt;
  }
  return round;
}

void Propose::start(Then then) {
  then_ = std::move(then);
  block_ = task_.pending.block;
  blobs_ = task_.pending.blobs;
  local([this] { return worker().read(chain()).current_committee(); },
        [this](ReadAnswer<Committee> committee) {
          if (!committee) return finish(End::kStale);
          committee_ = *committee;
          look(false);
        });
}

void Propose::look(bool after_timeout) {
  const BlockHeight next = worker().read(chain()).tip().next_block_height;
  if (next > height()) return settle();
  if (next < height()) return finish(End::kStale);
  ChainInfoQuery query{.chain_id = chain()};
  query.request_manager_values = true;
  local_handle({NodeRequest::HandleChainInfoQuery{query}},
               [this, after_timeout](NodeResult<ChainInfo> info) {
                 if (!info.ok()) return finish(End::kStale);
                 const auto& timeout = info->manager.round_timeout;
                 const bool passed = timeout && *timeout <= now();
                 if (after_timeout || !passed || is_first(*info)) return choose(*info);
                 make_flow<RequestTimeout>(outside())->start(*info, committee_,
                                                             held([this](bool) { look(true); }));
               });
}

// Nobody has proposed in this round yet, and we may: its time has passed, but it is still open, and
// upstream's client, which ends it first, may have to wait for another's.
bool Propose::is_first(const ChainInfo& info) const {
  if (task_.pending.proposal || info.manager.requested_locking) return false;
  return !is_taken(info.manager) && own_round(info, block_, false) == info.manager.current_round;
}

// The height is taken: by our block or by another.
void Propose::settle() {
  const auto hash = worker().read(chain()).block_hash(height());
  if (!hash) return finish(End::kStale);
  local([this, hash] { return worker().certificate(*hash); },
        [this](ReadAnswer<ConfirmedBlockCertificate> certificate) {
          if (!certificate) return finish(End::kStale);
          const bool ours = certificate->value.proposed() == task_.pending.block.proposed();
          Outcome outcome;
          outcome.end = ours ? End::kCommitted : End::kConflict;
          outcome.certificate = *certificate;
          finish(std::move(outcome));
        });
}

void Propose::choose(const ChainInfo& info) {
  const ChainManagerInfo& manager = info.manager;
  if (const auto* locked = regular_lock(manager)) {
    if (block_ != locked->value) {
      block_ = locked->value;
      return take_blobs_of(block_.proposed(), [this, info] { choose(info); });
    }
    if (!manager.current_round.is_fast() && locked->round == manager.current_round) {
      return finalize(*locked);
    }
  } else if (const auto* fast = fast_lock(manager)) {
    if (fast->content.block != block_.proposed()) return adopt(fast->content.block, info);
  }
  const auto& signed_before = task_.pending.proposal;
  if (signed_before && signed_before->content.block == block_.proposed() &&
      signed_before->content.round >= manager.current_round &&
      task_.spoiled_round != signed_before->content.round &&
      (regular_lock(manager) == nullptr || signed_before->original_proposal)) {
    return handle_locally(*signed_before, false);
  }
  auto round = round_for(info, block_);
  if (round) sign(*round, manager);
}

// Another's block: whoever has not seen its proposal needs what it publishes.
void Propose::take_blobs_of(const ProposedBlock& block, Next then) {
  local([this, block] { return worker().read(block.chain_id).published_blobs(block); },
        [this, then](ReadAnswer<std::vector<BlobContent>> blobs) {
          blobs_ = blobs ? *blobs : std::vector<BlobContent>();
          then();
        });
}

// Another block, perhaps of another device of the same person, was first in the fast round: it is
// the only one that can still win this height.
void Propose::adopt(const ProposedBlock& block, const ChainInfo& info) {
  take_blobs_of(block, [this, block, info] {
    local(
        [this, block] {
          return worker().stage_block(now(), block, Round{}, blobs_, BundlePolicy::kAbort);
        },
        [this, info](LocalAnswer<StagedBlock> staged) {
          if (!staged.result.ok()) {
            return finish(End::kStuck, {FailureCode::Conflict, staged.result.error().message(),
                                        MoneyState::Unknown});
          }
          block_ = staged.result->block;
          choose(info);
        });
  });
}

// The proposal of this round, ours or that of another device, does not carry the lock that is known
// by now. Who is bound by the lock refused it and did not enter the round, so the round cannot time
// out either: propose in it once more.
bool Propose::unshown_lock(const ChainManagerInfo& manager) const {
  const auto* locked = regular_lock(manager);
  const auto* fast = locked ? nullptr : fast_lock(manager);
  if (locked == nullptr && fast == nullptr) return false;
  for (const auto* known :
       {&task_.pending.proposal, &manager.requested_proposed, &manager.requested_signed_proposal}) {
    if (!*known || (*known)->content.round != manager.current_round) continue;
    const auto& original = (*known)->original_proposal;
    if (fast) return !original || (*known)->content.block != fast->content.block;
    const auto* shown =
        original ? std::get_if<OriginalProposal::Regular>(&original->kind) : nullptr;
    return shown == nullptr || shown->certificate.round < locked->round;
  }
  return false;
}

// The current round has a proposal, or refused ours.
bool Propose::is_taken(const ChainManagerInfo& manager) const {
  bool taken = task_.spoiled_round && *task_.spoiled_round >= manager.current_round;
  for (const auto& other : {manager.requested_signed_proposal, manager.requested_proposed}) {
    taken = taken || (other && other->content.round == manager.current_round);
  }
  return taken;
}

std::optional<Round> Propose::own_round(const ChainInfo& info, const Block& block,
                                        bool conflict) const {
  const bool skip_fast = !task_.allow_fast || block.has_oracle_responses();
  return expected_round(info.manager, committee_, height(), task_.pending.owner, skip_fast,
                        conflict);
}

std::optional<Round> Propose::round_for(const ChainInfo& info, const Block& block) {
  const ChainManagerInfo& manager = info.manager;
  auto round = own_round(info, block, is_taken(manager));
  if (round) return round;
  if (unshown_lock(manager) && own_round(info, block, false) == manager.current_round) {
    return manager.current_round;
  }
  if (manager.round_timeout) {
    Outcome outcome;
    outcome.end = End::kWait;
    outcome.retry_at = *manager.round_timeout;
    outcome.failure = {FailureCode::WaitForRound,
                       "another owner has the word in " + manager.current_round.to_display(),
                       MoneyState::Untouched,
                       {FailureDetail::InRound{manager.current_round}}};
    finish(std::move(outcome));
  } else {
    finish(End::kStuck, {FailureCode::NotOwner, "this owner may not propose in this round",
                         MoneyState::Untouched});
  }
  return std::nullopt;
}

void Propose::sign(const Round& round, const ChainManagerInfo& manager) {
  BlockProposal proposal;
  proposal.content.block = block_.proposed();
  proposal.content.round = round;
  if (const auto* locked = regular_lock(manager)) {
    proposal.content.outcome = locked->value.outcome();
    proposal.original_proposal = OriginalProposal{OriginalProposal::Regular{lite(*locked)}};
  } else if (task_.pending.fast_proposal && !round.is_fast()) {
    // Validators that voted for it in the fast round vote only for the same one again.
    proposal.original_proposal =
        OriginalProposal{OriginalProposal::Fast{task_.pending.fast_proposal->signature}};
  } else if (const auto* fast = fast_lock(manager)) {
    // Its signature is the original one, also in a stored retry.
    proposal.original_proposal = OriginalProposal{OriginalProposal::Fast{fast->signature}};
  }
  outside().sign(
      task_.pending.owner, proposal.content, task_.pending.receiving,
      held([this, proposal](Result<AccountSignature, Failure> signature) mutable {
        if (!signature.ok()) return not_signed(proposal.content.round, signature.error());
        proposal.signature = *signature;
        if (signature->owner() != task_.pending.owner || !proposal.check_signature().ok()) {
          return finish(
              task_.pending.proposal ? End::kStuck : End::kRefused,
              {FailureCode::SignerRefused, "the signature is not one of this owner for this block",
               MoneyState::Untouched});
        }
        if (worker().read(chain()).tip().next_block_height != height()) {
          return finish(End::kStale);  // signed too late: it never leaves
        }
        write_down(std::move(proposal));
      }));
}

void Propose::not_signed(const Round& round, const Failure& failure) {
  if (failure.code == FailureCode::SignerRefused &&
      block_.proposed() != task_.pending.block.proposed()) {
    return finish(
        task_.pending.proposal ? End::kStuck : End::kRefused,
        {FailureCode::LockedByOther,
         "another block is locked at this height, and must be certified first", failure.money});
  }
  if (failure.code == FailureCode::FastRoundTaken && round.is_fast()) {
    // The signer remembers a block that was never stored here, so it never left: its flush failed,
    // or this Client's predecessor was stopped before. The fast round stays that block's.
    task_.allow_fast = false;
    return look(false);
  }
  finish(task_.pending.proposal ? End::kStuck : End::kRefused, failure);
}

// Before anybody else hears of it.
void Propose::write_down(BlockProposal proposal) {
  task_.pending.proposal = proposal;
  if (proposal.content.round.is_fast()) {
    MICA_CHECK(!task_.pending.fast_proposal ||
               task_.pending.fast_proposal->content == proposal.content);
    task_.pending.fast_proposal = proposal;
  }
  outside().remember(task_.pending);
  handle_locally(std::move(proposal), false);
}

// Executed once more, as it was shown: hosts are not asked again.
void Propose::handle_locally(BlockProposal proposal, bool blobs_given) {
  const auto then = [this, proposal, blobs_given](NodeResult<ChainInfo> result) {
    if (!result.ok() && result.error().as<NodeError::BlobsNotFound>() && !blobs_given &&
        !blobs_.empty()) {
      for (const BlobContent& blob : blobs_) {
        local_handle({NodeRequest::HandlePendingBlob{chain(), blob}}, [](NodeResult<ChainInfo>) {});
      }
      return handle_locally(proposal, true);
    }
    if (!result.ok()) {
      outside().log("own proposal: " + result.error().message());
      Outcome outcome;
      outcome.end = End::kStale;
      outcome.spoiled_round = proposal.content.round;
      outcome.failure = {FailureCode::ExecutionFailed, result.error().message(),
                         MoneyState::Unknown};
      return finish(std::move(outcome));
    }
    submit(proposal);
  };
  local_handle({NodeRequest::HandleBlockProposal{proposal, true}}, then,
               std::make_shared<const Answers>(block_.body.oracle_responses));
}

void Propose::submit(const BlockProposal& proposal) {
  ValidatorUpdater::Expected expected{
      chain(),
      proposal.content.round.is_fast() ? CertificateKind::Confirmed : CertificateKind::Validated,
      {}};
  if (block_.has_state_hash()) expected.value_hash = hash_of(block_);
  auto quorum = make_flow<Quorum<LiteVote>>(
      outside(), committee_, [](const LiteVote& vote) { return encode(vote.value.value_hash); });
  quorum->start(
      [&](const ValidatorPublicKey& validator, Quorum<LiteVote>::Vote vote) {
        make_flow<ValidatorUpdater>(outside(), validator)
            ->submit(proposal, blobs_, expected, std::move(vote));
      },
      held([this, proposal](Votes votes) { voted(proposal, std::move(votes)); }));
}

void Propose::voted(const BlockProposal& proposal, Votes votes) {
  const Round round = proposal.content.round;
  if (!votes.reached) return no_quorum(votes, round, false);
  if (!block_.has_state_hash()) return learn_state_hash(round, std::move(votes));
  certify(round, votes);
}

// A quorum agrees on a block whose state hash is not known here: its voters have that block, and it
// must be ours in everything else. linera-client/src/lite_client.rs, 0.15.22
void Propose::learn_state_hash(const Round& round, Votes votes) {
  ChainInfoQuery query{.chain_id = chain()};
  query.request_manager_values = true;
  std::vector<ValidatorPublicKey> voters;
  for (const auto& [validator, vote] : votes.values) voters.push_back(validator);
  const CryptoHash hash = votes.values.front().second.value.value_hash;
  auto found = std::make_shared<std::optional<Block>>();
  make_flow<AskAnyone>(outside(), std::move(voters),
                       NodeRequest{NodeRequest::HandleChainInfoQuery{query}})
      ->start(
          [hash, found](NodeResponse response, AskAnyone::Verdict verdict) {
            *found = block_of(response, hash);
            verdict(found->has_value());
          },
          held([this, round, votes = std::move(votes), found](bool) {
            if (!*found) return no_quorum(votes, round, false);
            if ((*found)->with_state_hash(unknown_state_hash()) != block_) {
              return voted_otherwise(round);
            }
            block_ = **found;
            certify(round, votes);
          }));
}

// What was approved is not certified by this wallet in another shape than it was shown.
void Propose::voted_otherwise(const Round& round) {
  if (asked_hosts(block_)) return finish(End::kRefused, answers_differ());
  finish(round.is_fast() ? End::kStuck : End::kRefused,
         {FailureCode::ExecutionFailed, "validators executed this block otherwise than this wallet",
          MoneyState::Unknown});
}

void Propose::certify(const Round& round, const Votes& votes) {
  if (round.is_fast()) return confirm({block_, round, signatures_of(votes.values)});
  ValidatedBlockCertificate certificate{block_, round, signatures_of(votes.values)};
  finalize(certificate);
  // Our own lock; those who voted remember it too.
  local_handle({NodeRequest::HandleValidatedCertificate{std::move(certificate)}},
               [](NodeResult<ChainInfo>) {});
}

void Propose::finalize(ValidatedBlockCertificate certificate) {
  validated_ = std::move(certificate);
  auto quorum =
      make_flow<Quorum<LiteVote>>(outside(), committee_, [](const LiteVote&) { return Bytes(); });
  quorum->start(
      [&](const ValidatorPublicKey& validator, Quorum<LiteVote>::Vote vote) {
        make_flow<ValidatorUpdater>(outside(), validator)
            ->finalize(validated_, blobs_, std::move(vote));
      },
      held([this](Votes votes) { finalized(std::move(votes)); }));
}

void Propose::finalized(Votes votes) {
  if (!votes.reached) return no_quorum(votes, validated_.round, true);
  confirm({validated_.value, validated_.round, signatures_of(votes.values)});
}

void Propose::confirm(ConfirmedBlockCertificate certificate) {
  const bool ours = certificate.value.proposed() == task_.pending.block.proposed();
  const ValidatorPublicKey source = certificate.signatures.front().first;
  make_flow<Fetch>(outside(), source)
      ->process(certificate, ConfirmedMode::kAuto,
                held([this, certificate, ours](NodeResult<ChainInfo> result) {
                  if (!result.ok()) {
                    outside().log("own certificate: " + result.error().message());
                  }
                  Outcome outcome;
                  outcome.end = ours ? End::kCommitted : End::kConflict;
                  outcome.certificate = certificate;
                  finish(std::move(outcome));
                }));
}

void Propose::no_quorum(const Votes& votes, const Round& round, bool finalizing) {
  u128 early = 0, refused = 0;
  std::optional<EarlyBlock> skew;
  bool behind = false;
  std::string reasons;
  std::set<std::string> told;
  for (const auto& [validator, error] : votes.errors) {
    const uint64_t weight = committee_.weight(validator);
    if (auto found = early_block(error)) {
      early += weight;
      skew = found;
    }
    if (is_refusal(error)) refused += weight;
    const auto* at = error.as<NodeError::UnexpectedBlockHeight>();
    behind = behind || error.as<NodeError::WrongRound>() ||
             (at != nullptr && at->expected_block_height > at->found_block_height);
    if (told.size() < limits::kOutcomeErrors && told.insert(quoted(error.message())).second) {
      reasons += said_by(committee_, validator, error);
    }
  }
  outside().log("no quorum:" + reasons);
  Outcome outcome;
  if (!finalizing && no_answer_wins(votes)) return finish(End::kRefused, answers_differ());
  if (skew && early >= committee_.validity_threshold()) {
    // A fast proposal is never replaced: it can only wait until its time has come.
    outcome.end = round.is_fast() ? End::kStuck : End::kRefused;
    std::string text = "This computer's clock is " +
                       about({skew->block.micros - skew->validator.micros}) +
                       " ahead of the validators': they refuse a block of that time.";
    if (round.is_fast()) text += " What was signed goes on when its time has come.";
    outcome.failure = {FailureCode::ClockSkew,
                       text,
                       round.is_fast() ? MoneyState::Unknown : MoneyState::Untouched,
                       {FailureDetail::Clocks{skew->block, skew->validator}}};
    return finish(std::move(outcome));
  }
  if (refused > 0) outcome.spoiled_round = round;
  if (behind) {
    outcome.end = End::kStale;
    outcome.failure = {FailureCode::OutcomeUnknown, "validators are ahead:" + reasons,
                       MoneyState::Unknown};
  } else if (!finalizing && votes.trusted_error && is_final_refusal(*votes.trusted_error)) {
    outcome.end = round.is_fast() ? End::kStuck : End::kStale;
    outcome.failure = {FailureCode::ExecutionFailed,
                       "validators refuse the block: " + quoted(votes.trusted_error->message()),
                       MoneyState::Unknown};
  } else {
    outcome.end = End::kNoQuorum;
    outcome.failure = open_outcome(reasons);
  }
  finish(std::move(outcome));
}

// So many validators voted for another outcome of this block that none is left for ours in this
// round; and a later one would not ask the same answer back. No fast block asks hosts, so another
// one may take its place.
bool Propose::no_answer_wins(const Votes& votes) const {
  if (!asked_hosts(block_)) return false;
  u128 other = 0;
  for (const auto& [validator, error] : votes.errors) {
    if (error.as<NodeError::UnexpectedCertificateValue>()) other += committee_.weight(validator);
  }
  return committee_.total_votes() - other < committee_.quorum_threshold();
}

Failure Propose::open_outcome(const std::string& reasons) {
  const Epoch epoch = block_.header.epoch;
  if (is_removed(worker(), outside().admin_chain(), epoch)) {
    return {FailureCode::CommitteeRemoved,
            "this chain is in epoch " + epoch.to_text() +
                ", whose committee was removed, and too few of its validators still answer: the "
                "chain moves only if they come back; still trying." +
                reasons,
            MoneyState::Unknown};
  }
  return {FailureCode::OutcomeUnknown, "no quorum of validators answered; still trying." + reasons,
          MoneyState::Unknown};
}

void Propose::finish(End end, Failure failure) {
  Outcome outcome;
  outcome.end = end;
  outcome.failure = std::move(failure);
  finish(std::move(outcome));
}

void Propose::finish(Outcome outcome) {
  Then then = std::move(then_);
  then_ = nullptr;
  if (then) then(std::move(outcome));
}

}  // namespace mica::client
