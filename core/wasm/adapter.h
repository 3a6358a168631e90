// What stands between the core and a guest where the host's WebAssembly runs both: a module that
// carries cells. By it numbers of all types pass without becoming JavaScript's, which has no i64
// and does not keep the bits of floats, and a guest's import costs no JavaScript.
//
// It is made for one Interface and imports, as "" "0" and "" "1", the core's memory and a function
// (i32) -> (i32): the import of that place was called, its arguments lie in the cells; the result
// shall lie in the first one; 0 ends the guest. Exports: as "0" and so on a function for each of
// the guest's imports, by place; behind them the callers of Adapter::caller; as "table" a table.
// A caller takes arguments from the cells, calls the function in the table's only element, and
// leaves the result in the first cell.
#pragma once

#include <optional>

#include "core/base/bytes.h"
#include "core/wasm/room.h"
#include "core/wasm/types.h"

namespace mica::wasm {

struct Adapter {
  Bytes bytes;
  // For each export of the interface, the export here that calls such a function.
  std::vector<uint32_t> caller;
};

// `cells` is their address in the core's memory, for as many as functions have parameters. The
// interface is one that can be linked; nullopt if it has so many parameters in all that it would
// take more than limits::kMaxAdapterBytes.
std::optional<Adapter> make_adapter(const Interface& interface, uint32_t cells);

}  // namespace mica::wasm
