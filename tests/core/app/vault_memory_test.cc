// Locked, the vault leaves no phrase, password or key anywhere in its memory.
#include <gtest/gtest.h>

#include <cstdio>

#include "core/app/vault.h"
#include "core/crypto/evm.h"

#if defined(__has_feature)  // clang's way to say it
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define MICA_SCANS_MEMORY 0  // shadow memory: nothing to learn there
#else
#define MICA_SCANS_MEMORY 1
#endif

namespace mica::app {
namespace {

#if MICA_SCANS_MEMORY

// A secret that this test can look for without having it in memory itself: bytes under a mask.
struct Needle {
  static constexpr uint8_t kMask = 0xa5;
  Bytes masked;
  explicit Needle(ByteSpan secret) {
    for (uint8_t byte : secret) masked.push_back(byte ^ kMask);
  }
  bool is_at(const uint8_t* place) const {
    for (size_t i = 0; i < masked.size(); ++i) {
      if ((place[i] ^ kMask) != masked[i]) return false;
    }
    return true;
  }
  int count_in(const uint8_t* first, const uint8_t* end) const {
    int found = 0;
    uint8_t start = masked[0] ^ kMask;
    for (end -= masked.size() - 1; first < end; ++first) {
      first =
          static_cast<const uint8_t*>(std::memchr(first, start, static_cast<size_t>(end - first)));
      if (!first) break;
      found += is_at(first);
    }
    return found;
  }
};

[[gnu::noinline]] int count_in_memory(const Needle& needle) {
#ifdef __EMSCRIPTEN__
  auto* end = reinterpret_cast<const uint8_t*>(__builtin_wasm_memory_size(0) * 65536);
  return needle.count_in(reinterpret_cast<const uint8_t*>(1024), end);
#else
  FILE* maps = std::fopen("/proc/self/maps", "r");
  char line[512];
  int found = 0;
  while (std::fgets(line, sizeof(line), maps)) {
    unsigned long first = 0;
    unsigned long end = 0;
    char mode[5] = {};
    if (std::sscanf(line, "%lx-%lx %4s", &first, &end, mode) != 3) continue;
    if (mode[0] != 'r' || mode[1] != 'w') continue;
    found += needle.count_in(reinterpret_cast<const uint8_t*>(first),
                             reinterpret_cast<const uint8_t*>(end));
  }
  std::fclose(maps);
  return found;
#endif
}

Bytes letters(uint32_t state, size_t size) {
  Bytes out(size);
  for (size_t i = 0; i < size; ++i) {
    state = state * 1664525u + 1013904223u;
    out[i] = i % 6 == 5 ? ' ' : static_cast<uint8_t>('a' + (state >> 16) % 26);
  }
  return out;
}

Secret secret_letters(uint32_t state, size_t size) {
  Secret secret;
  secret.bytes = letters(state, size);
  return secret;
}

// Hands a request over as a careful host does, wiping its own copy; the answer is wiped too.
template <class R>
[[gnu::noinline]] size_t ask(Vault& vault, R request) {
  VaultInput input;
  input.now = {1'000'000};
  input.request.kind = std::move(request);
  Writer out(Wire::kBcs);
  out.reserve(1 << 16);
  write(out, input);
  Bytes bytes = out.take();
  vault.handle(bytes);
  wipe(bytes);
  Bytes answer = vault.poll().value();
  auto kind = decode<VaultOutput>(answer)->answer.kind.index();
  wipe(answer);
  return kind;
}

Sealing sealing() {
  Sealing out;
  out.kdf = {{1}, kKdfOps, kKdfMemBytes};
  out.wrap_key = secret_letters(2, 32);
  out.nonce[0] = 1;
  return out;
}

constexpr size_t kPhraseBytes = 12 * 6 - 1;

struct Needles {
  Needle phrase, phrase_end, wrap_key, password, blinding, key;
};

// The vault keeps keys while it is unlocked, and nothing else at any time.
void expect_no_inputs(const Needles& needles, const char* when) {
  wipe_stack();
  EXPECT_EQ(count_in_memory(needles.phrase), 0) << when;
  EXPECT_EQ(count_in_memory(needles.phrase_end), 0) << when;
  EXPECT_EQ(count_in_memory(needles.wrap_key), 0) << when;
  EXPECT_EQ(count_in_memory(needles.password), 0) << when;
  EXPECT_EQ(count_in_memory(needles.blinding), 0) << when;
}

[[gnu::noinline]] void derive_key(Vault& vault) {
  VaultRequest::DeriveKey derive;
  derive.password = secret_letters(3, 17);
  derive.kdf = {{1}, kKdfOps, kKdfMemBytes};
  EXPECT_EQ(ask(vault, std::move(derive)), 0u);
}

[[gnu::noinline]] void blind(Vault& vault) {
  VaultRequest::Blind blind{secret_letters(4, 32)};
  EXPECT_EQ(ask(vault, std::move(blind)), 17u);
}

[[gnu::noinline]] void create(Vault& vault, const Needles& needles) {
  VaultRequest::Create create;
  create.phrase = secret_letters(1, kPhraseBytes);
  create.sealing = sealing();
  create.session = {{60'000'000}, SigningPolicy::SignAll};
  EXPECT_GT(count_in_memory(needles.phrase), 0) << "the search must find what is there";
  EXPECT_GT(count_in_memory(needles.phrase_end), 0);
  EXPECT_GT(count_in_memory(needles.wrap_key), 0);
  EXPECT_EQ(ask(vault, std::move(create)), 5u);
}

[[gnu::noinline]] SecretKey first_key() {
  Secret phrase = secret_letters(1, kPhraseBytes);
  SecretSeed seed = bip39_seed(as_text(phrase.bytes), "");
  return bip32_secp256k1(seed, "m/44'/60'/0'/0/0").value();
}
Needle key_needle() { return Needle(first_key().expose()); }
[[gnu::noinline]] Needle letters_needle(uint32_t state, size_t size) {
  Bytes secret = letters(state, size);
  Needle needle(secret);
  wipe(secret);
  return needle;
}

TEST(VaultMemory, HoldsNoSecretLongerThanNeeded) {
  Needles needles{letters_needle(1, kPhraseBytes), letters_needle(1, kPhraseBytes),
                  letters_needle(2, 32),           letters_needle(3, 17),
                  letters_needle(4, 32),           key_needle()};
  // Part of the phrase in some buffer would be as bad.
  auto& part = needles.phrase_end.masked;
  part.erase(part.begin(), part.end() - 24);
  Vault vault;
  expect_no_inputs(needles, "before");
  derive_key(vault);
  expect_no_inputs(needles, "after DeriveKey");
  blind(vault);
  expect_no_inputs(needles, "after Blind");
  create(vault, needles);
  expect_no_inputs(needles, "after Create");
  EXPECT_GT(count_in_memory(needles.key), 0) << "unlocked: the key is there";
  VaultRequest::Sign sign;
  sign.content = encode(ProposalContent{});
  sign.owner = owner_of(evm_address_of(first_key()).value());
  EXPECT_EQ(ask(vault, std::move(sign)), 13u);
  EXPECT_EQ(ask(vault, VaultRequest::Lock{}), 3u);
  expect_no_inputs(needles, "locked");
  EXPECT_EQ(count_in_memory(needles.key), 0);
}

#endif

}  // namespace
}  // namespace mica::app
