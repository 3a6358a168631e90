# The C libraries, from the sources that tools/setup.mjs put into build/deps, always at -O3.
set(MICA_DEPS ${CMAKE_SOURCE_DIR}/build/deps)
foreach(needed libsodium/src/libsodium/include/sodium.h secp256k1/src/secp256k1.c
               keccak/KeccakSpongeWidth1600.c zstd/lib/zstd.h)
  if(NOT EXISTS ${MICA_DEPS}/${needed})
    message(FATAL_ERROR "C sources are not there (${needed}): run node tools/setup.mjs")
  endif()
endforeach()

function(mica_c_library name)
  target_compile_options(${name} PRIVATE -O3 -w -fno-strict-aliasing)
  if(MICA_SANITIZE)
    target_compile_options(${name} PRIVATE -fsanitize=address)
  endif()
endfunction()

# libsodium. HAVE_TI_MODE, 128-bit products: natively Ed25519 is twice as fast with it, and as Wasm
# three times slower.
set(sodium_dir ${MICA_DEPS}/libsodium/src/libsodium)
file(GLOB_RECURSE sodium_sources ${sodium_dir}/*.c)
add_library(sodium STATIC ${sodium_sources})
set(VERSION 1.0.18)
set(SODIUM_LIBRARY_VERSION_MAJOR 10)
set(SODIUM_LIBRARY_VERSION_MINOR 3)
set(SODIUM_LIBRARY_MINIMAL_DEF "")
configure_file(${sodium_dir}/include/sodium/version.h.in
               ${CMAKE_BINARY_DIR}/include/sodium/sodium/version.h)
# version.h looks for export.h beside itself.
configure_file(${sodium_dir}/include/sodium/export.h
               ${CMAKE_BINARY_DIR}/include/sodium/sodium/export.h COPYONLY)
target_compile_definitions(sodium PRIVATE CONFIGURED=1 NATIVE_LITTLE_ENDIAN=1 HAVE_STDINT_H
                           HAVE_INTTYPES_H PUBLIC SODIUM_STATIC)
if(NOT EMSCRIPTEN AND CMAKE_SIZEOF_VOID_P EQUAL 8)
  target_compile_definitions(sodium PRIVATE HAVE_TI_MODE=1)
endif()
target_include_directories(sodium PRIVATE ${sodium_dir}/include/sodium
                           ${CMAKE_BINARY_DIR}/include/sodium/sodium)
target_include_directories(sodium SYSTEM PUBLIC ${CMAKE_BINARY_DIR}/include/sodium
                           ${sodium_dir}/include)
mica_c_library(sodium)

# libsecp256k1 with key recovery. As Wasm the 64-bit multiplication is three times faster.
set(secp_dir ${MICA_DEPS}/secp256k1)
set(secp_table ${secp_dir}/src/precomputed_ecmult_gen.c)
if(EMSCRIPTEN)
  set(secp_table cmake/secp256k1_table.c)
endif()
add_library(secp256k1 STATIC ${secp_dir}/src/secp256k1.c ${secp_dir}/src/precomputed_ecmult.c
            ${secp_table})
# What it does when it is misused stands in core/crypto/secp256k1.cc: it prints nothing.
target_compile_definitions(secp256k1 PRIVATE ENABLE_MODULE_RECOVERY=1
                           USE_EXTERNAL_DEFAULT_CALLBACKS=1)
if(EMSCRIPTEN)
  # Tables do not compress: the one for signing is computed, the other is a short one.
  target_compile_definitions(secp256k1 PRIVATE USE_FORCE_WIDEMUL_INT64=1 ECMULT_WINDOW_SIZE=8
                             ECMULT_GEN_PREC_BITS=2)
else()
  target_compile_definitions(secp256k1 PRIVATE ECMULT_WINDOW_SIZE=15 ECMULT_GEN_PREC_BITS=4)
endif()
target_include_directories(secp256k1 PRIVATE ${secp_dir} ${secp_dir}/src)
target_include_directories(secp256k1 SYSTEM PUBLIC ${secp_dir}/include)
mica_c_library(secp256k1)

# XKCP's Keccak sponge (Keccak-256 and SHA3-256): #include <KeccakSpongeWidth1600.h>.
set(keccak_dir ${MICA_DEPS}/keccak)
add_library(xkcp STATIC ${keccak_dir}/KeccakSpongeWidth1600.c
            ${keccak_dir}/KeccakP-1600-opt64.c)
if(EMSCRIPTEN)
  # As Wasm two rounds at a time are half as fast again as all of them, and 2 kB smaller.
  target_compile_definitions(xkcp PRIVATE KeccakP1600_unrolling=2)
endif()
target_include_directories(xkcp SYSTEM PUBLIC ${keccak_dir})
mica_c_library(xkcp)

# libzstd: the decompressor; and the compressor beside it, for tests alone.
set(zstd_dir ${MICA_DEPS}/zstd/lib)
set(zstd_common debug entropy_common error_private fse_decompress xxhash zstd_common)
list(TRANSFORM zstd_common PREPEND ${zstd_dir}/common/)
list(TRANSFORM zstd_common APPEND .c)
file(GLOB zstd_decompress ${zstd_dir}/decompress/*.c)
add_library(zstd STATIC ${zstd_common} ${zstd_decompress})
target_compile_definitions(zstd PRIVATE ZSTD_DISABLE_ASM=1 ZSTD_LEGACY_SUPPORT=0 ZSTD_TRACE=0)
if(EMSCRIPTEN)
  # One way of decoding instead of two: 30 kB less.
  target_compile_definitions(zstd PRIVATE HUF_FORCE_DECOMPRESS_X1=1 ZSTD_STRIP_ERROR_STRINGS=1
                             ZSTD_FORCE_DECOMPRESS_SEQUENCES_SHORT=1 ZSTD_NO_INLINE=1)
endif()
target_include_directories(zstd SYSTEM PUBLIC ${zstd_dir})
mica_c_library(zstd)
file(GLOB zstd_compress ${zstd_dir}/compress/*.c)
add_library(zstd_compress STATIC EXCLUDE_FROM_ALL ${zstd_compress})
target_link_libraries(zstd_compress PUBLIC zstd)
mica_c_library(zstd_compress)

# nlohmann/json: headers of the system, copied because Emscripten must not see /usr/include.
file(COPY /usr/include/nlohmann DESTINATION ${CMAKE_BINARY_DIR}/include/json)
set(MICA_JSON_INCLUDE ${CMAKE_BINARY_DIR}/include/json)
