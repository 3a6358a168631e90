// The vault module: alone in its worker, without a file system.
#include "js-bindings/vault_binding.h"

EMSCRIPTEN_BINDINGS(mica_vault) { mica::js::bind_vault(); }
