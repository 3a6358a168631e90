// The messages of rpc.proto in protocol types, both ways. Outer form protobuf; inner bytes bincode,
// but BCS for account signatures and raw certificates. linera-rpc/src/grpc/conversions.rs
#pragma once

#include "core/rpc/proto.h"
#include "core/types/node_service.h"

namespace mica::proto {

// Each pair mirrors one message: to_… gives its bytes, from_… reads them.
Bytes to_chain_id(const ChainId& chain_id);
Result<ChainId> from_chain_id(ByteSpan bytes);
Bytes to_hash(const CryptoHash& hash);
Result<CryptoHash> from_hash(ByteSpan bytes);
Bytes to_blob_id(const BlobId& blob_id);
Result<BlobId> from_blob_id(ByteSpan bytes);
Bytes to_blob_content(const BlobContent& blob);
Result<BlobContent> from_blob_content(ByteSpan bytes);
Bytes to_height(const BlockHeight& height);
Result<BlockHeight> from_height(ByteSpan bytes);
Bytes to_certificate(const ConfirmedBlockCertificate& certificate);
Result<ConfirmedBlockCertificate> from_certificate(ByteSpan bytes);
Bytes to_raw_certificate(const ConfirmedBlockCertificate& certificate);
Result<ConfirmedBlockCertificate> from_raw_certificate(ByteSpan bytes);
Bytes to_chain_info(const ChainInfoResponse& response);  // a ChainInfoResult without error
Bytes to_chain_info_error(const NodeError& error);
NodeResult<ChainInfoResponse> from_chain_info_result(ByteSpan bytes);
Bytes to_chain_info_query(const ChainInfoQuery& query);
Result<ChainInfoQuery> from_chain_info_query(ByteSpan bytes);
Bytes to_proposal(const NodeRequest::HandleBlockProposal& request);
Result<NodeRequest::HandleBlockProposal> from_proposal(ByteSpan bytes);
Bytes to_lite_certificate(const NodeRequest::HandleLiteCertificate& request);
Result<NodeRequest::HandleLiteCertificate> from_lite_certificate(ByteSpan bytes);
Bytes to_confirmed(const NodeRequest::HandleConfirmedCertificate& request);
Result<NodeRequest::HandleConfirmedCertificate> from_confirmed(ByteSpan bytes);
Bytes to_validated(const NodeRequest::HandleValidatedCertificate& request);
Result<NodeRequest::HandleValidatedCertificate> from_validated(ByteSpan bytes);
Bytes to_timeout(const NodeRequest::HandleTimeoutCertificate& request);
Result<NodeRequest::HandleTimeoutCertificate> from_timeout(ByteSpan bytes);
Bytes to_version(const VersionInfo& version);
Result<VersionInfo> from_version(ByteSpan bytes);
Bytes to_network(const NetworkDescription& network);
Result<NetworkDescription> from_network(ByteSpan bytes);
Bytes to_notification(const Notification& notification);
// None for the empty one that acknowledges a subscription.
Result<std::optional<Notification>> from_notification(ByteSpan bytes);

}  // namespace mica::proto
