// The messages of rpc.proto in protocol types, both ways. Outer form protobuf; inner bytes bincode,
// but BCS for account signatures and raw certificates. linera-rpc/src/grpc/conversions.rs
#pragma once

#include "core/rpc/proto.h"
#include "core/rpc/room.h"
#include "core/types/node_service.h"

namespace mica::rpc::proto {

// Each pair mirrors one message: to_… gives its bytes, from_… reads them on the budget of the whole
// answer or request.
Bytes to_chain_id(const ChainId& chain_id);
Result<ChainId> from_chain_id(Source source);
Bytes to_hash(const CryptoHash& hash);
Result<CryptoHash> from_hash(Source source);
Bytes to_blob_id(const BlobId& blob_id);
Result<BlobId> from_blob_id(Source source);
Bytes to_blob_content(const BlobContent& blob);
Result<BlobContent> from_blob_content(Source source);
Bytes to_height(const BlockHeight& height);
Result<BlockHeight> from_height(Source source);
Bytes to_certificate(const ConfirmedBlockCertificate& certificate);
Result<ConfirmedBlockCertificate> from_certificate(Source source);
Bytes to_raw_certificate(const ConfirmedBlockCertificate& certificate);
Result<ConfirmedBlockCertificate> from_raw_certificate(Source source);
Bytes to_chain_info(const ChainInfoResponse& response);  // a ChainInfoResult without error
Bytes to_chain_info_error(const NodeError& error);
NodeResult<ChainInfoResponse> from_chain_info_result(Source source);
Bytes to_chain_info_query(const ChainInfoQuery& query);
Result<ChainInfoQuery> from_chain_info_query(Source source);
Bytes to_proposal(const NodeRequest::HandleBlockProposal& request);
Result<NodeRequest::HandleBlockProposal> from_proposal(Source source);
Bytes to_lite_certificate(const NodeRequest::HandleLiteCertificate& request);
Result<NodeRequest::HandleLiteCertificate> from_lite_certificate(Source source);
Bytes to_confirmed(const NodeRequest::HandleConfirmedCertificate& request);
Result<NodeRequest::HandleConfirmedCertificate> from_confirmed(Source source);
Bytes to_validated(const NodeRequest::HandleValidatedCertificate& request);
Result<NodeRequest::HandleValidatedCertificate> from_validated(Source source);
Bytes to_timeout(const NodeRequest::HandleTimeoutCertificate& request);
Result<NodeRequest::HandleTimeoutCertificate> from_timeout(Source source);
Bytes to_version(const VersionInfo& version);
Result<VersionInfo> from_version(Source source);
Bytes to_network(const NetworkDescription& network);
Result<NetworkDescription> from_network(Source source);
Bytes to_notification(const Notification& notification);
// None for the empty one that acknowledges a subscription.
Result<std::optional<Notification>> from_notification(Source source);

}  // namespace mica::rpc::proto
