// Ledger: what the blocks of a world say was sent and received, against what its chains hold.
#pragma once

#include "tests/sim/room.h"
#include "tests/sim/world.h"

namespace mica::sim {

// A claim on money that is not there: it fails wherever it arrives.
bool is_poison(const std::vector<Message>& messages);

class Ledger {
 public:
  // Reads every chain from the validator that has most of it.
  Ledger(World& world, size_t chains);
  // Adds what is wrong: a message lost, doubled, changed or out of order; money made or gone.
  void check(const Amount& total, std::vector<std::string>& broken) const;
  size_t received() const { return received_count_; }
  Amount balance(size_t chain) const { return balances_[chain]; }

 private:
  struct Bundle {
    BlockHeight height;
    uint32_t transaction = 0;
    std::vector<Message> messages;
    friend bool operator==(const Bundle&, const Bundle&) = default;
  };
  using Way = std::pair<ChainId, ChainId>;  // from, to

  void read(const Block& block);

  std::map<Way, std::vector<Bundle>> sent_, received_;
  std::vector<Amount> balances_;
  std::vector<std::string> broken_;
  size_t received_count_ = 0;
};

}  // namespace mica::sim
