// The methods of a validator in protocol types: core/rpc gives them bytes, core/worker answers
// them, core/client asks them. linera-rpc/proto/rpc.proto, service ValidatorNode
#pragma once

#include "core/types/notification.h"
#include "core/types/room.h"

namespace mica::types {

struct CrateVersion {
  uint32_t major = 0, minor = 0, patch = 0;
  MICA_FIELDS(CrateVersion, major, minor, patch)
};
struct VersionInfo {
  CrateVersion crate_version;
  std::string git_commit;
  bool git_dirty = false;
  std::string rpc_hash, graphql_hash, wit_hash;
  MICA_FIELDS(VersionInfo, crate_version, git_commit, git_dirty, rpc_hash, graphql_hash, wit_hash)
};

struct NodeRequest {
  struct HandleBlockProposal {
    BlockProposal proposal;
    bool supports_aggregated_missing;
    MICA_FIELDS(HandleBlockProposal, proposal, supports_aggregated_missing)
  };
  struct HandleLiteCertificate {
    LiteCertificate certificate;
    bool wait_for_outgoing_messages;
    MICA_FIELDS(HandleLiteCertificate, certificate, wait_for_outgoing_messages)
  };
  struct HandleConfirmedCertificate {
    ConfirmedBlockCertificate certificate;
    bool wait_for_outgoing_messages;
    bool supports_aggregated_missing;
    MICA_FIELDS(HandleConfirmedCertificate, certificate, wait_for_outgoing_messages,
                supports_aggregated_missing)
  };
  struct HandleValidatedCertificate {
    ValidatedBlockCertificate certificate;
    MICA_NEWTYPE(HandleValidatedCertificate, certificate)
  };
  struct HandleTimeoutCertificate {
    TimeoutCertificate certificate;
    MICA_NEWTYPE(HandleTimeoutCertificate, certificate)
  };
  struct HandleChainInfoQuery {
    ChainInfoQuery query;
    MICA_NEWTYPE(HandleChainInfoQuery, query)
  };
  struct HandlePendingBlob {
    ChainId chain_id;
    BlobContent blob;
    MICA_FIELDS(HandlePendingBlob, chain_id, blob)
  };
  struct DownloadPendingBlob {
    ChainId chain_id;
    BlobId blob_id;
    MICA_FIELDS(DownloadPendingBlob, chain_id, blob_id)
  };
  struct GetVersionInfo {
    MICA_UNIT(GetVersionInfo)
  };
  struct GetNetworkDescription {
    MICA_UNIT(GetNetworkDescription)
  };
  struct DownloadBlob {
    BlobId blob_id;
    MICA_NEWTYPE(DownloadBlob, blob_id)
  };
  struct UploadBlob {
    BlobContent blob;
    MICA_NEWTYPE(UploadBlob, blob)
  };
  struct DownloadCertificate {
    CryptoHash hash;
    MICA_NEWTYPE(DownloadCertificate, hash)
  };
  struct DownloadCertificates {
    std::vector<CryptoHash> hashes;
    MICA_NEWTYPE(DownloadCertificates, hashes)
  };
  struct DownloadCertificatesByHeights {
    ChainId chain_id;
    std::vector<BlockHeight> heights;
    MICA_FIELDS(DownloadCertificatesByHeights, chain_id, heights)
  };
  // The same certificates as BCS; the only form that published clients ask for.
  struct DownloadRawCertificatesByHeights {
    ChainId chain_id;
    std::vector<BlockHeight> heights;
    MICA_FIELDS(DownloadRawCertificatesByHeights, chain_id, heights)
  };
  struct BlobLastUsedBy {
    BlobId blob_id;
    MICA_NEWTYPE(BlobLastUsedBy, blob_id)
  };
  struct BlobLastUsedByCertificate {
    BlobId blob_id;
    MICA_NEWTYPE(BlobLastUsedByCertificate, blob_id)
  };
  struct MissingBlobIds {
    std::vector<BlobId> blob_ids;
    MICA_NEWTYPE(MissingBlobIds, blob_ids)
  };
  struct PreviousEventBlocks {
    ChainId chain_id;
    std::vector<StreamId> stream_ids;
    MICA_FIELDS(PreviousEventBlocks, chain_id, stream_ids)
  };
  std::variant<HandleBlockProposal, HandleLiteCertificate, HandleConfirmedCertificate,
               HandleValidatedCertificate, HandleTimeoutCertificate, HandleChainInfoQuery,
               HandlePendingBlob, DownloadPendingBlob, GetVersionInfo, GetNetworkDescription,
               DownloadBlob, UploadBlob, DownloadCertificate, DownloadCertificates,
               DownloadCertificatesByHeights, DownloadRawCertificatesByHeights, BlobLastUsedBy,
               BlobLastUsedByCertificate, MissingBlobIds, PreviousEventBlocks>
      kind;
  MICA_ENUM(NodeRequest, kind)
};

// gRPC status codes that this protocol uses.
enum class GrpcCode : uint32_t {
  kOk = 0,
  kUnknown = 2,
  kInvalidArgument = 3,
  kDeadlineExceeded = 4,
  kNotFound = 5,
  kAborted = 10,
  kUnimplemented = 12,
  kInternal = 13,
  kUnavailable = 14,
};

struct NodeResponse {
  struct Info {  // of every Handle… method
    ChainInfoResponse response;
    MICA_NEWTYPE(Info, response)
  };
  struct Failure {  // travels inside the answer, with gRPC status 0
    NodeError error;
    MICA_NEWTYPE(Failure, error)
  };
  struct Status {  // a gRPC status other than 0
    uint32_t code;
    std::string message;
    MICA_FIELDS(Status, code, message)
  };
  struct Blob {
    BlobContent blob;
    MICA_NEWTYPE(Blob, blob)
  };
  struct BlobUploaded {
    BlobId blob_id;
    MICA_NEWTYPE(BlobUploaded, blob_id)
  };
  struct Version {
    VersionInfo version;
    MICA_NEWTYPE(Version, version)
  };
  struct Network {
    NetworkDescription description;
    MICA_NEWTYPE(Network, description)
  };
  struct Certificates {  // one for the methods that name one
    std::vector<ConfirmedBlockCertificate> certificates;
    MICA_NEWTYPE(Certificates, certificates)
  };
  struct Hash {
    CryptoHash hash;
    MICA_NEWTYPE(Hash, hash)
  };
  struct BlobIds {
    std::vector<BlobId> blob_ids;
    MICA_NEWTYPE(BlobIds, blob_ids)
  };
  struct EventBlocks {
    std::map<StreamId, std::pair<BlockHeight, CryptoHash>> blocks;
    MICA_NEWTYPE(EventBlocks, blocks)
  };
  std::variant<Info, Failure, Status, Blob, BlobUploaded, Version, Network, Certificates, Hash,
               BlobIds, EventBlocks>
      kind;
  MICA_ENUM(NodeResponse, kind)
};

}  // namespace mica::types

MICA_CODEC_ELSEWHERE(::mica::types::NodeRequest)
MICA_CODEC_ELSEWHERE(::mica::types::NodeResponse)
