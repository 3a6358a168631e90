// The bytecode in the blobs of modules. linera-base/src/data_types.rs, CompressedBytecode
#pragma once

#include "core/execution/execution_error.h"
#include "core/execution/room.h"

namespace mica::execution {

constexpr bool is_bytecode(BlobType type) {
  return type == BlobType::ContractBytecode || type == BlobType::ServiceBytecode ||
         type == BlobType::EvmBytecode;
}

// Refused above `maximum` bytes; unsupported above what this node takes (limits.h).
ExecutionResult<Bytes> decompress_bytecode(const BlobContent& blob, uint64_t maximum);

}  // namespace mica::execution
