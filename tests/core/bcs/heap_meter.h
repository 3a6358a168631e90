// Counts what a test program has on the heap, by its own operator new. Included by one source of a
// program.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>

namespace mica::testing {

struct HeapMeter {
  size_t now = 0, peak = 0;
};
inline HeapMeter heap;

// The most that `work` had at one time, beyond what was there before.
template <class Work>
size_t peak_of(Work work) {
  const size_t before = heap.now;
  heap.peak = before;
  work();
  return heap.peak - before;
}

}  // namespace mica::testing

// Each block begins with its own size.
void* operator new(size_t size) {
  constexpr size_t kHead = alignof(std::max_align_t);
  auto* head = static_cast<std::byte*>(std::malloc(size + kHead));
  if (!head) std::abort();
  *reinterpret_cast<size_t*>(head) = size;
  auto& heap = mica::testing::heap;
  heap.now += size;
  if (heap.now > heap.peak) heap.peak = heap.now;
  return head + kHead;
}
void operator delete(void* block) noexcept {
  if (!block) return;
  auto* head = static_cast<std::byte*>(block) - alignof(std::max_align_t);
  mica::testing::heap.now -= *reinterpret_cast<size_t*>(head);
  std::free(head);
}
void operator delete(void* block, size_t) noexcept { operator delete(block); }
