// A client's world whose validators are real, except where the test makes one lie or keep silent.
// Time passes only in run_for and run_until; what was applied is durable at once.
//   NetworkOutside outside;
//   outside.script[3] = [](const NodeRequest&) { return Lie::silent(); };
#pragma once

#include <malloc.h>

#include "tests/core/client/timed_outside.h"
#include "tests/core/worker/network.h"

namespace mica::client {

// What a bad validator does with a request: nothing set: what an honest one does.
struct Lie {
  bool is_silent = false;
  std::optional<NodeResponse> answer;
  static Lie silent() { return {true, std::nullopt}; }
  static Lie honest() { return {}; }
  static Lie refused() { return {false, NodeResponse{NodeResponse::Status{5, "not found"}}}; }
};

// Bytes that are allocated now.
inline size_t heap_in_use() {
#ifdef __EMSCRIPTEN__
  return static_cast<size_t>(mallinfo().uordblks);
#else
  return mallinfo2().uordblks;
#endif
}

class NetworkOutside final : public TimedOutside {
 public:
  static constexpr uint64_t kLatency_us = 10'000;

  explicit NetworkOutside(TestNetwork& network)
      : network(network), node(100, false, network.genesis) {}

  // As a validator signs it.
  NodeResponse signed_info(size_t validator, ChainInfo info) const {
    const auto signature =
        secp256k1_sign(test_secret(static_cast<uint8_t>(validator + 1)), hash_of(info).bytes);
    return {NodeResponse::Info{{std::move(info), ValidatorSignature{signature}}}};
  }

  void run_for(uint64_t us) {
    run_until([] { return false; }, us);
  }
  // How long it took; none: it did not come true.
  std::optional<uint64_t> run_until(const std::function<bool()>& done, uint64_t limit_us) {
    const uint64_t start = now_us;
    size_t at_once = 0;
    for (;;) {
      run_posted();
      if (done()) return now_us - start;
      if (timers.empty() || timers.begin()->first > start + limit_us) break;
      at_once = timers.begin()->first > now_us ? 0 : at_once + 1;
      if (at_once > 100'000) {
        ADD_FAILURE() << "time stands still";
        break;
      }
      run_timer();
    }
    now_us = start + limit_us;
    return std::nullopt;
  }

  Worker& worker() override { return *node.worker; }
  ChainId admin_chain() const override { return network.chain_id(0); }
  void apply(Batch batch) override {
    heap = std::max<size_t>(heap, heap_in_use());
    if (!batch.empty()) node.store.flushed(node.store.apply(std::move(batch)).value());
  }
  void notice(const std::vector<Notification>& notifications) override {
    notices += notifications.size();
  }
  void ask(const ValidatorPublicKey& validator, const NodeRequest& request,
           const AskOptions& options, Answer then) override {
    heap = std::max<size_t>(heap, heap_in_use());
    const size_t index = static_cast<size_t>(
        std::find(network.names.begin(), network.names.end(), validator) - network.names.begin());
    ++asked[index];
    const Lie lie = script.contains(index) ? script[index](request) : Lie::honest();
    if (lie.is_silent) {
      return wake_at({now_us + uint64_t{options.timeout_ms} * 1000},
                     [then] { then(NodeError(NodeError::GrpcError{"timeout"})); });
    }
    wake_at({now_us + kLatency_us}, [this, index, request, then, answer = lie.answer] {
      then(answer ? *answer : network.ask(index, request));
    });
  }
  void load(const std::vector<ColdKey>& keys, std::function<void(bool)> then) override {
    for (const ColdKey& key : keys) node.store.segment_loaded(node.store.request(key));
    post([then = std::move(then)] { then(true); });
  }
  void sign(const AccountOwner&, const ProposalContent& content, bool, Signature then) override {
    ++signed_count;
    post([this, content, then] { then(signer(content)); });
  }
  uint64_t random(uint64_t) override { return 500; }
  void log(std::string text) override { logged.push_back(std::move(text)); }
  const Committee& committee() const override { return network.genesis.committee; }

  TestNetwork& network;
  TestNode node;
  std::map<size_t, std::function<Lie(const NodeRequest&)>> script;  // by validator
  std::map<size_t, size_t> asked;
  size_t heap = 0;  // the most that was in use when something was asked or stored
  size_t notices = 0;
  std::vector<std::string> logged;
  // The person's key: chain 0's owner.
  std::function<Result<AccountSignature, Failure>(const ProposalContent&)> signer =
      [](const ProposalContent& content) { return TestOwner{101}.sign(hash_of(content)); };
  size_t signed_count = 0;
};

// A transfer of so little that it can be made thousands of times.
inline Transaction crumb_to(const ChainId& chain) {
  return operation(Operation::system(
      SystemOperation::Transfer{AccountOwner::chain(), {chain, AccountOwner::chain()}, Amount{1}}));
}

// A question for a received log.
inline bool asks_for_log(const NodeRequest& request) {
  const auto* query = std::get_if<NodeRequest::HandleChainInfoQuery>(&request.kind);
  return query && query->query.request_received_log_excluding_first_n.has_value();
}
inline const NodeRequest::DownloadRawCertificatesByHeights* asks_for_blocks(
    const NodeRequest& request) {
  return std::get_if<NodeRequest::DownloadRawCertificatesByHeights>(&request.kind);
}

}  // namespace mica::client
