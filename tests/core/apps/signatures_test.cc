// The core signatures of all functions at the border, as wasm-tools derives them from
// linera-sdk/wit/*.wit.
#include <gtest/gtest.h>

#include "core/apps/base_functions.h"
#include "core/apps/contract_functions.h"
#include "core/apps/entry_points.h"
#include "core/apps/service_functions.h"

namespace mica::apps {
namespace {

using Lines = std::vector<std::string>;

template <class... F>
Lines imports(const std::tuple<F...>& functions) {
  return std::apply(
      [](const auto&... f) {
        return Lines{std::string(f.function.name) + " " +
                     f.function.import_signature().to_text()...};
      },
      functions);
}

TEST(Signatures, BaseRuntimeApi) {
  EXPECT_EQ(imports(kBaseFunctions), (Lines{
                                         "get-chain-id (i32)",
                                         "get-block-height () -> i64",
                                         "get-application-id (i32)",
                                         "get-application-creator-chain-id (i32)",
                                         "read-application-description (i64 i64 i64 i64 i32)",
                                         "application-parameters (i32)",
                                         "get-chain-ownership (i32)",
                                         "get-application-permissions (i32)",
                                         "read-system-timestamp () -> i64",
                                         "read-chain-balance (i32)",
                                         "read-owner-balance (i32 i64 i64 i64 i64 i32)",
                                         "read-owner-balances (i32)",
                                         "read-balance-owners (i32)",
                                         "perform-http-request (i32 i32 i32 i32 i32 i32 i32 i32)",
                                         "assert-before (i64)",
                                         "read-data-blob (i64 i64 i64 i64 i32)",
                                         "assert-data-blob-exists (i64 i64 i64 i64)",
                                         "log (i32 i32 i32)",
                                         "contains-key-new (i32 i32) -> i32",
                                         "contains-key-wait (i32) -> i32",
                                         "contains-keys-new (i32 i32) -> i32",
                                         "contains-keys-wait (i32 i32)",
                                         "read-multi-values-bytes-new (i32 i32) -> i32",
                                         "read-multi-values-bytes-wait (i32 i32)",
                                         "read-value-bytes-new (i32 i32) -> i32",
                                         "read-value-bytes-wait (i32 i32)",
                                         "find-keys-new (i32 i32) -> i32",
                                         "find-keys-wait (i32 i32)",
                                         "find-key-values-new (i32 i32) -> i32",
                                         "find-key-values-wait (i32 i32)",
                                     }));
}

TEST(Signatures, ContractRuntimeApi) {
  EXPECT_EQ(
      imports(kContractFunctions),
      (Lines{
          "authenticated-signer (i32)",
          "message-is-bouncing (i32)",
          "message-origin-chain-id (i32)",
          "authenticated-caller-id (i32)",
          "send-message (i32)",
          "transfer (i32 i64 i64 i64 i64 i64 i64 i64 i64 i32 i64 i64 i64 i64 i64 i64)",
          "claim (i32)",
          "open-chain (i32 i32)",
          "close-chain (i32)",
          "change-ownership (i32 i32 i32 i32 i32 i32 i32 i64 i64 i64 i64 i32)",
          "change-application-permissions (i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 i32 "
          "i32"
          " i32)",
          "create-application (i64 i64 i64 i64 i64 i64 i64 i64 i32 i32 i32 i32 i32 i32 i32 i32)",
          "create-data-blob (i32 i32 i32)",
          "publish-module (i32 i32 i32 i32 i32 i32)",
          "try-call-application (i32 i64 i64 i64 i64 i32 i32 i32)",
          "emit (i32 i32 i32 i32) -> i32",
          "read-event (i64 i64 i64 i64 i32 i32 i32 i32)",
          "subscribe-to-events (i64 i64 i64 i64 i64 i64 i64 i64 i32 i32)",
          "unsubscribe-from-events (i64 i64 i64 i64 i64 i64 i64 i64 i32 i32)",
          "query-service (i64 i64 i64 i64 i32 i32 i32)",
          "consume-fuel (i64)",
          "validation-round (i32)",
          "write-batch (i32 i32)",
      }));
}

TEST(Signatures, ServiceRuntimeApi) {
  EXPECT_EQ(imports(kServiceFunctions), (Lines{
                                            "schedule-operation (i32 i32)",
                                            "try-query-application (i64 i64 i64 i64 i32 i32 i32)",
                                            "check-execution-time (i64)",
                                        }));
}

TEST(Signatures, EntryPoints) {
  const Lines found = std::apply(
      [](const auto&... f) {
        return Lines{f.export_name() + " " + f.export_signature().to_text()...};
      },
      kEntryPoints);
  EXPECT_EQ(found, (Lines{
                       "linera:app/contract-entrypoints#instantiate (i32 i32)",
                       "linera:app/contract-entrypoints#execute-operation (i32 i32) -> i32",
                       "linera:app/contract-entrypoints#execute-message (i32 i32)",
                       "linera:app/contract-entrypoints#process-streams (i32 i32)",
                       "linera:app/contract-entrypoints#finalize ()",
                       "linera:app/service-entrypoints#handle-query (i32 i32) -> i32",
                   }));
}

}  // namespace
}  // namespace mica::apps
