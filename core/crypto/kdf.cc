#include "core/crypto/kdf.h"

#include <sodium/crypto_auth_hmacsha512.h>
#include <sodium/crypto_pwhash_argon2id.h>

#include "core/crypto/secp256k1.h"

namespace mica::crypto {
namespace {

using HmacState = crypto_auth_hmacsha512_state;

void wipe_state(HmacState& state) {
  wipe(std::span<uint8_t>(reinterpret_cast<uint8_t*>(&state), sizeof(state)));
}

void put_big_endian(uint32_t value, uint8_t* out) {
  for (int i = 0; i < 4; ++i) out[i] = static_cast<uint8_t>(value >> (24 - 8 * i));
}

// The two halves of HMAC-SHA512(key, data) in BIP-32's I = IL || IR.
struct Node {
  SecretKey key;
  SecretKey chain_code;
};

Node hmac_node(ByteSpan key, ByteSpan data) {
  HmacState state;
  SecretSeed whole;
  crypto_auth_hmacsha512_init(&state, key.data(), key.size());
  crypto_auth_hmacsha512_update(&state, data.data(), data.size());
  crypto_auth_hmacsha512_final(&state, whole.writable().data());
  wipe_state(state);
  ByteSpan bytes = whole.expose();
  return Node{SecretKey(bytes.first<32>()), SecretKey(bytes.last<32>())};
}

Error path_error() { return Error{ErrorCode::kBadText, "derivation path"}; }

}  // namespace

SecretSeed pbkdf2_hmac_sha512(ByteSpan password, ByteSpan salt, uint32_t iterations) {
  MICA_CHECK(iterations > 0);
  HmacState keyed;  // both pads absorbed: each round starts from a copy
  HmacState state;
  crypto_auth_hmacsha512_init(&keyed, password.data(), password.size());
  SecretSeed block;
  SecretSeed sum;
  static constexpr uint8_t kFirstBlock[4] = {0, 0, 0, 1};
  state = keyed;
  crypto_auth_hmacsha512_update(&state, salt.data(), salt.size());
  crypto_auth_hmacsha512_update(&state, kFirstBlock, sizeof(kFirstBlock));
  crypto_auth_hmacsha512_final(&state, block.writable().data());
  std::memcpy(sum.writable().data(), block.expose().data(), 64);
  for (uint32_t i = 1; i < iterations; ++i) {
    state = keyed;
    crypto_auth_hmacsha512_update(&state, block.expose().data(), 64);
    crypto_auth_hmacsha512_final(&state, block.writable().data());
    for (size_t k = 0; k < 64; ++k) sum.writable()[k] ^= block.expose()[k];
  }
  wipe_state(keyed);
  wipe_state(state);
  return sum;
}

SecretSeed bip39_seed(std::string_view phrase, std::string_view passphrase) {
  SecretBuffer salt(as_bytes("mnemonic"));
  salt.append(as_bytes(passphrase));
  return pbkdf2_hmac_sha512(as_bytes(phrase), salt.expose(), 2048);
}

Result<std::vector<uint32_t>> parse_derivation_path(std::string_view path) {
  if (!path.starts_with("m")) return path_error();
  std::vector<uint32_t> steps;
  size_t at = 1;
  while (at < path.size()) {
    if (path[at++] != '/') return path_error();
    size_t first = at;
    uint64_t index = 0;
    while (at < path.size() && path[at] >= '0' && path[at] <= '9') {
      index = index * 10 + static_cast<uint64_t>(path[at++] - '0');
      if (index >= kHardened) return path_error();
    }
    if (at == first || steps.size() == 16) return path_error();
    bool hardened = at < path.size() && path[at] == '\'';
    if (hardened) ++at;
    steps.push_back(static_cast<uint32_t>(index) | (hardened ? kHardened : 0));
  }
  return steps;
}

Result<SecretKey> bip32_secp256k1(ByteSpan seed, std::string_view path) {
  auto steps = MICA_TRY(parse_derivation_path(path));
  Node node = hmac_node(as_bytes("Bitcoin seed"), seed);
  if (!secp256k1_is_valid(node.key)) return Error{ErrorCode::kBadKey, "BIP-32 master"};
  for (uint32_t step : steps) {
    SecretBytes<37> data;  // 00 || key, or the public key; then the index
    auto out = data.writable();
    if (step & kHardened) {
      std::memcpy(out.data() + 1, node.key.expose().data(), 32);
    } else {
      auto public_key = MICA_TRY(secp256k1_public_key(node.key));
      std::memcpy(out.data(), public_key.data(), public_key.size());
    }
    put_big_endian(step, out.data() + 33);
    Node child = hmac_node(node.chain_code.expose(), data.expose());
    child.key = MICA_TRY(secp256k1_tweak_add(node.key, child.key));
    node = std::move(child);
  }
  return std::move(node.key);
}

Result<SecretKey> bip32_secp256k1(const SecretSeed& seed, std::string_view path) {
  return bip32_secp256k1(seed.expose(), path);
}

Result<SecretKey> slip10_ed25519(ByteSpan seed, std::string_view path) {
  auto steps = MICA_TRY(parse_derivation_path(path));
  Node node = hmac_node(as_bytes("ed25519 seed"), seed);
  for (uint32_t step : steps) {
    if (!(step & kHardened)) return path_error();
    SecretBytes<37> data;
    std::memcpy(data.writable().data() + 1, node.key.expose().data(), 32);
    put_big_endian(step, data.writable().data() + 33);
    node = hmac_node(node.chain_code.expose(), data.expose());
  }
  return std::move(node.key);
}

Result<SecretKey> slip10_ed25519(const SecretSeed& seed, std::string_view path) {
  return slip10_ed25519(seed.expose(), path);
}

Result<SecretKey> argon2id(ByteSpan password, const ByteArray<16>& salt, uint64_t ops,
                           uint64_t mem_bytes) {
  static_assert(crypto_pwhash_argon2id_SALTBYTES == 16);
  if (password.empty()) return Error{ErrorCode::kRefused, "empty password"};
  if (ops < crypto_pwhash_argon2id_OPSLIMIT_MIN || ops > 1000 ||
      mem_bytes < crypto_pwhash_argon2id_MEMLIMIT_MIN || mem_bytes > (uint64_t{2} << 30)) {
    return Error{ErrorCode::kRefused, "argon2id parameters"};
  }
  SecretKey key;
  int failed = crypto_pwhash_argon2id(
      key.writable().data(), 32, reinterpret_cast<const char*>(password.data()), password.size(),
      salt.data(), ops, static_cast<size_t>(mem_bytes), crypto_pwhash_argon2id_ALG_ARGON2ID13);
  if (failed != 0) return Error{ErrorCode::kRefused, "argon2id memory"};
  return key;
}

}  // namespace mica::crypto
