// ClientNews: one subscription per validator, with all followed chains in it; reopened with a
// growing pause when it breaks. What comes are hints: the chains check them.
#pragma once

#include "core/app/client_outside.h"
#include "core/client/backoff.h"
#include "core/rpc/node_rpc.h"

namespace mica {

class ClientNews {
 public:
  struct Events {
    std::function<void(const ValidatorPublicKey&, const Notification&)> notified;
    // The validator tells news from now on; `again`: some may have been lost before.
    std::function<void(const ValidatorPublicKey&)> listening;
  };
  ClientNews(ClientOutside& outside, Events events)
      : outside_(outside), events_(std::move(events)) {}

  // Subscribes anew where the chains or the validators changed.
  void follow(std::vector<ChainId> chains);
  void data(const ClientEvent::StreamData& data);
  void closed(const ClientEvent::StreamClosed& closed);
  void retry_now();

 private:
  struct Stream {
    std::optional<uint64_t> id;  // none: waiting to be opened again
    NotificationReader reader;
    Backoff backoff{1'000'000, 60'000'000};
    std::vector<ChainId> chains;
    bool listening = false;
    uint64_t opened = 0;  // counts: a timer of before is ignored
  };

  void open(const ValidatorPublicKey& validator);
  void broken(const ValidatorPublicKey& validator, const std::string& reason);
  std::optional<ValidatorPublicKey> whose(uint64_t stream_id) const;
  void set_listening(const ValidatorPublicKey& validator, bool listening);

  ClientOutside& outside_;
  const Events events_;
  std::vector<ChainId> chains_;
  std::map<ValidatorPublicKey, Stream> streams_;
};

}  // namespace mica
