// The service of a counter: `{ value }`, and `mutation { increment(value: N) }`, which schedules
// an operation. Enough of GraphQL for a test, and no more.
#include "tests/guests/guest.h"

GUEST_IMPORT("service-runtime-api", "schedule-operation")
void schedule_operation(const u8* operation, u32 size);

namespace {

u8 answer[48] = "{\"data\":{\"value\":";
constexpr u32 kAnswerHead = 17;
constexpr u8 kScheduled[] = "{\"data\":{\"increment\":[]}}";
Bytes response;

// Where the digits after "(value:" begin; 0: it is no increment.
u32 increment_at(const u8* query, u32 size) {
  constexpr u8 kBefore[] = "(value:";
  for (u32 i = 0; i + sizeof kBefore < size; ++i) {
    u32 same = 0;
    while (same < sizeof kBefore - 1 && query[i + same] == kBefore[same]) ++same;
    if (same < sizeof kBefore - 1) continue;
    u32 at = i + same;
    while (at < size && query[at] == ' ') ++at;
    return at;
  }
  return 0;
}

void say_value(u64 value) {
  u8 digits[20];
  u32 count = 0;
  do digits[count++] = '0' + value % 10;
  while (value /= 10);
  u32 end = kAnswerHead;
  while (count > 0) answer[end++] = digits[--count];
  answer[end++] = '}';
  answer[end++] = '}';
  response = {answer, end};
}

}  // namespace

GUEST_EXPORT("linera:app/service-entrypoints#handle-query")
const Bytes* handle_query(const u8* query, u32 size) {
  u32 at = increment_at(query, size);
  if (at == 0) {
    say_value(read_value());
    return &response;
  }
  static u64 by;
  for (; at < size && query[at] >= '0' && query[at] <= '9'; ++at) by = by * 10 + (query[at] - '0');
  schedule_operation(reinterpret_cast<const u8*>(&by), sizeof by);
  response = {kScheduled, sizeof kScheduled - 1};
  return &response;
}
