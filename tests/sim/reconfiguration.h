// One seed, one world whose committee changes: validators join, leave and are replaced one after
// the other, epochs are removed, while clients pay, crash, or are away for a while; loss, and in
// half of the worlds one validator that is down. The host of each client receives what waits, and
// brings its chain into the newest epoch.
#pragma once

#include "tests/sim/room.h"
#include "tests/sim/world.h"

namespace mica::sim {

struct ReconfigurationTotals {
  uint64_t worlds = 0;
  uint64_t committees = 0, removed = 0;  // epochs made, and epochs removed
  uint64_t replaced = 0;                 // worlds in which a committee had nobody of the first
  uint64_t away = 0;                     // times that a client was
  uint64_t lagged = 0;                   // came back two or more epochs behind
  uint64_t stranded = 0;    // came back to no quorum of its chain's committee in office
  uint64_t migrations = 0;  // blocks with a new epoch in them
  uint64_t by_removed = 0;  // of those, certified by a committee that was removed
  uint64_t payments = 0, certified = 0;

  void add(const ReconfigurationTotals& other);
};

struct ReconfigurationReport {
  ReconfigurationTotals totals;
  std::vector<std::string> broken;  // promises that were; empty is good
  std::vector<std::string> log;
};

ReconfigurationReport run_reconfiguration(uint64_t seed);

// What makes these validators the committee of the epoch: two blocks of the admin chain (chain 0),
// of which the first publishes it.
std::array<ClientCommand::PrepareBlock, 2> new_committee(World& world, Epoch epoch,
                                                         const std::vector<size_t>& validators);
Operation remove_committee(Epoch epoch);

}  // namespace mica::sim
