// ClientNews: one subscription per validator, with all followed chains in it; reopened with a
// growing pause when it breaks, and replaced without a gap when the chains change. What comes are
// hints, perhaps twice: the chains check them.
#pragma once

#include <array>

#include "core/app/client_outside.h"
#include "core/app/room.h"
#include "core/client/backoff.h"
#include "core/rpc/node_rpc.h"

namespace mica::app {

class ClientNews {
 public:
  struct Events {
    std::function<void(const ValidatorPublicKey&, const Notification&)> notified;
    // From now on the validator tells news of these chains, which it may not have told before.
    std::function<void(const ValidatorPublicKey&, const std::set<ChainId>&)> listening;
  };
  ClientNews(ClientOutside& outside, Events events)
      : outside_(outside), events_(std::move(events)) {}

  // From the next settle() on: anew where the chains or the validators changed.
  void follow(std::set<ChainId> chains, const std::set<ValidatorPublicKey>& validators);
  // At the end of a handle: many changes give one subscription, and another one only after that
  // was acknowledged.
  void settle();
  void data(const ClientEvent::StreamData& data);
  void closed(const ClientEvent::StreamClosed& closed);
  void retry_now();

 private:
  struct Stream {
    uint64_t id = 0;
    std::set<ChainId> chains;
    NotificationReader reader;
  };
  struct Subscription {
    std::optional<Stream> current;  // acknowledged
    std::optional<Stream> coming;   // replaces it once it is acknowledged
    std::optional<Stream> parting;  // replaced; what it told before may still arrive
    Backoff backoff{1'000'000, 60'000'000};
    bool listening = false;
    bool due = false;  // the chains changed
    Timestamp opened_at;
    uint64_t opened = 0;  // counts: a timer of before is ignored
  };

  bool is_up_to_date(const Subscription& subscription) const;
  void open(const ValidatorPublicKey& validator);
  void close(std::optional<Stream>& stream);
  void acknowledged(const ValidatorPublicKey& validator);
  void ended(const ValidatorPublicKey& validator, std::optional<Stream>& stream,
             const std::string& reason);
  static std::array<std::optional<Stream>*, 3> streams_of(Subscription& subscription);
  using Found = std::pair<const ValidatorPublicKey*, std::optional<Stream>*>;
  Found find(uint64_t stream_id);
  void set_listening(const ValidatorPublicKey& validator, bool listening);

  ClientOutside& outside_;
  const Events events_;
  std::set<ChainId> chains_;
  std::map<ValidatorPublicKey, Subscription> subscriptions_;
};

}  // namespace mica::app
