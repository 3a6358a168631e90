// What every engine does to a module before its own compiling.
#pragma once

#include "core/wasm/rewrite.h"
#include "core/wasm/room.h"

namespace mica::wasm {

struct Prepared {
  Interface interface;
  // Metered, with memory limited to limits::kMaxGuestPages, without custom sections, and with the
  // places of imports and exports for their names. The last import is the one that counts fuel:
  // (i64) -> (), with kCapReached where memory was refused. A contract's NaNs are upstream's.
  Bytes bytes;
};

// Modules whose memory is shared with threads are refused here by kTooMuch.
Result<Prepared, Refusal> prepare(ByteSpan module, Role role);

// Functions only, and what a call can carry: no vectors or references, at most one result.
bool can_link(const Interface& interface);
bool fits_cells(const FunctionType& type);

}  // namespace mica::wasm
