// sim [--seeds N] [--first S] [--jobs J] [--until-failure 1]: runs the worlds of N seeds from S on
// and those kept in tests/sim/seeds.txt, prints totals, and fails if a promise was broken or too
// little happened. A failing seed prints its trace and joins the kept ones, or ends the run.
// That the worlds can fail is shown by `npm run sim -- --faults`: faults.json, tools/faults.mjs.
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "tests/sim/adversity.h"
#include "tests/sim/reconfiguration.h"

namespace mica::sim {
namespace {

constexpr const char* kSeedsFile = "tests/sim/seeds.txt";

struct Share {  // what one process tells of its part
  AdversityTotals totals;
  ReconfigurationTotals epochs;
  uint64_t failed = 0;
};

std::vector<uint64_t> kept_seeds() {
  std::vector<uint64_t> seeds;
  FILE* file = std::fopen(kSeedsFile, "r");
  if (file == nullptr) return seeds;
  char line[200];
  while (std::fgets(line, sizeof line, file)) {
    if (line[0] >= '0' && line[0] <= '9') seeds.push_back(std::strtoull(line, nullptr, 10));
  }
  std::fclose(file);
  return seeds;
}

void keep(uint64_t seed) {
  FILE* file = std::fopen(kSeedsFile, "a");
  if (file == nullptr) return;
  std::fprintf(file, "%llu\n", static_cast<unsigned long long>(seed));
  std::fclose(file);
}

template <class Report>
bool is_good(uint64_t seed, const Report& report) {
  if (report.broken.empty()) return true;
  std::string text;
  for (const auto& line : report.log) text += "  " + line + "\n";
  for (const auto& line : report.broken) {
    text += "seed " + std::to_string(seed) + ": " + line + "\n";
  }
  std::fwrite(text.data(), 1, text.size(), stdout);  // at once: other processes write too
  std::fflush(stdout);
  return false;
}

// The seed's two worlds: one full of trouble, and one whose committee changes.
bool run_one(uint64_t seed, Share& share) {
  const AdversityReport trouble = run_adversity(seed);
  const ReconfigurationReport epochs = run_reconfiguration(seed);
  share.totals.add(trouble.totals);
  share.epochs.add(epochs.totals);
  const bool good[] = {is_good(seed, trouble), is_good(seed, epochs)};
  if (good[0] && good[1]) return true;
  ++share.failed;
  return false;
}

// Every `jobs`-th seed, in a process of its own; its share comes through a pipe.
Share run_all(const std::vector<uint64_t>& seeds, size_t jobs, bool until_failure) {
  const std::vector<uint64_t> kept = kept_seeds();
  std::vector<std::pair<pid_t, int>> children;
  for (size_t job = 0; job < jobs; ++job) {
    int ends[2];
    if (pipe(ends) != 0) std::abort();
    const pid_t child = fork();
    if (child < 0) std::abort();
    if (child == 0) {
      Share share;
      for (size_t i = job; i < seeds.size(); i += jobs) {
        const bool good = run_one(seeds[i], share);
        if (!good && until_failure) break;
        if (!good && std::find(kept.begin(), kept.end(), seeds[i]) == kept.end()) keep(seeds[i]);
      }
      const bool told = ::write(ends[1], &share, sizeof share) == sizeof share;
      _exit(told ? 0 : 1);
    }
    ::close(ends[1]);
    children.emplace_back(child, ends[0]);
  }
  Share all;
  for (const auto& [child, end] : children) {
    Share share;
    if (::read(end, &share, sizeof share) != sizeof share) {
      std::printf("a process died\n");
      ++all.failed;
    }
    ::close(end);
    waitpid(child, nullptr, 0);
    all.totals.add(share.totals);
    all.epochs.add(share.epochs);
    all.failed += share.failed;
  }
  return all;
}

// A run in which little happened proves little.
bool print(const Share& share) {
  const AdversityTotals& t = share.totals;
  const ReconfigurationTotals& e = share.epochs;
  struct Line {
    const char* what;
    uint64_t count, floor;
  };
  const uint64_t n = t.worlds;
  const Line lines[] = {
      {"worlds", n, 1},
      {"with fast blocks", t.fast_worlds, n * 2 / 5},
      {"with a bad validator", t.faulty_worlds, n / 2},
      {"with two devices", t.shared_worlds, n * 2 / 5},
      {"with two owners", t.two_owner_worlds, n / 4},
      {"with poison", t.poisoned_worlds, n / 4},
      {"messages that fail", t.poison, n},
      {"races", t.races, n / 2},
      {"devices lost", t.lost_devices, n / 12},
      {"falls with certificate", t.falls, n / 4},
      {"contested heights", t.contested, n / 4},
      {"power failures", t.power_failures, n / 4},
      {"payments approved", t.payments, 5 * n},
      {"certified blocks", t.certified, 5 * n},
      {"messages received", t.messages, 3 * n},
      {"fast proposals", t.fast_proposals, n / 2},
      {"client crashes", t.client_crashes, n},
      {"validator crashes", t.validator_crashes, n},
      {"partitions", t.partitions, n},
      {"crashes with losses", t.crashes_that_lost, n / 4},
      {"commits lost", t.lost_commits, n / 4},
      {"stores lost", t.stores_lost, n / 10},
      {"equivocations", t.equivocations, n / 100},
      {"committees made", e.committees, 3 * n},
      {"epochs removed", e.removed, n},
      {"committees replaced", e.replaced, n / 8},
      {"clients away", e.away, 2 * n},
      {"back, epochs behind", e.lagged, n / 2},
      {"back, no quorum left", e.stranded, n / 4},
      {"blocks into new epochs", e.migrations, 3 * n},
      {"by removed committees", e.by_removed, n / 4},
      {"payments meanwhile", e.payments, n},
      {"lies about messages", t.lies, n / 2},
  };
  bool enough = true;
  for (const Line& line : lines) {
    const bool low = line.count < line.floor;
    enough = enough && !low;
    std::printf("%-22s %10llu   floor %llu%s\n", line.what,
                static_cast<unsigned long long>(line.count),
                static_cast<unsigned long long>(line.floor), low ? "   too little" : "");
  }
  return enough;
}

}  // namespace
}  // namespace mica::sim

