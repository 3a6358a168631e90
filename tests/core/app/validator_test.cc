#include "core/app/validator.h"

#include <gtest/gtest.h>

#include "core/bcs/json.h"
#include "core/rpc/node_rpc.h"
#include "tests/core/worker/network.h"

namespace mica::app {
namespace {

using E = ValidatorEvent;
using O = ValidatorOutput;

class ValidatorTest : public testing::Test {
 protected:
  ValidatorTest() {
    restart();
    feed({E::Create{Bytes(64, 1)}});
    flush();
    const auto* created = output<O::Created>();
    EXPECT_NE(created, nullptr);
    genesis_.committee.validators = {
        {created->public_key, {"grpc:host:1", 100, created->account_public_key}}};
  }
  void restart() { validator_ = std::make_unique<Validator>(store_, store_); }
  void collect() {
    outputs_.clear();
    while (auto output = validator_->next()) outputs_.push_back(*std::move(output));
  }
  void feed(ValidatorEvent event) {
    validator_->handle(ValidatorInput{{2'000'000}, std::move(event)});
    collect();
    while (const auto* load = output<O::Load>()) {
      ++loads_;
      if (readable_) store_.segment_loaded(load->file);
      validator_->handle(ValidatorInput{{2'000'000}, {E::Loaded{load->file, readable_}}});
      collect();
    }
    if (const auto* flush = output<O::Flush>()) commit_ = flush->commit_id;
  }
  void flush() {
    store_.flushed(commit_);
    feed({E::Flushed{commit_}});
  }
  void open() {
    feed({E::Open{to_json_text(genesis_)}});
    flush();
  }
  void ask(uint64_t id, const NodeRequest& request) {
    RpcCall call = encode_request(request);
    feed({E::Request{id, call.method, call.body}});
  }
  NodeRequest proposal(uint64_t tokens = 1) const {
    ProposedBlock block;
    block.chain_id = genesis_.chains[0].id();
    block.transactions = {transfer_to(genesis_.chains[1].id(), tokens)};
    block.timestamp = {1'500'000};
    block.authenticated_signer = TestOwner{101}.owner();
    return {NodeRequest::HandleBlockProposal{TestOwner{101}.propose(block, multi(0)), true}};
  }
  std::optional<LiteVote> vote() const {
    const auto* answer = output<O::Respond>();
    if (answer == nullptr) return std::nullopt;
    auto response = decode_response(proposal(), 200, std::nullopt, "", answer->body);
    const ChainInfo* info = response.ok() ? info_of(*response) : nullptr;
    return info ? info->manager.pending : std::nullopt;
  }
  template <class T>
  const T* output() const {
    for (const ValidatorOutput& output : outputs_) {
      if (auto* found = std::get_if<T>(&output.kind)) return found;
    }
    return nullptr;
  }
  GrpcCode status() const {
    const auto* answer = output<O::Respond>();
    EXPECT_NE(answer, nullptr);
    return answer ? static_cast<GrpcCode>(answer->grpc_status) : GrpcCode::kOk;
  }

