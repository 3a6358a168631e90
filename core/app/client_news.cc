#include "core/app/client_news.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/base/text.h"

namespace mica::app {
namespace {

constexpr uint64_t kParting_us = 2'000'000;

}  // namespace

void ClientNews::follow(std::set<ChainId> chains, const std::set<ValidatorPublicKey>& validators) {
  chains_ = std::move(chains);
  for (auto it = subscriptions_.begin(); it != subscriptions_.end();) {
    if (validators.contains(it->first)) {
      ++it;
      continue;
    }
    for (auto* stream : streams_of(it->second)) close(*stream);
    it = subscriptions_.erase(it);
  }
  for (const ValidatorPublicKey& validator : validators) {
    if (!is_up_to_date(subscriptions_[validator])) subscriptions_[validator].due = true;
  }
}

void ClientNews::settle() {
  for (auto& [validator, subscription] : subscriptions_) {
    if (!subscription.due) continue;
    const uint64_t waits_until = subscription.opened_at.micros + limits::kAcknowledge_us;
    if (subscription.coming && outside_.now().micros < waits_until) continue;
    subscription.due = false;
    if (!is_up_to_date(subscription)) open(validator);
  }
}

// Perhaps not acknowledged yet.
bool ClientNews::is_up_to_date(const Subscription& subscription) const {
  const auto& newest = subscription.coming ? subscription.coming : subscription.current;
  return newest && newest->chains == chains_;
}

void ClientNews::open(const ValidatorPublicKey& validator) {
  Subscription& subscription = subscriptions_[validator];
  ++subscription.opened;
  subscription.opened_at = outside_.now();
  close(subscription.coming);
  RpcCall call = encode_subscribe({chains_.begin(), chains_.end()});
  auto url = outside_.url(validator, call.method);
  if (!url) return;
  subscription.due = false;
  subscription.coming = Stream{outside_.new_id(), chains_, {}};
  outside_.emit({ClientOutput::OpenStream{subscription.coming->id, *url, std::move(call.body)}});
  // By then settle() replaces it, if it must.
  outside_.wake_at({outside_.now().micros + limits::kAcknowledge_us}, [] {});
}

void ClientNews::close(std::optional<Stream>& stream) {
  if (stream) outside_.emit({ClientOutput::CloseStream{stream->id}});
  stream.reset();
}

std::array<std::optional<ClientNews::Stream>*, 3> ClientNews::streams_of(
    Subscription& subscription) {
  return {&subscription.current, &subscription.coming, &subscription.parting};
}

ClientNews::Found ClientNews::find(uint64_t stream_id) {
  for (auto& [validator, subscription] : subscriptions_) {
    for (auto* stream : streams_of(subscription)) {
      if (*stream && (*stream)->id == stream_id) return {&validator, stream};
    }
  }
  return {};
}

void ClientNews::set_listening(const ValidatorPublicKey& validator, bool listening) {
  Subscription& subscription = subscriptions_[validator];
  if (std::exchange(subscription.listening, listening) == listening) return;
  outside_.health(validator).subscribed = listening;
  outside_.health_changed(validator);
}

void ClientNews::data(const ClientEvent::StreamData& data) {
  auto [validator, stream] = find(data.stream_id);
  if (!validator) return;
  const auto fed = (*stream)->reader.feed(data.bytes);
  auto& coming = subscriptions_[*validator].coming;
  if (stream == &coming && coming->reader.acknowledged()) {
    acknowledged(*validator);
    stream = &subscriptions_[*validator].current;
  }
  const ValidatorPublicKey source = *validator;
  std::vector<Notification> told;
  while (auto notification = (*stream)->reader.next()) told.push_back(std::move(*notification));
  if (!fed.ok() || (*stream)->reader.ended()) {
    outside_.emit({ClientOutput::CloseStream{data.stream_id}});
    ended(source, *stream, fed.ok() ? "the stream ended" : fed.error().message());
  }
  for (const Notification& notification : told) events_.notified(source, notification);
}

void ClientNews::acknowledged(const ValidatorPublicKey& validator) {
  Subscription& subscription = subscriptions_[validator];
  std::set<ChainId> before, added;
  close(subscription.parting);
  subscription.parting =
      std::exchange(subscription.current, std::exchange(subscription.coming, std::nullopt));
  if (subscription.parting) {
    before = subscription.parting->chains;
    outside_.wake_at({outside_.now().micros + kParting_us}, [this, id = subscription.parting->id] {
      if (auto [source, stream] = find(id); source) close(*stream);
    });
  }
  subscription.backoff.reset();
  const std::set<ChainId>& now = subscription.current->chains;
  std::set_difference(now.begin(), now.end(), before.begin(), before.end(),
                      std::inserter(added, added.end()));
  subscription.due = !is_up_to_date(subscription);
  set_listening(validator, true);
  events_.listening(validator, added);
}

void ClientNews::closed(const ClientEvent::StreamClosed& closed) {
  auto [validator, stream] = find(closed.stream_id);
  if (!validator) return;
  ended(*validator, *stream, closed.reason);
}

void ClientNews::ended(const ValidatorPublicKey& validator, std::optional<Stream>& stream,
                       const std::string& reason) {
  Subscription& subscription = subscriptions_[validator];
  stream.reset();
  if (&stream == &subscription.parting) return;
  outside_.health(validator).last_error = quoted(reason);
  if (!subscription.current) set_listening(validator, false);
  if (subscription.coming) return;
  const uint64_t opened = subscription.opened;
  const uint64_t wait = subscription.backoff.next_us(outside_.random(1000));
  outside_.wake_at({outside_.now().micros + wait}, [this, validator, opened] {
    auto found = subscriptions_.find(validator);
    if (found != subscriptions_.end() && found->second.opened == opened) open(validator);
  });
}

void ClientNews::retry_now() {
  for (auto& [validator, subscription] : subscriptions_) {
    if (subscription.coming || is_up_to_date(subscription)) continue;
    subscription.backoff.reset();
    open(validator);
  }
}

}  // namespace mica::app
