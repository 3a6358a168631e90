// Hexadecimal literals for the known answers.
#pragma once

#include "core/base/bytes.h"
#include "core/crypto/secret_key.h"

namespace mica::crypto {

inline Bytes hex(std::string_view text) { return from_hex(text).value(); }
template <size_t N>
ByteArray<N> hex_array(std::string_view text) {
  return array_from_hex<N>(text).value();
}
inline SecretKey hex_key(std::string_view text) { return SecretKey(hex_array<32>(text)); }
inline std::string hex_of(const SecretKey& key) { return to_hex(key.expose()); }

}  // namespace mica::crypto
