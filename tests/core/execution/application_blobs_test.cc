#include "core/execution/application_blobs.h"

#include "core/base/limits.h"
#include "tests/core/execution/scripted_applications.h"

namespace mica::execution {
namespace {

using Op = SystemOperation;

struct ApplicationBlobs : Runs {
  ModuleId publish(const Module& module) {
    world_.lookup.add(module.contract);
    world_.lookup.add(module.service);
    return module.id();
  }
  ApplicationId add(const ModuleId& module, std::vector<ApplicationId> required = {}) {
    ApplicationDescription description{.module_id = module,
                                       .required_application_ids = std::move(required)};
    world_.lookup.add(description.to_blob());
    return description.id();
  }
  ExecutionStatus create(const ModuleId& module, std::vector<ApplicationId> required = {}) {
    return apply({Op::CreateApplication{module, {'p'}, {'a'}, std::move(required)}});
  }
  std::vector<BlobId> used() const {
    std::vector<BlobId> out;
    for (const OracleResponse& response : outcome_.oracle_responses) {
      out.push_back(std::get_if<OracleResponse::Blob>(&response.kind)->blob_id);
    }
    return out;
  }

  const Module first_{1}, second_{2};
};

std::vector<BlobId> missing_of(const ExecutionError& error) {
  EXPECT_EQ(error.kind, ExecutionError::Kind::kTransient);
  return sorted(error.wanted).blobs;
}

TEST_F(ApplicationBlobs, PublishingAModuleIsNoOracle) {
  ASSERT_TRUE(apply({Op::PublishModule{first_.id()}}).ok());
  const std::set<BlobId> both{first_.contract.id(), first_.service.id()};
  EXPECT_EQ(outcome_.blobs_published, both);
  EXPECT_TRUE(outcome_.oracle_responses.empty());
  for (const BlobId& id : both) EXPECT_TRUE(state_.system.used_blobs.contains(id));
}

TEST_F(ApplicationBlobs, CreatingUsesTheModuleAndInstantiates) {
  ASSERT_TRUE(create(publish(first_)).ok());
  EXPECT_EQ(used(), (std::vector{first_.contract.id(), first_.service.id()}));
  const ApplicationDescription expected{.module_id = first_.id(),
                                        .creator_chain_id = world_.chain_id,
                                        .block_height = {7},
                                        .application_index = 0,
                                        .parameters = {'p'},
                                        .required_application_ids = {}};
  ASSERT_EQ(outcome_.blobs, std::vector{expected.to_blob()});
  EXPECT_EQ(outcome_.next_application_index, 1u);
  ASSERT_EQ(applications_.instantiated.size(), 1u);
  EXPECT_EQ(applications_.instantiated[0].first, expected.id());
  EXPECT_EQ(applications_.instantiated[0].second, Bytes{'a'});
  EXPECT_TRUE(state_.system.used_blobs.contains(description_blob_id(expected.id())));
  ASSERT_TRUE(create(first_.id()).ok());
  EXPECT_TRUE(used().empty()) << "known to the chain by now";
}

TEST_F(ApplicationBlobs, RequiredApplicationsAreUsedDepthFirst) {
  const ApplicationId deep = add(publish(first_));
  const ApplicationId wide = add(publish(second_), {deep});
  const ModuleId third = publish(Module(3));
  ASSERT_TRUE(create(third, {wide, deep}).ok());
  EXPECT_EQ(used(),
            (std::vector{third.contract_blob_id(), third.service_blob_id(),
                         description_blob_id(wide), second_.contract.id(), second_.service.id(),
                         description_blob_id(deep), first_.contract.id(), first_.service.id()}));
}

TEST_F(ApplicationBlobs, AllThatIsMissingIsWantedTogether) {
  const ApplicationId lost = application_named(9);
  const ApplicationId bare = add(second_.id());  // its description is there, its module is not
  auto described = with_run([&](Execution& run) { return describe_application(run, bare); });
  ASSERT_FALSE(described.ok());
  EXPECT_EQ(missing_of(described.error()), second_.id().blob_ids());
  auto status = create(publish(first_), {lost, bare});
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(missing_of(status.error()),
            (std::vector{description_blob_id(lost), second_.contract.id(), second_.service.id()}));
  // The same of a replay, whose recorded responses do not fit a run without the blobs.
  const std::vector<OracleResponse> recorded{{OracleResponse::Blob{description_blob_id(lost)}},
                                             {OracleResponse::Blob{first_.contract.id()}}};
  auto replayed = apply({Op::CreateApplication{Module(4).id(), {}, {}, {lost, bare}}}, &recorded);
  ASSERT_FALSE(replayed.ok());
  EXPECT_EQ(missing_of(replayed.error()).size(), 5u);
}

TEST_F(ApplicationBlobs, SharedRequirementsCountOnce) {
  ApplicationId last = add(publish(first_));
  for (int i = 0; i < 40; ++i) last = add(first_.id(), {last, last});
  EXPECT_TRUE(create(first_.id(), {last}).ok());
  EXPECT_EQ(used().size(), 2u + 41u);
}

TEST_F(ApplicationBlobs, RequirementsHaveALimit) {
  ApplicationId last = add(publish(first_));
  for (size_t i = 0; i < limits::kMaxRequiredApplications; ++i) last = add(first_.id(), {last});
  auto status = create(first_.id(), {last});
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().kind, ExecutionError::Kind::kUnsupported);
}

// What earlier transactions of the block created is not yet where other chains look for it.
TEST_F(ApplicationBlobs, DescribingSeesOnlyThisTransactionsBlobs) {
  const ApplicationDescription made{.module_id = publish(first_), .parameters = {'x'}};
  before_.emplace(made.to_blob().id(), made.to_blob());
  auto described = with_run([&](Execution& run) { return describe_application(run, made.id()); });
  EXPECT_FALSE(described.ok());
  auto loaded = with_run([&](Execution& run) { return load_description(run, made.id()); });
  ASSERT_TRUE(loaded.ok()) << loaded.error().text;
  EXPECT_EQ(*loaded, made);
  EXPECT_TRUE(outcome_.oracle_responses.empty());
}

TEST_F(ApplicationBlobs, ReadingADescriptionUsesNothingElse) {
  const ApplicationId id = add(second_.id());
  auto read = with_run([&](Execution& run) { return read_description(run, id); });
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(used(), std::vector{description_blob_id(id)});
}

TEST_F(ApplicationBlobs, BytecodeIsDecompressed) {
  publish(first_);
  before_.emplace(second_.service.id(), second_.service);
  auto code_of = [&](const BlobId& id) {
    return with_run([&](Execution& run) { return bytecode(run, id); });
  };
  EXPECT_EQ(*code_of(first_.contract.id()), (Bytes{1, 'c'}));
  EXPECT_EQ(*code_of(second_.service.id()), (Bytes{2, 's'}));
  EXPECT_EQ(missing_of(code_of(second_.contract.id()).error()), std::vector{second_.contract.id()});
  const BlobId raw = world_.lookup.add({BlobType::ContractBytecode, {0, 'a', 's', 'm'}});
  EXPECT_EQ(code_of(raw).error().kind, ExecutionError::Kind::kFailed);
  const Bytes zeros(limits::kMaxBytecodeBytes + 1);
  const BlobId huge =
      world_.lookup.add({BlobType::ContractBytecode, compression::raw_frame(zeros)});
  EXPECT_EQ(code_of(huge).error().kind, ExecutionError::Kind::kUnsupported);
}

TEST_F(ApplicationBlobs, ReadersOfDataPayFromTheChain) {
  resources_ = ResourceController(ResourceControlPolicy::testnet(), World::kOwner);
  const BlobId data = world_.lookup.add({BlobType::Data, {1, 2, 3}});
  const Amount before = state_.system.balance.get();
  ASSERT_TRUE(with_run([&](Execution& run) { return read_blob(run, data); }).ok());
  EXPECT_EQ(used(), std::vector{data});
  EXPECT_EQ(before.attos - state_.system.balance.get().attos, nanos(100 + 3 * 10).attos);
}

TEST_F(ApplicationBlobs, AFirstAssertionIsRecordedTwice) {
  const BlobId data = world_.lookup.add({BlobType::Data, {1}});
  auto check = [&] {
    return with_run([&](Execution& run) { return assert_blob_exists(run, data); });
  };
  ASSERT_TRUE(check().ok());
  EXPECT_EQ(used(), (std::vector{data, data}));
  ASSERT_TRUE(check().ok());
  EXPECT_TRUE(used().empty());
}

TEST_F(ApplicationBlobs, BlobsOfFreeActionsAreMarked) {
  auto made = [&] {
    return with_run([&](Execution& run) -> ExecutionResult<BlobId> {
      return create_blob(run, {BlobType::Data, {1}});
    });
  };
  ASSERT_TRUE(made().ok());
  EXPECT_TRUE(outcome_.free_blobs.empty());
  resources_.set_free(true);
  const auto free_one = made();
  EXPECT_EQ(outcome_.free_blobs, std::set{*free_one});
}

}  // namespace
}  // namespace mica::execution
