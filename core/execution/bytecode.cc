#include "core/execution/bytecode.h"

#include "core/base/limits.h"
#include "core/compression/decompress.h"

namespace mica::execution {

ExecutionResult<Bytes> decompress_bytecode(const BlobContent& blob, uint64_t maximum) {
  const uint64_t most = std::min<uint64_t>(maximum, limits::kMaxBytecodeBytes);
  auto bytes = compression::decompress(blob.bytes, static_cast<size_t>(most));
  if (bytes.ok()) return std::move(*bytes);
  if (bytes.error().code != ErrorCode::kTooLong) {
    return ExecutionError("Bytecode could not be decompressed: " + bytes.error().message());
  }
  if (most < maximum) return ExecutionError::unsupported("bytecode of blob " + blob.id().to_text());
  return ExecutionError("Bytecode exceeds size limit");
}

}  // namespace mica::execution
