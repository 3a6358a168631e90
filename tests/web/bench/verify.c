// Certificates of four signatures checked by libsecp256k1, as core/crypto/secp256k1.cc asks it:
// keys parsed once, signatures parsed each time. One source, built natively and as Wasm.
#include <secp256k1.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { kValidators = 4 };
static secp256k1_pubkey keys[kValidators];
static unsigned char signatures[kValidators][64];
static unsigned char hash[32] = {1, 2, 3};

#ifdef __EMSCRIPTEN__
#include <emscripten.h>
#define EXPORT EMSCRIPTEN_KEEPALIVE
#else
#define EXPORT
#endif

// What the products have in core/crypto/secp256k1.cc.
void secp256k1_default_illegal_callback_fn(const char* text, void* data) { abort(); }
void secp256k1_default_error_callback_fn(const char* text, void* data) { abort(); }

EXPORT void prepare(void) {
  secp256k1_context* context = secp256k1_context_create(SECP256K1_CONTEXT_NONE);
  for (int i = 0; i < kValidators; ++i) {
    unsigned char secret[32] = {0};
    secret[31] = (unsigned char)(i + 1);
    secret[5] = 77;
    secp256k1_ecdsa_signature signature;
    if (!secp256k1_ec_pubkey_create(context, &keys[i], secret)) __builtin_trap();
    if (!secp256k1_ecdsa_sign(context, &signature, hash, secret, NULL, NULL)) __builtin_trap();
    secp256k1_ecdsa_signature_serialize_compact(context, signatures[i], &signature);
  }
  secp256k1_context_destroy(context);
}

// How many of `count` certificates were good; each has another hash than the last one's, and the
// signatures are made for the first: all of them are computed to the end, every second is good.
EXPORT int check(int count) {
  int good = 0;
  for (int n = 0; n < count; ++n) {
    hash[31] = (unsigned char)(n & 1);
    int valid = 1;
    for (int i = 0; i < kValidators; ++i) {
      secp256k1_ecdsa_signature signature;
      const secp256k1_context* context = secp256k1_context_static;
      if (!secp256k1_ecdsa_signature_parse_compact(context, &signature, signatures[i])) return -1;
      valid &= secp256k1_ecdsa_verify(context, &signature, hash, &keys[i]);
    }
    good += valid;
  }
  return good;
}

#ifndef __EMSCRIPTEN__
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

// Certificates per second of processor time.
int main(int count, char** arguments) {
  int rounds = count > 1 ? atoi(arguments[1]) : 1000;
  prepare();
  if (check(100) != 50) return 1;
  double begun = now();
  if (check(rounds) != rounds / 2) return 1;
  printf("%.1f\n", rounds / (now() - begun));
  return 0;
}
#endif
