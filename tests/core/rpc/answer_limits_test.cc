// What an answer or a stream may cost, however it is wrapped.
#include <gtest/gtest.h>

#include "core/bcs/bcs.h"
#include "core/crypto/secp256k1.h"
#include "core/rpc/messages.h"
#include "core/rpc/node_rpc.h"
#include "tests/core/bcs/heap_meter.h"

namespace mica::rpc {
namespace {

constexpr size_t kMiB = 1024 * 1024;

NodeRequest raw_certificates() {
  return NodeRequest{NodeRequest::DownloadRawCertificatesByHeights{}};
}

ConfirmedBlockCertificate asserting(size_t asserts) {
  ConfirmedBlockCertificate certificate;
  certificate.value.body.oracle_responses.resize(1);
  certificate.value.body.oracle_responses[0].resize(asserts, {OracleResponse::Assert{}});
  return certificate;
}

// Each certificate would pass by itself: all of them draw on one budget.
TEST(AnswerLimits, CertificatesOfOneAnswerShareItsBudget) {
  const Bytes item = proto::to_raw_certificate(asserting(200'000));
  ProtoWriter message;
  for (size_t size = 0; size < 3 * kMiB; size += item.size()) message.bytes(1, item);
  const Bytes body = message_frame(message.take());
  const size_t peak = testing::peak_of(
      [&] { EXPECT_FALSE(decode_response(raw_certificates(), 200, 0, "", body).ok()); });
  EXPECT_LE(peak, limits::decode_memory_bytes(body.size()));
  // One alone is a legal block.
  const Bytes one = message_frame(ProtoWriter().bytes(1, item).take());
  EXPECT_TRUE(decode_response(raw_certificates(), 200, 0, "", one).ok());
}

TEST(AnswerLimits, FieldsOfAMessageCostNothing) {
  const Bytes body = message_frame(Bytes(8 * kMiB, 0x18));  // field 3, a varint
  const size_t peak = testing::peak_of([&] {
    EXPECT_FALSE(decode_response(NodeRequest{NodeRequest::DownloadBlob{}}, 200, 0, "", body).ok());
  });
  EXPECT_LE(peak, 64 * 1024u);
}

TEST(AnswerLimits, RepeatedFieldsArePaidFor) {
  Bytes items(4 * kMiB);  // field 2, an empty height
  for (size_t i = 0; i < items.size(); i += 2) items[i] = 0x12;
  ProtoWriter message;
  message.bytes(1, proto::to_chain_id({}));
  Bytes bytes = message.take();
  append(bytes, items);
  const Bytes body = message_frame(bytes);
  const size_t peak =
      testing::peak_of([&] { (void)decode_request("DownloadRawCertificatesByHeights", body); });
  EXPECT_LE(peak, limits::decode_memory_bytes(body.size()));
}

TEST(AnswerLimits, ManySignaturesAreRefusedBeforeAnyArithmetic) {
  ByteArray<32> secret;
  secret.fill(1);
  const ValidatorPublicKey key{secp256k1_public_key(SecretKey(secret)).value()};
  NodeRequest::HandleLiteCertificate request{};
  request.certificate.signatures.assign(150'000, {key, {}});  // about 15 MiB
  RpcCall call = encode_request(NodeRequest{request});
  auto read = decode_request(call.method, call.body);
  ASSERT_FALSE(read.ok());
  EXPECT_EQ(read.error().code, ErrorCode::kTooLong);
  request.certificate.signatures.resize(limits::kMaxCertificateSignatures);
  call = encode_request(NodeRequest{request});
  EXPECT_EQ(decode_request(call.method, call.body).error().code, ErrorCode::kNonCanonical);
}

TEST(AnswerLimits, AStreamKeepsFewFrames) {
  Bytes flood;
  for (size_t i = 0; i <= limits::kMaxStreamFrames; ++i) append(flood, message_frame({}));
  EXPECT_EQ(FrameReader().feed(flood).error().code, ErrorCode::kTooLong);
  EXPECT_TRUE(FrameReader().feed(ByteSpan(flood).subspan(5)).ok());
  Bytes long_flood(10 * kMiB);  // empty frames
  const size_t peak =
      testing::peak_of([&] { EXPECT_FALSE(NotificationReader().feed(long_flood).ok()); });
  EXPECT_LE(peak, kMiB);
}

TEST(AnswerLimits, AStreamKeepsFewBytes) {
  const Bytes frame = message_frame(Bytes(limits::kMaxStreamFrameBytes));
  FrameReader reader;
  EXPECT_TRUE(reader.feed(frame).ok());
  EXPECT_TRUE(reader.feed(frame).ok());
  EXPECT_EQ(reader.feed(frame).error().code, ErrorCode::kTooLong);
  // What is taken makes room.
  FrameReader taken;
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(taken.feed(frame).ok());
    EXPECT_TRUE(taken.next_message());
  }
  const Bytes larger = message_frame(Bytes(limits::kMaxStreamFrameBytes + 1));
  EXPECT_EQ(FrameReader().feed(ByteSpan(larger).first(5)).error().code, ErrorCode::kTooLong);
}

}  // namespace
}  // namespace mica::rpc
