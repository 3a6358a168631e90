// What applications make beyond their own state: promises, blobs, applications, oracles, services.
#include "core/apps/calls.h"

#include <gtest/gtest.h>

#include "core/apps/http.h"
#include "tests/core/apps/scripted_engine.h"
#include "tests/core/apps/stage.h"

namespace mica::apps {
namespace {

// One contract 'a' with service 's'.
class Calls : public testing::Test {
 protected:
  using Body = std::function<void(Scripted&)>;
  explicit Calls() : contract(engine.add({'a'}, Role::kContract)) {
    engine.add({'s'}, Role::kService);
    contract.entries["finalize"] = [](Scripted&, Bytes) { return Bytes{}; };
    ResourceControlPolicy policy;
    policy.http_request_allow_list = {"example.com"};
    policy.maximum_http_response_bytes = 10;
    policy.blob_read = {1000};
    policy.blob_byte_read = {10};
    stage.emplace(engine, policy);
    id = stage->add({'a'}, {'s'});
  }
  ExecutionStatus run(Body body) {
    contract.entries["execute-operation"] = [body](Scripted& guest, Bytes) {
      body(guest);
      return Bytes{};
    };
    return stage->operation(id);
  }
  std::string failure(Body body) {
    auto done = run(body);
    return done.ok() ? "none" : done.error().text;
  }
  // Without those of loading.
  std::vector<OracleResponse> oracles() {
    auto all = stage->outcome().oracle_responses;
    std::vector<OracleResponse> out;
    for (auto& one : all) {
      auto* blob = std::get_if<OracleResponse::Blob>(&one.kind);
      if (!blob || blob->blob_id.blob_type == BlobType::Data) out.push_back(one);
    }
    return out;
  }

