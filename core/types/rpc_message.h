// Every message of upstream's own transport. We speak gRPC (node_service.h); the list is here
// because upstream's registry of wire types is made from it. linera-rpc/src/message.rs
#pragma once

#include "core/bcs/walk.h"
#include "core/types/cross_chain.h"
#include "core/types/node_service.h"
#include "core/types/room.h"

namespace mica::types {

struct HandleLiteCertRequest {
  LiteCertificate certificate;
  bool wait_for_outgoing_messages = false;
  MICA_FIELDS(HandleLiteCertRequest, certificate, wait_for_outgoing_messages)
};
struct HandleConfirmedCertificateRequest {
  ConfirmedBlockCertificate certificate;
  bool wait_for_outgoing_messages = false;
  MICA_FIELDS(HandleConfirmedCertificateRequest, certificate, wait_for_outgoing_messages)
};
struct HandleValidatedCertificateRequest {
  ValidatedBlockCertificate certificate;
  MICA_FIELDS(HandleValidatedCertificateRequest, certificate)
};
struct HandleTimeoutCertificateRequest {
  TimeoutCertificate certificate;
  MICA_FIELDS(HandleTimeoutCertificateRequest, certificate)
};

struct RpcMessage {
#define MICA_MESSAGE(Name, ...) \
  struct Name {                 \
    __VA_ARGS__ content;        \
    MICA_NEWTYPE(Name, content) \
  };
#define MICA_MESSAGE_UNIT(Name) \
  struct Name {                 \
    MICA_UNIT(Name)             \
  };
  MICA_MESSAGE(BlockProposal, types::BlockProposal)
  MICA_MESSAGE(TimeoutCertificate, HandleTimeoutCertificateRequest)
  MICA_MESSAGE(ValidatedCertificate, HandleValidatedCertificateRequest)
  MICA_MESSAGE(ConfirmedCertificate, HandleConfirmedCertificateRequest)
  MICA_MESSAGE(LiteCertificate, HandleLiteCertRequest)
  MICA_MESSAGE(ChainInfoQuery, types::ChainInfoQuery)
  MICA_MESSAGE(UploadBlob, BlobContent)
  MICA_MESSAGE(DownloadBlob, BlobId)
  MICA_MESSAGE(DownloadPendingBlob, std::pair<ChainId, BlobId>)
  MICA_MESSAGE(HandlePendingBlob, std::pair<ChainId, BlobContent>)
  MICA_MESSAGE(DownloadConfirmedBlock, CryptoHash)
  MICA_MESSAGE(DownloadCertificates, std::vector<CryptoHash>)
  struct DownloadCertificatesByHeights {
    ChainId chain_id;
    std::vector<BlockHeight> heights;
    MICA_TUPLE(DownloadCertificatesByHeights, chain_id, heights)
  };
  MICA_MESSAGE(BlobLastUsedBy, BlobId)
  MICA_MESSAGE(MissingBlobIds, std::vector<BlobId>)
  MICA_MESSAGE_UNIT(VersionInfoQuery)
  MICA_MESSAGE_UNIT(NetworkDescriptionQuery)
  MICA_MESSAGE(Vote, LiteVote)
  MICA_MESSAGE(ChainInfoResponse, types::ChainInfoResponse)
  MICA_MESSAGE(Error, NodeError)
  MICA_MESSAGE(VersionInfoResponse, VersionInfo)
  MICA_MESSAGE(NetworkDescriptionResponse, NetworkDescription)
  MICA_MESSAGE(UploadBlobResponse, BlobId)
  MICA_MESSAGE(DownloadBlobResponse, BlobContent)
  MICA_MESSAGE(DownloadPendingBlobResponse, BlobContent)
  MICA_MESSAGE(DownloadConfirmedBlockResponse, Block)
  MICA_MESSAGE(DownloadCertificatesResponse, std::vector<ConfirmedBlockCertificate>)
  MICA_MESSAGE(DownloadCertificatesByHeightsResponse, std::vector<ConfirmedBlockCertificate>)
  MICA_MESSAGE(BlobLastUsedByResponse, CryptoHash)
  MICA_MESSAGE(MissingBlobIdsResponse, std::vector<BlobId>)
  MICA_MESSAGE(CrossChainRequest, types::CrossChainRequest)
  MICA_MESSAGE(BlobLastUsedByCertificate, BlobId)
  MICA_MESSAGE(BlobLastUsedByCertificateResponse, ConfirmedBlockCertificate)
  MICA_MESSAGE(PreviousEventBlocks, std::pair<ChainId, std::vector<StreamId>>)
  using EventBlocks = std::map<StreamId, std::pair<BlockHeight, CryptoHash>>;
  MICA_MESSAGE(PreviousEventBlocksResponse, EventBlocks)
  MICA_MESSAGE(DownloadBlobs, std::vector<BlobId>)
#undef MICA_MESSAGE
#undef MICA_MESSAGE_UNIT
  std::variant<BlockProposal, TimeoutCertificate, ValidatedCertificate, ConfirmedCertificate,
               LiteCertificate, ChainInfoQuery, UploadBlob, DownloadBlob, DownloadPendingBlob,
               HandlePendingBlob, DownloadConfirmedBlock, DownloadCertificates,
               DownloadCertificatesByHeights, BlobLastUsedBy, MissingBlobIds, VersionInfoQuery,
               NetworkDescriptionQuery, Vote, ChainInfoResponse, Error, VersionInfoResponse,
               NetworkDescriptionResponse, UploadBlobResponse, DownloadBlobResponse,
               DownloadPendingBlobResponse, DownloadConfirmedBlockResponse,
               DownloadCertificatesResponse, DownloadCertificatesByHeightsResponse,
               BlobLastUsedByResponse, MissingBlobIdsResponse, CrossChainRequest,
               BlobLastUsedByCertificate, BlobLastUsedByCertificateResponse, PreviousEventBlocks,
               PreviousEventBlocksResponse, DownloadBlobs>
      kind;
  MICA_ENUM(RpcMessage, kind)
};

// Calls visitor with every wire type of the protocol; see core/bcs/walk.h.
template <class Visitor>
void walk_wire_types(Visitor& visitor) {
  walk_types<RpcMessage>(visitor);
  walk_types<Certificate>(visitor);
  walk_types<VoteValue>(visitor);
  walk_types<GenesisConfig>(visitor);
  walk_types<Notification>(visitor);
  walk_types<NodeRequest>(visitor);
  walk_types<NodeResponse>(visitor);
}

}  // namespace mica::types
