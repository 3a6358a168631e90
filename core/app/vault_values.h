// What requests to a Vault are made of: secrets, and what opens, seals and times it. See
// vault_io.h.
#pragma once

#include "core/app/room.h"
#include "core/wallet/vault_file.h"
#include "core/wallet/vault_guard.h"

namespace mica::app {

// A secret on its way through the boundary: wiped when done with, never copied.
struct Secret {
  Bytes bytes;
  Secret() = default;
  explicit Secret(ByteSpan from) : bytes(from.begin(), from.end()) {}
  Secret(Secret&& other) noexcept : bytes(std::move(other.bytes)) { other.bytes.clear(); }
  Secret& operator=(Secret&& other) noexcept {
    if (this == &other) return *this;
    wipe(bytes);
    bytes = std::move(other.bytes);
    other.bytes.clear();
    return *this;
  }
  ~Secret() { wipe(bytes); }
  MICA_NEWTYPE(Secret, bytes)
};

// Who asks: the host knows by the port the input came on. The engine may only ask for proposals to
// be signed.
MICA_CHOICE(VaultDoor, Window, Engine)

// How to seal a file: parameters with a fresh salt, their key (DeriveKey), and a fresh nonce.
struct Sealing {
  KdfParameters kdf;
  Secret wrap_key;
  AeadNonce nonce{};
  MICA_FIELDS(Sealing, kdf, wrap_key, nonce)
};

// How often a wrong password was tried; the host keeps it beside the vault file.
struct Throttle {
  uint32_t failures = 0;
  Timestamp last_failure;
  MICA_FIELDS(Throttle, failures, last_failure)
};

// The vault file and what opens it.
struct Unlocking {
  Bytes vault;
  Secret wrap_key;
  Throttle throttle;
  MICA_FIELDS(Unlocking, vault, wrap_key, throttle)
};

struct VaultSession {
  TimeDelta lock_after;  // of idleness; TimeDelta::max(): never (under Node)
  SigningPolicy policy{};
  MICA_FIELDS(VaultSession, lock_after, policy)
};

}  // namespace mica::app
