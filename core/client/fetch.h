// Fetch: brings certificates and blobs from validators into the local node, which checks them
// against committees that it knows itself. Nothing a validator says is believed without a
// certificate. linera-core/src/client/mod.rs
#pragma once

#include "core/client/flow.h"

namespace mica {

class Fetch : public Flow {
 public:
  using Then = std::function<void(NodeStatus)>;
  using InfoThen = std::function<void(NodeResult<ChainInfo>)>;

  // `source` is asked first; the others where it does not know something.
  Fetch(Outside& outside, const ValidatorPublicKey& source) : Flow(outside), source_(source) {}

  // The local node takes the certificate, after what it lacks for it was fetched.
  void process(const ConfirmedBlockCertificate& certificate, ConfirmedMode mode, InfoThen then);
  // The chain's blocks from the local tip to below `end`, executed in order.
  void download_chain(const ChainId& chain, BlockHeight end, Then then);
  // What an unknown chain was created with: the block that made it.
  void describe_chain(const ChainId& chain, Then then) {
    find_blob(description_blob_id(chain), std::move(then));
  }
  // A blob with a block that created or read it, so that other validators can be given both.
  void find_blob(const BlobId& id, Then then);
  // The origin's block at `height` and the earlier ones with messages for `chain`, oldest first.
  // linera-core/src/client/mod.rs, download_sender_block_with_sending_ancestors
  void receive(const ChainId& chain, const ChainId& origin, BlockHeight height, Then then);
  // By hash, so from whomever.
  void download_blobs(std::vector<BlobId> ids, Then then);

 private:
  using CertificatesThen = std::function<void(NodeResult<std::vector<ConfirmedBlockCertificate>>)>;

  void certificates(const ChainId& chain, std::vector<BlockHeight> heights, CertificatesThen then);
  void process_all(std::vector<ConfirmedBlockCertificate> certificates, size_t next,
                   ConfirmedMode mode, Then then);
  void process_again_after(const NodeError& error, const ConfirmedBlockCertificate& certificate,
                           ConfirmedMode mode, InfoThen then);
  void download_blob(const BlobId& id, std::vector<ValidatorPublicKey> from, Then then);
  void find_blob_at(const BlobId& id, std::vector<ValidatorPublicKey> from, Then then);
  void receive_older(ChainId chain, ChainId origin, BlockHeight height,
                     std::vector<ConfirmedBlockCertificate> newer, Then then);
  void process_received(ChainId chain, ChainId origin, BlockHeight height,
                        std::vector<ConfirmedBlockCertificate> oldest_first, Then then);
  void catch_up_admin_chain(Then then);
  // The source, then everybody else.
  std::vector<ValidatorPublicKey> everyone();

  const ValidatorPublicKey source_;
  bool fetched_blobs_ = false;
  bool fetched_admin_ = false;
};

}  // namespace mica
