// One seed, one world full of trouble: loss, duplicates, reordering, partitions, crashes that
// forget, a store that is lost whole, one validator of four that is down, hung or lies; half of the
// worlds with super owners and fast blocks, half with two devices, of one owner or two, that want
// different blocks; and one of those is lost for good at the end of some worlds. In a third of the
// worlds senders flood the others with messages that fail.
#pragma once

#include "tests/sim/room.h"
#include "tests/sim/world.h"

namespace mica::sim {

// What a run counted; plain numbers, so that processes can add up theirs.
struct AdversityTotals {
  uint64_t worlds = 0, fast_worlds = 0, faulty_worlds = 0, shared_worlds = 0;
  uint64_t two_owner_worlds = 0;  // of the shared ones
  uint64_t payments = 0;          // approved drafts
  uint64_t certified = 0;         // blocks, over all chains
  uint64_t messages = 0;          // received in blocks
  uint64_t client_crashes = 0, validator_crashes = 0, partitions = 0;
  uint64_t races = 0;                        // two devices that commit different blocks at once
  uint64_t poisoned_worlds = 0, poison = 0;  // messages that fail where they arrive
  uint64_t lost_devices = 0;
  uint64_t falls = 0;           // of clients, at the moment of their certificate
  uint64_t power_failures = 0;  // of validators that had something to lose, while they race
  uint64_t contested = 0;       // heights with more than one block to choose from
  uint64_t crashes_that_lost = 0, lost_commits = 0;
  uint64_t stores_lost = 0;     // of clients, whole
  uint64_t equivocations = 0;   // two votes of one validator in one round, seen on the wire
  uint64_t fast_proposals = 0;  // heights with one
  uint64_t lies = 0;            // long logs, unknown epochs, news kept back

  void add(const AdversityTotals& other);
};

struct AdversityReport {
  AdversityTotals totals;
  std::vector<std::string> broken;  // promises that were; empty is good
  std::vector<std::string> log;
};

AdversityReport run_adversity(uint64_t seed);

}  // namespace mica::sim
