#include "core/compression/decompress.h"

#define ZSTD_STATIC_LINKING_ONLY  // for ZSTD_decompressBound
#include <zstd.h>
#include <zstd_errors.h>

#include <algorithm>

namespace mica::compression {

Result<Bytes> decompress(ByteSpan frames, size_t most) {
  const Error corrupt{ErrorCode::kCorrupt, "zstd"};
  if (frames.empty()) return corrupt;
  const unsigned long long bound = ZSTD_decompressBound(frames.data(), frames.size());
  if (bound == ZSTD_CONTENTSIZE_ERROR) return corrupt;
  Bytes out(static_cast<size_t>(std::min<unsigned long long>(bound, most)));
  const size_t size = ZSTD_decompress(out.data(), out.size(), frames.data(), frames.size());
  if (ZSTD_isError(size)) {
    const bool full = ZSTD_getErrorCode(size) == ZSTD_error_dstSize_tooSmall;
    return full && bound > most ? Error{ErrorCode::kTooLong, "zstd"} : corrupt;
  }
  out.resize(size);
  return out;
}

}  // namespace mica::compression
