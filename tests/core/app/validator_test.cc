#include "core/app/validator.h"

#include <gtest/gtest.h>

#include "core/bcs/json.h"
#include "core/rpc/node_rpc.h"
#include "tests/core/execution/scripted_applications.h"
#include "tests/core/worker/network.h"

namespace mica::app {
namespace {

using execution::ScriptedApplications;
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
  void restart(Applications* applications = nullptr) {
    validator_ = std::make_unique<Validator>(store_, store_, applications);
  }
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

// --- proposals whose applications ask hosts -----------------------------------------------------

class ValidatorAskingTest : public ValidatorTest {
 protected:
  ValidatorAskingTest() {
    applications_.on_operation = [](Execution& run,
                                    const Operation::User& user) -> ExecutionStatus {
      MICA_TRY(execution::ask_host(run, std::string(user.bytes.begin(), user.bytes.end())));
      return Ok{};
    };
    restart(&applications_);
    open();
  }
  NodeRequest asking(const std::string& path, uint8_t user = 0) const {
    ProposedBlock block;
    block.chain_id = genesis_.chains[user].id();
    block.transactions = {operation({Operation::User{{}, to_bytes(as_bytes(path))}})};
    block.timestamp = {1'500'000};
    const TestOwner owner{static_cast<uint8_t>(101 + user)};
    block.authenticated_signer = owner.owner();
    return {NodeRequest::HandleBlockProposal{owner.propose(block, multi(0)), true}};
  }
  // The id of the question that was put just now; 0: none.
  uint64_t question() const {
    const auto* asked = output<O::HttpRequest>();
    return asked ? asked->request_id : 0;
  }
  size_t answers() const {
    return static_cast<size_t>(std::count_if(outputs_.begin(), outputs_.end(), [](const O& one) {
      return std::holds_alternative<O::Respond>(one.kind);
    }));
  }
  // The reason of a refused proposal.
  std::string refusal() const {
    const auto* answer = output<O::Respond>();
    if (answer == nullptr) return "no answer";
    if (answer->grpc_status != 0) return answer->grpc_message;
    auto response = decode_response(proposal(), 200, std::nullopt, "", answer->body);
    return response.ok() ? error_text(*response) : response.error().message();
  }

  ScriptedApplications applications_;
};

TEST_F(ValidatorAskingTest, AProposalWaitsForItsAnswerAndHoldsUpNoOther) {
  ask(1, asking("price"));
  const auto* asked = output<O::HttpRequest>();
  ASSERT_NE(asked, nullptr);
  EXPECT_EQ(asked->method, "GET");
  EXPECT_EQ(asked->url, "https://example.org/price");
  EXPECT_EQ(asked->timeout_ms, 9000u);
  EXPECT_EQ(asked->max_response_bytes, 100u);
  EXPECT_EQ(answers(), 0u);
  const uint64_t id = question();
  ask(2, {NodeRequest::GetVersionInfo{}});
  if (answers() == 0) flush();
  EXPECT_EQ(answers(), 1u);
  feed({E::HttpResponse{id, {200, {}, {7}}}});
  flush();
  EXPECT_EQ(output<O::Respond>()->request_id, 1u);
  EXPECT_TRUE(vote()) << refusal();
}

TEST_F(ValidatorAskingTest, WithoutAnAnswerTheProposalIsRefused) {
  ask(1, asking("price"));
  feed({E::HttpFailed{question(), NoAnswerKind::Asked, "no answer in 9000 ms"}});
  if (answers() == 0) flush();
  EXPECT_NE(
      refusal().find("Failed to make network request to example.org: \"no answer in 9000 ms\""),
      std::string::npos)
      << refusal();
  EXPECT_EQ(question(), 0u);
}

TEST_F(ValidatorAskingTest, TooLargeAnAnswerIsRefused) {
  ask(1, asking("price"));
  feed({E::HttpResponse{question(), {200, {}, Bytes(101)}}});
  if (answers() == 0) flush();
  EXPECT_NE(refusal().find("exceeds the size limit"), std::string::npos) << refusal();
}

TEST_F(ValidatorAskingTest, AProposalSentAgainJoinsTheOneThatWaits) {
  ask(1, asking("price"));
  const uint64_t id = question();
  ask(2, asking("price"));
  EXPECT_EQ(question(), 0u);
  feed({E::HttpResponse{id, {200, {}, {7}}}});
  flush();
  EXPECT_EQ(answers(), 2u);
}

TEST_F(ValidatorAskingTest, AnswersToNoQuestionAreIgnored) {
  ask(1, asking("price"));
  const uint64_t id = question();
  feed({E::HttpResponse{id + 7, {200, {}, {}}}});
  feed({E::HttpFailed{id + 7, NoAnswerKind::Asked, ""}});
  EXPECT_EQ(answers(), 0u);
  feed({E::HttpFailed{id, NoAnswerKind::Asked, ""}});
  feed({E::HttpFailed{id, NoAnswerKind::Asked, ""}});
  EXPECT_EQ(answers(), 0u);
}

TEST_F(ValidatorAskingTest, OfOneChainSoManyProposalsWait) {
  for (size_t i = 0; i < limits::kWaitingProposalsOfChain; ++i) {
    ask(10 + i, asking(std::to_string(i)));
    EXPECT_NE(question(), 0u);
  }
  ask(20, asking("one more"));
  EXPECT_EQ(question(), 0u);
  if (answers() == 0) flush();
  EXPECT_EQ(status(), GrpcCode::kUnavailable);
  ask(21, asking("of another chain", 1));
  EXPECT_NE(question(), 0u);
}

}  // namespace
}  // namespace mica::app
