#include "core/wasm/refusal.h"

#include "core/wasm/engine.h"

namespace mica::wasm {

std::string_view refusal_name(RefusalCode code) {
  switch (code) {
    case RefusalCode::kTruncated:
      return "truncated";
    case RefusalCode::kTrailingBytes:
      return "trailing-bytes";
    case RefusalCode::kBadMagic:
      return "bad-magic";
    case RefusalCode::kBadNumber:
      return "bad-number";
    case RefusalCode::kBadText:
      return "bad-text";
    case RefusalCode::kBadSection:
      return "bad-section";
    case RefusalCode::kBadValue:
      return "bad-value";
    case RefusalCode::kBadCount:
      return "bad-count";
    case RefusalCode::kUnknownIndex:
      return "unknown-index";
    case RefusalCode::kBadType:
      return "bad-type";
    case RefusalCode::kBadConstant:
      return "bad-constant";
    case RefusalCode::kBadNesting:
      return "bad-nesting";
    case RefusalCode::kBadAlignment:
      return "bad-alignment";
    case RefusalCode::kDuplicateExport:
      return "duplicate-export";
    case RefusalCode::kBadStart:
      return "bad-start";
    case RefusalCode::kBadLimits:
      return "bad-limits";
    case RefusalCode::kUnknownOpcode:
      return "unknown-opcode";
    case RefusalCode::kFeature:
      return "feature";
    case RefusalCode::kTooMuch:
      return "too-much";
  }
  return "?";
}

std::string_view feature_name(Feature feature) {
  switch (feature) {
    case Feature::kMvp:
      return "mvp";
    case Feature::kSignExtension:
      return "sign-extension";
    case Feature::kMutableGlobals:
      return "mutable-globals";
    case Feature::kSaturatingFloatToInt:
      return "saturating-float-to-int";
    case Feature::kMultiValue:
      return "multi-value";
    case Feature::kBulkMemory:
      return "bulk-memory";
    case Feature::kReferenceTypes:
      return "reference-types";
    case Feature::kSimd:
      return "simd";
    case Feature::kThreads:
      return "threads";
    case Feature::kTailCalls:
      return "tail-calls";
    case Feature::kMultiMemory:
      return "multi-memory";
    case Feature::kMemory64:
      return "memory64";
  }
  return "?";
}

std::string_view stop_name(Stop stop) {
  switch (stop) {
    case Stop::kNoExport:
      return "no-export";
    case Stop::kUnlinked:
      return "unlinked";
    case Stop::kSegment:
      return "segment";
    case Stop::kUnreachable:
      return "unreachable";
    case Stop::kMemoryAccess:
      return "memory-access";
    case Stop::kTableAccess:
      return "table-access";
    case Stop::kIndirectCall:
      return "indirect-call";
    case Stop::kDivision:
      return "division";
    case Stop::kConversion:
      return "conversion";
    case Stop::kStack:
      return "stack";
    case Stop::kOutOfFuel:
      return "out-of-fuel";
    case Stop::kMemoryCap:
      return "memory-cap";
    case Stop::kRefused:
      return "refused";
    case Stop::kHostAtStart:
      return "host-at-start";
    case Stop::kOther:
      return "other";
  }
  return "?";
}

}  // namespace mica::wasm
