// gRPC-Web frames as bodies and as streams cut anywhere, and every message inside them; none takes
// more memory than limits.h allows.
#include <algorithm>

#include "core/rpc/node_rpc.h"
#include "tests/fuzz/memory.h"
#include "tests/fuzz/room.h"

namespace mica::fuzz {
namespace {

struct Read {
  std::vector<Bytes> messages;
  bool good = true;
  friend bool operator==(const Read&, const Read&) = default;
};

// In pieces of `step` bytes.
Read read_stream(ByteSpan bytes, size_t step) {
  FrameReader reader;
  Read read;
  for (size_t at = 0; at < bytes.size() && read.good; at += step) {
    read.good = reader.feed(bytes.subspan(at, std::min(step, bytes.size() - at))).ok();
    while (auto message = reader.next_message()) read.messages.push_back(std::move(*message));
  }
  return read;
}

void check(ByteSpan bytes, size_t step) {
  const Read whole = read_stream(bytes, std::max<size_t>(1, bytes.size()));
  const Read pieces = read_stream(bytes, step);
  MICA_CHECK(whole == pieces);
  auto body = read_unary(bytes);
  if (body.ok() && body->message) {
    const Bytes again = message_frame(*body->message);
    MICA_CHECK(again.size() <= bytes.size());
    // Headers in a frame of their own may stand before it.
    MICA_CHECK(std::search(bytes.begin(), bytes.end(), again.begin(), again.end()) != bytes.end());
  }
  within_budget(bytes, [&] {
    NotificationReader news;
    if (news.feed(bytes).ok()) {
      while (news.next()) {
      }
    }
  });
}

constexpr std::string_view kMethods[] = {"HandleBlockProposal",
                                         "HandleLiteCertificate",
                                         "HandleConfirmedCertificate",
                                         "HandleValidatedCertificate",
                                         "HandleTimeoutCertificate",
                                         "HandleChainInfoQuery",
                                         "HandlePendingBlob",
                                         "DownloadPendingBlob",
                                         "GetVersionInfo",
                                         "GetNetworkDescription",
                                         "DownloadBlob",
                                         "UploadBlob",
                                         "DownloadCertificate",
                                         "DownloadCertificates",
                                         "DownloadCertificatesByHeights",
                                         "DownloadRawCertificatesByHeights",
                                         "BlobLastUsedBy",
                                         "BlobLastUsedByCertificate",
                                         "MissingBlobIds"};

// A request that decodes is encoded to one that decodes to the same.
void check_request(std::string_view method, ByteSpan message) {
  const Bytes frame = message_frame(message);
  std::optional<Result<NodeRequest>> decoded;
  within_budget(frame, [&] { decoded.emplace(decode_request(method, frame)); });
  if (!decoded->ok()) return;
  const NodeRequest& request = decoded->value();
  const RpcCall call = encode_request(request);
  auto again = decode_request(call.method, call.body);
  MICA_CHECK(again.ok());
  MICA_CHECK(*again == request);
  within_budget(frame, [&] { (void)decode_response(request, 200, 0, "", frame); });
}

}  // namespace
}  // namespace mica::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace mica::fuzz;
  if (size < 2) return 0;
  const ByteSpan bytes(data + 2, size - 2);
  check(bytes, 1 + data[0]);
  check_request(kMethods[data[1] % std::size(kMethods)], bytes);
  within_budget(bytes, [&] { (void)decode_subscribe(bytes); });
  return 0;
}
