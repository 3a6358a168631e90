// Every host function once: what it gives, and what it costs.
#include "core/apps/host_functions.h"

#include <gtest/gtest.h>

#include "core/apps/base_functions.h"
#include "core/apps/contract_functions.h"
#include "core/apps/service_functions.h"
#include "tests/core/apps/scripted_engine.h"
#include "tests/core/apps/stage.h"

namespace mica::apps {
namespace {

const Bytes kContractModule{1}, kServiceModule{2};

// What the tracker counts, by the words of the table below.
std::string cost_text(const ResourceTracker& tracker) {
  const std::pair<std::string_view, uint64_t> parts[] = {
      {"rt", tracker.bytes_runtime},
      {"rd", tracker.read_operations},
      {"br", tracker.bytes_read},
      {"wr", tracker.write_operations},
      {"bw", tracker.bytes_written},
      {"fuel", tracker.wasm_fuel},
      {"http", tracker.http_requests},
      {"oracle", tracker.service_oracle_queries},
      {"blobs", tracker.blobs_read},
      {"blob bytes", tracker.blob_bytes_read},
      {"grants", static_cast<uint64_t>(tracker.grants.attos)},
  };
  std::string out;
  for (const auto& [word, count] : parts) {
    if (count > 0)
      out += (out.empty() ? "" : ", ") + std::string(word) + " " + std::to_string(count);
  }
  return out;
}

struct Case {
  std::string name;
  std::string cost;
  std::function<void(Scripted& guest, Stage& stage, const ApplicationId& self)> calls;
};

using Keys = std::vector<Bytes>;
using Values = std::vector<std::optional<Bytes>>;
using Entries = std::vector<std::pair<Bytes, Bytes>>;

ChainId other() { return chain_named(9); }

void prepare(Stage& stage, const ApplicationId& self) {
  ApplicationPermissions permissions;
  permissions.close_chain = {self};
  permissions.change_application_permissions = {self};
  stage.state.system.application_permissions.set(permissions);
  stage.state.system.balances.put(World::kOwner, tokens(3));
  stage.state.system.balances.put(self.owner(), tokens(2));
  KeyValues store = stage.state.users.open(self);
  store.put(Bytes{1, 1}, Bytes{7});
  store.put(Bytes{1, 2}, Bytes{8, 9});
  store.put(Bytes{2}, Bytes{});
}

std::vector<Case> chain_cases() {
  return {
      {"get-chain-id", "rt 32",
       [](Scripted& guest, Stage& stage, auto&) {
         EXPECT_EQ(guest.base<ChainId()>("get-chain-id"), stage.world.chain_id);
       }},
      {"get-block-height", "rt 8",
       [](Scripted& guest, Stage&, auto&) {
         EXPECT_EQ(guest.base<BlockHeight()>("get-block-height"), BlockHeight{7});
       }},
      {"get-application-id", "rt 32",
       [](Scripted& guest, Stage&, const ApplicationId& self) {
         EXPECT_EQ(guest.base<ApplicationId()>("get-application-id"), self);
       }},
      {"get-application-creator-chain-id", "rt 32",
       [](Scripted& guest, Stage& stage, auto&) {
         EXPECT_EQ(guest.base<ChainId()>("get-application-creator-chain-id"), stage.world.chain_id);
       }},
      {"read-application-description", "rt 145",  // 109 + 4 of parameters + 32 for one required
       [](Scripted& guest, Stage& stage, auto&) {
         const ApplicationId required = stage.add({40});
         const ApplicationId id = stage.add(kContractModule, {}, {required}, {1, 2, 3, 4});
         const auto description =
             guest.base<ApplicationDescription(ApplicationId)>("read-application-description", id);
         EXPECT_EQ(description.parameters, (Bytes{1, 2, 3, 4}));
         EXPECT_TRUE(stage.state.system.used_blobs.contains(description_blob_id(id)));
       }},
      {"application-parameters", "rt 3",
       [](Scripted& guest, Stage&, auto&) {
         EXPECT_EQ(guest.base<Bytes()>("application-parameters"), (Bytes{5, 6, 7}));
       }},
      {"get-chain-ownership", "rt 76",  // 36 + an owner of 32 with a weight of 8
       [](Scripted& guest, Stage&, auto&) {
         EXPECT_TRUE(guest.base<ChainOwnership()>("get-chain-ownership").is_owner(World::kOwner));
       }},
      {"get-application-permissions", "",
       [](Scripted& guest, Stage&, const ApplicationId& self) {
         EXPECT_TRUE(guest.base<ApplicationPermissions()>("get-application-permissions")
                         .can_close_chain(self));
       }},
      {"read-system-timestamp", "rt 8",
       [](Scripted& guest, Stage&, auto&) {
         EXPECT_EQ(guest.base<Timestamp()>("read-system-timestamp"), Timestamp{1000});
       }},
  };
}

std::vector<Case> balance_cases() {
  return {
      {"read-chain-balance", "rt 16",
       [](Scripted& guest, Stage&, auto&) {
         EXPECT_EQ(guest.base<Amount()>("read-chain-balance"), tokens(10));
       }},
      {"read-owner-balance", "rt 32",
       [](Scripted& guest, Stage&, const ApplicationId& self) {
         const auto read = "read-owner-balance";
         EXPECT_EQ(guest.base<Amount(AccountOwner)>(read, self.owner()), tokens(2));
         EXPECT_EQ(guest.base<Amount(AccountOwner)>(read, owner_named(200)), Amount{});
       }},
      {"read-owner-balances", "rt 96",
       [](Scripted& guest, Stage&, auto&) {
         using Balances = std::vector<std::pair<AccountOwner, Amount>>;
         const auto balances = guest.base<Balances()>("read-owner-balances");
         ASSERT_EQ(balances.size(), 2u);
         EXPECT_EQ(balances[0], std::pair(World::kOwner, tokens(3)));
       }},
      {"read-balance-owners", "rt 64",
       [](Scripted& guest, Stage&, auto&) {
         EXPECT_EQ(guest.base<std::vector<AccountOwner>()>("read-balance-owners").size(), 2u);
       }},
      {"assert-before", "",
       [](Scripted& guest, Stage&, auto&) {
         guest.base<void(Timestamp)>("assert-before", Timestamp{5001});
       }},
      {"log", "",
       [](Scripted& guest, Stage&, auto&) {
         guest.base<void(std::string, LogLevel)>("log", std::string("hello"), LogLevel::Warn);
       }},
  };
}

std::vector<Case> read_cases() {
  return {
      {"contains-key", "rd 2",
       [](Scripted& guest, Stage&, auto&) {
         const auto there = guest.base<uint32_t(Bytes)>("contains-key-new", Bytes{2});
         const auto absent = guest.base<uint32_t(Bytes)>("contains-key-new", Bytes{3});
         EXPECT_EQ(std::pair(there, absent), std::pair(0u, 1u));
         EXPECT_FALSE(guest.base<bool(uint32_t)>("contains-key-wait", absent));
         EXPECT_TRUE(guest.base<bool(uint32_t)>("contains-key-wait", there));
       }},
      {"contains-keys", "rd 1",
       [](Scripted& guest, Stage&, auto&) {
         const auto promise =
             guest.base<uint32_t(Keys)>("contains-keys-new", Keys{{1, 2}, {9}, {2}});
         EXPECT_EQ(guest.base<std::vector<bool>(uint32_t)>("contains-keys-wait", promise),
                   (std::vector<bool>{true, false, true}));
       }},
      {"read-multi-values-bytes", "rd 1, br 3",
       [](Scripted& guest, Stage&, auto&) {
         const auto promise =
             guest.base<uint32_t(Keys)>("read-multi-values-bytes-new", Keys{{1, 1}, {9}, {1, 2}});
         EXPECT_EQ(guest.base<Values(uint32_t)>("read-multi-values-bytes-wait", promise),
                   (Values{Bytes{7}, std::nullopt, Bytes{8, 9}}));
       }},
      {"read-value-bytes", "rd 1, br 2",
       [](Scripted& guest, Stage&, auto&) {
         const auto promise = guest.base<uint32_t(Bytes)>("read-value-bytes-new", Bytes{1, 2});
         EXPECT_EQ(guest.base<std::optional<Bytes>(uint32_t)>("read-value-bytes-wait", promise),
                   (Bytes{8, 9}));
       }},
      {"find-keys", "rd 1, br 2",
       [](Scripted& guest, Stage&, auto&) {
         const auto promise = guest.base<uint32_t(Bytes)>("find-keys-new", Bytes{1});
         EXPECT_EQ(guest.base<Keys(uint32_t)>("find-keys-wait", promise), (Keys{{1}, {2}}));
       }},
      {"find-key-values", "rd 1, br 5",
       [](Scripted& guest, Stage&, auto&) {
         const auto promise = guest.base<uint32_t(Bytes)>("find-key-values-new", Bytes{1});
         EXPECT_EQ(guest.base<Entries(uint32_t)>("find-key-values-wait", promise),
                   (Entries{{{1}, {7}}, {{2}, {8, 9}}}));
       }},
  };
}

std::vector<Case> caller_cases() {
  return {
      {"authenticated-signer", "",
       [](Scripted& guest, Stage&, auto&) {
         EXPECT_EQ(guest.contract<std::optional<AccountOwner>()>("authenticated-signer"),
                   World::kOwner);
       }},
      {"message-is-bouncing", "",
       [](Scripted& guest, Stage&, auto&) {
         EXPECT_EQ(guest.contract<std::optional<bool>()>("message-is-bouncing"), std::nullopt);
       }},
      {"message-origin-chain-id", "",
       [](Scripted& guest, Stage&, auto&) {
         EXPECT_EQ(guest.contract<std::optional<ChainId>()>("message-origin-chain-id"),
                   std::nullopt);
       }},
      {"authenticated-caller-id", "",
       [](Scripted& guest, Stage&, auto&) {
         EXPECT_EQ(guest.contract<std::optional<ApplicationId>()>("authenticated-caller-id"),
                   std::nullopt);
       }},
      {"send-message", "grants 35",  // 5 of fuel at 7
       [](Scripted& guest, Stage& stage, const ApplicationId& self) {
         Resources grant;
         grant.wasm_fuel = 5;
         const SendMessageRequest request{other(), false, true, grant, {1, 2}};
         guest.contract<void(SendMessageRequest)>("send-message", request);
         const OutgoingMessage sent = stage.outcome().messages.at(0);
         EXPECT_EQ(sent.authenticated_signer, World::kOwner);
         EXPECT_EQ(sent.refund_grant_to, (Account{stage.world.chain_id, World::kOwner}));
         EXPECT_EQ(sent.kind, MessageKind::Tracked);
         EXPECT_EQ(sent.message, (Message{Message::User{self, {1, 2}}}));
       }},
      {"transfer", "",
       [](Scripted& guest, Stage& stage, const ApplicationId& self) {
         guest.contract<void(AccountOwner, Account, Amount)>(
             "transfer", self.owner(), Account{stage.world.chain_id, owner_named(5)}, tokens(1));
         EXPECT_EQ(stage.state.system.balance_of(self.owner()), tokens(1));
         EXPECT_EQ(stage.state.system.balance_of(owner_named(5)), tokens(1));
       }},
      {"claim", "",
       [](Scripted& guest, Stage& stage, auto&) {
         guest.contract<void(Account, Account, Amount)>("claim", Account{other(), World::kOwner},
                                                        Account{other(), World::kOwner}, tokens(1));
         EXPECT_EQ(stage.outcome().messages.at(0).kind, MessageKind::Simple);
       }},
  };
}

std::vector<Case> chain_changing_cases() {
  return {
      {"open-chain", "rt 8",
       [](Scripted& guest, Stage& stage, auto&) {
         const auto id = guest.contract<ChainId(ChainOwnership, ApplicationPermissions, Amount)>(
             "open-chain", ChainOwnership::single(owner_named(4)), ApplicationPermissions{},
             tokens(1));
         EXPECT_EQ(stage.outcome().blobs.at(0).id(), description_blob_id(id));
       }},
      {"close-chain", "",
       [](Scripted& guest, Stage& stage, auto&) {
         EXPECT_TRUE((guest.contract<Result<Ok, CloseChainError>()>("close-chain").ok()));
         EXPECT_TRUE(stage.state.system.closed.get());
       }},
      {"change-ownership", "",
       [](Scripted& guest, Stage& stage, auto&) {
         using Changed = Result<Ok, ChangeOwnershipError>;
         EXPECT_TRUE(guest
                         .contract<Changed(ChainOwnership)>("change-ownership",
                                                            ChainOwnership::single(owner_named(4)))
                         .ok());
         EXPECT_TRUE(stage.state.system.ownership.get().is_owner(owner_named(4)));
       }},
      {"change-application-permissions", "",
       [](Scripted& guest, Stage&, auto&) {
         using Changed = Result<Ok, ChangeApplicationPermissionsError>;
         const auto change = [&] {
           return guest.contract<Changed(ApplicationPermissions)>("change-application-permissions",
                                                                  ApplicationPermissions{});
         };
         EXPECT_TRUE(change().ok());
         EXPECT_FALSE(change().ok());
         using Closed = Result<Ok, CloseChainError>;
         EXPECT_FALSE(guest.contract<Closed()>("close-chain").ok());
         using Owned = Result<Ok, ChangeOwnershipError>;
         EXPECT_FALSE(
             guest.contract<Owned(ChainOwnership)>("change-ownership", ChainOwnership{}).ok());
       }},
      {"create-data-blob", "",
       [](Scripted& guest, Stage& stage, auto&) {
         const auto hash = guest.contract<DataBlobHash(Bytes)>("create-data-blob", Bytes{1, 2});
         EXPECT_EQ(guest.base<Bytes(DataBlobHash)>("read-data-blob", hash), (Bytes{1, 2}));
         EXPECT_EQ(stage.outcome().blobs.at(0).id(), hash.id());
       }},
  };
}

std::vector<Case> outcome_cases() {
  return {
      {"emit", "bw 3",
       [](Scripted& guest, Stage& stage, auto&) {
         const StreamName name{{'s'}};
         const auto emit = [&](Bytes value) {
           return guest.contract<uint32_t(StreamName, Bytes)>("emit", name, value);
         };
         EXPECT_EQ(emit({1, 2}), 0u);
         EXPECT_EQ(emit({3}), 1u);
         EXPECT_EQ(stage.outcome().events.size(), 2u);
       }},
      {"read-event", "br 4",
       [](Scripted& guest, Stage& stage, const ApplicationId& self) {
         const StreamName name{{'s'}};
         const EventId id{other(), {{GenericApplicationId::User{self}}, name}, 3};
         stage.world.lookup.events[id] = {1, 2, 3, 4};
         EXPECT_EQ((guest.contract<Bytes(ChainId, StreamName, uint32_t)>("read-event", other(),
                                                                         name, 3u)),
                   (Bytes{1, 2, 3, 4}));
       }},
      {"subscribe-to-events", "",
       [](Scripted& guest, Stage& stage, const ApplicationId& self) {
         const StreamName name{{'s'}};
         const StreamId stream{{GenericApplicationId::User{self}}, name};
         guest.contract<void(ChainId, ApplicationId, StreamName)>("subscribe-to-events", other(),
                                                                  self, name);
         const auto& all = stage.state.system.event_subscriptions;
         EXPECT_TRUE(all.get_or_default({other(), stream}).applications.contains(self));
         guest.contract<void(ChainId, ApplicationId, StreamName)>("unsubscribe-from-events",
                                                                  other(), self, name);
         EXPECT_FALSE(all.contains({other(), stream}));
       }},
      {"consume-fuel", "fuel 12",
       [](Scripted& guest, Stage&, auto&) {
         guest.contract<void(uint64_t)>("consume-fuel", uint64_t{12});
       }},
      {"validation-round", "",
       [](Scripted& guest, Stage& stage, auto&) {
         EXPECT_EQ(guest.contract<std::optional<uint32_t>()>("validation-round"), 3u);
         EXPECT_EQ(stage.outcome().oracle_responses.back(),
                   (OracleResponse{OracleResponse::Round{3}}));
       }},
      {"write-batch", "wr 3, bw 5",  // a key, a prefix, and 2 + 1
       [](Scripted& guest, Stage& stage, const ApplicationId& self) {
         using W = WriteOperation;
         const std::vector<W> batch{
             {W::Delete{{2}}}, {W::DeletePrefix{{1}}}, {W::Put{{1, 3}, {4}}}};
         guest.contract<void(std::vector<W>)>("write-batch", batch);
         size_t entries = 0;
         stage.state.users.view(self).scan([&](ByteSpan key, const Bytes& value) {
           EXPECT_EQ(to_bytes(key), (Bytes{1, 3}));
           EXPECT_EQ(value, Bytes{4});
           return ++entries > 0;
         });
         EXPECT_EQ(entries, 1u);
       }},
  };
}

std::vector<Case> all_cases() {
  std::vector<Case> out;
  for (const auto& cases : {chain_cases(), balance_cases(), read_cases(), caller_cases(),
                            chain_changing_cases(), outcome_cases()}) {
    out.insert(out.end(), cases.begin(), cases.end());
  }
  return out;
}

ResourceControlPolicy prices() {
  ResourceControlPolicy policy;
  policy.wasm_fuel_unit = {7};
  policy.byte_runtime = {11};
  policy.read_operation = {13};
  policy.byte_read = {17};
  policy.write_operation = {19};
  policy.byte_written = {23};
  policy.service_as_oracle_query = {29};
  policy.http_request = {31};
  policy.blob_read = {37};
  policy.blob_byte_read = {41};
  return policy;
}

u128 price_of(const ResourceTracker& t) {
  return 7 * t.wasm_fuel + 11 * t.bytes_runtime + 13 * t.read_operations + 17 * t.bytes_read +
         19 * t.write_operations + 23 * t.bytes_written + 29 * t.service_oracle_queries +
         31 * t.http_requests + t.grants.attos;
}

void run_case(const Case& one) {
  SCOPED_TRACE(one.name);
  ScriptedEngine engine;
  Stage stage(engine, prices());
  Script& script = engine.add(kContractModule, Role::kContract);
  const ApplicationId self = stage.add(kContractModule, kServiceModule, {}, {5, 6, 7});
  prepare(stage, self);
  bool ran = false;
  script.entries["execute-operation"] = [&](Scripted& guest, Bytes) -> Bytes {
    one.calls(guest, stage, self);
    ran = !guest.stopped();
    return {};
  };
  script.entries["finalize"] = [](Scripted&, Bytes) { return Bytes{}; };
  auto state_before = stage.resources.balance({stage.state.system});
  auto done = stage.operation(self);
  ASSERT_TRUE(done.ok()) << done.error().text;
  EXPECT_TRUE(ran);
  EXPECT_EQ(cost_text(stage.resources.tracker()), one.cost);
  if (one.name == "open-chain") state_before.attos -= tokens(1).attos;
  EXPECT_EQ(state_before.attos - stage.resources.balance({stage.state.system}).attos,
            price_of(stage.resources.tracker()));
}

TEST(HostFunctions, GiveAndCostWhatUpstreamSays) {
  for (const Case& one : all_cases()) run_case(one);
}

// What is not in the table above has a test of its own.
TEST(HostFunctions, AllAreTested) {
  std::set<std::string> tested{"perform-http-request",    "read-data-blob",
                               "assert-data-blob-exists", "create-application",
                               "publish-module",          "try-call-application",
                               "query-service",           "unsubscribe-from-events"};
  for (const Case& one : all_cases()) {
    tested.insert({one.name, one.name + "-new", one.name + "-wait"});
  }
  for (const Import& import : ScriptedEngine::all_imports(Role::kContract)) {
    EXPECT_TRUE(tested.contains(import.name)) << import.name;
  }
}

TEST(HostFunctions, AreFoundByRoleNameAndType) {
  for (const Role role : {Role::kContract, Role::kService}) {
    for (const Import& import : ScriptedEngine::all_imports(role)) {
      EXPECT_TRUE(find_host_function(role, import)) << import.name;
      const Role wrong = role == Role::kContract ? Role::kService : Role::kContract;
      const bool shared = import.module == "linera:app/base-runtime-api";
      EXPECT_EQ(find_host_function(wrong, import) != nullptr, shared) << import.name;
      Import typed = import;
      typed.type.params.push_back(ValueType::kF64);
      EXPECT_FALSE(find_host_function(role, typed));
      Import memory = import;
      memory.kind = ExternKind::kMemory;
      EXPECT_FALSE(find_host_function(role, memory));
    }
  }
  EXPECT_FALSE(find_host_function(Role::kContract, {"env", "abort", {}, {}}));
}

}  // namespace
}  // namespace mica::apps
