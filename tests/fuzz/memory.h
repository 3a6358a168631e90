// Holds what a target does with its input to the memory that limits.h allows for it: the address
// sanitizer tells of every block.
#pragma once

#include <sanitizer/allocator_interface.h>

#include <algorithm>
#include <cstdio>

#include "core/base/bytes.h"
#include "core/base/limits.h"
#include "tests/fuzz/room.h"

namespace mica::fuzz {

class HeapWatch {
 public:
  static HeapWatch& one() {
    static HeapWatch watch;
    return watch;
  }
  // The most that `work` had at one time, beyond what was there before.
  template <class Work>
  size_t peak_of(Work work) {
    const size_t before = now_;
    peak_ = before;
    work();
    return peak_ - before;
  }

 private:
  HeapWatch() {
    MICA_CHECK(__sanitizer_install_malloc_and_free_hooks(
                   [](const volatile void*, size_t size) {
                     now_ += size;
                     peak_ = std::max(peak_, now_);
                   },
                   [](const volatile void* block) {
                     now_ -= std::min(
                         now_, __sanitizer_get_allocated_size(const_cast<const void*>(block)));
                   }) > 0);
  }
  static inline size_t now_ = size_t{1} << 40;  // blocks older than the watch may be freed
  static inline size_t peak_ = 0;
};

// What a step of a host may add beside: drafts, requests and streams of the object under test.
inline constexpr size_t kStepBytes = 1024 * 1024;

// Runs `work`, which decodes `bytes`; `beside` is for what it keeps that is not made of them.
template <class Work>
void within_budget(ByteSpan bytes, Work work, size_t beside = 0) {
  const size_t peak = HeapWatch::one().peak_of(work);
  const uint64_t allowed = limits::decode_memory_bytes(bytes.size()) + beside;
  if (peak <= allowed) return;
  std::fprintf(stderr, "%zu bytes of input took %zu bytes of memory; %llu are allowed\n",
               bytes.size(), peak, static_cast<unsigned long long>(allowed));
  MICA_CHECK(peak <= allowed);
}

}  // namespace mica::fuzz
