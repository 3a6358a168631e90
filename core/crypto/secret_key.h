// Bytes that must not be copied, printed, compared or left behind. They have no field list.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/check.h"
#include "core/crypto/room.h"

namespace mica::crypto {

// Overwrites memory in a way the compiler keeps.
void wipe(std::span<uint8_t> bytes);
void wipe(std::string& text);  // and empties it
void wipe(Bytes& bytes);       // and empties it
// Overwrites the stack below the caller, where library functions left intermediates.
void wipe_stack();

// N secret bytes; wiped when destroyed and when moved from.
template <size_t N>
class SecretBytes {
 public:
  SecretBytes() { bytes_.fill(0); }
  // Copies; the caller still owns, and wipes, what it hands in.
  explicit SecretBytes(std::span<const uint8_t, N> bytes) {
    std::memcpy(bytes_.data(), bytes.data(), N);
  }
  explicit SecretBytes(const ByteArray<N>& bytes)
      : SecretBytes(std::span<const uint8_t, N>(bytes)) {}
  static Result<SecretBytes> from(ByteSpan bytes, std::string_view where) {
    if (bytes.size() != N) return Error{ErrorCode::kBadLength, std::string(where)};
    return SecretBytes(bytes.first<N>());
  }

  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  SecretBytes(SecretBytes&& other) noexcept : bytes_(other.bytes_) { wipe(other.bytes_); }
  SecretBytes& operator=(SecretBytes&& other) noexcept {
    if (this == &other) return *this;
    bytes_ = other.bytes_;
    wipe(other.bytes_);
    return *this;
  }
  ~SecretBytes() { wipe(bytes_); }

  // The bytes themselves: for the crypto and vault rooms only.
  std::span<const uint8_t, N> expose() const { return bytes_; }
  std::span<uint8_t, N> writable() { return bytes_; }

 private:
  std::array<uint8_t, N> bytes_;
};

// A private key of any scheme here: an Ed25519 seed or a secp256k1 scalar.
using SecretKey = SecretBytes<32>;

// A secret of any length; grows by copying into a new block and wiping the old one.
class SecretBuffer {
 public:
  SecretBuffer() = default;
  explicit SecretBuffer(ByteSpan bytes) : bytes_(bytes.begin(), bytes.end()) {}
  // Takes the block over without a copy.
  static SecretBuffer adopt(Bytes&& bytes) {
    SecretBuffer buffer;
    buffer.bytes_ = std::move(bytes);
    return buffer;
  }
  SecretBuffer(const SecretBuffer&) = delete;
  SecretBuffer& operator=(const SecretBuffer&) = delete;
  SecretBuffer(SecretBuffer&& other) noexcept : bytes_(std::move(other.bytes_)) {
    other.bytes_.clear();
  }
  SecretBuffer& operator=(SecretBuffer&& other) noexcept {
    if (this == &other) return *this;
    wipe(bytes_);
    bytes_ = std::move(other.bytes_);
    other.bytes_.clear();
    return *this;
  }
  ~SecretBuffer() { wipe(bytes_); }

  void append(ByteSpan more);
  ByteSpan expose() const { return bytes_; }
  std::span<uint8_t> writable() { return bytes_; }
  size_t size() const { return bytes_.size(); }
  bool empty() const { return bytes_.empty(); }

 private:
  Bytes bytes_;
};

}  // namespace mica::crypto
