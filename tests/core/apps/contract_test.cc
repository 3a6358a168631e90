// Actions of contracts: who is called when, by whom, and how they fail.
#include "core/apps/contract.h"

#include <gtest/gtest.h>

#include "core/apps/host_types.h"
#include "tests/core/apps/scripted_engine.h"
#include "tests/core/apps/stage.h"

namespace mica::apps {
namespace {

using Call = Bytes(bool, ApplicationId, Bytes);
using Signer = std::optional<AccountOwner>();
using Caller = std::optional<ApplicationId>();

// Two applications that write into `log` what is called of them.
class Contracts : public testing::Test {
 protected:
  Script& script(Stage& stage, uint8_t name, ApplicationId& id,
                 std::vector<ApplicationId> required = {}) {
    Script& script = engine.add({name}, Role::kContract);
    id = stage.add({name}, {name, 1}, std::move(required));
    const std::string word(1, static_cast<char>(name));
    script.entries["execute-operation"] = [this, word](Scripted&, Bytes bytes) {
      log.push_back(word + " operation");
      return bytes;
    };
    script.entries["finalize"] = [this, word](Scripted&, Bytes) {
      log.push_back(word + " finalize");
      return Bytes{};
    };
    return script;
  }
  std::string failure(Stage& stage, const ApplicationId& id) {
    auto done = stage.operation(id);
    return done.ok() ? "none" : done.error().text;
  }

