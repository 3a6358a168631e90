// Result<T, E>: a value or the reason why there is none. The core has no exceptions.
// MICA_TRY(expression) yields the value or returns the error from the enclosing function.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/base/check.h"
#include "core/base/room.h"

namespace mica::base {

// What was wrong with some bytes, text or request; stable names, see error_name().
enum class ErrorCode : uint8_t {
  kTruncated,      // the input ended inside a value
  kTrailingBytes,  // the input goes on after the value
  kNonCanonical,   // a second encoding of the same value: length, map order, bool
  kBadTag,         // an enum tag or flag without a meaning
  kTooLong,        // a length beyond its limit
  kBadLength,      // a fixed size was not met
  kBadText,        // text that does not parse, or is not UTF-8
  kOverflow,       // a number that does not fit
  kMissingField,   // JSON without a required member
  kBadKey,         // bytes that are no key of the scheme
  kBadSignature,   // a signature that does not verify
  kNotFound,       // a thing asked for by name is not there
  kCorrupt,        // stored bytes that fail their check sum or grammar
  kUnsupported,    // valid, but not built here; `where` names it
  kRefused,        // a rule forbids it; `where` names the rule
};

std::string_view error_name(ErrorCode code);

struct Error {
  ErrorCode code;
  std::string where;  // the value's path or the rule's name, for a person to read

  std::string message() const { return std::string(error_name(code)) + ": " + where; }
  friend bool operator==(const Error&, const Error&) = default;
};

struct Ok {
  friend bool operator==(const Ok&, const Ok&) = default;
};

template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}
  // An error of another kind, where E can be made from it (NodeError from Error).
  template <class F>
  requires(!std::is_same_v<F, E> && !std::is_same_v<F, T> && std::is_constructible_v<E, F> &&
           !std::is_constructible_v<T, F>) Result(F error)
      : state_(std::in_place_index<1>, E(std::move(error))) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  const T& value() const& {
    MICA_CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  T& value() & {
    MICA_CHECK(ok());
    return *std::get_if<0>(&state_);
  }
  T value() && {
    MICA_CHECK(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  const E& error() const {
    MICA_CHECK(!ok());
    return *std::get_if<1>(&state_);
  }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }
  const T& operator*() const { return value(); }

 private:
  std::variant<T, E> state_;
};

using Status = Result<Ok>;

}  // namespace mica::base

// A statement expression (g++ and clang): the value, or an early return of the error. Not behind a
// comma in braces: clang 14 does not destroy the members made before an early return.
#define MICA_TRY(expression)                           \
  ({                                                   \
    auto try_result_ = (expression);                   \
    if (!try_result_.ok()) return try_result_.error(); \
    std::move(try_result_).value();                    \
  })
