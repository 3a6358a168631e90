#include "core/rpc/node_rpc.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "core/rpc/messages.h"

namespace mica::rpc {
namespace {

std::string vector_path(const char* name) { return std::string("tests/vectors/") + name; }

// The published client's own bytes: every request decodes, and encodes to the same bytes again.
TEST(NodeRpc, PublishedClientRequestsRoundTrip) {
  std::ifstream file(vector_path("client_requests.txt"));
  std::set<std::string> methods;
  std::string line;
  while (std::getline(file, line)) {
    if (line.starts_with('#')) continue;
    std::istringstream words(line);
    std::string method, hex;
    words >> method >> hex;
    Bytes body = *from_hex(hex);
    methods.insert(method);
    if (method == "Subscribe") {
      auto chains = decode_subscribe(body);
      ASSERT_TRUE(chains.ok()) << chains.error().message();
      EXPECT_EQ(to_hex(encode_subscribe(*chains).body), hex);
      continue;
    }
    auto request = decode_request(method, body);
    ASSERT_TRUE(request.ok()) << method << ": " << request.error().message();
    RpcCall again = encode_request(*request);
    EXPECT_EQ(again.method, method);
    EXPECT_EQ(to_hex(again.body), hex) << method;
  }
  EXPECT_GE(methods.size(), 6u);
}

NodeRequest info_query() { return NodeRequest{NodeRequest::HandleChainInfoQuery{}}; }

TEST(NodeRpc, AnswersRoundTrip) {
  ChainInfoResponse info{};
  info.info.chain_balance = Amount::from_tokens(7);
  info.signature.emplace().bytes[5] = 9;
  NodeResponse sent{NodeResponse::Info{info}};
  RpcAnswer answer = encode_response(info_query(), sent);
  EXPECT_EQ(answer.status.code, 0u);
  auto got = decode_response(info_query(), 200, std::nullopt, "", answer.body);
  ASSERT_TRUE(got.ok()) << got.error().message();
  EXPECT_EQ(*got, sent);
}

TEST(NodeRpc, NodeErrorTravelsInsideTheAnswer) {
  NodeError error = NodeError::BlobsNotFound{{BlobId{BlobType::ChainDescription, {}}}};
  RpcAnswer answer = encode_response(info_query(), NodeResponse{NodeResponse::Failure{error}});
  auto got = decode_response(info_query(), 200, 0u, "", answer.body);
  ASSERT_FALSE(got.ok());
  EXPECT_EQ(got.error(), error);
}

TEST(NodeRpc, StatusComesFromHeadersOrTrailers) {
  auto from_header = decode_response(info_query(), 200, 5u, "no blob", {});
  ASSERT_TRUE(from_header.ok());
  NodeResponse expected{NodeResponse::Status{5, "no blob"}};
  EXPECT_EQ(*from_header, expected);
  auto from_trailer =
      decode_response(info_query(), 200, std::nullopt, "", trailer_frame({5, "no blob"}));
  ASSERT_TRUE(from_trailer.ok());
  EXPECT_EQ(*from_trailer, expected);
}

TEST(NodeRpc, BrokenAnswersAreErrors) {
  RpcAnswer answer = encode_response(info_query(), NodeResponse{NodeResponse::Info{}});
  for (size_t cut = 1; cut < 40; ++cut) {
    ByteSpan body = ByteSpan(answer.body).first(answer.body.size() / 2 - cut / 2);
    EXPECT_FALSE(decode_response(info_query(), 200, std::nullopt, "", body).ok());
  }
  EXPECT_FALSE(decode_response(info_query(), 502, std::nullopt, "", {}).ok());
  EXPECT_FALSE(decode_response(info_query(), 200, std::nullopt, "", Bytes{1, 0, 0, 0, 0}).ok());
  Bytes huge{0, 0xff, 0xff, 0xff, 0xff};
  EXPECT_FALSE(decode_response(info_query(), 200, std::nullopt, "", huge).ok());
}

TEST(NodeRpc, UnknownMethodIsUnsupported) {
  auto request = decode_request("Reboot", message_frame({}));
  ASSERT_FALSE(request.ok());
  EXPECT_EQ(request.error().code, ErrorCode::kUnsupported);
}

TEST(NodeRpc, NotificationsArriveInPiecesAfterTheEmptyOne) {
  Notification news{ChainId{}, {Reason::NewIncomingBundle{ChainId{}, BlockHeight{3}}}};
  Bytes stream = trailer_frame({});  // WebSocket: response headers first
  stream = Bytes{0x80, 0, 0, 0, 3, 'a', ':', 'b'};
  append(stream, subscription_acknowledged());
  append(stream, encode_notification(news));
  NotificationReader reader;
  for (uint8_t byte : stream) ASSERT_TRUE(reader.feed({&byte, 1}).ok());
  EXPECT_TRUE(reader.acknowledged());
  EXPECT_FALSE(reader.ended());
  EXPECT_EQ(reader.next(), news);
  EXPECT_EQ(reader.next(), std::nullopt);
  ASSERT_TRUE(reader.feed(trailer_frame({14, "going"})).ok());
  EXPECT_EQ(reader.ended()->code, 14u);
}

TEST(NodeRpc, Addresses) {
  EXPECT_EQ(*base_url("grpc:127.0.0.1:13001"), "http://127.0.0.1:13001");
  EXPECT_EQ(*base_url("grpcs:a.example.org:443"), "https://a.example.org:443");
  for (const char* bad :
       {"http:a:1", "grpc:a", "grpc:a:0", "grpc:a:70000", "grpc:a/b:1", "grpc:a b:1", "grpc:a%:1",
        "grpc:\x01:1", "grpc:a\xff:1", "grpc:a:1x", "grpc:[::1]:80", "grpc::1", "tcp:a:1", ""}) {
    EXPECT_FALSE(base_url(bad).ok()) << bad;
  }
}

}  // namespace
}  // namespace mica::rpc