  ScriptedEngine engine;
  std::vector<std::string> log;
};

TEST_F(Contracts, FinalizeComesInReverseOrderOfFirstUse) {
  Stage stage(engine);
  ApplicationId a, b, c;
  Script& first = script(stage, 'a', a);
  script(stage, 'b', b);
  script(stage, 'c', c);
  first.entries["execute-operation"] = [&](Scripted& guest, Bytes) {
    guest.contract<Call>("try-call-application", true, b, Bytes{1});
    guest.contract<Call>("try-call-application", true, c, Bytes{2});
    return guest.contract<Call>("try-call-application", true, b, Bytes{3});
  };
  ASSERT_EQ(failure(stage, a), "none");
  EXPECT_EQ(log, (std::vector<std::string>{"b operation", "c operation", "b operation",
                                           "c finalize", "b finalize", "a finalize"}));
  EXPECT_EQ(engine.instances, 3);
  EXPECT_EQ(stage.outcome().operation_result, Bytes{3});
  ASSERT_EQ(failure(stage, b), "none");
  EXPECT_EQ(engine.instances, 4);  // fresh ones for each action
  EXPECT_EQ(engine.compiled, 3);
}

TEST_F(Contracts, CalleesSeeSignerAndCallerOnlyIfAuthenticated) {
  Stage stage(engine);
  ApplicationId a, b, c;
  Script& first = script(stage, 'a', a);
  Script& second = script(stage, 'b', b);
  Script& third = script(stage, 'c', c);
  bool authenticated = true;
  std::vector<std::optional<AccountOwner>> signers;
  std::vector<std::optional<ApplicationId>> callers;
  auto look = [&](Scripted& guest) {
    signers.push_back(guest.contract<Signer>("authenticated-signer"));
    callers.push_back(guest.contract<Caller>("authenticated-caller-id"));
  };
  first.entries["execute-operation"] = [&](Scripted& guest, Bytes bytes) {
    look(guest);
    return guest.contract<Call>("try-call-application", authenticated, b, bytes);
  };
  second.entries["execute-operation"] = [&](Scripted& guest, Bytes bytes) {
    look(guest);
    return guest.contract<Call>("try-call-application", true, c, bytes);
  };
  third.entries["execute-operation"] = [&](Scripted& guest, Bytes bytes) {
    look(guest);
    return bytes;
  };
  third.entries["finalize"] = [&](Scripted& guest, Bytes bytes) {
    look(guest);
    return bytes;
  };
  const auto owner = std::optional(World::kOwner);
  ASSERT_EQ(failure(stage, a), "none");
  EXPECT_EQ(signers, (std::vector{owner, owner, owner, owner}));
  EXPECT_EQ(callers, (std::vector<std::optional<ApplicationId>>{{}, a, b, {}}));
  signers.clear();
  callers.clear();
  authenticated = false;
  ASSERT_EQ(failure(stage, a), "none");
  EXPECT_EQ(signers, (std::vector{owner, {}, {}, owner}));
  EXPECT_EQ(callers, (std::vector<std::optional<ApplicationId>>{{}, {}, b, {}}));
}

TEST_F(Contracts, NobodyIsEnteredTwice) {
  Stage stage(engine);
  ApplicationId a, b;
  Script& first = script(stage, 'a', a);
  Script& second = script(stage, 'b', b);
  first.entries["execute-operation"] = [&](Scripted& guest, Bytes bytes) {
    return guest.contract<Call>("try-call-application", true, b, bytes);
  };
  second.entries["execute-operation"] = [&](Scripted& guest, Bytes bytes) {
    return guest.contract<Call>("try-call-application", true, a, bytes);
  };
  EXPECT_EQ(failure(stage, a),
            "Attempted to perform a reentrant call to application " + a.to_text());
}

TEST_F(Contracts, NobodyCallsInFinalize) {
  Stage stage(engine);
  ApplicationId a, b;
  Script& first = script(stage, 'a', a);
  script(stage, 'b', b);
  first.entries["finalize"] = [&](Scripted& guest, Bytes bytes) {
    return guest.contract<Call>("try-call-application", true, b, bytes);
  };
  EXPECT_EQ(failure(stage, a), "Application " + a.to_text() +
                                   " attempted to perform a cross-application to " + b.to_text() +
                                   " call from `finalize`");
}

// Description, contract and service of each, depth first, each once.
TEST_F(Contracts, LoadingIsRecordedInItsOrder) {
  Stage stage(engine);
  ApplicationId a, b, c, d;
  script(stage, 'd', d);
  script(stage, 'c', c, {d});
  script(stage, 'b', b, {d});
  script(stage, 'a', a, {b, c});
  ASSERT_EQ(failure(stage, a), "none");
  std::vector<ApplicationId> described;
  const auto outcome = stage.outcome();
  for (const OracleResponse& one : outcome.oracle_responses) {
    const BlobId& id = std::get<OracleResponse::Blob>(one.kind).blob_id;
    if (id.blob_type == BlobType::ApplicationDescription) described.push_back({id.hash});
  }
  EXPECT_EQ(described, (std::vector{a, b, d, c}));
  EXPECT_EQ(outcome.oracle_responses.size(), 12u);
  ASSERT_EQ(failure(stage, a), "none");
  EXPECT_TRUE(stage.outcome().oracle_responses.empty());
}

TEST_F(Contracts, WhatIsMissingIsWanted) {
  Stage stage(engine);
  ApplicationId a;
  script(stage, 'a', a);
  const ApplicationId absent{CryptoHash{{9}}};
  Script& caller = script(stage, 'b', a);
  caller.entries["execute-operation"] = [&](Scripted& guest, Bytes bytes) {
    return guest.contract<Call>("try-call-application", true, absent, bytes);
  };
  auto done = stage.operation(a);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().kind, Kind::kTransient);
  EXPECT_EQ(done.error().wanted, (std::vector<Wanted>{description_blob_id(absent)}));
}

TEST_F(Contracts, ForeignImportsAreRefused) {
  Stage stage(engine);
  ApplicationId a;
  Script& guest = script(stage, 'a', a);
  guest.interface_.imports.push_back({"linera:app/service-runtime-api",
                                      "schedule-operation",
                                      ExternKind::kFunction,
                                      {{ValueType::kI32, ValueType::kI32}, {}}});
  EXPECT_NE(failure(stage, a).find("linera:app/service-runtime-api#schedule-operation"),
            std::string::npos);
  EXPECT_TRUE(log.empty());
}

TEST_F(Contracts, MissingEntryPointsFailWhenTheyAreCalled) {
  Stage stage(engine);
  ApplicationId a;
  script(stage, 'a', a).entries.erase("execute-operation");
  EXPECT_NE(
      failure(stage, a).find("no-export in linera:app/contract-entrypoints#execute-operation"),
      std::string::npos)
      << failure(stage, a);
  Script& mute = script(stage, 'b', a);
  mute.has_allocator = false;
  EXPECT_NE(failure(stage, a).find("cabi_realloc"), std::string::npos);
}

TEST_F(Contracts, StopsHaveTheirKinds) {
  const std::pair<Stop, Kind> kinds[] = {{Stop::kUnreachable, Kind::kFailed},
                                         {Stop::kDivision, Kind::kFailed},
                                         {Stop::kStack, Kind::kUnsupported},
                                         {Stop::kMemoryCap, Kind::kUnsupported}};
  for (const auto& [stop, kind] : kinds) {
    Stage stage(engine);
    ApplicationId a;
    script(stage, 'a', a).entries["execute-operation"] = [stop = stop](Scripted& guest, Bytes) {
      guest.trap(stop);
      return Bytes{};
    };
    auto done = stage.operation(a);
    ASSERT_FALSE(done.ok());
    EXPECT_EQ(done.error().kind, kind) << done.error().text;
    EXPECT_TRUE(stage.outcome().operation_result.empty());
  }
}

TEST_F(Contracts, ModulesThatCannotBeCompiled) {
  Stage stage(engine);
  ApplicationId a;
  script(stage, 'a', a);
  engine.refusal = Refusal{RefusalCode::kFeature};
  const ExecutionError first = stage.operation(a).error();
  EXPECT_EQ(first.kind, Kind::kFailed);
  EXPECT_EQ(stage.operation(a).error().text, first.text);
  EXPECT_EQ(engine.compiled, 1) << "it is not read again";
  ApplicationId b;
  script(stage, 'b', b);
  engine.refusal = Refusal{RefusalCode::kTooMuch};
  EXPECT_EQ(stage.operation(b).error().kind, Kind::kUnsupported);
}

TEST_F(Contracts, FuelIsChargedAndLimited) {
  ResourceControlPolicy policy;
  policy.wasm_fuel_unit = {3};
  policy.maximum_wasm_fuel_per_block = 1000;
  Stage stage(engine, policy);
  ApplicationId a;
  uint64_t burnt = 100;
  Script& guest = script(stage, 'a', a);
  guest.allocation_fuel = 5;
  guest.entries["execute-operation"] = [&](Scripted& g, Bytes bytes) {
    g.burn(burnt);
    g.base<Bytes()>("application-parameters");  // allocates
    g.contract<void(uint64_t)>("consume-fuel", uint64_t{1});
    return bytes;
  };
  ASSERT_EQ(failure(stage, a), "none");
  EXPECT_EQ(stage.resources.tracker().wasm_fuel, 111u);
  EXPECT_EQ(stage.state.system.balance.get().attos, tokens(10).attos - 333);
  burnt = 1000 - 111 - 11;
  ASSERT_EQ(failure(stage, a), "none");  // to the last unit
  EXPECT_EQ(stage.resources.tracker().wasm_fuel, 1000u);
  auto done = stage.operation(a);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().kind, Kind::kLimit);
  EXPECT_EQ(done.error().text, "Block execution required too much fuel for VM wasm");
}

