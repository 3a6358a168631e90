// ValidatorUpdater: gets one validator's vote, bringing it up to date with chains and blobs that
// it lacks and we have. linera-core/src/updater.rs
#pragma once

#include "core/client/backoff.h"
#include "core/client/chain_sender.h"
#include "core/client/flow.h"
#include "core/client/room.h"

namespace mica::client {

class ValidatorUpdater : public Flow {
 public:
  using VoteThen = std::function<void(NodeResult<LiteVote>)>;
  using Then = std::function<void(NodeStatus)>;

  ValidatorUpdater(Outside& outside, const ValidatorPublicKey& validator)
      : Flow(outside), validator_(validator) {}

  // What a vote must be for; without a hash any value of that kind will do.
  struct Expected {
    ChainId chain_id;
    CertificateKind kind{};
    std::optional<CryptoHash> value_hash;
  };

  // Votes are checked: signed by this validator, for what is expected, in this round. The proposal
  // leaves when everything applied so far is durable.
  void submit(const BlockProposal& proposal, const std::vector<BlobContent>& published,
              const Expected& expected, VoteThen then);
  void finalize(const ValidatedBlockCertificate& certificate,
                const std::vector<BlobContent>& published, VoteThen then);
  void request_timeout(const ChainId& chain, BlockHeight height, const Round& round, Epoch epoch,
                       VoteThen then);

 private:
  void propose_once(VoteThen then);
  void propose_again_after(const NodeError& error, VoteThen then);
  std::vector<BlobId> blobs_to_send(const NodeError& error, const ChainId& chain);
  void send_blobs(const ChainId& chain, std::vector<BlobId> ids, Then then);
  const BlobContent* published(const BlobId& id) const;
  void wait_for_clock(const EarlyBlock& early, VoteThen then);
  void finalize_in_full(VoteThen then);
  void finalize_again_after(const NodeError& error, VoteThen then);
  NodeResult<LiteVote> checked(std::optional<LiteVote> vote, const Round& round,
                               std::string_view what) const;
  std::shared_ptr<ChainSender> sender() { return make_flow<ChainSender>(outside(), validator_); }

  const ValidatorPublicKey validator_;
  BlockProposal proposal_;
  ValidatedBlockCertificate validated_;
  std::vector<BlobContent> published_;
  Expected expected_;
  std::map<ChainId, BlockHeight> sent_updates_;
  std::set<ChainId> sent_publishers_;
  std::set<BlobId> sent_blobs_;
  Backoff early_pause_{1'000, 10'000'000};
  bool sent_chain_ = false;
};

}  // namespace mica::client
