#include "core/client/synchronize.h"

#include "core/base/limits.h"
#include "core/client/sender_blocks.h"

namespace mica::client {
namespace {

bool has_proposals(const ChainManagerInfo& manager) {
  return manager.requested_signed_proposal || manager.requested_proposed ||
         manager.requested_locking;
}

// In the order in which the local node can take it.
std::vector<NodeRequest> evidence_of(const ChainManagerInfo& manager) {
  std::vector<NodeRequest> out;
  if (manager.timeout) out.push_back({NodeRequest::HandleTimeoutCertificate{*manager.timeout}});
  std::vector<BlockProposal> proposals;
  if (manager.requested_locking) {
    if (auto* fast = std::get_if<LockingBlock::Fast>(&manager.requested_locking->kind)) {
      proposals.push_back(fast->proposal);
    } else if (auto* regular =
                   std::get_if<LockingBlock::Regular>(&manager.requested_locking->kind)) {
      out.push_back({NodeRequest::HandleValidatedCertificate{regular->certificate}});
    }
  }
  if (manager.requested_signed_proposal) proposals.push_back(*manager.requested_signed_proposal);
  if (manager.requested_proposed) proposals.push_back(*manager.requested_proposed);
  for (auto& proposal : proposals) {
    out.push_back({NodeRequest::HandleBlockProposal{std::move(proposal), true}});
  }
  return out;
}

}  // namespace

void Synchronize::start(Then then) {
  then_ = std::move(then);
  describe();
}

void Synchronize::describe() {
  if (worker().read(plan_.chain).is_active()) return query();
  if (worker().has_blob(description_blob_id(plan_.chain))) return initialize();
  ValidatorPublicKey source;
  const auto& validators = outside().committee().validators;
  if (plan_.only)
    source = *plan_.only;
  else if (!validators.empty())
    source = validators.begin()->first;
  make_flow<Fetch>(outside(), source)->describe_chain(plan_.chain, held([this](NodeStatus) {
                                                        initialize();
                                                      }));
}

// The local node takes the description's balance and owners over when it is first asked.
void Synchronize::initialize() {
  local_handle({NodeRequest::HandleChainInfoQuery{ChainInfoQuery{.chain_id = plan_.chain}}},
               [this](NodeResult<ChainInfo>) { query(); });
}

void Synchronize::query() {
  if (plan_.only) {
    query_one(*plan_.only, [this](NodeResult<ChainInfo> info) {
      if (!info.ok()) {
        add_error(*plan_.only, info.error());
        return finish();
      }
      got_answers({{*plan_.only, *info}}, false);
    });
    return;
  }
  query_all(outside().committee(), [this](Quorum<ChainInfo>::Outcome outcome) {
    for (const auto& [from, error] : outcome.errors) add_error(from, error);
    if (!outcome.reached) return finish();
    got_answers(std::move(outcome.values), true);
  });
}

void Synchronize::query_all(const Committee& committee,
                            std::function<void(Quorum<ChainInfo>::Outcome)> then) {
  auto quorum =
      make_flow<Quorum<ChainInfo>>(outside(), committee, [](const ChainInfo&) { return Bytes(); });
  quorum->start([this, self = shared_from_this()](const ValidatorPublicKey& validator,
                                                  auto vote) { query_one(validator, vote); },
                held(std::move(then)));
}

// A chain that lags is certified by an older committee, which alone knows what was proposed for its
// next height, and perhaps has blocks of it that nobody brought to the newest one yet.
void Synchronize::query_own_committee() {
  local([this] { return worker().read(plan_.chain).current_committee(); },
        [this](ReadAnswer<Committee> own) {
          if (!own || *own == outside().committee()) return take_rounds();
          query_all(*own, [this, own](Quorum<ChainInfo>::Outcome outcome) {
            if (!outcome.reached) outcome_.no_proposals = false;
            for (const auto& [from, error] : outcome.errors) add_error(from, error);
            add_answers(std::move(outcome.values));
            blocks_done_ = false;
            next_answer_ = 0;
            order_answers(*own);
            download_from_next();
          });
        });
}

void Synchronize::query_one(const ValidatorPublicKey& validator,
                            std::function<void(NodeResult<ChainInfo>)> then) {
  ChainInfoQuery query{.chain_id = plan_.chain};
  query.request_manager_values = plan_.owned;
  ask_info(validator, {NodeRequest::HandleChainInfoQuery{query}}, plan_.chain, true, {},
           [this, then](NodeResult<ChainInfo> info) {
             // Not to know a chain is an answer too.
             if (!info.ok() && info.error().as<NodeError::BlobsNotFound>()) {
               return then(ChainInfo{.chain_id = plan_.chain});
             }
             then(std::move(info));
           });
}

void Synchronize::got_answers(std::vector<std::pair<ValidatorPublicKey, ChainInfo>> answers,
                              bool quorum) {
  // Who does not ask for proposals hears of none.
  outcome_.no_proposals = quorum && plan_.owned;
  outcome_.unknown = quorum;
  add_answers(std::move(answers));
  if (worker().has_blob(description_blob_id(plan_.chain))) outcome_.unknown = false;
  if (outcome_.unknown) return finish();
  outcome_.complete = true;
  order_answers(outside().committee());
  download_from_next();
}

void Synchronize::add_answers(std::vector<std::pair<ValidatorPublicKey, ChainInfo>> answers) {
  for (auto& [validator, info] : answers) {
    outcome_.logs[validator] = info.count_received_log;
    if (info.description) outcome_.unknown = false;
    if (has_proposals(info.manager)) outcome_.no_proposals = false;
    Answer answer{validator, std::move(info)};
    std::erase_if(answers_, [&](const Answer& one) { return one.validator == answer.validator; });
    answers_.push_back(std::move(answer));
  }
}

// --- blocks ---------------------------------------------------------------------------------

// First those whose height f + 1 have or exceed, the most advanced of them first; then the higher
// claims, which perhaps nobody can show.
void Synchronize::order_answers(const Committee& committee) {
  auto higher = [](const Answer& a, const Answer& b) {
    return a.info.next_block_height > b.info.next_block_height;
  };
  std::stable_sort(answers_.begin(), answers_.end(), higher);
  u128 weight = 0;
  auto solid = answers_.begin();
  while (solid != answers_.end() && !plan_.only) {
    weight += committee.weight(solid->validator);
    if (weight >= committee.validity_threshold()) break;
    ++solid;
  }
  if (solid == answers_.end()) solid = std::prev(solid);
  solid_ = solid->info.next_block_height;
  std::stable_partition(answers_.begin(), answers_.end(), [this](const Answer& answer) {
    return answer.info.next_block_height <= solid_;
  });
}

void Synchronize::download_from_next() {
  const BlockHeight have = worker().read(plan_.chain).tip().next_block_height;
  while (next_answer_ < answers_.size() && answers_[next_answer_].info.next_block_height <= have) {
    ++next_answer_;
  }
  if (next_answer_ == answers_.size() && downloading_ == 0) return end_blocks();
  while (next_answer_ < answers_.size()) {
    const Answer& answer = answers_[next_answer_++];
    ++downloading_;
    make_flow<Fetch>(outside(), answer.validator)
        ->download_chain(plan_.chain, answer.info.next_block_height,
                         held([this, from = answer.validator](Downloaded done) {
                           downloaded(from, std::move(done));
                         }));
    // Claims that may be nobody's are tried all together.
    if (answer.info.next_block_height <= solid_) break;
  }
  last_tip_ = have;
  const uint64_t turn = ++turn_;
  outside().wake_at({now().micros + limits::kPatience_us},
                    held([this, turn] { look_at_downloads(turn); }));
}

void Synchronize::downloaded(const ValidatorPublicKey& from, Downloaded done) {
  // A liar promises what he cannot show; the next in order may have it.
  if (!done.status.ok()) add_error(from, done.status.error());
  --downloading_;
  if (blocks_done_) return;
  if (done.not_executed) {  // nor could it from others: they have the same block
    blocks_done_ = true;
    outcome_.not_executed = std::move(done.not_executed);
    return finish();
  }
  const BlockHeight have = worker().read(plan_.chain).tip().next_block_height;
  bool more = false;
  for (const Answer& answer : answers_) more = more || answer.info.next_block_height > have;
  if (more) return download_from_next();
  end_blocks();
}

void Synchronize::end_blocks() {
  if (std::exchange(blocks_done_, true)) return;
  if (plan_.only || std::exchange(asked_own_committee_, true)) return take_rounds();
  query_own_committee();
}

// Who is silent gets company, and so does, now and then, who is slow. Nobody is left: what was
// promised comes later, or never.
void Synchronize::look_at_downloads(uint64_t turn) {
  if (blocks_done_ || turn != turn_) return;
  const BlockHeight have = worker().read(plan_.chain).tip().next_block_height;
  const bool advanced = std::exchange(last_tip_, have) < have;
  const bool alone_for_long = turn % (limits::kMostAlone_us / limits::kPatience_us) == 0;
  if (have >= solid_) ++turns_beyond_;
  const bool long_beyond = turns_beyond_ >= limits::kMostAlone_us / limits::kPatience_us;
  if (long_beyond || (!advanced && next_answer_ == answers_.size())) return end_blocks();
  if (!advanced || alone_for_long) return download_from_next();
  outside().wake_at({now().micros + limits::kPatience_us},
                    held([this, next = ++turn_] { look_at_downloads(next); }));
}

// --- rounds ---------------------------------------------------------------------------------

void Synchronize::take_rounds() {
  const BlockHeight have = worker().read(plan_.chain).tip().next_block_height;
  std::vector<const Answer*> current;
  for (const Answer& answer : answers_) {
    if (plan_.owned && answer.info.next_block_height == have) current.push_back(&answer);
  }
  evidence_open_ = current.size() + 1;
  auto done = [this] {
    if (--evidence_open_ == 0) finish();
  };
  for (const Answer* answer : current) {
    take_evidence(answer->validator, evidence_of(answer->info.manager), done);
  }
  outside().wake_at({now().micros + limits::kEvidencePatience_us}, held([this] { finish(); }));
  done();
}

void Synchronize::take_evidence(const ValidatorPublicKey& from, std::vector<NodeRequest> evidence,
                                Next next) {
  if (evidence.empty()) return next();
  NodeRequest request = std::move(evidence.front());
  evidence.erase(evidence.begin());
  take_one(from, std::move(request), 3,
           [this, from, evidence, next] { take_evidence(from, evidence, next); });
}

// What the local node refuses is passed over: only certificates must be believed.
void Synchronize::take_one(const ValidatorPublicKey& from, NodeRequest request, int attempts,
                           Next next) {
  local_handle(request, [=, this](NodeResult<ChainInfo> result) {
    if (result.ok() || attempts == 0) return next();
    auto again = [=, this](bool ok) {
      if (!ok) return next();
      take_one(from, request, attempts - 1, next);
    };
    if (const auto* blobs = result.error().as<NodeError::BlobsNotFound>()) {
      return take_pending_blobs(from, blobs->value, again);
    }
    // The local node tells all at once.
    if (const auto* many = result.error().as<NodeError::MissingCrossChainUpdates>()) {
      return take_messages(from, many->bundles, again);
    }
    if (const auto* update = result.error().as<NodeError::MissingCrossChainUpdate>()) {
      return take_messages(from, {{update->origin, update->height}}, again);
    }
    if (const auto* events = result.error().as<NodeError::EventsNotFound>()) {
      return make_flow<Fetch>(outside(), from)
          ->catch_up_publishers(events->value,
                                held([again](NodeStatus status) { again(status.ok()); }));
    }
    next();
  });
}

void Synchronize::take_messages(const ValidatorPublicKey& from,
                                std::vector<std::pair<ChainId, BlockHeight>> bundles,
                                std::function<void(bool)> then) {
  if (bundles.empty()) return then(true);
  const ChainId sender = bundles.back().first;
  std::set<BlockHeight> heights;
  std::erase_if(bundles, [&](const auto& bundle) {
    if (bundle.first != sender) return false;
    heights.insert(bundle.second);
    return true;
  });
  make_flow<SenderBlocks>(outside(), from, plan_.chain, sender)
      ->start(std::move(heights), held([=, this](SenderBlocks::Outcome outcome) {
                if (!outcome.status.ok() || outcome.more) return then(false);
                take_messages(from, bundles, then);
              }));
}

void Synchronize::take_pending_blobs(const ValidatorPublicKey& from, std::vector<BlobId> ids,
                                     std::function<void(bool)> then) {
  if (ids.empty()) return then(true);
  const BlobId id = ids.back();
  ids.pop_back();
  ask(from, {NodeRequest::DownloadPendingBlob{plan_.chain, id}}, {},
      [=, this](NodeResult<NodeResponse> result) {
        auto* blob = result.ok() ? std::get_if<NodeResponse::Blob>(&result->kind) : nullptr;
        if (blob == nullptr || blob->blob.id() != id) return then(false);
        local_handle({NodeRequest::HandlePendingBlob{plan_.chain, blob->blob}},
                     [=, this](NodeResult<ChainInfo> stored) {
                       if (!stored.ok()) return then(false);
                       take_pending_blobs(from, ids, then);
                     });
      });
}

void Synchronize::add_error(const ValidatorPublicKey& from, const NodeError& error) {
  if (outcome_.errors.size() < limits::kOutcomeErrors) outcome_.errors.emplace_back(from, error);
}

void Synchronize::finish() {
  if (!then_) return;
  if (outcome_.not_executed) outcome_.complete = false;
  if (outcome_.complete && !plan_.only) {
    // Blocks that f + 1 or more tell of and that did not arrive are ours to miss.
    u128 ahead = 0;
    const Committee& committee = outside().committee();
    for (const Answer& answer : answers_) {
      if (answer.info.next_block_height > worker().read(plan_.chain).tip().next_block_height) {
        ahead += committee.weight(answer.validator);
      }
    }
    if (ahead >= committee.validity_threshold()) outcome_.complete = false;
  }
  Then then = std::move(then_);
  then_ = nullptr;
  if (then) then(std::move(outcome_));
}

}  // namespace mica::client
