// What everything remote may cost, in one place (docs/limits.md lists it with the reasons).
// A limit has its unit in its name; what crosses it is refused by an error, never by an abort.
#pragma once

#include <cstddef>
#include <cstdint>

namespace mica::limits {

// --- decoding: core/bcs, core/rpc ----------------------------------------------------------------

// Memory that decoding may take for each byte of input, and what every decode may take.
inline constexpr size_t kDecodeBytesPerByte = 32;
inline constexpr size_t kDecodeBaseBytes = 4 * 1024;
// The same within an input's first part, which holds the longest block whatever is in it.
inline constexpr size_t kDecodeFirstBytesPerByte = 160;
inline constexpr size_t kDecodeFirstBytes = 1024 * 1024;

constexpr uint64_t decode_memory_bytes(uint64_t input_bytes) {
  const uint64_t first = input_bytes < kDecodeFirstBytes ? input_bytes : kDecodeFirstBytes;
  return kDecodeBaseBytes + first * kDecodeFirstBytesPerByte +
         (input_bytes - first) * kDecodeBytesPerByte;
}

// Upstream's limit for one message, both ways. linera-rpc/src/grpc/mod.rs
inline constexpr size_t kMaxMessageBytes = 16 * 1024 * 1024;
// Of a stream: one frame, and the messages that may wait in its reader.
inline constexpr size_t kMaxStreamFrameBytes = 1024 * 1024;
inline constexpr size_t kMaxStreamFrames = 1024;
inline constexpr size_t kMaxStreamKeptBytes = 2 * 1024 * 1024;

inline constexpr size_t kMaxCertificateSignatures = 1000;
inline constexpr size_t kMaxJsonDepth = 64;
inline constexpr size_t kMaxHostChars = 253;

// --- asking validators: core/client, core/app
// -----------------------------------------------------

}  // namespace mica::limits
