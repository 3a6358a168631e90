// The promises that a world watches in what clients and validators send: what breaks one is an
// offence.
#include "core/rpc/node_rpc.h"
#include "tests/sim/world.h"

namespace mica::sim {

// Two different fast proposals of one owner must never leave for one height, nor two blocks of one
// client's making in whatever rounds.
void World::watch(size_t client, const ClientOutput::Send& send, const std::string& method) {
  if (method != "HandleBlockProposal" && method != "HandleConfirmedCertificate") return;
  auto request = decode_request(method, send.body);
  if (!request.ok()) {
    offences_.push_back("a request that does not decode");
    return;
  }
  if (auto* confirmed = std::get_if<NodeRequest::HandleConfirmedCertificate>(&request->kind)) {
    return watch_certificate(confirmed->certificate);
  }
  const auto& proposal = std::get<NodeRequest::HandleBlockProposal>(request->kind).proposal;
  const ProposedBlock& block = proposal.content.block;
  const std::pair place(block.chain_id, block.height);
  auto& rivals = proposed_[place];
  const Maker self{client, clients_[client].stores_lost};
  rivals.try_emplace(encode(block), self);  // others may send it too
  size_t own = 0;
  for (const auto& [bytes, maker] : rivals) own += maker == self;
  if (own > 1) {
    offences_.push_back("client " + std::to_string(client) + " proposed two blocks at height " +
                        std::to_string(block.height.height));
  }
  if (!proposal.content.round.is_fast()) return;
  const auto [found, fresh] = fast_.emplace(
      std::tuple(proposal.signature.owner(), block.chain_id, block.height), proposal.content);
  if (!fresh && found->second != proposal.content) {
    offences_.push_back("two fast proposals at height " + std::to_string(block.height.height));
  }
}

std::map<std::pair<ChainId, BlockHeight>, World::Proposed> World::proposed() const {
  std::map<std::pair<ChainId, BlockHeight>, Proposed> all;
  for (const auto& [place, blocks] : proposed_) {
    Proposed& one = all[place];
    one.blocks = blocks.size();
    for (const auto& [bytes, maker] : blocks) {
      one.known = one.known || maker.store == clients_[maker.client].stores_lost;
    }
  }
  return all;
}

void World::watch_certificate(const ConfirmedBlockCertificate& certificate) {
  const BlockHeader& header = certificate.value.header;
  const CryptoHash hash = hash_of(certificate.value);
  const auto found = certified_.find({header.chain_id, header.height});
  if (found != certified_.end() && found->second == hash) return;
  auto& committees = committees_[header.epoch];
  std::erase_if(committees, [&](const Committee& committee) {
    return !check_certificate(certificate, committee).ok();
  });
  if (committees.empty()) {
    offences_.push_back("a client trusts a certificate that does not hold");
    return;
  }
  if (found != certified_.end()) {
    offences_.push_back("two certificates at height " + std::to_string(header.height.height));
  }
  certified_[{header.chain_id, header.height}] = hash;
}

// A validator votes once per round and kind, also if it crashes in between.
void World::watch_votes(const ValidatorHost& host, const Asked& asked, ByteSpan body) {
  if (asked.method != "HandleBlockProposal" && asked.method != "HandleLiteCertificate" &&
      asked.method != "HandleValidatedCertificate") {
    return;
  }
  auto request = decode_request(asked.method, asked.body);
  if (!request.ok()) return;
  auto response = decode_response(*request, 200, std::nullopt, "", body);
  auto* info = response.ok() ? std::get_if<NodeResponse::Info>(&response->kind) : nullptr;
  if (info == nullptr || !info->response.info.manager.pending) return;
  const LiteVote& vote = *info->response.info.manager.pending;
  const auto [found, fresh] =
      votes_.emplace(std::tuple(host.key, info->response.info.chain_id,
                                info->response.info.next_block_height, vote.round, vote.value.kind),
                     vote.value.value_hash);
  if (fresh || found->second == vote.value.value_hash) return;
  if (validators_[host.key].is == Behaviour::kEquivocates) {
    ++equivocations_;
  } else {
    offences_.push_back("validator " + std::to_string(host.key) + " voted twice in " +
                        vote.round.to_display());
  }
}

}  // namespace mica::sim
