// libsecp256k1's table for signing, computed by its own code when the module starts: it is 32 KiB
// that do not compress, a fifth of what the vault loads, and takes a millisecond to make.
// Takes the place of src/precomputed_ecmult_gen.c, as src/precompute_ecmult_gen.c would write it.
#include "../include/secp256k1.h"
#include "assumptions.h"
#include "util.h"

#include "ecmult_gen.h"
#include "ecmult_gen_compute_table_impl.h"
#include "group.h"
#include "int128_impl.h"

// Declared constant to all that read it (precomputed_ecmult_gen.h).
secp256k1_ge_storage secp256k1_ecmult_gen_prec_table[ECMULT_GEN_PREC_N(ECMULT_GEN_PREC_BITS)]
                                                    [ECMULT_GEN_PREC_G(ECMULT_GEN_PREC_BITS)];

__attribute__((constructor)) static void make_table(void) {
  secp256k1_ecmult_gen_compute_table(&secp256k1_ecmult_gen_prec_table[0][0], &secp256k1_ge_const_g,
                                     ECMULT_GEN_PREC_BITS);
}
