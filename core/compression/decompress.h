// Zstandard, the form in which bytecode of applications is published.
// linera-base/src/data_types.rs, CompressedBytecode
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/compression/room.h"

namespace mica::compression {

// Of one or more whole frames. kTooLong: more than `most` bytes come out; kCorrupt: no frames.
// Takes memory for what comes out, at most `most`, before it knows whether the frames are sound.
Result<Bytes> decompress(ByteSpan frames, size_t most);

}  // namespace mica::compression
