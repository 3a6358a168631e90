// The Vault under bytes of any kind: every answer decodes, and it never unlocks by chance.
#include "core/app/vault.h"

#include "tests/fuzz/world.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace mica::fuzz;
  Vault vault;
  VaultInput blind;
  blind.request.kind = VaultRequest::Blind{Secret(Bytes(32, 7))};
  vault.handle(encode(blind));
  FuzzSteps steps{{data, size}};
  uint8_t kind = 0;
  ByteSpan bytes;
  while (steps.next(kind, bytes)) {
    vault.handle(bytes);
    while (auto output = vault.poll()) MICA_CHECK(decode<VaultOutput>(*output).ok());
  }
  return 0;
}
