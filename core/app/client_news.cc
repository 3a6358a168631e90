#include "core/app/client_news.h"

namespace mica {

void ClientNews::follow(std::vector<ChainId> chains) {
  chains_ = std::move(chains);
  for (auto it = streams_.begin(); it != streams_.end();) {
    if (outside_.committee().weight(it->first) > 0) {
      ++it;
      continue;
    }
    if (it->second.id) outside_.emit({ClientOutput::CloseStream{*it->second.id}});
    it = streams_.erase(it);
  }
  for (const auto& [validator, state] : outside_.committee().validators) {
    if (state.votes == 0) continue;
    Stream& stream = streams_[validator];
    if (stream.id && stream.chains == chains_) continue;
    if (stream.id) outside_.emit({ClientOutput::CloseStream{*stream.id}});
    open(validator);
  }
}

void ClientNews::open(const ValidatorPublicKey& validator) {
  Stream& stream = streams_[validator];
  ++stream.opened;
  stream.id.reset();
  RpcCall call = encode_subscribe(chains_);
  auto url = outside_.url(validator, call.method);
  if (!url) return;
  stream.id = outside_.new_id();
  stream.reader = NotificationReader();
  stream.chains = chains_;
  outside_.emit({ClientOutput::OpenStream{*stream.id, *url, std::move(call.body)}});
}

std::optional<ValidatorPublicKey> ClientNews::whose(uint64_t stream_id) const {
  for (const auto& [validator, stream] : streams_) {
    if (stream.id == stream_id) return validator;
  }
  return std::nullopt;
}

void ClientNews::set_listening(const ValidatorPublicKey& validator, bool listening) {
  Stream& stream = streams_[validator];
  if (std::exchange(stream.listening, listening) == listening) return;
  outside_.health(validator).subscribed = listening;
  outside_.health_changed(validator);
}

void ClientNews::data(const ClientEvent::StreamData& data) {
  const auto validator = whose(data.stream_id);
  if (!validator) return;
  Stream& stream = streams_[*validator];
  const bool before = stream.reader.acknowledged();
  const auto fed = stream.reader.feed(data.bytes);
  if (!before && stream.reader.acknowledged()) {
    stream.backoff.reset();
    set_listening(*validator, true);
    events_.listening(*validator);
  }
  while (auto notification = stream.reader.next()) events_.notified(*validator, *notification);
  if (fed.ok() && !stream.reader.ended()) return;
  outside_.emit({ClientOutput::CloseStream{data.stream_id}});
  broken(*validator, fed.ok() ? "the stream ended" : fed.error().message());
}

void ClientNews::closed(const ClientEvent::StreamClosed& closed) {
  if (const auto validator = whose(closed.stream_id)) broken(*validator, closed.reason);
}

void ClientNews::broken(const ValidatorPublicKey& validator, const std::string& reason) {
  Stream& stream = streams_[validator];
  stream.id.reset();
  outside_.health(validator).last_error = reason;
  set_listening(validator, false);
  const uint64_t opened = stream.opened;
  const uint64_t wait = stream.backoff.next_us(outside_.random(1000));
  outside_.wake_at({outside_.now().micros + wait}, [this, validator, opened] {
    auto found = streams_.find(validator);
    if (found != streams_.end() && !found->second.id && found->second.opened == opened) {
      open(validator);
    }
  });
}

void ClientNews::retry_now() {
  for (auto& [validator, stream] : streams_) {
    if (stream.id) continue;
    stream.backoff.reset();
    open(validator);
  }
}

}  // namespace mica
