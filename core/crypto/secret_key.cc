#include "core/crypto/secret_key.h"

#include <sodium/utils.h>

#include <algorithm>

namespace mica::crypto {

void wipe(std::span<uint8_t> bytes) {
  if (!bytes.empty()) sodium_memzero(bytes.data(), bytes.size());
}

void wipe(std::string& text) {
  wipe(std::span<uint8_t>(reinterpret_cast<uint8_t*>(text.data()), text.size()));
  text.clear();
}

void wipe(Bytes& bytes) {
  wipe(std::span<uint8_t>(bytes));
  bytes.clear();
}

[[gnu::noinline]] void wipe_stack() {
  uint8_t below[64 << 10];
  sodium_memzero(below, sizeof(below));
}

void SecretBuffer::append(ByteSpan more) {
  if (bytes_.size() + more.size() > bytes_.capacity()) {
    Bytes larger;
    larger.reserve(std::max(bytes_.capacity() * 2, bytes_.size() + more.size()));
    larger.assign(bytes_.begin(), bytes_.end());
    wipe(bytes_);
    bytes_ = std::move(larger);
  }
  bytes_.insert(bytes_.end(), more.begin(), more.end());
}

}  // namespace mica::crypto
