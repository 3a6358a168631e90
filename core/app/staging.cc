#include "core/app/staging.h"

#include "core/app/effects.h"
#include "core/client/epochs.h"
#include "core/client/fetch.h"
#include "core/client/propose.h"
#include "core/client/streams.h"

namespace mica::app {
namespace {

// Each of the kind that one of the operations publishes; of data, if none of them publishes it.
std::vector<BlobContent> blobs_to_publish(const std::vector<Operation>& operations,
                                          const std::vector<Bytes>& contents) {
  std::set<BlobId> published;
  for (const Operation& operation : operations) published.merge(published_blob_ids(operation));
  std::vector<BlobContent> blobs;
  for (const Bytes& bytes : contents) {
    BlobContent blob{BlobType::Data, bytes};
    for (const BlobId& id : published) {
      const BlobContent candidate{id.blob_type, bytes};
      if (candidate.id() != id) continue;
      blob = candidate;
      published.erase(id);
      break;
    }
    blobs.push_back(std::move(blob));
  }
  return blobs;
}

// `validated` has a state hash, which is not always known here.
bool agrees_with(const Block& executed, const Block& validated) {
  return executed.has_state_hash() ? executed == validated
                                   : executed == validated.with_state_hash(unknown_state_hash());
}

}  // namespace

BlockPlan plan_of(std::vector<Operation> operations, const std::vector<Bytes>& blobs) {
  std::vector<BlobContent> published = blobs_to_publish(operations, blobs);
  return {.operations = std::move(operations), .blobs = std::move(published)};
}

void Staging::stage(BlockPlan plan, Staged then) {
  ChainInfoQuery query{.chain_id = context_->id};
  query.request_manager_values = true;
  local_handle(
      {NodeRequest::HandleChainInfoQuery{query}}, [this, plan, then](NodeResult<ChainInfo> info) {
        if (!info.ok()) {
          return then(
              Failure{FailureCode::UnknownChain, info.error().message(), MoneyState::Untouched});
        }
        local([this] { return context_->here().current_committee(); },
              [=, this](ReadAnswer<Committee> committee) {
                if (committee) return stage_with(*info, *committee, plan, then);
                then(Failure{FailureCode::Internal, "no committee", MoneyState::Untouched});
              });
      });
}

void Staging::stage_with(const ChainInfo& info, const Committee& committee, BlockPlan plan,
                         Staged then) {
  const ChainOwnership& ownership = info.manager.ownership;
  const auto& owner = context_->tracked.owner;
  if (!owner || (!ownership.is_owner(*owner) && !ownership.open_multi_leader_rounds)) {
    return then(
        Failure{FailureCode::NotOwner, "this key does not own the chain", MoneyState::Untouched});
  }
  const ProposedBlock block = assemble(info, plan);
  if (block.transactions.empty()) {
    return then(Failure{FailureCode::NothingToDo, "there is nothing to put into a block",
                        MoneyState::Untouched});
  }
  const Round round = expected_round(info.manager, committee, block.height, *owner,
                                     !context_->tracked.allow_fast_blocks, false)
                          .value_or(info.manager.current_round);
  const BundlePolicy policy = plan.fee_cap ? BundlePolicy::kLeaveOut : BundlePolicy::kAutoRetry;
  run({block, round, plan.blobs, policy, plan.fee_cap, plan.answers},
      [this, receiving = plan.fee_cap.has_value(), then](Result<StagedBlock, Failure> staged) {
        if (staged.ok() && receiving) {
          inbox_order_.note(*staged);
          context_->changed();
        }
        then(std::move(staged));
      });
}

ProposedBlock Staging::assemble(const ChainInfo& info, const BlockPlan& plan) {
  ProposedBlock block;
  block.chain_id = context_->id;
  block.epoch = info.epoch;
  block.height = info.next_block_height;
  block.previous_block_hash = info.block_hash;
  block.authenticated_signer = context_->tracked.owner;
  block.timestamp = std::max(now(), info.timestamp);
  auto operation = [&](Operation one) {
    block.transactions.push_back({Transaction::ExecuteOperation{std::move(one)}});
  };
  for (Operation& one : epoch_changes(worker(), outside().admin_chain(), context_->id)) {
    operation(std::move(one));
  }
  if (plan.receive_incoming) {
    for (IncomingBundle& bundle : inbox_order_.choose(context_->here().pending_bundles())) {
      block.timestamp = std::max(block.timestamp, bundle.bundle.timestamp);
      block.transactions.push_back({Transaction::ReceiveMessages{std::move(bundle)}});
    }
  }
  if (plan.update_streams) {
    if (auto update = stream_updates(worker(), context_->id)) operation(*std::move(update));
  }
  for (const Operation& one : plan.operations) operation(one);
  return block;
}

void Staging::stage_known(const Block& block, const std::vector<BlobContent>& published,
                          Staged then) {
  execute<StagedBlock>(
      [this, block, published] { return worker().stage_again(now(), block, published); },
      std::make_shared<Answers>(), std::move(then));
}

void Staging::stage_locked(const Locked& locked,
                           std::function<void(Result<StagedLock, Failure>)> then) {
  local([this, block = locked.block] { return context_->here().published_blobs(block); },
        [this, locked, then](ReadAnswer<std::vector<BlobContent>> found) {
          const auto blobs = found ? *found : std::vector<BlobContent>();
          const Staged checked = [locked, blobs, then](Result<StagedBlock, Failure> staged) {
            if (!staged.ok()) return then(staged.error());
            const auto& validated = locked.validated;
            if (validated && !agrees_with(staged->block, *validated)) {
              return then(Failure{FailureCode::Unsupported,
                                  "validators execute the locked block otherwise than this wallet",
                                  MoneyState::Untouched});
            }
            then(StagedLock{std::move(staged).value(), blobs});
          };
          if (locked.validated) return stage_known(*locked.validated, blobs, checked);
          run({.block = locked.block,
               .round = {Round::Fast{}},
               .published = blobs,
               .answers = std::make_shared<Answers>()},
              checked);
        });
}

void Staging::run(Task task, Staged then) {
  const auto answers = task.answers;
  execute<StagedBlock>(
      [this, task = std::move(task)] {
        return worker().stage_block(now(), task.block, task.round, task.published, task.policy,
                                    task.fee_cap, task.answers.get());
      },
      answers, std::move(then));
}

void Staging::query(const ApplicationId& application, const Bytes& query, Answered then) {
  execute<ServiceAnswer>(
      [this, application, query] {
        return worker().query_application(now(), context_->id, application, query);
      },
      std::make_shared<Answers>(), std::move(then));
}

// Here, and again when what it lacked has come.
template <class T>
void Staging::execute(std::function<LocalAnswer<T>()> run, std::shared_ptr<Answers> answers,
                      std::function<void(Result<T, Failure>)> then) {
  local(run, [this, run, answers, then](LocalAnswer<T> answer) {
    if (answer.result.ok()) return then(std::move(answer.result).value());
    if (auto none = no_answer_of(answer.wanted, *answers)) return then(*std::move(none));
    const NodeError error = answer.result.error();
    const std::optional<ExecutionError> cause = std::move(answer.cause);
    std::vector<Wanted> wanted = std::move(answer.wanted);
    auto add = [&](const auto& ids) { wanted.insert(wanted.end(), ids.begin(), ids.end()); };
    if (wanted.empty()) {
      if (const auto* blobs = error.as<NodeError::BlobsNotFound>()) add(blobs->value);
      if (const auto* events = error.as<NodeError::EventsNotFound>()) add(events->value);
    }
    bring(wanted, answers, [=, this](bool brought) {
      if (!brought) return then(failure_of(error, cause));
      execute<T>(run, answers, then);
    });
  });
}

// What a block asks of hosts, and reads of chains that are not followed. Only the first is surely
// needed: the run could not see clearly beyond it. False without that one.
void Staging::bring(std::vector<Wanted> wanted, std::shared_ptr<Answers> answers,
                    std::function<void(bool)> then) {
  if (const HttpQuestion* question = question_of(wanted, *answers)) {
    return context_->outside.questions().ask(*question, answers->size(),
                                             held([=, question = *question](HttpAnswer answer) {
                                               answers->add(question, std::move(answer));
                                               then(true);
                                             }));
  }
  const auto& validators = outside().committee().validators;
  if (validators.empty() || wanted.empty()) return then(false);
  auto fetch = make_flow<Fetch>(outside(), validators.begin()->first);
  fetch->find_blobs(
      sorted(wanted).blobs,
      [=, go_on = held([=, this](NodeStatus) {
            const auto* blob = std::get_if<BlobId>(&wanted.front());
            const auto* event = std::get_if<EventId>(&wanted.front());
            then(blob ? worker().has_blob(*blob) : event && worker().event(*event).has_value());
          })](NodeStatus) { fetch->catch_up_publishers(sorted(wanted).events, go_on); });
}

}  // namespace mica::app
