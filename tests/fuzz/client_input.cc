// The Client between a host and validators that may say anything, in any order.
#include "core/app/client.h"
#include "tests/fuzz/room.h"

#include "core/rpc/frames.h"
#include "core/storage/forgetful_store.h"
#include "tests/fuzz/memory.h"
#include "tests/fuzz/world.h"

namespace mica::fuzz {
namespace {

const GenesisConfig& genesis() {
  static const GenesisConfig one = fuzz_genesis({{secp256k1_public_key(fuzz_secret(1)).value()},
                                                 {secp256k1_public_key(fuzz_secret(2)).value()}});
  return one;
}

class Host {
 public:
  Host() : client_(store_, store_) {
    command({ClientCommand::OpenNetwork{to_json_text(genesis()), 1}});
    command({ClientCommand::TrackChain{genesis().chains[0].id(), fuzz_owner(), true}});
  }
  void step(uint8_t kind, ByteSpan bytes) {
    now_ += 1'000 * (1 + kind / 8);
    const Bytes body(bytes.begin(), bytes.end());
    switch (kind % 8) {
      case 0:
        client_.handle(bytes);
        return drain();
      case 1:
        return reply(200, message_frame(bytes));
      case 2:
        return reply(kind < 128 ? 200 : 503, body);
      case 3:
        return feed({ClientEvent::StreamData{stream_, body}});
      case 4:
        return feed({ClientEvent::StreamData{stream_, message_frame(bytes)}});
      case 5:
        now_ += 5'000'000;
        return feed({ClientEvent::Tick{}});
      case 6: {
        auto one = decode<ClientCommand>(bytes);
        if (one.ok()) command(*one);
        return;
      }
      default:
        return feed({ClientEvent::Online{}});
    }
  }

 private:
  void command(ClientCommand command) {
    feed({ClientEvent::Command{++last_id_, std::move(command)}});
  }
  void feed(ClientEvent event) {
    client_.handle(ClientInput{{now_}, std::move(event)});
    drain();
  }
  void reply(uint16_t status, Bytes body) {
    if (asked_.empty()) return;
    const uint64_t id = asked_.front();
    asked_.pop_front();
    feed({ClientEvent::Reply{id, status, std::nullopt, "", std::move(body)}});
  }
  void drain() {
    std::vector<uint64_t> flushes;
    while (auto bytes = client_.poll()) {
      auto output = decode<ClientOutput>(*bytes);
      MICA_CHECK(output.ok());
      if (auto* send = std::get_if<ClientOutput::Send>(&output->kind)) {
        asked_.push_back(send->request_id);
      } else if (auto* open = std::get_if<ClientOutput::OpenStream>(&output->kind)) {
        stream_ = open->stream_id;
      } else if (auto* flush = std::get_if<ClientOutput::Flush>(&output->kind)) {
        flushes.push_back(flush->commit_id);
      }
    }
    for (uint64_t id : flushes) {
      store_.flushed(id);
      feed({ClientEvent::Flushed{id}});
    }
  }

  ForgetfulStore store_;
  Client client_;
  uint64_t now_ = 2'000'000, last_id_ = 0, stream_ = 0;
  std::deque<uint64_t> asked_;
};

}  // namespace
}  // namespace mica::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace mica::fuzz;
  Host host;
  FuzzSteps steps{{data, size}};
  uint8_t kind = 0;
  ByteSpan bytes;
  while (steps.next(kind, bytes)) {
    within_budget(
        bytes, [&] { host.step(kind, bytes); }, kStepBytes);
  }
  return 0;
}
