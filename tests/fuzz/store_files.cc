// Files of a store: bytes give an Error, or what those bytes are the only encoding of.
#include "storage-idb/store_files.h"
#include "tests/fuzz/memory.h"
#include "tests/fuzz/room.h"

namespace mica::fuzz {
namespace {

void check(uint8_t kind, ByteSpan bytes) {
  const GenesisTag tag{1, 2, 3, 4, 5, 6, 7, 8};
  auto same = [&](const Bytes& again) {
    MICA_CHECK(std::equal(again.begin(), again.end(), bytes.begin(), bytes.end()));
  };
  if (kind % 4 == 0) {
    auto log = decode_log(tag, file_name({FileKind::kLog, 1}), bytes);
    if (log.ok()) same(encode_log(tag, *log));
  } else if (kind % 4 == 1) {
    auto index = decode_index(tag, file_name({FileKind::kIndex, 1}), bytes);
    if (index.ok()) same(encode_index(tag, *index));
  } else if (kind % 4 == 2) {
    auto segment = decode_segment(tag, file_name({FileKind::kSegment, 1, 0}), bytes);
    if (!segment.ok() || segment->damaged > 0) return;
    std::vector<const ColdPut*> records;
    for (const ColdPut& record : segment->records) records.push_back(&record);
    same(encode_segment(tag, records));
  } else {
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    auto name = parse_file_name(text);
    if (name) MICA_CHECK(file_name(*name) == text);
  }
}

}  // namespace
}  // namespace mica::fuzz

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace mica::fuzz;
  if (size == 0) return 0;
  const ByteSpan bytes(data + 1, size - 1);
  within_budget(bytes, [&] { check(data[0], bytes); });
  return 0;
}
