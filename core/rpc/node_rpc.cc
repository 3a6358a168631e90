#include "core/rpc/node_rpc.h"

#include "core/rpc/messages.h"

namespace mica::rpc {

namespace {

using namespace proto;
using Request = NodeRequest;
using Answer = NodeResponse;

// Batches of certificates are cut at this share of the limit; clients ask again for the rest.
// linera-rpc/src/grpc/mod.rs, GRPC_CHUNKED_MESSAGE_FILL_LIMIT
constexpr size_t kBatchBytes = limits::kMaxMessageBytes * 7 / 10;

Bytes heights_request(const ChainId& chain_id, const std::vector<BlockHeight>& heights) {
  ProtoWriter out;
  out.bytes(1, to_chain_id(chain_id));
  for (const BlockHeight& height : heights) out.bytes(2, to_height(height));
  return out.take();
}
template <class Method>
Result<NodeRequest> from_heights(Source source) {
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  Method out{MICA_TRY(from_chain_id(message.bytes(1))), {}};
  out.heights = MICA_TRY(message.list(2, from_height));
  return NodeRequest{std::move(out)};
}

Bytes blob_ids_message(const std::vector<BlobId>& ids) {
  ProtoWriter out;
  for (const BlobId& id : ids) out.bytes(1, encode(id, Wire::kBincode));
  return out.take();
}
Result<std::vector<BlobId>> from_blob_ids(Source source) {
  return MICA_TRY(ProtoMessage::parse(source)).list(1, [](Source id) {
    return decode<BlobId>(id, Wire::kBincode);
  });
}

Bytes stream_id_message(const StreamId& id) {
  return ProtoWriter().bytes(1, encode(id, Wire::kBincode)).take();
}
Result<StreamId> from_stream_id(Source source) {
  return decode<StreamId>(MICA_TRY(ProtoMessage::parse(source)).bytes(1), Wire::kBincode);
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
Result<NodeRequest> request_from(Source source) {
  auto made = [](auto value) { return NodeRequest{Method{std::move(value)}}; };
  if constexpr (std::is_same_v<Method, Request::HandleBlockProposal>) {
    return NodeRequest{MICA_TRY(from_proposal(source))};
  } else if constexpr (std::is_same_v<Method, Request::HandleLiteCertificate>) {
    return NodeRequest{MICA_TRY(from_lite_certificate(source))};
  } else if constexpr (std::is_same_v<Method, Request::HandleConfirmedCertificate>) {
    return NodeRequest{MICA_TRY(from_confirmed(source))};
  } else if constexpr (std::is_same_v<Method, Request::HandleValidatedCertificate>) {
    return NodeRequest{MICA_TRY(from_validated(source))};
  } else if constexpr (std::is_same_v<Method, Request::HandleTimeoutCertificate>) {
    return NodeRequest{MICA_TRY(from_timeout(source))};
  } else if constexpr (std::is_same_v<Method, Request::HandleChainInfoQuery>) {
    return made(MICA_TRY(from_chain_info_query(source)));
  } else if constexpr (std::is_same_v<Method, Request::HandlePendingBlob>) {
    ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
    ChainId chain_id = MICA_TRY(from_chain_id(message.bytes(1)));
    BlobContent content = MICA_TRY(from_blob_content(message.bytes(2)));
    return NodeRequest{Method{chain_id, std::move(content)}};
  } else if constexpr (std::is_same_v<Method, Request::DownloadPendingBlob>) {
    ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
    ChainId chain_id = MICA_TRY(from_chain_id(message.bytes(1)));
    BlobId blob_id = MICA_TRY(from_blob_id(message.bytes(2)));
    return NodeRequest{Method{chain_id, std::move(blob_id)}};
  } else if constexpr (std::is_same_v<Method, Request::UploadBlob>) {
    return made(MICA_TRY(from_blob_content(source)));
  } else if constexpr (std::is_same_v<Method, Request::DownloadCertificate>) {
    return made(MICA_TRY(from_hash(source)));
  } else if constexpr (std::is_same_v<Method, Request::DownloadCertificates>) {
    return made(MICA_TRY(MICA_TRY(ProtoMessage::parse(source)).list(1, from_hash)));
  } else if constexpr (std::is_same_v<Method, Request::MissingBlobIds>) {
    return made(MICA_TRY(from_blob_ids(source)));
  } else if constexpr (std::is_same_v<Method, Request::PreviousEventBlocks>) {
    ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
    Method out{MICA_TRY(from_chain_id(message.bytes(1))), {}};
    out.stream_ids = MICA_TRY(message.list(2, from_stream_id));
    return NodeRequest{std::move(out)};
  } else if constexpr (requires(Method m) { m.heights; }) {
    return from_heights<Method>(source);
  } else if constexpr (requires(Method m) { m.blob_id; }) {
    return made(MICA_TRY(from_blob_id(source)));
  } else {
    return NodeRequest{Method{}};
  }
}

template <size_t I = 0>
Result<NodeRequest> request_named(std::string_view method, Source source) {
  if constexpr (I < std::variant_size_v<decltype(NodeRequest::kind)>) {
    using Method = std::variant_alternative_t<I, decltype(NodeRequest::kind)>;
    return Method::kTypeName == method ? request_from<Method>(source)
                                       : request_named<I + 1>(method, source);
  } else {
    return Error{ErrorCode::kUnsupported, "method " + std::string(method)};
  }
}

Result<ByteSpan> single_message(ByteSpan body) {
  UnaryBody unary = MICA_TRY(read_unary(body));
  if (!unary.message) return Error{ErrorCode::kTruncated, "gRPC request"};
  return *unary.message;
}

NodeResult<NodeResponse> info_response(Source source) {
  return NodeResponse{Answer::Info{MICA_TRY(from_chain_info_result(source))}};
}

NodeResult<NodeResponse> pending_blob_response(Source source) {
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  if (message.has(2)) return MICA_TRY(decode<NodeError>(message.bytes(2), Wire::kBincode));
  return NodeResponse{Answer::Blob{MICA_TRY(from_blob_content(message.bytes(1)))}};
}

template <class From>
NodeResult<NodeResponse> certificates_response(Source source, From from) {
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  return NodeResponse{Answer::Certificates{MICA_TRY(message.list(1, from))}};
}

using EventBlock = std::pair<StreamId, std::pair<BlockHeight, CryptoHash>>;
Result<EventBlock> from_event_block(Source source) {
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  StreamId stream = MICA_TRY(from_stream_id(message.bytes(1)));
  BlockHeight height = MICA_TRY(from_height(message.bytes(2)));
  CryptoHash hash = MICA_TRY(from_hash(message.bytes(3)));
  return EventBlock{std::move(stream), {height, hash}};
}

NodeResult<NodeResponse> event_blocks_response(Source source) {
  Answer::EventBlocks out;
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  MICA_TRY(message.each(1, [&](Source item) -> Status {
    if (!item.budget.take(1, sizeof(EventBlock) + MemoryBudget::kNodeBytes)) {
      return Error{ErrorCode::kTooLong, "event blocks"};
    }
    out.blocks.insert(MICA_TRY(from_event_block(item)));
    return Ok{};
  }));
  return NodeResponse{std::move(out)};
}

NodeResult<NodeResponse> response_from(const NodeRequest& asked, Source source) {
  return std::visit(
      [&]<class Method>(const Method&) -> NodeResult<NodeResponse> {
        constexpr std::string_view kName = Method::kTypeName;
        if constexpr (kName.starts_with("Handle")) {
          return info_response(source);
        } else if constexpr (std::is_same_v<Method, Request::DownloadPendingBlob>) {
          return pending_blob_response(source);
        } else if constexpr (std::is_same_v<Method, Request::GetVersionInfo>) {
          return NodeResponse{Answer::Version{MICA_TRY(from_version(source))}};
        } else if constexpr (std::is_same_v<Method, Request::GetNetworkDescription>) {
          return NodeResponse{Answer::Network{MICA_TRY(from_network(source))}};
        } else if constexpr (std::is_same_v<Method, Request::DownloadBlob>) {
          return NodeResponse{Answer::Blob{MICA_TRY(from_blob_content(source))}};
        } else if constexpr (std::is_same_v<Method, Request::UploadBlob>) {
          return NodeResponse{Answer::BlobUploaded{MICA_TRY(from_blob_id(source))}};
        } else if constexpr (std::is_same_v<Method, Request::BlobLastUsedBy>) {
          return NodeResponse{Answer::Hash{MICA_TRY(from_hash(source))}};
        } else if constexpr (std::is_same_v<Method, Request::MissingBlobIds>) {
          return NodeResponse{Answer::BlobIds{MICA_TRY(from_blob_ids(source))}};
        } else if constexpr (std::is_same_v<Method, Request::PreviousEventBlocks>) {
          return event_blocks_response(source);
        } else if constexpr (std::is_same_v<Method, Request::DownloadRawCertificatesByHeights>) {
          return certificates_response(source, from_raw_certificate);
        } else if constexpr (std::is_same_v<Method, Request::DownloadCertificate> ||
                             std::is_same_v<Method, Request::BlobLastUsedByCertificate>) {
          return NodeResponse{Answer::Certificates{{MICA_TRY(from_certificate(source))}}};
        } else {
          return certificates_response(source, from_certificate);
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
  MemoryBudget budget(unary->message->size());
  return response_from(asked, {*unary->message, budget});
}

RpcCall encode_subscribe(const std::vector<ChainId>& chain_ids) {
  std::vector<Bytes> items;
  for (const ChainId& chain_id : chain_ids) items.push_back(to_chain_id(chain_id));
  return {"Subscribe", message_frame(repeated_message(items))};
}

Status NotificationReader::feed(ByteSpan bytes) {
  MICA_TRY(frames_.feed(bytes));
  while (auto message = frames_.next_message()) {
    MemoryBudget budget(message->size());
    auto notification = MICA_TRY(from_notification({*message, budget}));
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

namespace {
// What a host name or an IPv4 address is written with.
bool is_host(std::string_view text) {
  auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_';
  };
  return !text.empty() && text.size() <= limits::kMaxHostChars &&
         std::all_of(text.begin(), text.end(), allowed);
}
}  // namespace

Result<std::string> base_url(std::string_view network_address) {
  Error bad{ErrorCode::kBadText, "validator address"};
  size_t first = network_address.find(':');
  size_t last = network_address.rfind(':');
  if (first == std::string_view::npos || first == last) return bad;
  std::string_view scheme = network_address.substr(0, first);
  std::string_view host = network_address.substr(first + 1, last - first - 1);
  auto port = from_decimal(network_address.substr(last + 1));
  if (!is_host(host) || !port.ok() || *port == 0 || *port > 65535) return bad;
  if (scheme != "grpc" && scheme != "grpcs") return bad;
  return std::string(scheme == "grpc" ? "http" : "https") + "://" + std::string(host) + ":" +
         to_decimal(*port);
}

Result<NodeRequest> decode_request(std::string_view method, ByteSpan body) {
  const ByteSpan message = MICA_TRY(single_message(body));
  MemoryBudget budget(message.size());
  return request_named(method, {message, budget});
}

Result<std::vector<ChainId>> decode_subscribe(ByteSpan body) {
  const ByteSpan message = MICA_TRY(single_message(body));
  MemoryBudget budget(message.size());
  return MICA_TRY(ProtoMessage::parse({message, budget})).list(1, from_chain_id);
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

}  // namespace mica::rpc