int main(int argc, char** argv) {
  uint64_t count = 100, first = 1, until_failure = 0;
  uint64_t jobs = static_cast<uint64_t>(std::max(1L, sysconf(_SC_NPROCESSORS_ONLN)));
  for (int i = 1; i + 1 < argc; i += 2) {
    if (std::strcmp(argv[i], "--seeds") == 0) count = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--first") == 0) first = std::strtoull(argv[i + 1], nullptr, 10);
    if (std::strcmp(argv[i], "--until-failure") == 0) until_failure = argv[i + 1][0] == '1';
    if (std::strcmp(argv[i], "--jobs") == 0) jobs = std::strtoull(argv[i + 1], nullptr, 10);
  }
  // One world on request is that world alone.
  std::vector<uint64_t> seeds = count > 1 ? mica::sim::kept_seeds() : std::vector<uint64_t>();
  for (uint64_t seed = first; seed < first + count; ++seed) seeds.push_back(seed);
  const mica::sim::Share share =
      mica::sim::run_all(seeds, std::clamp<uint64_t>(jobs, 1, seeds.size()), until_failure != 0);
  const bool enough = mica::sim::print(share) || count < 50;
  const bool good = share.failed == 0 && enough;
  std::printf("%llu passed, %llu failed\n",
              static_cast<unsigned long long>(share.totals.worlds - share.failed),
              static_cast<unsigned long long>(share.failed + (enough ? 0 : 1)));
  return good ? 0 : 1;
}
