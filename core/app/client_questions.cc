// The Client's questions: what is known here, or is asked of validators, without changing anything.
#include "core/app/client.h"
#include "core/base/limits.h"
#include "core/client/ask_anyone.h"
#include "core/client/chain_existence.h"

namespace mica::app {
namespace {

// One step down the chain per block, each of which may have to be loaded.
class History : public Flow {
 public:
  using Then = std::function<void(std::vector<HistoryEntry>)>;
  History(Outside& outside, std::shared_ptr<ClientChain> chain)
      : Flow(outside), chain_(std::move(chain)) {}
  void start(std::optional<BlockHeight> below, uint32_t limit, Then then) {
    limit_ = std::min<uint32_t>(limit, 1000);
    then_ = std::move(then);
    next_ = worker().read(chain_->id()).tip().next_block_height;
    if (!below) add_pending();
    if (below && *below < next_) next_ = *below;
    step();
  }

 private:
  void add_pending() {
    auto pending = outside().pending(chain_->id());
    if (!pending.ok() || !*pending || limit_ == 0) return;
    const Block& block = (*pending)->block;
    if (block.header.height != next_) return;
    entries_.push_back({block.header.height, hash_of(block), BlockState::Proposed, block});
  }
  void step() {
    if (entries_.size() >= limit_ || next_.height == 0) return then_(std::move(entries_));
    next_ = {next_.height - 1};
    const auto hash = worker().read(chain_->id()).block_hash(next_);
    if (!hash) return then_(std::move(entries_));
    local([this, hash] { return worker().certificate(*hash); },
          [this, hash](ReadAnswer<ConfirmedBlockCertificate> certificate) {
            if (certificate) {
              entries_.push_back({next_, *hash, chain_->state_of(next_), certificate->value});
            }
            outside().post(held([this] { step(); }));
          });
  }

  const std::shared_ptr<ClientChain> chain_;
  uint32_t limit_ = 0;
  BlockHeight next_;
  std::vector<HistoryEntry> entries_;
  Then then_;
};

}  // namespace

// --- applications -------------------------------------------------------------------------------

void Client::run(uint64_t id, const C::QueryApplication& command) {
  if (auto chain = chain_of(id, command.chain_id)) chain->query(id, command);
}

void Client::run(uint64_t id, const C::Estimate& command) {
  if (auto chain = chain_of(id, command.chain_id)) chain->estimate(id, command);
}

void Client::run(uint64_t id, const C::ListApplications& command) {
  if (!chain_of(id, command.chain_id)) return;
  auto list = [this, chain = command.chain_id] {
    const Worker& worker = outside_.worker();
    ReadAnswer<std::vector<ChainApplication>> found{std::vector<ChainApplication>{}, {}};
    for (const ApplicationId& application : worker.read(chain).applications()) {
      if (found->size() == limits::kListedApplications) break;
      auto blob = worker.blob(description_blob_id(application));
      found.unloaded.insert(found.unloaded.end(), blob.unloaded.begin(), blob.unloaded.end());
      found.value->push_back({application, {}});
      if (!blob) continue;
      auto description = decode<ApplicationDescription>(blob->bytes);
      if (description.ok()) found.value->back().description = *description;
    }
    return found;
  };
  make_flow<PlainFlow>(outside_)->local(
      list, [this, id](ReadAnswer<std::vector<ChainApplication>> found) {
        outside_.done<C::ListApplications>(id, {*found});
      });
}

void Client::run(uint64_t id, const C::GetEvents& command) {
  if (!chain_of(id, command.chain_id)) return;
  const Worker& worker = outside_.worker();
  C::GetEvents::Result result;
  result.count = worker.read(command.chain_id).next_expected_event(command.stream_id);
  size_t bytes = 0;
  for (uint32_t index = command.start; result.events.size() < command.limit; ++index) {
    auto value = worker.event({command.chain_id, command.stream_id, index});
    if (!value) break;
    bytes += value->size();
    if (!result.events.empty() && bytes > limits::kListedEventBytes) break;
    result.events.push_back({index, std::move(*value)});
  }
  outside_.done<C::GetEvents>(id, std::move(result));
}

// By hash, so from whomever. Nothing is kept: whoever asks could fill the store.
void Client::run(uint64_t id, const C::ReadBlob& command) {
  const BlobId blob_id = command.blob_id;
  auto read_elsewhere = [this, id, blob_id] {
    auto judge = [this, id, blob_id](NodeResponse answer, AskAnyone::Verdict verdict) {
      auto* blob = std::get_if<NodeResponse::Blob>(&answer.kind);
      const bool good = blob != nullptr && blob->blob.id() == blob_id;
      if (good) outside_.done<C::ReadBlob>(id, {std::move(blob->blob)});
      verdict(good);
    };
    std::vector<ValidatorPublicKey> order;
    for (const auto& [validator, state] : outside_.committee().validators)
      order.push_back(validator);
    make_flow<AskAnyone>(outside_, order, NodeRequest{NodeRequest::DownloadBlob{blob_id}})
        ->start(judge, [this, id](bool found) {
          if (!found) fail(id, FailureCode::NotFound, "no validator has this blob");
        });
  };
  make_flow<PlainFlow>(outside_)->local([this, blob_id] { return outside_.worker().blob(blob_id); },
                                        [this, id, read_elsewhere](ReadAnswer<BlobContent> blob) {
                                          if (!blob) return read_elsewhere();
                                          outside_.done<C::ReadBlob>(id, {*blob});
                                        });
}

// --- blocks, chains, validators -----------------------------------------------------------------

void Client::run(uint64_t id, const C::GetHistory& command) {
  auto chain = chain_of(id, command.chain_id);
  if (!chain) return;
  make_flow<History>(outside_, chain)
      ->start(command.below, command.limit, [this, id](std::vector<HistoryEntry> entries) {
        outside_.done<C::GetHistory>(id, {std::move(entries)});
      });
}

void Client::run(uint64_t id, const C::GetCertificate& command) {
  const CryptoHash hash = command.block_hash;
  make_flow<PlainFlow>(outside_)->local(
      [this, hash] { return outside_.worker().certificate(hash); },
      [this, id](ReadAnswer<ConfirmedBlockCertificate> certificate) {
        if (certificate) return outside_.done<C::GetCertificate>(id, {*certificate});
        fail(id, FailureCode::InvalidInput, "no such block is stored here");
      });
}

void Client::run(uint64_t id, const C::CheckChain& command) {
  make_flow<ChainExistenceCheck>(outside_, command.chain_id)
      ->start(
          [this, id](ChainExistence existence) { outside_.done<C::CheckChain>(id, {existence}); });
}

void Client::run(uint64_t id, const C::GetValidators&) {
  C::GetValidators::Result result;
  for (const auto& [validator, state] : outside_.committee().validators) {
    result.validators.push_back(outside_.health(validator));
  }
  outside_.done<C::GetValidators>(id, std::move(result));
}

}  // namespace mica::app
