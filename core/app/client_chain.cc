#include "core/app/client_chain.h"

#include "core/app/effects.h"

namespace mica::app {

ClientChain::ClientChain(ClientOutside& outside, const ChainId& id, TrackedChain tracked)
    : context_(std::make_shared<ChainContext>(ChainContext{outside, id, std::move(tracked)})),
      sync_(make_flow<ChainSync>(outside, context_)),
      staging_(make_flow<Staging>(outside, context_)),
      delivery_(make_flow<ChainDelivery>(outside, context_)),
      blocks_(make_flow<ChainBlocks>(outside, context_, sync_, staging_, delivery_)),
      news_(make_flow<ChainNews>(outside, context_, sync_, blocks_)),
      summaries_(context_, sync_, staging_, blocks_) {
  context_->changed();
}

ClientChain::~ClientChain() {
  sync_->stop();
  staging_->stop();
  delivery_->stop();
  blocks_->stop();
  news_->stop();
}

// An owner looks at the rounds first: what was asked before was not about them.
void ClientChain::set_tracked(TrackedChain tracked) {
  if (tracked.owner != context_->tracked.owner) sync_->owner_changed();
  context_->tracked = std::move(tracked);
}

void ClientChain::query(uint64_t command_id, const ClientCommand::QueryApplication& command) {
  staging_->query(command.application_id, command.query,
                  [context = context_, command_id](Result<ServiceAnswer, Failure> answer) {
                    if (!answer.ok()) return context->fail(command_id, answer.error());
                    context->outside.done<ClientCommand::QueryApplication>(
                        command_id, {std::move(answer->response), std::move(answer->operations)});
                  });
}

void ClientChain::estimate(uint64_t command_id, const ClientCommand::Estimate& command) {
  const BlockPlan plan = plan_of(command.operations, command.blobs);
  staging_->stage(plan, [context = context_, command_id,
                         answers = plan.answers](Result<StagedBlock, Failure> staged) {
    if (!staged.ok()) return context->fail(command_id, staged.error());
    context->outside.done<ClientCommand::Estimate>(command_id, {effects_of(*staged, *answers)});
  });
}

void ClientChain::resume() {
  blocks_->resume();
  delivery_->resume();
}

void ClientChain::retry_now() {
  blocks_->retry_signed();
  delivery_->retry_now();
  sync_->retry_now();
}

void ClientChain::leave() {
  const Failure failure{FailureCode::UnknownChain,
                        "this wallet does not follow that chain any more", MoneyState::Untouched};
  sync_->leave(failure);
  blocks_->leave(failure);
}

void ClientChain::noticed(const Reason& reason) {
  context_->changed();
  const auto* block = std::get_if<Reason::NewBlock>(&reason.kind);
  if (block && context_->tracked.owner) {
    context_->outside.emit(
        {ClientOutput::BlockChanged{id(), block->height, block->hash, BlockState::Certified}});
  }
}

void ClientChain::settle() {
  const ChainReader here = context_->here();
  if (here.is_active()) epoch_ = here.epoch();
  if (tracked().owner) publishers_ = publishers_of(context_->outside.worker(), id());
  blocks_->look_at_draft();
  summaries_.tell_changes();
}

}  // namespace mica::app
