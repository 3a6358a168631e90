// Public keys and signatures as the protocol carries them, and the owners they stand for.
// linera-base/src/crypto/{mod,ed25519}.rs, secp256k1/{mod,evm}.rs
#pragma once

#include <functional>

#include "core/crypto/secret_key.h"
#include "core/types/ids.h"
#include "core/types/room.h"

namespace mica::types {

#define MICA_FIXED_BYTES(Name, Size)                            \
  struct Name {                                                 \
    ByteArray<Size> bytes{};                                    \
    MICA_NEWTYPE(Name, bytes)                                   \
    std::string to_text() const { return to_hex(bytes); }       \
    static Result<Name> from_text(std::string_view text) {      \
      return Name{MICA_TRY(array_from_hex<Size>(text, #Name))}; \
    }                                                           \
  };
MICA_FIXED_BYTES(Ed25519PublicKey, 32)
MICA_FIXED_BYTES(Ed25519Signature, 64)
MICA_FIXED_BYTES(Secp256k1PublicKey, 33)  // compressed; a validator's name
MICA_FIXED_BYTES(Secp256k1Signature, 64)  // r and s, big endian, low s
MICA_FIXED_BYTES(EvmPublicKey, 33)
MICA_FIXED_BYTES(EvmSignature, 65)  // r, s, v = 27 or 28
#undef MICA_FIXED_BYTES

using ValidatorPublicKey = Secp256k1PublicKey;
using ValidatorSignature = Secp256k1Signature;
// Signs a hash as a validator; empty: nothing is signed.
using ValidatorSigner = std::function<ValidatorSignature(const CryptoHash&)>;
ValidatorSigner validator_signer(SecretKey key);

struct AccountPublicKey {
  struct Ed25519 {
    Ed25519PublicKey key;
    MICA_NEWTYPE(Ed25519, key)
  };
  struct Secp256k1 {
    Secp256k1PublicKey key;
    MICA_NEWTYPE(Secp256k1, key)
  };
  struct EvmSecp256k1 {
    EvmPublicKey key;
    MICA_NEWTYPE(EvmSecp256k1, key)
  };
  std::variant<Ed25519, Secp256k1, EvmSecp256k1> kind;
  MICA_ENUM(AccountPublicKey, kind)
};

struct AccountSignature {
  struct Ed25519 {
    Ed25519Signature signature;
    Ed25519PublicKey public_key;
    MICA_FIELDS(Ed25519, signature, public_key)
  };
  struct Secp256k1 {
    Secp256k1Signature signature;
    Secp256k1PublicKey public_key;
    MICA_FIELDS(Secp256k1, signature, public_key)
  };
  struct EvmSecp256k1 {
    EvmSignature signature;
    ByteArray<20> address;
    MICA_FIELDS(EvmSecp256k1, signature, address)
  };
  std::variant<Ed25519, Secp256k1, EvmSecp256k1> kind;
  MICA_ENUM(AccountSignature, kind)

  // Whom the signature speaks for, if it is valid.
  AccountOwner owner() const;
  // `hash` is what the account signed: hash_of(ProposalContent).
  Status verify(const CryptoHash& hash) const;
};

AccountOwner owner_of(const Ed25519PublicKey& key);
AccountOwner owner_of(const Secp256k1PublicKey& key);
AccountOwner owner_of(const ByteArray<20>& evm_address);
// An EVM key that is not a point of the curve gives kBadKey.
Result<AccountOwner> owner_of(const AccountPublicKey& key);

// Order of keys inside certificates: by the uncompressed point (x, then y), not by the bytes on the
// wire. Square roots are taken only for two different keys of one x.
// linera-base/src/crypto/secp256k1/mod.rs, Ord
inline ByteSpan x_of(const ValidatorPublicKey& key) { return ByteSpan(key.bytes).subspan(1); }
Result<bool> comes_before(const ValidatorPublicKey& a, const ValidatorPublicKey& b);

}  // namespace mica::types
