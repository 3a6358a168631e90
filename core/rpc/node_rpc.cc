#include "core/rpc/node_rpc.h"

#include "core/rpc/messages.h"

namespace mica {

namespace {

using namespace proto;
using Request = NodeRequest;
using Answer = NodeResponse;

// Batches of certificates are cut at this share of the limit; clients ask again for the rest.
// linera-rpc/src/grpc/mod.rs, GRPC_CHUNKED_MESSAGE_FILL_LIMIT
constexpr size_t kBatchBytes = kMaxMessageBytes * 7 / 10;

Bytes heights_request(const ChainId& chain_id, const std::vector<BlockHeight>& heights) {
  ProtoWriter out;
  out.bytes(1, to_chain_id(chain_id));
  for (const BlockHeight& height : heights) out.bytes(2, to_height(height));
  return out.take();
}
template <class Method>
Result<NodeRequest> from_heights(ByteSpan bytes) {
  ProtoMessage message = TRY(ProtoMessage::parse(bytes));
  Method out{TRY(from_chain_id(message.bytes(1))), {}};
  for (ByteSpan height : message.repeated(2)) out.heights.push_back(TRY(from_height(height)));
  return NodeRequest{std::move(out)};
}

Bytes blob_ids_message(const std::vector<BlobId>& ids) {
  ProtoWriter out;
  for (const BlobId& id : ids) out.bytes(1, encode(id, Wire::kBincode));
  return out.take();
}
Result<std::vector<BlobId>> from_blob_ids(ByteSpan bytes) {
  std::vector<BlobId> out;
  ProtoMessage message = TRY(ProtoMessage::parse(bytes));
  for (ByteSpan id : message.repeated(1)) out.push_back(TRY(decode<BlobId>(id, Wire::kBincode)));
  return out;
}

Bytes stream_id_message(const StreamId& id) {
  return ProtoWriter().bytes(1, encode(id, Wire::kBincode)).take();
}
Result<StreamId> from_stream_id(ByteSpan bytes) {
  return decode<StreamId>(TRY(ProtoMessage::parse(bytes)).bytes(1), Wire::kBincode);
}

Bytes repeated_message(const std::vector<Bytes>& items) {
  ProtoWriter out;
  for (const Bytes& item : items) out.bytes(1, item);
  return out.take();
}

// One row a method: its name, and its request both ways. Where a message holds exactly one value,
// the value's own pair serves.
Bytes body_of(const Request::HandleBlockProposal& r) { return to_proposal(r); }
Bytes body_of(const Request::HandleLiteCertificate& r) { return to_lite_certificate(r); }
Bytes body_of(const Request::HandleConfirmedCertificate& r) { return to_confirmed(r); }
Bytes body_of(const Request::HandleValidatedCertificate& r) { return to_validated(r); }
Bytes body_of(const Request::HandleTimeoutCertificate& r) { return to_timeout(r); }
Bytes body_of(const Request::HandleChainInfoQuery& r) { return to_chain_info_query(r.query); }
Bytes body_of(const Request::HandlePendingBlob& r) {
  return ProtoWriter().bytes(1, to_chain_id(r.chain_id)).bytes(2, to_blob_content(r.blob)).take();
}
Bytes body_of(const Request::DownloadPendingBlob& r) {
  return ProtoWriter().bytes(1, to_chain_id(r.chain_id)).bytes(2, to_blob_id(r.blob_id)).take();
}
Bytes body_of(const Request::GetVersionInfo&) { return {}; }
Bytes body_of(const Request::GetNetworkDescription&) { return {}; }
Bytes body_of(const Request::DownloadBlob& r) { return to_blob_id(r.blob_id); }
Bytes body_of(const Request::UploadBlob& r) { return to_blob_content(r.blob); }
Bytes body_of(const Request::DownloadCertificate& r) { return to_hash(r.hash); }
Bytes body_of(const Request::DownloadCertificates& r) {
  std::vector<Bytes> items;
  for (const CryptoHash& hash : r.hashes) items.push_back(to_hash(hash));
  return repeated_message(items);
}
Bytes body_of(const Request::DownloadCertificatesByHeights& r) {
  return heights_request(r.chain_id, r.heights);
}
Bytes body_of(const Request::DownloadRawCertificatesByHeights& r) {
  return heights_request(r.chain_id, r.heights);
}
Bytes body_of(const Request::BlobLastUsedBy& r) { return to_blob_id(r.blob_id); }
Bytes body_of(const Request::BlobLastUsedByCertificate& r) { return to_blob_id(r.blob_id); }
Bytes body_of(const Request::MissingBlobIds& r) { return blob_ids_message(r.blob_ids); }
Bytes body_of(const Request::PreviousEventBlocks& r) {
  ProtoWriter out;
  out.bytes(1, to_chain_id(r.chain_id));
  for (const StreamId& id : r.stream_ids) out.bytes(2, stream_id_message(id));
  return out.take();
}

template <class Method>
Result<NodeRequest> request_from(ByteSpan bytes) {
  auto made = [](auto value) { return NodeRequest{Method{std::move(value)}}; };
  if constexpr (std::is_same_v<Method, Request::HandleBlockProposal>) {
    return NodeRequest{TRY(from_proposal(bytes))};
  } else if constexpr (std::is_same_v<Method, Request::HandleLiteCertificate>) {
    return NodeRequest{TRY(from_lite_certificate(bytes))};
  } else if constexpr (std::is_same_v<Method, Request::HandleConfirmedCertificate>) {
    return NodeRequest{TRY(from_confirmed(bytes))};
  } else if constexpr (std::is_same_v<Method, Request::HandleValidatedCertificate>) {
    return NodeRequest{TRY(from_validated(bytes))};
  } else if constexpr (std::is_same_v<Method, Request::HandleTimeoutCertificate>) {
    return NodeRequest{TRY(from_timeout(bytes))};
  } else if constexpr (std::is_same_v<Method, Request::HandleChainInfoQuery>) {
    return made(TRY(from_chain_info_query(bytes)));
  } else if constexpr (std::is_same_v<Method, Request::HandlePendingBlob>) {
    ProtoMessage message = TRY(ProtoMessage::parse(bytes));
    ChainId chain_id = TRY(from_chain_id(message.bytes(1)));
    BlobContent content = TRY(from_blob_content(message.bytes(2)));
    return NodeRequest{Method{chain_id, std::move(content)}};
  } else if constexpr (std::is_same_v<Method, Request::DownloadPendingBlob>) {
    ProtoMessage message = TRY(ProtoMessage::parse(bytes));
    ChainId chain_id = TRY(from_chain_id(message.bytes(1)));
    BlobId blob_id = TRY(from_blob_id(message.bytes(2)));
    return NodeRequest{Method{chain_id, std::move(blob_id)}};
  } else if constexpr (std::is_same_v<Method, Request::UploadBlob>) {
    return made(TRY(from_blob_content(bytes)));
  } else if constexpr (std::is_same_v<Method, Request::DownloadCertificate>) {
    return made(TRY(from_hash(bytes)));
  } else if constexpr (std::is_same_v<Method, Request::DownloadCertificates>) {
    std::vector<CryptoHash> hashes;
    for (ByteSpan hash : TRY(ProtoMessage::parse(bytes)).repeated(1)) {
      hashes.push_back(TRY(from_hash(hash)));
    }
    return made(std::move(hashes));
  } else if constexpr (std::is_same_v<Method, Request::MissingBlobIds>) {
    return made(TRY(from_blob_ids(bytes)));
  } else if constexpr (std::is_same_v<Method, Request::PreviousEventBlocks>) {
    ProtoMessage message = TRY(ProtoMessage::parse(bytes));
    Method out{TRY(from_chain_id(message.bytes(1))), {}};
    for (ByteSpan id : message.repeated(2)) out.stream_ids.push_back(TRY(from_stream_id(id)));
    return NodeRequest{std::move(out)};
  } else if constexpr (requires(Method m) { m.heights; }) {
    return from_heights<Method>(bytes);
  } else if constexpr (requires(Method m) { m.blob_id; }) {
    return made(TRY(from_blob_id(bytes)));
  } else {
    return NodeRequest{Method{}};
  }
}

template <size_t I = 0>
Result<NodeRequest> request_named(std::string_view method, ByteSpan bytes) {
  if constexpr (I < std::variant_size_v<decltype(NodeRequest::kind)>) {
    using Method = std::variant_alternative_t<I, decltype(NodeRequest::kind)>;
    return Method::kTypeName == method ? request_from<Method>(bytes)
                                       : request_named<I + 1>(method, bytes);
  } else {
    return Error{ErrorCode::kUnsupported, "method " + std::string(method)};
  }
}

Result<Bytes> single_message(ByteSpan body) {
  UnaryBody unary = TRY(read_unary(body));
  if (!unary.message) return Error{ErrorCode::kTruncated, "gRPC request"};
  return std::move(*unary.message);
}

NodeResult<NodeResponse> info_response(ByteSpan message) {
  return NodeResponse{Answer::Info{TRY(from_chain_info_result(message))}};
}

NodeResult<NodeResponse> pending_blob_response(ByteSpan bytes) {
  ProtoMessage message = TRY(ProtoMessage::parse(bytes));
  if (message.has(2)) return TRY(decode<NodeError>(message.bytes(2), Wire::kBincode));
  return NodeResponse{Answer::Blob{TRY(from_blob_content(message.bytes(1)))}};
}

template <class From>
NodeResult<NodeResponse> certificates_response(ByteSpan bytes, From from) {
  Answer::Certificates out;
  ProtoMessage message = TRY(ProtoMessage::parse(bytes));
  for (ByteSpan item : message.repeated(1)) out.certificates.push_back(TRY(from(item)));
  return NodeResponse{std::move(out)};
}

NodeResult<NodeResponse> event_blocks_response(ByteSpan bytes) {
  Answer::EventBlocks out;
  ProtoMessage message = TRY(ProtoMessage::parse(bytes));
  for (ByteSpan item : message.repeated(1)) {
    ProtoMessage block = TRY(ProtoMessage::parse(item));
    out.blocks.emplace(TRY(from_stream_id(block.bytes(1))),
                       std::pair(TRY(from_height(block.bytes(2))), TRY(from_hash(block.bytes(3)))));
  }
  return NodeResponse{std::move(out)};
}

NodeResult<NodeResponse> response_from(const NodeRequest& asked, ByteSpan message) {
  return std::visit(
      [&]<class Method>(const Method&) -> NodeResult<NodeResponse> {
        constexpr std::string_view kName = Method::kTypeName;
        if constexpr (kName.starts_with("Handle")) {
          return info_response(message);
        } else if constexpr (std::is_same_v<Method, Request::DownloadPendingBlob>) {
          return pending_blob_response(message);
        } else if constexpr (std::is_same_v<Method, Request::GetVersionInfo>) {
          return NodeResponse{Answer::Version{TRY(from_version(message))}};
        } else if constexpr (std::is_same_v<Method, Request::GetNetworkDescription>) {
          return NodeResponse{Answer::Network{TRY(from_network(message))}};
        } else if constexpr (std::is_same_v<Method, Request::DownloadBlob>) {
          return NodeResponse{Answer::Blob{TRY(from_blob_content(message))}};
        } else if constexpr (std::is_same_v<Method, Request::UploadBlob>) {
          return NodeResponse{Answer::BlobUploaded{TRY(from_blob_id(message))}};
        } else if constexpr (std::is_same_v<Method, Request::BlobLastUsedBy>) {
          return NodeResponse{Answer::Hash{TRY(from_hash(message))}};
        } else if constexpr (std::is_same_v<Method, Request::MissingBlobIds>) {
          return NodeResponse{Answer::BlobIds{TRY(from_blob_ids(message))}};
        } else if constexpr (std::is_same_v<Method, Request::PreviousEventBlocks>) {
          return event_blocks_response(message);
        } else if constexpr (std::is_same_v<Method, Request::DownloadRawCertificatesByHeights>) {
          return certificates_response(message, from_raw_certificate);
        } else if constexpr (std::is_same_v<Method, Request::DownloadCertificate> ||
                             std::is_same_v<Method, Request::BlobLastUsedByCertificate>) {
          return NodeResponse{Answer::Certificates{{TRY(from_certificate(message))}}};
        } else {
          return certificates_response(message, from_certificate);
        }
      },
      asked.kind);
}

Bytes certificate_batch(const std::vector<ConfirmedBlockCertificate>& certificates,
                        Bytes (*to_bytes)(const ConfirmedBlockCertificate&)) {
  std::vector<Bytes> items;
  size_t total = 0;
  for (const ConfirmedBlockCertificate& certificate : certificates) {
    Bytes item = to_bytes(certificate);
    total += item.size();
    if (total > kBatchBytes && !items.empty()) break;
    items.push_back(std::move(item));
  }
  return repeated_message(items);
}

Bytes event_blocks_message(const Answer::EventBlocks& answer) {
  std::vector<Bytes> items;
  for (const auto& [stream, block] : answer.blocks) {
    items.push_back(ProtoWriter()
                        .bytes(1, stream_id_message(stream))
                        .bytes(2, to_height(block.first))
                        .bytes(3, to_hash(block.second))
                        .take());
  }
  return repeated_message(items);
}

// Null: the answer does not fit the method, which is a bug of the worker.
std::optional<Bytes> message_of(const NodeRequest& asked, const NodeResponse& response) {
  bool pending = std::holds_alternative<Request::DownloadPendingBlob>(asked.kind);
  if (auto* info = std::get_if<Answer::Info>(&response.kind)) return to_chain_info(info->response);
  if (auto* failure = std::get_if<Answer::Failure>(&response.kind)) {
    return to_chain_info_error(failure->error);  // PendingBlobResult has its error in field 2 too
  }
  if (auto* blob = std::get_if<Answer::Blob>(&response.kind)) {
    Bytes content = to_blob_content(blob->blob);
    return pending ? ProtoWriter().bytes(1, content).take() : content;
  }
  if (auto* uploaded = std::get_if<Answer::BlobUploaded>(&response.kind)) {
    return to_blob_id(uploaded->blob_id);
  }
  if (auto* version = std::get_if<Answer::Version>(&response.kind)) {
    return to_version(version->version);
  }
  if (auto* network = std::get_if<Answer::Network>(&response.kind)) {
    return to_network(network->description);
  }
  if (auto* hash = std::get_if<Answer::Hash>(&response.kind)) return to_hash(hash->hash);
  if (auto* ids = std::get_if<Answer::BlobIds>(&response.kind)) {
    return blob_ids_message(ids->blob_ids);
  }
  if (auto* blocks = std::get_if<Answer::EventBlocks>(&response.kind)) {
    return event_blocks_message(*blocks);
  }
  auto* found = std::get_if<Answer::Certificates>(&response.kind);
  if (!found) return std::nullopt;
  if (std::holds_alternative<Request::DownloadRawCertificatesByHeights>(asked.kind)) {
    return certificate_batch(found->certificates, to_raw_certificate);
  }
  if (std::holds_alternative<Request::DownloadCertificate>(asked.kind) ||
      std::holds_alternative<Request::BlobLastUsedByCertificate>(asked.kind)) {
    if (found->certificates.empty()) return std::nullopt;
    return to_certificate(found->certificates.front());
  }
  return certificate_batch(found->certificates, to_certificate);
}

}  // namespace

RpcCall encode_request(const NodeRequest& request) {
  return std::visit(
      []<class Method>(const Method& method) {
        return RpcCall{std::string(Method::kTypeName), message_frame(body_of(method))};
      },
      request.kind);
}

NodeResult<NodeResponse> decode_response(const NodeRequest& asked, uint16_t http_status,
                                         std::optional<uint32_t> grpc_status,
                                         const std::string& grpc_message, ByteSpan body) {
  if (grpc_status && *grpc_status != 0) {
    return NodeResponse{Answer::Status{*grpc_status, grpc_message}};
  }
  if (http_status != 200) return NodeError::GrpcError{"HTTP status " + to_decimal(http_status)};
  auto unary = read_unary(body);
  if (!unary.ok()) return NodeError::GrpcError{unary.error().message()};
  if (unary->status && unary->status->code != 0) {
    return NodeResponse{Answer::Status{unary->status->code, unary->status->message}};
  }
  if (!unary->message) return NodeError::GrpcError{"answer without a message"};
  return response_from(asked, *unary->message);
}

RpcCall encode_subscribe(const std::vector<ChainId>& chain_ids) {
  std::vector<Bytes> items;
  for (const ChainId& chain_id : chain_ids) items.push_back(to_chain_id(chain_id));
  return {"Subscribe", message_frame(repeated_message(items))};
}

Status NotificationReader::feed(ByteSpan bytes) {
  TRY(frames_.feed(bytes));
  while (auto message = frames_.next_message()) {
    auto notification = TRY(from_notification(*message));
    acknowledged_ = true;
    if (notification) ready_.push_back(std::move(*notification));
  }
  return Ok{};
}

std::optional<Notification> NotificationReader::next() {
  if (ready_.empty()) return std::nullopt;
  Notification out = std::move(ready_.front());
  ready_.pop_front();
  return out;
}

Result<std::string> base_url(std::string_view network_address) {
  Error bad{ErrorCode::kBadText, "validator address " + std::string(network_address)};
  size_t first = network_address.find(':');
  size_t last = network_address.rfind(':');
  if (first == std::string_view::npos || first == last) return bad;
  std::string_view scheme = network_address.substr(0, first);
  std::string_view host = network_address.substr(first + 1, last - first - 1);
  std::string_view port = network_address.substr(last + 1);
  if (host.empty() || host.find_first_of(":/?#@") != std::string_view::npos) return bad;
  u128 number = TRY(from_decimal(port));
  if (number == 0 || number > 65535) return bad;
  if (scheme != "grpc" && scheme != "grpcs") return bad;
  return std::string(scheme == "grpc" ? "http" : "https") + "://" + std::string(host) + ":" +
         to_decimal(number);
}

Result<NodeRequest> decode_request(std::string_view method, ByteSpan body) {
  return request_named(method, TRY(single_message(body)));
}

Result<std::vector<ChainId>> decode_subscribe(ByteSpan body) {
  Bytes bytes = TRY(single_message(body));
  std::vector<ChainId> out;
  ProtoMessage message = TRY(ProtoMessage::parse(bytes));
  for (ByteSpan id : message.repeated(1)) out.push_back(TRY(from_chain_id(id)));
  return out;
}

RpcAnswer encode_response(const NodeRequest& asked, const NodeResponse& response) {
  if (auto* status = std::get_if<Answer::Status>(&response.kind)) {
    return {{status->code, status->message}, {}};
  }
  auto message = message_of(asked, response);
  if (!message) return {{static_cast<uint32_t>(GrpcCode::kInternal), "no answer"}, {}};
  RpcAnswer out{{}, message_frame(*message)};
  append(out.body, trailer_frame({}));
  return out;
}

Bytes encode_notification(const Notification& notification) {
  return message_frame(to_notification(notification));
}

Bytes subscription_acknowledged() { return message_frame({}); }

}  // namespace mica
