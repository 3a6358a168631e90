#include "core/rpc/messages.h"

namespace mica::rpc::proto {

namespace {

template <class T>
Bytes bincode(const T& value) {
  return encode(value, Wire::kBincode);
}
template <class T>
Result<T> from_bincode(Source source) {
  return decode<T>(source, Wire::kBincode);
}

// Most messages are one field of bytes.
Bytes wrapped(ByteSpan bytes) { return ProtoWriter().bytes(1, bytes).take(); }
Result<Source> unwrapped(Source source) { return MICA_TRY(ProtoMessage::parse(source)).bytes(1); }

template <class T>
Bytes wrapped_bincode(const T& value) {
  return wrapped(bincode(value));
}
template <class T>
Result<T> unwrapped_bincode(Source source) {
  return from_bincode<T>(MICA_TRY(unwrapped(source)));
}

template <class Cert>
Bytes certificate_message(const Cert& certificate) {
  return ProtoWriter()
      .bytes(1, bincode(certificate.value))
      .bytes(2, bincode(certificate.round))
      .bytes(3, bincode(certificate.signatures))
      .varint(4, static_cast<uint64_t>(Cert::kKind))
      .take();
}

// Signatures are sorted here, as upstream does for these messages; each costs a square root.
Result<ValidatorSignatures> signatures_from(Source source) {
  auto signatures = MICA_TRY(from_bincode<ValidatorSignatures>(source));
  if (signatures.size() > limits::kMaxCertificateSignatures) {
    return Error{ErrorCode::kTooLong, "certificate signatures"};
  }
  MICA_TRY(sort_signatures(signatures));
  return signatures;
}

template <class Cert>
Result<Cert> certificate_from(Source source) {
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  if (message.varint(4) != static_cast<uint64_t>(Cert::kKind)) {
    return Error{ErrorCode::kBadTag, "certificate kind"};
  }
  Cert out;
  out.value = MICA_TRY(from_bincode<decltype(Cert::value)>(message.bytes(1)));
  out.round = MICA_TRY(from_bincode<Round>(message.bytes(2)));
  out.signatures = MICA_TRY(signatures_from(message.bytes(3)));
  return out;
}

template <class Cert>
Bytes certificate_request(const Cert& certificate, uint32_t field) {
  return ProtoWriter()
      .bytes(1, to_chain_id(chain_of(certificate.value)))
      .bytes(field, certificate_message(certificate))
      .take();
}

template <class Cert>
Result<Cert> certificate_from_request(const ProtoMessage& message, uint32_t field) {
  Cert certificate = MICA_TRY(certificate_from<Cert>(message.bytes(field)));
  if (MICA_TRY(from_chain_id(message.bytes(1))) != chain_of(certificate.value)) {
    return Error{ErrorCode::kRefused, "certificate of another chain"};
  }
  return certificate;
}

}  // namespace

Bytes to_chain_id(const ChainId& chain_id) { return wrapped(chain_id.hash.bytes); }
Result<ChainId> from_chain_id(Source source) {
  return decode<ChainId>(MICA_TRY(unwrapped(source)));
}
Bytes to_hash(const CryptoHash& hash) { return wrapped(hash.bytes); }
Result<CryptoHash> from_hash(Source source) {
  return decode<CryptoHash>(MICA_TRY(unwrapped(source)));
}
Bytes to_blob_id(const BlobId& blob_id) { return wrapped_bincode(blob_id); }
Result<BlobId> from_blob_id(Source source) { return unwrapped_bincode<BlobId>(source); }
Bytes to_blob_content(const BlobContent& blob) { return wrapped_bincode(blob); }
Result<BlobContent> from_blob_content(Source source) {
  return unwrapped_bincode<BlobContent>(source);
}
Bytes to_height(const BlockHeight& height) { return ProtoWriter().varint(1, height.height).take(); }
Result<BlockHeight> from_height(Source source) {
  return BlockHeight{MICA_TRY(ProtoMessage::parse(source)).varint(1)};
}

Bytes to_certificate(const ConfirmedBlockCertificate& certificate) {
  return certificate_message(certificate);
}
Result<ConfirmedBlockCertificate> from_certificate(Source source) {
  return certificate_from<ConfirmedBlockCertificate>(source);
}

Bytes to_raw_certificate(const ConfirmedBlockCertificate& certificate) {
  return ProtoWriter()
      .bytes(1, encode(lite(certificate)))
      .bytes(2, encode(certificate.value))
      .take();
}
Result<ConfirmedBlockCertificate> from_raw_certificate(Source source) {
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  LiteCertificate lite = MICA_TRY(decode<LiteCertificate>(message.bytes(1)));
  if (lite.value.kind != CertificateKind::Confirmed) {
    return Error{ErrorCode::kBadTag, "certificate kind"};
  }
  return ConfirmedBlockCertificate{MICA_TRY(decode<Block>(message.bytes(2))), lite.round,
                                   std::move(lite.signatures)};
}

Bytes to_chain_info(const ChainInfoResponse& response) {
  ProtoWriter inner;
  inner.bytes(1, bincode(response.info));
  if (response.signature) inner.bytes(2, wrapped(response.signature->bytes));
  return ProtoWriter().bytes(1, inner.take()).take();
}

Bytes to_chain_info_error(const NodeError& error) {
  return ProtoWriter().bytes(2, bincode(error)).take();
}

NodeResult<ChainInfoResponse> from_chain_info_result(Source source) {
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  if (message.has(2)) return MICA_TRY(from_bincode<NodeError>(message.bytes(2)));
  ProtoMessage inner = MICA_TRY(message.message(1));
  ChainInfoResponse out{MICA_TRY(from_bincode<ChainInfo>(inner.bytes(1))), {}};
  if (inner.has(2)) {
    out.signature = MICA_TRY(decode<ValidatorSignature>(MICA_TRY(unwrapped(inner.bytes(2)))));
  }
  return out;
}

Bytes to_chain_info_query(const ChainInfoQuery& query) {
  ProtoWriter out;
  out.bytes(1, to_chain_id(query.chain_id));
  if (query.test_next_block_height) out.bytes(2, to_height(*query.test_next_block_height));
  out.varint(3, query.request_committees).varint(4, query.request_pending_message_bundles);
  if (query.request_received_log_excluding_first_n) {
    out.optional_varint(6, *query.request_received_log_excluding_first_n);
  }
  out.varint(7, query.request_manager_values);
  if (query.request_leader_timeout) out.bytes(8, bincode(*query.request_leader_timeout));
  out.bytes(9, wrapped_bincode(query.request_owner_balance));
  out.varint(10, query.request_fallback);
  out.bytes(11, bincode(query.request_sent_certificate_hashes_by_heights));
  out.optional_varint(12, query.create_network_actions);
  return out.take();
}

Result<ChainInfoQuery> from_chain_info_query(Source source) {
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  if (!message.has(9)) return Error{ErrorCode::kMissingField, "request_owner_balance"};
  ChainInfoQuery query;
  query.chain_id = MICA_TRY(from_chain_id(message.bytes(1)));
  if (message.has(2)) query.test_next_block_height = MICA_TRY(from_height(message.bytes(2)));
  query.request_owner_balance = MICA_TRY(unwrapped_bincode<AccountOwner>(message.bytes(9)));
  query.request_committees = message.flag(3);
  query.request_pending_message_bundles = message.flag(4);
  if (message.has(6)) query.request_received_log_excluding_first_n = message.varint(6);
  query.request_manager_values = message.flag(7);
  if (message.has(8)) {
    query.request_leader_timeout =
        MICA_TRY((from_bincode<std::pair<BlockHeight, Round>>(message.bytes(8))));
  }
  query.request_fallback = message.flag(10);
  if (message.has(11)) {
    query.request_sent_certificate_hashes_by_heights =
        MICA_TRY(from_bincode<std::vector<BlockHeight>>(message.bytes(11)));
  }
  query.create_network_actions = !message.has(12) || message.flag(12);
  return query;
}

Bytes to_proposal(const NodeRequest::HandleBlockProposal& request) {
  const BlockProposal& proposal = request.proposal;
  ProtoWriter out;
  out.bytes(1, to_chain_id(proposal.content.block.chain_id));
  out.bytes(2, bincode(proposal.content));
  out.bytes(4, wrapped_bincode(proposal.signature.owner()));
  out.bytes(5, wrapped(encode(proposal.signature)));
  if (proposal.original_proposal) out.bytes(6, bincode(*proposal.original_proposal));
  out.varint(7, request.supports_aggregated_missing);
  return out.take();
}

Result<NodeRequest::HandleBlockProposal> from_proposal(Source source) {
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  NodeRequest::HandleBlockProposal out{};
  BlockProposal& proposal = out.proposal;
  proposal.content = MICA_TRY(from_bincode<ProposalContent>(message.bytes(2)));
  proposal.signature = MICA_TRY(decode<AccountSignature>(MICA_TRY(unwrapped(message.bytes(5)))));
  if (message.has(6)) {
    proposal.original_proposal = MICA_TRY(from_bincode<OriginalProposal>(message.bytes(6)));
  }
  if (MICA_TRY(from_chain_id(message.bytes(1))) != proposal.content.block.chain_id) {
    return Error{ErrorCode::kRefused, "proposal of another chain"};
  }
  if (MICA_TRY(unwrapped_bincode<AccountOwner>(message.bytes(4))) != proposal.signature.owner()) {
    return Error{ErrorCode::kRefused, "proposal of another owner"};
  }
  out.supports_aggregated_missing = message.flag(7);
  return out;
}

Bytes to_lite_certificate(const NodeRequest::HandleLiteCertificate& request) {
  const LiteCertificate& certificate = request.certificate;
  return ProtoWriter()
      .bytes(1, to_chain_id(certificate.value.chain_id))
      .bytes(2, certificate.value.value_hash.bytes)
      .bytes(3, bincode(certificate.round))
      .bytes(4, bincode(certificate.signatures))
      .varint(5, request.wait_for_outgoing_messages)
      .varint(6, static_cast<uint64_t>(certificate.value.kind))
      .take();
}

Result<NodeRequest::HandleLiteCertificate> from_lite_certificate(Source source) {
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  if (message.varint(6) > static_cast<uint64_t>(CertificateKind::Confirmed)) {
    return Error{ErrorCode::kBadTag, "certificate kind"};
  }
  LiteCertificate certificate;
  certificate.value.value_hash = MICA_TRY(decode<CryptoHash>(message.bytes(2)));
  certificate.value.chain_id = MICA_TRY(from_chain_id(message.bytes(1)));
  certificate.value.kind = static_cast<CertificateKind>(message.varint(6));
  certificate.round = MICA_TRY(from_bincode<Round>(message.bytes(3)));
  certificate.signatures = MICA_TRY(signatures_from(message.bytes(4)));
  return NodeRequest::HandleLiteCertificate{std::move(certificate), message.flag(5)};
}

Bytes to_confirmed(const NodeRequest::HandleConfirmedCertificate& request) {
  Bytes out = certificate_request(request.certificate, 2);
  append(out, ProtoWriter()
                  .varint(3, request.wait_for_outgoing_messages)
                  .varint(4, request.supports_aggregated_missing)
                  .take());
  return out;
}

Result<NodeRequest::HandleConfirmedCertificate> from_confirmed(Source source) {
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  return NodeRequest::HandleConfirmedCertificate{
      MICA_TRY(certificate_from_request<ConfirmedBlockCertificate>(message, 2)), message.flag(3),
      message.flag(4)};
}

Bytes to_validated(const NodeRequest::HandleValidatedCertificate& request) {
  return certificate_request(request.certificate, 2);
}
Result<NodeRequest::HandleValidatedCertificate> from_validated(Source source) {
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  return NodeRequest::HandleValidatedCertificate{
      MICA_TRY(certificate_from_request<ValidatedBlockCertificate>(message, 2))};
}

Bytes to_timeout(const NodeRequest::HandleTimeoutCertificate& request) {
  return certificate_request(request.certificate, 4);
}
Result<NodeRequest::HandleTimeoutCertificate> from_timeout(Source source) {
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  return NodeRequest::HandleTimeoutCertificate{
      MICA_TRY(certificate_from_request<TimeoutCertificate>(message, 4))};
}

Bytes to_version(const VersionInfo& version) {
  Bytes crate = ProtoWriter()
                    .varint(1, version.crate_version.major)
                    .varint(2, version.crate_version.minor)
                    .varint(3, version.crate_version.patch)
                    .take();
  return ProtoWriter()
      .bytes(1, crate)
      .text(2, version.git_commit)
      .varint(3, version.git_dirty)
      .text(4, version.rpc_hash)
      .text(5, version.graphql_hash)
      .text(6, version.wit_hash)
      .take();
}

Result<VersionInfo> from_version(Source source) {
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  ProtoMessage crate = MICA_TRY(message.message(1));
  auto part = [&](uint32_t field) { return static_cast<uint32_t>(crate.varint(field)); };
  VersionInfo out{};
  out.crate_version = {part(1), part(2), part(3)};
  out.git_commit = MICA_TRY(message.text(2));
  out.git_dirty = message.flag(3);
  out.rpc_hash = MICA_TRY(message.text(4));
  out.graphql_hash = MICA_TRY(message.text(5));
  out.wit_hash = MICA_TRY(message.text(6));
  return out;
}

Bytes to_network(const NetworkDescription& network) {
  return ProtoWriter()
      .text(1, network.name)
      .bytes(2, to_hash(network.genesis_config_hash))
      .varint(3, network.genesis_timestamp.micros)
      .bytes(4, to_chain_id(network.admin_chain_id))
      .bytes(5, to_hash(network.genesis_committee_blob_hash))
      .take();
}

Result<NetworkDescription> from_network(Source source) {
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  NetworkDescription out;
  out.name = MICA_TRY(message.text(1));
  out.genesis_config_hash = MICA_TRY(from_hash(message.bytes(2)));
  out.genesis_timestamp = {message.varint(3)};
  out.genesis_committee_blob_hash = MICA_TRY(from_hash(message.bytes(5)));
  out.admin_chain_id = MICA_TRY(from_chain_id(message.bytes(4)));
  return out;
}

Bytes to_notification(const Notification& notification) {
  return ProtoWriter()
      .bytes(1, to_chain_id(notification.chain_id))
      .bytes(2, bincode(notification.reason))
      .take();
}

Result<std::optional<Notification>> from_notification(Source source) {
  ProtoMessage message = MICA_TRY(ProtoMessage::parse(source));
  if (!message.has(1) && message.bytes(2).bytes.empty()) return std::optional<Notification>();
  ChainId chain_id = MICA_TRY(from_chain_id(message.bytes(1)));
  Reason reason = MICA_TRY(from_bincode<Reason>(message.bytes(2)));
  return std::optional(Notification{chain_id, std::move(reason)});
}

}  // namespace mica::rpc::proto
