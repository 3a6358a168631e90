// Outside: all that flows may ask of the world around them. Implemented by core/app, and by tests.
//
// Callbacks are called later, never from within the call that takes them, each at most once.
// Whoever implements this owns the callbacks; dropping them ends the flows that wait in them.
#pragma once

#include <functional>

#include "core/client/room.h"
#include "core/types/failure.h"
#include "core/types/pending_block.h"
#include "core/worker/worker.h"

namespace mica::client {

struct AskOptions {
  uint32_t timeout_ms = 4'000;
  // What was applied before must be durable before this is sent: for everything newly signed here.
  bool after_flush = false;
};
inline constexpr AskOptions kSendProposal{.timeout_ms = 10'000, .after_flush = true};
inline constexpr AskOptions kSendCertificate{.timeout_ms = 10'000};

class Outside {
 public:
  using Answer = std::function<void(NodeResult<NodeResponse>)>;
  using Signature = std::function<void(Result<AccountSignature, Failure>)>;

  virtual ~Outside() = default;

  virtual Timestamp now() const = 0;
  virtual Worker& worker() = 0;
  virtual ChainId admin_chain() const = 0;

  // Visible at once to worker(); durable some time later.
  virtual void apply(Batch batch) = 0;
  // The block that is signed but not settled on a chain, at most one; as durable as apply().
  virtual Result<std::optional<PendingBlock>> pending(const ChainId& chain) const = 0;
  virtual void remember(const PendingBlock& block) = 0;
  // Forgets it. `certified`: its messages are on their way at that height.
  virtual void settle(const ChainId& chain, std::optional<BlockHeight> certified) = 0;
  // Notifications of the local node.
  virtual void notice(const std::vector<Notification>& notifications) = 0;
  virtual void ask(const ValidatorPublicKey& validator, const NodeRequest& request,
                   const AskOptions& options, Answer then) = 0;
  virtual void wake_at(Timestamp time, std::function<void()> then) = 0;
  // Soon, after what runs now.
  virtual void post(std::function<void()> then) = 0;
  // Cold records; false: one of them cannot be had.
  virtual void load(const std::vector<ColdKey>& keys, std::function<void(bool)> then) = 0;
  virtual void sign(const AccountOwner& owner, const ProposalContent& content, bool receiving,
                    Signature then) = 0;
  // 0 <= x < limit; the same seed gives the same run.
  virtual uint64_t random(uint64_t limit) = 0;
  virtual void log(std::string text) = 0;
  // Whom a flow may ask now: those with votes in the newest committee that is known.
  virtual const Committee& committee() const = 0;
  // Its validators can be asked from now on: they have addresses.
  virtual void meet(const Committee& committee) = 0;
};

}  // namespace mica::client
