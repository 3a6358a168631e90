// Reads that a guest began and has not waited for. They were done when they began: nothing that the
// guest does in between changes what it sees. linera-execution/src/wasm/runtime_api.rs, runtime.rs
#pragma once

#include "core/apps/room.h"
#include "core/base/limits.h"
#include "core/execution/execution_error.h"

namespace mica::apps {

// Of one instance. As upstream has it, the guest's number of a promise leads to a number within the
// kind of read, and what is waited for says which kind that is: a wrong kind finds another promise
// of its own kind there, or none.
class Promises {
 public:
  // `bytes` is what the value takes in memory, about.
  template <class T>
  ExecutionResult<uint32_t> add(T value, size_t bytes) {
    bytes_ += bytes + kOverhead;
    if (bytes_ > limits::kPromisedBytes) {
      return ExecutionError(ExecutionError::Kind::kUnsupported,
                            "The application begins more reads than are kept here");
    }
    Kind<T>& kind = std::get<Kind<T>>(kinds_);
    kind.waiting.emplace(kind.count, Waiting<T>{std::move(value), bytes + kOverhead});
    numbers_.emplace(count_, kind.count++);
    return count_++;
  }
  template <class T>
  ExecutionResult<T> take(uint32_t promise) {
    auto number = numbers_.extract(promise);
    if (number.empty()) return ExecutionError("Attempt to wait for an unknown promise");
    auto found = std::get<Kind<T>>(kinds_).waiting.extract(number.mapped());
    if (found.empty()) {
      return ExecutionError("The given promise is invalid or was polled once already");
    }
    bytes_ -= found.mapped().bytes;
    return std::move(found.mapped().value);
  }

 private:
  static constexpr size_t kOverhead = 256;
  template <class T>
  struct Waiting {
    T value;
    size_t bytes;
  };
  template <class T>
  struct Kind {
    std::map<uint32_t, Waiting<T>> waiting;
    uint32_t count = 0;
  };
  using KeysAndValues = std::vector<std::pair<Bytes, Bytes>>;

  size_t bytes_ = 0;
  std::map<uint32_t, uint32_t> numbers_;
  uint32_t count_ = 0;
  std::tuple<Kind<bool>, Kind<std::vector<bool>>, Kind<std::optional<Bytes>>,
             Kind<std::vector<std::optional<Bytes>>>, Kind<std::vector<Bytes>>, Kind<KeysAndValues>>
      kinds_;
};

}  // namespace mica::apps
