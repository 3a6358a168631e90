// Every declared type that crosses a boundary, in one list: the schema, the TypeScript codec, the
// vectors and the fuzz target read it. A new boundary type is one line here.
#pragma once

#include "core/app/client_io.h"
#include "core/app/validator_io.h"
#include "core/app/vault_io.h"
#include "core/types/rpc_message.h"
#include "tools/room.h"

namespace mica::tools {

template <class Visitor>
void walk_registered_types(Visitor& visitor) {
  walk_wire_types(visitor);
  walk_types<ClientInput>(visitor);
  walk_types<ClientOutput>(visitor);
  walk_types<ValidatorInput>(visitor);
  walk_types<ValidatorOutput>(visitor);
  walk_types<VaultInput>(visitor);
  walk_types<VaultOutput>(visitor);
}

}  // namespace mica::tools
