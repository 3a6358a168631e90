// The Validator under inputs and requests of any kind.
#include "core/app/validator.h"
#include "tests/fuzz/room.h"

#include "core/rpc/node_rpc.h"
#include "core/storage/forgetful_store.h"
#include "tests/fuzz/memory.h"
#include "tests/fuzz/world.h"

namespace mica::fuzz {
namespace {

constexpr std::string_view kMethods[] = {"HandleBlockProposal",
                                         "HandleLiteCertificate",
                                         "HandleConfirmedCertificate",
                                         "HandleChainInfoQuery",
                                         "HandleValidatedCertificate",
                                         "HandleTimeoutCertificate",
                                         "HandlePendingBlob",
                                         "UploadBlob",
                                         "MissingBlobIds",
                                         "DownloadCertificate",
                                         "DownloadRawCertificatesByHeights"};

class Host {
 public:
  Host() : validator_(store_, store_) {
    feed({ValidatorEvent::Create{Bytes(64, 1)}});
    feed({ValidatorEvent::Open{
        to_json_text(fuzz_genesis({{secp256k1_public_key(fuzz_secret(1)).value()}}))}});
  }
  void step(uint8_t kind, ByteSpan bytes) {
    ++now_;
    const std::string method(kMethods[kind / 4 % std::size(kMethods)]);
    switch (kind % 4) {
      case 0:
        validator_.handle(bytes);
        return drain();
      case 1:
        return feed({ValidatorEvent::Request{now_, method, message_frame(bytes)}});
      case 2:
        return feed({ValidatorEvent::OpenStream{now_, "Subscribe", message_frame(bytes)}});
      default:
        now_ += 1'000'000;
        return feed({ValidatorEvent::Tick{}});
    }
  }

 private:
  void feed(ValidatorEvent event) {
    validator_.handle(ValidatorInput{{now_}, std::move(event)});
    drain();
  }
  void drain() {
    std::vector<uint64_t> flushes;
    while (auto bytes = validator_.poll()) {
      auto output = decode<ValidatorOutput>(*bytes);
      MICA_CHECK(output.ok());
      auto* flush = std::get_if<ValidatorOutput::Flush>(&output->kind);
      if (flush) flushes.push_back(flush->commit_id);
    }
    for (uint64_t id : flushes) {
      store_.flushed(id);
      feed({ValidatorEvent::Flushed{id}});
    }
  }

  ForgetfulStore store_;
  Validator validator_;
  uint64_t now_ = 2'000'000;
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