TEST_F(Contracts, FuelEndsWithTheMoney) {
  ResourceControlPolicy policy;
  policy.wasm_fuel_unit = {10};
  Stage stage(engine, policy, Amount{95});
  ApplicationId a;
  uint64_t burnt = 9;
  script(stage, 'a', a).entries["execute-operation"] = [&](Scripted& g, Bytes bytes) {
    g.burn(burnt);
    return bytes;
  };
  burnt = 10;
  auto done = stage.operation(a);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().kind, Kind::kFunding);
  EXPECT_EQ(done.error().text.find("Required execution fees exceeded the total funding"), 0u);
  EXPECT_EQ(stage.state.system.balance.get(), Amount{95});
  burnt = 9;
  ASSERT_EQ(failure(stage, a), "none");
  EXPECT_EQ(stage.state.system.balance.get(), Amount{5});
}

// A host function's error is the action's, also out of the allocator of an inner guest.
TEST_F(Contracts, ErrorsOfHostFunctionsSurviveTheGuests) {
  Stage stage(engine);
  ApplicationId a, b;
  Script& outer = script(stage, 'a', a);
  Script& inner = script(stage, 'b', b);
  const DataBlobHash absent{CryptoHash{{7}}};
  inner.on_allocate = [&](Scripted& guest) {
    guest.base<Bytes(DataBlobHash)>("read-data-blob", absent);
  };
  outer.entries["execute-operation"] = [&](Scripted& guest, Bytes bytes) {
    return guest.contract<Call>("try-call-application", true, b, bytes);
  };
  auto done = stage.operation(a);
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().wanted, (std::vector<Wanted>{absent.id()}));
}

TEST_F(Contracts, MessagesArePaidByTheirGrantAndTellTheirOrigin) {
  ResourceControlPolicy policy;
  policy.wasm_fuel_unit = {10};
  Stage stage(engine, policy);
  ApplicationId a;
  script(stage, 'a', a).entries["execute-message"] = [&](Scripted& g, Bytes) {
    g.burn(4);
    EXPECT_EQ(g.contract<std::optional<bool>()>("message-is-bouncing"), true);
    EXPECT_EQ(g.contract<std::optional<ChainId>()>("message-origin-chain-id"), chain_named(5));
    return Bytes{9};
  };
  Amount grant{100};
  MessageContext context;
  context.chain_id = stage.world.chain_id;
  context.origin = chain_named(5);
  context.is_bouncing = true;
  Execution run = stage.execution();
  auto done = stage.runtime.execute_message(run, context, grant, {a, {1}});
  ASSERT_TRUE(done.ok()) << done.error().text;
  EXPECT_EQ(grant, Amount{60});
  EXPECT_EQ(stage.state.system.balance.get(), tokens(10));
  EXPECT_TRUE(stage.outcome().operation_result.empty());
}

