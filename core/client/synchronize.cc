#include "core/client/synchronize.h"

namespace mica {
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
  if (worker().is_active(plan_.chain)) return query();
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
        outcome_.errors.emplace_back(*plan_.only, info.error());
        return finish();
      }
      got_answers({{*plan_.only, *info}}, false);
    });
    return;
  }
  query_all(outside().committee(), [this](Quorum<ChainInfo>::Outcome outcome) {
    outcome_.errors = std::move(outcome.errors);
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
  local([this] { return worker().current_committee(plan_.chain); },
        [this](Found<Committee> own) {
          if (!own || *own == outside().committee()) return take_rounds(0);
          query_all(*own, [this](Quorum<ChainInfo>::Outcome outcome) {
            if (!outcome.reached) outcome_.no_proposals = false;
            for (auto& error : outcome.errors) outcome_.errors.push_back(std::move(error));
            add_answers(std::move(outcome.values));
            take_blocks(0);
          });
        });
}

void Synchronize::query_one(const ValidatorPublicKey& validator,
                            std::function<void(NodeResult<ChainInfo>)> then) {
  ChainInfoQuery query{.chain_id = plan_.chain};
  query.request_manager_values = plan_.owned;
  if (plan_.owned) {
    const auto trackers = worker().received_log_trackers(plan_.chain);
    const auto seen = trackers.find(validator);
    const uint64_t first = seen == trackers.end() ? 0 : seen->second;
    query.request_received_log_excluding_first_n = asked_from_[validator] = first;
  }
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
  outcome_.no_proposals = quorum;
  outcome_.unknown = quorum;
  add_answers(std::move(answers));
  if (worker().has_blob(description_blob_id(plan_.chain))) outcome_.unknown = false;
  if (outcome_.unknown) return finish();
  outcome_.complete = true;
  take_blocks(0);
}

void Synchronize::add_answers(std::vector<std::pair<ValidatorPublicKey, ChainInfo>> answers) {
  for (auto& [validator, info] : answers) {
    if (info.description) outcome_.unknown = false;
    if (has_proposals(info.manager)) outcome_.no_proposals = false;
    Answer answer{validator, std::move(info)};
    std::erase_if(answers_, [&](const Answer& one) { return one.validator == answer.validator; });
    answers_.push_back(std::move(answer));
  }
  std::stable_sort(answers_.begin(), answers_.end(), [](const Answer& a, const Answer& b) {
    return a.info.next_block_height > b.info.next_block_height;
  });
}

void Synchronize::take_blocks(size_t next) {
  const BlockHeight have = worker().tip(plan_.chain).next_block_height;
  if (next == answers_.size() || answers_[next].info.next_block_height <= have) {
    const bool asked = plan_.only || std::exchange(asked_own_committee_, true);
    return asked ? take_rounds(0) : query_own_committee();
  }
  const Answer& answer = answers_[next];
  make_flow<Fetch>(outside(), answer.validator)
      ->download_chain(plan_.chain, answer.info.next_block_height,
                       held([this, next](NodeStatus status) {
                         // A liar promises what he cannot show; the next in order may have it.
                         if (!status.ok()) {
                           outcome_.errors.emplace_back(answers_[next].validator, status.error());
                         }
                         take_blocks(next + 1);
                       }));
}

void Synchronize::take_rounds(size_t next) {
  const BlockHeight have = worker().tip(plan_.chain).next_block_height;
  if (!plan_.owned || next == answers_.size()) return take_messages();
  const Answer& answer = answers_[next];
  if (answer.info.next_block_height != have) return take_rounds(next + 1);
  take_evidence(answer.validator, evidence_of(answer.info.manager),
                [this, next] { take_rounds(next + 1); });
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
    if (const auto* update = result.error().as<NodeError::MissingCrossChainUpdate>()) {
      return make_flow<Fetch>(outside(), from)
          ->receive(plan_.chain, update->origin, update->height,
                    held([again](NodeStatus status) { again(status.ok()); }));
    }
    next();
  });
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

// --- the received log ---------------------------------------------------------------------------

void Synchronize::take_messages() {
  if (!plan_.owned) return finish();
  for (const Answer& answer : answers_) {
    std::map<ChainId, BlockHeight> highest;
    for (const ChainAndHeight& entry : answer.info.requested_received_log) {
      BlockHeight& height = highest[entry.chain_id];
      height = std::max(height, entry.height);
    }
    for (const auto& [sender, height] : highest) {
      missing_.push_back({sender, height, answer.validator});
    }
  }
  receive_next();
}

void Synchronize::receive_next() {
  while (!missing_.empty()) {
    const Missing next = missing_.back();
    missing_.pop_back();
    if (next.height < worker().next_height_to_receive(plan_.chain, next.sender)) continue;
    make_flow<Fetch>(outside(), next.source)
        ->receive(plan_.chain, next.sender, next.height, held([this, next](NodeStatus status) {
                    if (!status.ok()) outcome_.errors.emplace_back(next.source, status.error());
                    outside().post(held([this] { receive_next(); }));
                  }));
    return;
  }
  move_trackers();
}

// Over entries that were received, and no further; another flow may have counted some of them.
void Synchronize::move_trackers() {
  std::map<ValidatorPublicKey, uint64_t> trackers;
  for (const Answer& answer : answers_) {
    uint64_t count = 0;
    for (const ChainAndHeight& entry : answer.info.requested_received_log) {
      if (entry.height >= worker().next_height_to_receive(plan_.chain, entry.chain_id)) break;
      ++count;
    }
    if (count > 0) trackers[answer.validator] = asked_from_[answer.validator] + count;
  }
  if (!trackers.empty()) {
    outside().apply(worker().set_received_log_trackers(plan_.chain, trackers));
  }
  finish();
}

void Synchronize::finish() {
  if (outcome_.complete && !plan_.only) {
    // Blocks that f + 1 or more tell of and that did not arrive are ours to miss.
    u128 ahead = 0;
    const Committee& committee = outside().committee();
    for (const Answer& answer : answers_) {
      if (answer.info.next_block_height > worker().tip(plan_.chain).next_block_height) {
        ahead += committee.weight(answer.validator);
      }
    }
    if (ahead >= committee.validity_threshold()) outcome_.complete = false;
  }
  Then then = std::move(then_);
  then_ = nullptr;
  if (then) then(std::move(outcome_));
}

}  // namespace mica