  ScriptedEngine engine;
  Script& contract;
  std::optional<Stage> stage;
  ApplicationId id;
};

TEST_F(Calls, PromisesAreWaitedForOnce) {
  const auto twice = [](Scripted& guest) {
    const auto promise = guest.base<uint32_t(Bytes)>("contains-key-new", Bytes{1});
    guest.base<bool(uint32_t)>("contains-key-wait", promise);
    guest.base<bool(uint32_t)>("contains-key-wait", promise);
  };
  EXPECT_EQ(failure(twice), "Attempt to wait for an unknown promise");
  const auto wrong = [](Scripted& guest) {
    const auto promise = guest.base<uint32_t(Bytes)>("contains-key-new", Bytes{1});
    guest.base<std::optional<Bytes>(uint32_t)>("read-value-bytes-wait", promise);
  };
  EXPECT_EQ(failure(wrong), "The given promise is invalid or was polled once already");
}

// One counter for the guest, one for each kind behind it.
TEST_F(Calls, PromisesOfAWrongKindFindTheirOwnKind) {
  stage->state.users.open(id).put(Bytes{1}, Bytes{5});
  EXPECT_EQ(failure([](Scripted& guest) {
              EXPECT_EQ(guest.base<uint32_t(Bytes)>("contains-key-new", Bytes{1}), 0u);
              EXPECT_EQ(guest.base<uint32_t(Bytes)>("read-value-bytes-new", Bytes{9}), 1u);
              EXPECT_TRUE(guest.base<bool(uint32_t)>("contains-key-wait", 1u));
            }),
            "none");
}

TEST_F(Calls, ReadsSeeTheStateAtTheirBeginning) {
  EXPECT_EQ(
      failure([](Scripted& guest) {
        using W = WriteOperation;
        const auto before = guest.base<uint32_t(Bytes)>("contains-key-new", Bytes{1});
        guest.contract<void(std::vector<W>)>("write-batch", std::vector<W>{{W::Put{{1}, {2}}}});
        const auto after = guest.base<uint32_t(Bytes)>("contains-key-new", Bytes{1});
        EXPECT_FALSE(guest.base<bool(uint32_t)>("contains-key-wait", before));
        EXPECT_TRUE(guest.base<bool(uint32_t)>("contains-key-wait", after));
      }),
      "none");
}

TEST_F(Calls, AnEmptyBatchMakesTheStore) {
  EXPECT_FALSE(stage->state.users.contains(id));
  EXPECT_EQ(failure([](Scripted& guest) {
              guest.contract<void(std::vector<WriteOperation>)>("write-batch",
                                                                std::vector<WriteOperation>{});
            }),
            "none");
  EXPECT_TRUE(stage->state.users.contains(id));
}

// Paid for at every reading, by the chain; recorded once.
TEST_F(Calls, DataBlobs) {
  const BlobId blob = stage->world.lookup.add({BlobType::Data, {1, 2, 3}});
  const auto read = [&](Scripted& guest) {
    EXPECT_EQ(guest.base<Bytes(DataBlobHash)>("read-data-blob", DataBlobHash{blob.hash}),
              (Bytes{1, 2, 3}));
    guest.base<Bytes(DataBlobHash)>("read-data-blob", DataBlobHash{blob.hash});
  };
  ASSERT_EQ(failure(read), "none");
  EXPECT_EQ(oracles(), (std::vector<OracleResponse>{{OracleResponse::Blob{blob}}}));
  EXPECT_EQ(stage->state.system.balance.get().attos, tokens(10).attos - 2 * 1030);
  EXPECT_EQ(stage->resources.tracker().blobs_read, 0u);  // lost, as upstream loses it
}

TEST_F(Calls, ExistingBlobsAreRecordedTwice) {
  const BlobId blob = stage->world.lookup.add({BlobType::Data, {1, 2, 3}});
  const auto exists = [&](Scripted& guest) {
    guest.base<void(DataBlobHash)>("assert-data-blob-exists", DataBlobHash{blob.hash});
  };
  ASSERT_EQ(failure(exists), "none");
  EXPECT_EQ(oracles(), (std::vector<OracleResponse>{{OracleResponse::Blob{blob}},
                                                    {OracleResponse::Blob{blob}}}));
  ASSERT_EQ(failure(exists), "none");
  EXPECT_TRUE(oracles().empty());
  EXPECT_EQ(run([&](Scripted& guest) {
              guest.base<void(DataBlobHash)>("assert-data-blob-exists", DataBlobHash{{{5}}});
            })
                .error()
                .kind,
            Kind::kTransient);
}

TEST_F(Calls, AssertBeforeLooksAtTheLocalTime) {
  EXPECT_EQ(failure([](Scripted& guest) {
              guest.base<void(Timestamp)>("assert-before", Timestamp{5000});
            }).find("Assertion failed"),
            0u);
}

TEST_F(Calls, CreatedApplicationsAreInstantiatedByTheirCreator) {
  const BlobId code =
      stage->world.lookup.add({BlobType::ContractBytecode, compression::raw_frame(Bytes{'n'})});
  const BlobId service =
      stage->world.lookup.add({BlobType::ServiceBytecode, compression::raw_frame(Bytes{'s'})});
  const ModuleId module{code.hash, service.hash, VmRuntime::Wasm};
  Script& made = engine.add({'n'}, Role::kContract);
  std::optional<ApplicationId> caller;
  made.entries["instantiate"] = [&](Scripted& guest, Bytes argument) {
    EXPECT_EQ(argument, Bytes{6});
    EXPECT_EQ(guest.base<Bytes()>("application-parameters"), Bytes{5});
    caller = guest.contract<std::optional<ApplicationId>()>("authenticated-caller-id");
    return Bytes{};
  };
  made.entries["finalize"] = contract.entries["finalize"];
  ApplicationId created;
  ASSERT_EQ(failure([&](Scripted& guest) {
              using Create = ApplicationId(ModuleId, Bytes, Bytes, std::vector<ApplicationId>);
              created = guest.contract<Create>("create-application", module, Bytes{5}, Bytes{6},
                                               std::vector<ApplicationId>{id});
            }),
            "none");
  EXPECT_EQ(caller, id);
  const auto outcome = stage->outcome();
  ASSERT_EQ(outcome.blobs.size(), 1u);
  EXPECT_EQ(outcome.blobs[0].id(), description_blob_id(created));
  EXPECT_EQ(outcome.next_application_index, 1u);
  EXPECT_EQ(stage->resources.tracker().bytes_runtime, 8u + 1u);
}

TEST_F(Calls, PublishModuleIsUnsupported) {
  EXPECT_EQ(run([](Scripted& guest) {
              guest.contract<ModuleId(Bytecode, Bytecode, VmRuntime)>(
                  "publish-module", Bytecode{{1}}, Bytecode{{2}}, VmRuntime::Wasm);
            })
                .error()
                .kind,
            Kind::kUnsupported);
}

TEST_F(Calls, LongStreamNamesAreRefused) {
  const auto emit = [](size_t size) {
    return [size](Scripted& guest) {
      guest.contract<uint32_t(StreamName, Bytes)>("emit", StreamName{Bytes(size)}, Bytes{});
    };
  };
  EXPECT_EQ(failure(emit(64)), "none");
  EXPECT_EQ(failure(emit(65)), "Stream names can be at most 64 bytes.");
}

TEST_F(Calls, OutcomesAreBounded) {
  EXPECT_EQ(run([](Scripted& guest) {
              const Bytes large(limits::kRunOutcomeBytes / 4);
              for (int i = 0; i < 4 && !guest.stopped(); ++i) {
                guest.contract<DataBlobHash(Bytes)>("create-data-blob", large);
              }
            })
                .error()
                .kind,
            Kind::kUnsupported);
}

TEST_F(Calls, BegunReadsAreBounded) {
  stage->state.users.open(id).put(Bytes{1}, Bytes(limits::kPromisedBytes / 8));
  EXPECT_EQ(run([](Scripted& guest) {
              for (int i = 0; i < 8 && !guest.stopped(); ++i) {
                guest.base<uint32_t(Bytes)>("read-value-bytes-new", Bytes{1});
              }
            })
                .error()
                .kind,
            Kind::kUnsupported);
}

using Http = Response(GuestHttpRequest);

TEST_F(Calls, HttpRequestsAreWantedThenAnsweredThenReplayed) {
  Response seen;
  const auto ask = [&](Scripted& guest) {
    const GuestHttpRequest request{HttpMethod::Post, "https://example.com/x", {{"a", {'b'}}}, {1}};
    seen = guest.base<Http>("perform-http-request", request);
  };
  auto wanted = run(ask);
  ASSERT_FALSE(wanted.ok());
  const auto questions = sorted(wanted.error().wanted).questions;
  ASSERT_EQ(questions.size(), 1u) << wanted.error().text;
  EXPECT_EQ(questions[0].request.method, "POST");
  EXPECT_EQ(questions[0].host, "example.com");
  EXPECT_EQ(questions[0].max_response_bytes, 10u);
  EXPECT_EQ(questions[0].timeout_ms, UINT64_MAX);
  const Response answer{200, {}, {4}};
  stage->answers.add(questions[0], answer);
  stage->begin();
  stage->state.system.used_blobs.clear();
  ASSERT_EQ(failure(ask), "none");
  EXPECT_EQ(seen, answer);
  EXPECT_EQ(stage->resources.tracker().http_requests, 1u);

  stage->answers = {};
  const std::vector<OracleResponse> recorded{{OracleResponse::Http{{404, {}, {}}}}};
  stage->begin(&recorded);
  ASSERT_EQ(failure(ask), "none");
  EXPECT_EQ(seen.status, 404);
}

TEST_F(Calls, WhereNobodyCanBeAskedHttpRequestsAreUnsupported) {
  stage->answered = false;
  const auto failed = run([](Scripted& guest) {
    const GuestHttpRequest request{HttpMethod::Get, "https://example.com/", {}, {}};
    guest.base<Http>("perform-http-request", request);
  });
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().kind, Kind::kUnsupported);
  EXPECT_TRUE(failed.error().wanted.empty());
}

TEST_F(Calls, HttpRequestsGoToListedHostsByPermittedApplications) {
  const auto to = [](std::string url) {
    return [url](Scripted& guest) {
      guest.base<Http>("perform-http-request", GuestHttpRequest{HttpMethod::Get, url, {}, {}});
    };
  };
  EXPECT_EQ(failure(to("https://example.org/")),
            "Attempt to perform an HTTP request to an unauthorized host: example.org");
  EXPECT_EQ(failure(to("https://example.com@evil.org/")),
            "Attempt to perform an HTTP request to an invalid URL");
  EXPECT_EQ(run(to("http://EXAMPLE.com:80/x?y")).error().kind, Kind::kTransient);
  const auto header = [](Scripted& guest) {
    const GuestHttpRequest request{HttpMethod::Get, "https://example.com/", {{"a b", {}}}, {}};
    guest.base<Http>("perform-http-request", request);
  };
  EXPECT_EQ(failure(header), "Invalid HTTP header name used for HTTP request");
  ApplicationPermissions permissions;
  permissions.make_http_requests.emplace();
  stage->state.system.application_permissions.set(permissions);
  EXPECT_EQ(
      failure(to("https://example.com/")),
      "Application is not authorized to perform system operations on this chain: " + id.to_text());
}

TEST_F(Calls, LargeHttpResponsesAreRefused) {
  const auto ask = [&](Scripted& guest) {
    guest.base<Http>("perform-http-request",
                     GuestHttpRequest{HttpMethod::Get, "https://example.com/", {}, {}});
  };
  auto wanted = sorted(run(ask).error().wanted).questions;
  stage->answers.add(wanted.at(0), Response{200, {{"n", {1}}}, Bytes(9)});
  stage->begin();
  stage->state.system.used_blobs.clear();
  EXPECT_EQ(failure(ask),
            "HTTP response exceeds the size limit of 10 bytes, having at least 11 bytes");
}

TEST(HostOf, IsStrict) {
  EXPECT_EQ(host_of("https://A.example/b"), "a.example");
  EXPECT_EQ(host_of("HTTP://a:8080#x"), "a");
  for (const auto* url : {"", "ftp://a", "https:a", "https://", "https://a b", "https://[::1]/",
                          "https://u@a", "https://a:b", "https://a\\b", "https://%61"}) {
    EXPECT_EQ(host_of(url), std::nullopt) << url;
  }
}

}  // namespace
}  // namespace mica::apps
