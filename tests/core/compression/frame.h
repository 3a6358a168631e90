// A Zstandard frame that holds its content as it is: what a test publishes as bytecode. RFC 8878
#pragma once

#include "core/base/bytes.h"

namespace mica::compression {

inline base::Bytes raw_frame(base::ByteSpan content) {
  constexpr size_t kMostInBlock = 128 * 1024;
  base::Bytes out{0x28, 0xb5, 0x2f, 0xfd, 0xa0};  // magic; one segment, four bytes of size
  auto put = [&out](size_t number, int bytes) {
    for (int i = 0; i < bytes; ++i) out.push_back(static_cast<uint8_t>(number >> (8 * i)));
  };
  put(content.size(), 4);
  size_t at = 0;
  do {
    const size_t size = std::min(kMostInBlock, content.size() - at);
    const bool last = at + size == content.size();
    put(size << 3 | (last ? 1 : 0), 3);
    out.insert(out.end(), content.begin() + at, content.begin() + at + size);
    at += size;
  } while (at < content.size());
  return out;
}

}  // namespace mica::compression
