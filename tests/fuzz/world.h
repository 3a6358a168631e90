// What the targets of Client and Validator start from, and how their bytes are cut into steps.
#pragma once

#include <algorithm>
#include <span>

#include "core/bcs/json.h"
#include "core/crypto/ed25519.h"
#include "core/crypto/secp256k1.h"
#include "core/types/chain_description.h"
#include "tests/fuzz/room.h"

namespace mica::fuzz {

inline SecretKey fuzz_secret(uint8_t name) {
  ByteArray<32> bytes;
  bytes.fill(name);
  return SecretKey(bytes);
}
inline AccountOwner fuzz_owner() {
  return owner_of(Ed25519PublicKey{ed25519_public_key(fuzz_secret(9))});
}

// One chain, and the validators whose keys these are.
inline GenesisConfig fuzz_genesis(const std::vector<ValidatorPublicKey>& validators) {
  GenesisConfig genesis;
  genesis.timestamp = {1000};
  genesis.network_name = "fuzz";
  const Ed25519PublicKey account{ed25519_public_key(fuzz_secret(8))};
  for (const ValidatorPublicKey& key : validators) {
    genesis.committee.validators[key] = {"grpc:host:1", 100, {AccountPublicKey::Ed25519{account}}};
  }
  ChainDescription chain;
  chain.origin = {ChainOrigin::Root{0}};
  chain.timestamp = genesis.timestamp;
  chain.config.ownership = ChainOwnership::single(fuzz_owner());
  chain.config.balance = Amount::from_tokens(10);
  genesis.chains.push_back(std::move(chain));
  return genesis;
}

// Takes the next step's kind (one byte) and bytes (two bytes of length before them).
struct FuzzSteps {
  std::span<const uint8_t> rest;
  bool next(uint8_t& kind, ByteSpan& bytes) {
    if (rest.size() < 3) return false;
    kind = rest[0];
    const size_t length = std::min<size_t>(rest[1] | rest[2] << 8, rest.size() - 3);
    bytes = rest.subspan(3, length);
    rest = rest.subspan(3 + length);
    return true;
  }
};

}  // namespace mica::fuzz
