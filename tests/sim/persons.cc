// The persons of the clients: what they approve, and how they answer a wallet that asks for a yes.
#include "tests/sim/world.h"

namespace mica::sim {

static constexpr uint64_t kPerson_us = 800'000;  // how long a person takes to look

void World::approve(size_t client, const ProposedBlock& block) {
  clients_[client].approved.insert(hash_of(block));
  clients_[client].vault.approve({}, block);
}

void World::watch_signature(const ClientHost& host, const ProposedBlock& block) {
  if (host.approved.contains(hash_of(block)) || is_receipt(block)) return;
  offences_.push_back("a vault signed what nobody approved");
}

// The wallet says that something waits for a yes; its person looks some time later.
void World::notify_person(size_t client, const ChainId& chain) {
  if (std::exchange(clients_[client].is_looking, true)) return;
  at(kPerson_us, [this, client, chain, life = clients_[client].life] {
    clients_[client].is_looking = false;
    if (clients_[client].life == life) look_at_what_waits(client, chain);
  });
}

void World::look_at_what_waits(size_t client, const ChainId& chain) {
  const ChainSummary* shown = summary(client, chain);
  if (shown == nullptr || (!shown->locked && !shown->pending_height)) return;
  const uint64_t id = ++last_id_;
  clients_[client].looked_at.insert(id);
  const ClientCommand look = shown->locked ? ClientCommand{ClientCommand::ShowLocked{chain}}
                                           : ClientCommand{ClientCommand::ShowPending{chain}};
  feed(client, {ClientEvent::Command{id, look}});
}

void World::on_draft(size_t client, uint64_t command, const ClientResult::Draft& draft) {
  ClientHost& host = clients_[client];
  host.drafts[draft.draft_id] = draft.effects.block;
  if (host.looked_at.erase(command) == 0) return;
  const bool own = host.approved.contains(hash_of(draft.effects.block));
  ++(own ? asked_again_ : carried_on_);
  at(0, [this, client, id = draft.draft_id, life = host.life] {
    if (clients_[client].life == life) this->command(client, {ClientCommand::CommitDraft{id}});
  });
}

}  // namespace mica::sim
