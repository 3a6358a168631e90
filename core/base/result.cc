#include "core/base/result.h"

namespace mica::base {

std::string_view error_name(ErrorCode code) {
  switch (code) {
    case ErrorCode::kTruncated:
      return "truncated";
    case ErrorCode::kTrailingBytes:
      return "trailing bytes";
    case ErrorCode::kNonCanonical:
      return "not canonical";
    case ErrorCode::kBadTag:
      return "unknown tag";
    case ErrorCode::kTooLong:
      return "too long";
    case ErrorCode::kBadLength:
      return "wrong length";
    case ErrorCode::kBadText:
      return "malformed text";
    case ErrorCode::kOverflow:
      return "number out of range";
    case ErrorCode::kMissingField:
      return "missing field";
    case ErrorCode::kBadKey:
      return "not a key";
    case ErrorCode::kBadSignature:
      return "signature is not valid";
    case ErrorCode::kNotFound:
      return "not found";
    case ErrorCode::kCorrupt:
      return "corrupt";
    case ErrorCode::kUnsupported:
      return "not supported";
    case ErrorCode::kRefused:
      return "refused";
  }
  return "unknown error";
}

}  // namespace mica::base