  ForgetfulStore store_;
  std::unique_ptr<Validator> validator_;
  GenesisConfig genesis_ = TestNetwork().genesis;
  std::vector<ValidatorOutput> outputs_;
  uint64_t commit_ = 0;
  bool readable_ = true;  // what is on the disk
  size_t loads_ = 0;
};

TEST_F(ValidatorTest, AnswersNothingBeforeItIsOpen) {
  ask(1, {NodeRequest::GetVersionInfo{}});
  EXPECT_EQ(status(), GrpcCode::kUnavailable);
  feed({E::OpenStream{2, "Subscribe", encode_subscribe({}).body}});
  ASSERT_NE(output<O::StreamEnd>(), nullptr);
  EXPECT_EQ(output<O::StreamEnd>()->stream_id, 2u);
}

TEST_F(ValidatorTest, IsMadeFromEntropyOnce) {
  feed({E::Create{Bytes(64, 2)}});
  ASSERT_NE(output<O::Created>(), nullptr);
  EXPECT_TRUE(genesis_.committee.validators.contains(output<O::Created>()->public_key));
  ForgetfulStore empty;
  Validator other(empty, empty);
  other.handle(ValidatorInput{{1}, {E::Create{Bytes(63, 2)}}});
  EXPECT_TRUE(std::holds_alternative<O::Failed>(other.next()->kind));
}

TEST_F(ValidatorTest, SaysNothingOfAVoteThatIsNotDurable) {
  open();
  ask(1, proposal());
  ASSERT_NE(output<O::Flush>(), nullptr);
  EXPECT_EQ(output<O::Respond>(), nullptr);
  flush();
  ASSERT_TRUE(vote());
  EXPECT_TRUE(check_vote(*vote(), genesis_.committee.validators.begin()->first).ok());
}

TEST_F(ValidatorTest, AfterACrashItStandsByTheVotesItGave) {
  open();
  ask(1, proposal());
  flush();
  const auto first = vote();
  ASSERT_TRUE(first);
  store_.crash();
  restart();
  feed({E::Open{to_json_text(genesis_)}});
  ask(2, proposal(2));
  EXPECT_FALSE(vote() && vote()->value != first->value);
  ask(3, proposal(1));
  if (output<O::Respond>() == nullptr) flush();
  EXPECT_EQ(vote(), first);
}

TEST_F(ValidatorTest, AFlushThatFailsStopsIt) {
  open();
  ask(1, proposal());
  feed({E::FlushFailed{commit_, {FailureCode::StorageFull, "full", MoneyState::Unknown}}});
  EXPECT_EQ(status(), GrpcCode::kUnavailable);
  EXPECT_FALSE(vote());
  feed({E::Flushed{commit_}});
  EXPECT_EQ(output<O::Respond>(), nullptr);
  ask(2, {NodeRequest::GetVersionInfo{}});
  EXPECT_EQ(status(), GrpcCode::kUnavailable);
}

TEST_F(ValidatorTest, ARecordThatCannotBeLoadedEndsItsRequest) {
  open();
  readable_ = false;
  ask(1, {NodeRequest::DownloadBlob{description_blob_id(genesis_.chains[0].id())}});
  EXPECT_EQ(status(), GrpcCode::kInternal);
  EXPECT_EQ(loads_, 1u);
  readable_ = true;
  ask(2, {NodeRequest::DownloadBlob{description_blob_id(genesis_.chains[0].id())}});
  EXPECT_EQ(status(), GrpcCode::kOk);
}

TEST_F(ValidatorTest, RefusesWhatItCannotRead) {
  open();
  feed({E::Request{1, "HandleBlockProposal", {1, 2, 3}}});
  EXPECT_EQ(status(), GrpcCode::kInvalidArgument);
  feed({E::Request{2, "NoSuchMethod", message_frame({})}});
  EXPECT_EQ(status(), GrpcCode::kUnimplemented);
  feed({E::OpenStream{3, "HandleBlockProposal", {}}});
  EXPECT_NE(output<O::StreamEnd>(), nullptr);
  validator_->handle(ByteSpan(Bytes{0xff}));
  collect();
  EXPECT_NE(output<O::Log>(), nullptr);
}

TEST_F(ValidatorTest, AnotherGenesisIsRefused) {
  open();
  restart();
  genesis_.network_name = "another";
  feed({E::Open{to_json_text(genesis_)}});
  EXPECT_NE(output<O::Failed>(), nullptr);
}

TEST_F(ValidatorTest, TellsSubscribersOfTheirChains) {
  open();
  feed({E::OpenStream{9, "Subscribe", encode_subscribe({genesis_.chains[0].id()}).body}});
  ASSERT_NE(output<O::StreamData>(), nullptr);
  NotificationReader reader;
  ASSERT_TRUE(reader.feed(output<O::StreamData>()->bytes).ok());
  EXPECT_TRUE(reader.acknowledged());
  feed({E::CloseStream{9}});
  ask(1, proposal());
  flush();
  EXPECT_EQ(output<O::StreamData>(), nullptr);
}

}  // namespace
}  // namespace mica::app
