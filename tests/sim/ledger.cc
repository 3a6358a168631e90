#include "tests/sim/ledger.h"

namespace mica::sim {
namespace {

u128 credits(const std::vector<Message>& messages) {
  u128 sum = 0;
  for (const Message& message : messages) {
    const auto* system = std::get_if<Message::System>(&message.kind);
    const auto* credit =
        system ? std::get_if<SystemMessage::Credit>(&system->message.kind) : nullptr;
    if (credit) sum += credit->amount.attos;
  }
  return sum;
}

}  // namespace

bool is_poison(const std::vector<Message>& messages) {
  return std::any_of(messages.begin(), messages.end(), [](const Message& message) {
    const auto* system = std::get_if<Message::System>(&message.kind);
    return system && std::holds_alternative<SystemMessage::Withdraw>(system->message.kind);
  });
}

Ledger::Ledger(World& world, size_t chains) {
  for (size_t c = 0; c < chains; ++c) {
    const ChainId id = world.chain(c);
    size_t best = 0;
    BlockHeight end;
    Amount balance;
    for (size_t v = 0; v < world.validators(); ++v) {
      const Worker worker = world.look(v);
      if (v > 0 && worker.read(id).tip().next_block_height <= end) continue;
      best = v;
      end = worker.read(id).tip().next_block_height;
      balance = worker.read(id).balance(AccountOwner::chain());
      for (const auto& [owner, amount] : worker.read(id).balances()) {
        balance = saturating_add(balance, amount);
      }
    }
    // Perhaps nobody was asked to take the genesis's balance over yet.
    if (end.height == 0) balance = world.genesis().chains[c].config.balance;
    balances_.push_back(balance);
    for (BlockHeight h; h < end; h = h.next()) {
      const auto hash = world.look(best).read(id).block_hash(h);
      auto certificate = hash ? world.certificate(best, *hash) : std::nullopt;
      if (certificate) {
        read(certificate->value);
      } else {
        broken_.push_back("a block without its certificate");
      }
    }
  }
}

void Ledger::read(const Block& block) {
  const ChainId& here = block.header.chain_id;
  for (const Transaction& transaction : block.body.transactions) {
    const auto* receive = std::get_if<Transaction::ReceiveMessages>(&transaction.kind);
    if (receive == nullptr) continue;
    const MessageBundle& bundle = receive->bundle.bundle;
    Bundle got{bundle.height, bundle.transaction_index, {}};
    for (const PostedMessage& message : bundle.messages) got.messages.push_back(message.message);
    received_[{receive->bundle.origin, here}].push_back(std::move(got));
    ++received_count_;
  }
  for (uint32_t t = 0; t < block.body.messages.size(); ++t) {
    std::map<ChainId, Bundle> out;
    for (const OutgoingMessage& message : block.body.messages[t]) {
      Bundle& bundle = out[message.destination];
      bundle.height = block.header.height;
      bundle.transaction = t;
      bundle.messages.push_back(message.message);
    }
    for (auto& [to, bundle] : out) sent_[{here, to}].push_back(std::move(bundle));
  }
}

void Ledger::check(const Amount& total, std::vector<std::string>& broken) const {
  broken.insert(broken.end(), broken_.begin(), broken_.end());
  u128 sum = 0;
  for (const Amount& balance : balances_) sum += balance.attos;
  for (const auto& [way, bundles] : sent_) {
    auto found = received_.find(way);
    const std::vector<Bundle> none;
    const std::vector<Bundle>& got = found == received_.end() ? none : found->second;
    if (got.size() > bundles.size() || !std::equal(got.begin(), got.end(), bundles.begin())) {
      broken.push_back("messages received are not those sent, once and in order");
    }
    // What fails waits, and with it what was sent later.
    if (got.size() < bundles.size() && !is_poison(bundles[got.size()].messages)) {
      broken.push_back(std::to_string(bundles.size() - got.size()) + " messages never received");
    }
    for (size_t i = got.size(); i < bundles.size(); ++i) sum += credits(bundles[i].messages);
  }
  for (const auto& [way, bundles] : received_) {
    if (!sent_.contains(way)) broken.push_back("messages that nobody sent");
  }
  if (sum != total.attos) broken.push_back("money: " + Amount{sum}.to_text());
}

}  // namespace mica::sim
