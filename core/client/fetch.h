// Fetch: brings certificates and blobs from validators into the local node, which checks them
// against committees that it knows itself. Nothing a validator says is believed without a
// certificate. linera-core/src/client/mod.rs
#pragma once

#include "core/client/flow.h"
#include "core/client/room.h"

namespace mica::client {

using CertificatePtr = std::shared_ptr<const ConfirmedBlockCertificate>;

// How bringing a chain's blocks ended.
struct Downloaded {
  NodeStatus status = Ok{};
  // Why this node cannot execute a block that is certified. That one and those behind it are kept
  // unexecuted: their messages and events count.
  std::optional<ExecutionError> not_executed;
};

class Fetch : public Flow {
 public:
  using Then = std::function<void(NodeStatus)>;
  using ChainThen = std::function<void(Downloaded)>;
  using InfoThen = std::function<void(NodeResult<ChainInfo>)>;
  using CertificatesThen = std::function<void(NodeResult<std::vector<ConfirmedBlockCertificate>>)>;

  // `source` is asked first; the others where it does not know something.
  Fetch(Outside& outside, const ValidatorPublicKey& source) : Flow(outside), source_(source) {}

  // The local node takes the certificate, after what it lacks for it was fetched.
  void process(CertificatePtr certificate, ConfirmedMode mode, InfoThen then);
  void process(const ConfirmedBlockCertificate& certificate, ConfirmedMode mode, InfoThen then) {
    process(std::make_shared<const ConfirmedBlockCertificate>(certificate), mode, std::move(then));
  }
  // Whether its signatures hold. A committee that is not known here may be by what the admin chain
  // says now; no more than that.
  void check(const CertificatePtr& certificate, Then then);
  // From the source, unchecked: the first of these heights, in their order, as many as it sends.
  void certificates(const ChainId& chain, std::vector<BlockHeight> heights, CertificatesThen then);
  // The chain's blocks from the local tip to below `end`, executed in order.
  void download_chain(const ChainId& chain, BlockHeight end, ChainThen then);
  // The chain's blocks that the source has; once in the life of this flow, then an error.
  void catch_up(const ChainId& chain, Then then);
  // The chains of these events, one after the other.
  void catch_up_publishers(const std::vector<EventId>& events, Then then);
  // What an unknown chain was created with: the block that made it.
  void describe_chain(const ChainId& chain, Then then) {
    find_blob(description_blob_id(chain), std::move(then));
  }
  // A blob with a block that created or read it, so that other validators can be given both.
  void find_blob(const BlobId& id, Then then);
  void find_blobs(std::vector<BlobId> ids, Then then);
  // By hash, so from whomever.
  void download_blobs(std::vector<BlobId> ids, Then then);

 private:
  struct Processing;  // one certificate, and what was fetched for it
  void process_step(std::shared_ptr<Processing> one);
  void fail(Processing& one, NodeError error, std::optional<ExecutionError> cause = {});
  void process_all(std::shared_ptr<std::vector<CertificatePtr>> list, ConfirmedMode mode,
                   size_t next, Then then);
  void executed(const ChainId& chain, BlockHeight start, BlockHeight end, NodeStatus status,
                const ChainThen& then);
  // Those from `start` on that are not here, without executing them; as far as the source goes.
  void keep_rest(const ChainId& chain, BlockHeight start, BlockHeight end,
                 std::function<void()> then);
  void download_blob(const BlobId& id, Then then);
  // All of them at once; the first error, if there was one.
  template <class One>
  void each_blob(std::vector<BlobId> ids, One one, Then then);
  // The source, then everybody else.
  std::vector<ValidatorPublicKey> everyone();

  const ValidatorPublicKey source_;
  std::set<ChainId> caught_up_;
  // Why the certificate that failed last was not executed, if it came to that.
  std::optional<ExecutionError> cause_;
};

}  // namespace mica::client
