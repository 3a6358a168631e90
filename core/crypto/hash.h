// Keccak-256 (Ethereum's padding 0x01) and SHA3-256 (FIPS 202, padding 0x06), by XKCP.
#pragma once

#include <array>

#include "core/base/bytes.h"
#include "core/crypto/room.h"

namespace mica::crypto {

using Hash256 = ByteArray<32>;

Hash256 keccak256(ByteSpan bytes);
Hash256 sha3_256(ByteSpan bytes);

// A sponge of rate 1088 in one of the two paddings; finish() ends it.
template <uint8_t kSuffix>
class Sponge256 {
 public:
  Sponge256();
  void update(ByteSpan bytes);
  Hash256 finish();

 private:
  alignas(32) std::array<uint8_t, 224> state_;  // XKCP's instance, hidden from includers
};

extern template class Sponge256<0x01>;
extern template class Sponge256<0x06>;
using Keccak256 = Sponge256<0x01>;
using Sha3_256 = Sponge256<0x06>;

}  // namespace mica::crypto
