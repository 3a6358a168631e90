#include "core/crypto/hash.h"

extern "C" {
#include <KeccakSpongeWidth1600.h>
}

#include <new>

namespace mica::crypto {
namespace {

constexpr unsigned kRateBits = 1088;
constexpr unsigned kCapacityBits = 512;
using Instance = KeccakWidth1600_SpongeInstance;
static_assert(sizeof(Instance) <= 224 && alignof(Instance) <= 32);

Instance* instance_in(std::array<uint8_t, 224>& state) {
  return std::launder(reinterpret_cast<Instance*>(state.data()));
}

Hash256 hash_once(ByteSpan bytes, uint8_t suffix) {
  Hash256 out;
  int failed = KeccakWidth1600_Sponge(kRateBits, kCapacityBits, bytes.data(), bytes.size(), suffix,
                                      out.data(), out.size());
  MICA_CHECK(failed == 0);
  return out;
}

}  // namespace

Hash256 keccak256(ByteSpan bytes) { return hash_once(bytes, 0x01); }
Hash256 sha3_256(ByteSpan bytes) { return hash_once(bytes, 0x06); }

template <uint8_t kSuffix>
Sponge256<kSuffix>::Sponge256() {
  auto* instance = instance_in(state_);  // plain data: it lives in the array from now on
  MICA_CHECK(KeccakWidth1600_SpongeInitialize(instance, kRateBits, kCapacityBits) == 0);
}

template <uint8_t kSuffix>
void Sponge256<kSuffix>::update(ByteSpan bytes) {
  if (bytes.empty()) return;
  // Fails only after finish(): a bug of the caller.
  MICA_CHECK(KeccakWidth1600_SpongeAbsorb(instance_in(state_), bytes.data(), bytes.size()) == 0);
}

template <uint8_t kSuffix>
Hash256 Sponge256<kSuffix>::finish() {
  Hash256 out;
  MICA_CHECK(KeccakWidth1600_SpongeAbsorbLastFewBits(instance_in(state_), kSuffix) == 0);
  MICA_CHECK(KeccakWidth1600_SpongeSqueeze(instance_in(state_), out.data(), out.size()) == 0);
  return out;
}

template class Sponge256<0x01>;
template class Sponge256<0x06>;

}  // namespace mica::crypto