TEST_F(Contracts, FreeApplicationsPayNothingForMessages) {
  ResourceControlPolicy policy;
  policy.wasm_fuel_unit = {10};
  ApplicationId a;
  {
    Stage unpriced(engine);
    script(unpriced, 'a', a);  // its id is the same on every stage
  }
  policy.http_request_allow_list.insert("FLAG_FREE_APPLICATION_ID_" + a.to_text() +
                                        ".linera.network");
  Stage stage(engine, policy);
  ApplicationId again;
  Script& guest = script(stage, 'a', again);
  if (again != a) GTEST_FAIL() << "the chain's name depends on the policy";
  guest.entries["process-streams"] = [](Scripted& g, Bytes) {
    g.burn(4);
    return Bytes{};
  };
  Execution run = stage.execution();
  ASSERT_TRUE(stage.runtime.process_streams(run, stage.context(), a, {{}}).ok());
  EXPECT_EQ(stage.state.system.balance.get(), tokens(10));
  EXPECT_EQ(stage.resources.tracker().wasm_fuel, 4u);
  ASSERT_EQ(failure(stage, a), "none");
}

TEST_F(Contracts, EvmApplicationsAreUnsupported) {
  Stage stage(engine);
  ApplicationDescription description;
  description.module_id.vm_runtime = VmRuntime::Evm;
  const BlobId blob = stage.world.lookup.add({BlobType::EvmBytecode, {1}});
  description.module_id.contract_blob_hash = description.module_id.service_blob_hash = blob.hash;
  stage.world.lookup.add(description.to_blob());
  const std::string reason = "EVM applications cannot run here: " + description.id().to_text();
  const ExecutionError called = stage.operation(description.id()).error();
  EXPECT_EQ(called.kind, Kind::kUnsupported);
  EXPECT_EQ(called.text, reason);
  const ExecutionError asked = stage.query(description.id()).error();
  EXPECT_EQ(asked.kind, Kind::kUnsupported);
  EXPECT_EQ(asked.text, reason);
  // One that calls it, or that requires it, is stopped by its name too.
  ApplicationId a, b;
  script(stage, 'a', a).entries["execute-operation"] = [&](Scripted& guest, Bytes bytes) {
    return guest.contract<Call>("try-call-application", true, description.id(), bytes);
  };
  EXPECT_EQ(failure(stage, a), reason);
  script(stage, 'b', b, {description.id()});
  EXPECT_EQ(failure(stage, b), reason);
  ApplicationId c;
  script(stage, 'c', c);
  EXPECT_EQ(failure(stage, c), "none");
}

TEST_F(Contracts, BytecodeThatIsNotHereIsNamed) {
  Stage stage(engine);
  ApplicationDescription description;
  description.module_id = {CryptoHash{{1}}, CryptoHash{{2}}, VmRuntime::Wasm};
  stage.world.lookup.add(description.to_blob());
  const ExecutionError error = stage.operation(description.id()).error();
  EXPECT_EQ(error.kind, Kind::kTransient);
  const auto ids = description.module_id.blob_ids();
  EXPECT_EQ(sorted(error.wanted).blobs, std::vector<BlobId>(ids.begin(), ids.end()));
  ApplicationId a;
  script(stage, 'a', a);
  EXPECT_EQ(failure(stage, a), "none");
}

TEST_F(Contracts, OnlySoManyTakePart) {
  Stage stage(engine);
  std::vector<ApplicationId> all(limits::kMaxApplicationsInRun);
  engine.add({'x'}, Role::kContract);
  for (ApplicationId& id : all) id = stage.add({'x'}, {'x', 1});
  ApplicationId a;
  script(stage, 'a', a).entries["execute-operation"] = [&](Scripted& guest, Bytes bytes) {
    for (const ApplicationId& id : all) {
      if (guest.stopped()) break;
      guest.contract<Call>("try-call-application", true, id, bytes);
    }
    return bytes;
  };
  engine.add({'x'}, Role::kContract).entries["execute-operation"] = [](Scripted&, Bytes bytes) {
    return bytes;
  };
  EXPECT_EQ(stage.operation(a).error().kind, Kind::kUnsupported);
}

}  // namespace
}  // namespace mica::apps
