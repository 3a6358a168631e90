#include "core/worker/downloads.h"

#include "core/chain/errors.h"

namespace mica::worker {

namespace {

// An answer stops growing here; the client asks again for the rest. Messages end at 16 MiB.
constexpr size_t kMaxAnswerBytes = 11 * 1024 * 1024;
// Nor has it more than these: each may lie in a file of its own, to be loaded whole.
constexpr size_t kMaxCertificates = 64;

NodeResponse not_found(std::string message) {
  return {NodeResponse::Status{static_cast<uint32_t>(GrpcCode::kNotFound), std::move(message)}};
}
NodeResponse blob_not_found(const BlobId& id) {
  return not_found("Blob not found " + id.to_text());
}

VersionInfo version_info() {
  VersionInfo version;
  version.crate_version = {0, 15, 17};  // whose behaviour this is
  version.git_commit = "mica";
  return version;
}

NodeResponse download_certificates(WorkerCall& call, const std::vector<CryptoHash>& hashes) {
  NodeResponse::Certificates answer;
  size_t total = 0, count = 0;
  for (const CryptoHash& hash : hashes) {
    if (!call.session.has_certificate(hash)) continue;
    if (++count > kMaxCertificates) break;
    size_t size = call.session.certificate_bytes(hash);  // 0 on disk: wished for now
    total += size;
    if (total > kMaxAnswerBytes && !answer.certificates.empty()) break;
    if (size == 0) continue;
    answer.certificates.push_back(*call.session.certificate(hash));
  }
  return {std::move(answer)};
}

// The requests for certificates; nothing for the others.
std::optional<NodeResponse> certificates_for(WorkerCall& call, const NodeRequest& request) {
  WorkSession& session = call.session;
  using R = NodeRequest;
  const auto& kind = request.kind;
  auto by_heights = [&](const ChainId& chain_id, const std::vector<BlockHeight>& heights) {
    const ChainState chain(session.state(), chain_id);
    std::vector<CryptoHash> hashes;
    for (BlockHeight height : heights) {
      if (auto hash = chain.block_hash(height)) hashes.push_back(*hash);
    }
    return download_certificates(call, hashes);
  };
  if (const auto* one = std::get_if<R::DownloadCertificate>(&kind)) {
    if (!session.has_certificate(one->hash)) return not_found(one->hash.to_text());
    return download_certificates(call, {one->hash});
  }
  if (const auto* many = std::get_if<R::DownloadCertificates>(&kind)) {
    return download_certificates(call, many->hashes);
  }
  if (const auto* heights = std::get_if<R::DownloadCertificatesByHeights>(&kind)) {
    return by_heights(heights->chain_id, heights->heights);
  }
  if (const auto* raw = std::get_if<R::DownloadRawCertificatesByHeights>(&kind)) {
    return by_heights(raw->chain_id, raw->heights);
  }
  if (const auto* used = std::get_if<R::BlobLastUsedBy>(&kind)) {
    auto hash = session.last_used_by(used->blob_id);
    if (!hash) return blob_not_found(used->blob_id);
    return NodeResponse{NodeResponse::Hash{*hash}};
  }
  if (const auto* used = std::get_if<R::BlobLastUsedByCertificate>(&kind)) {
    auto hash = session.last_used_by(used->blob_id);
    if (!hash) return blob_not_found(used->blob_id);
    if (!session.has_certificate(*hash)) return not_found(hash->to_text());
    return download_certificates(call, {*hash});
  }
  return std::nullopt;
}

}  // namespace

NodeResponse download(WorkerCall& call, const NodeRequest& request) {
  WorkSession& session = call.session;
  using R = NodeRequest;
  const auto& kind = request.kind;
  if (const auto* blob = std::get_if<R::DownloadBlob>(&kind)) {
    auto content = session.blob(blob->blob_id);
    if (!content) return blob_not_found(blob->blob_id);
    return {NodeResponse::Blob{*std::move(content)}};
  }
  if (const auto* upload = std::get_if<R::UploadBlob>(&kind)) {
    BlobId id = upload->blob.id();
    if (!session.blob_state(id)) return not_found("Blob not found");
    session.put_blob(id, upload->blob);
    return {NodeResponse::BlobUploaded{id}};
  }
  if (const auto* pending = std::get_if<R::DownloadPendingBlob>(&kind)) {
    auto content = ChainState(session.state(), pending->chain_id).pending_blob(pending->blob_id);
    if (!content) content = session.blob(pending->blob_id);
    if (content) return {NodeResponse::Blob{*std::move(content)}};
    return {NodeResponse::Failure{NodeError::BlobsNotFound{{pending->blob_id}}}};
  }
  if (auto certificates = certificates_for(call, request)) return *std::move(certificates);
  if (const auto* blobs = std::get_if<R::MissingBlobIds>(&kind)) {
    NodeResponse::BlobIds missing;
    for (const BlobId& id : blobs->blob_ids) {
      if (!session.has_blob(id)) missing.blob_ids.push_back(id);
    }
    return {std::move(missing)};
  }
  if (const auto* events = std::get_if<R::PreviousEventBlocks>(&kind)) {
    const ChainState chain(session.state(), events->chain_id);
    NodeResponse::EventBlocks found;
    for (const StreamId& stream : events->stream_ids) {
      auto last = chain.last_published_to(stream);
      if (last) found.blocks[stream] = {last->second, last->first};
    }
    return {std::move(found)};
  }
  if (std::get_if<R::GetVersionInfo>(&kind)) return {NodeResponse::Version{version_info()}};
  if (std::get_if<R::GetNetworkDescription>(&kind))
    return {NodeResponse::Network{call.worker.network()}};
  return {NodeResponse::Status{static_cast<uint32_t>(GrpcCode::kUnimplemented), "unknown method"}};
}

}  // namespace mica::worker
