// Why a module is refused: a code and numbers, from which a window makes a sentence.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/wasm/room.h"

namespace mica::wasm {

enum class RefusalCode : uint8_t {
  kTruncated,        // the bytes end inside a value
  kTrailingBytes,    // a section or a body goes on after its last value
  kBadMagic,         // no module, or another version of the format
  kBadNumber,        // a LEB128 number that is too long or too large
  kBadText,          // a name that is not UTF-8
  kBadSection,       // an unknown section, or one in the wrong place
  kBadValue,         // a tag, kind, flag or type without a meaning
  kBadCount,         // counts that must agree do not: of functions and bodies, of data segments
  kUnknownIndex,     // of a type, function, table, memory, global, local, label or segment
  kBadType,          // operands or results of other types than the instruction takes
  kBadConstant,      // an initializer that is not one constant of the right type
  kBadNesting,       // an end or else without its beginning, or bytes after the last end
  kBadAlignment,     // an access aligned more strictly than it is wide
  kDuplicateExport,  // two exports of one name
  kBadStart,         // a start function with parameters or results
  kBadLimits,        // a minimum above the maximum, or more than the format allows
  kUnknownOpcode,    // `detail` is the opcode: a prefix stands above bit 16
  kFeature,          // `detail` is the Feature that this role may not use
  kTooMuch,          // more locals, labels, functions, bytes or threads than are run here
};

// What stands outside the first version of the format.
enum class Feature : uint8_t {
  kMvp,
  kSignExtension,
  kMutableGlobals,  // imported or exported
  kSaturatingFloatToInt,
  kMultiValue,
  kBulkMemory,
  kReferenceTypes,
  kSimd,
  kThreads,
  kTailCalls,
  kMultiMemory,
  kMemory64,
};

struct Refusal {
  static constexpr uint32_t kNoFunction = 0xffff'ffff;

  RefusalCode code;
  uint32_t offset = 0;              // of the first byte that is wrong, from the module's start
  uint32_t function = kNoFunction;  // where it is in a body: the function's index
  uint32_t detail = 0;              // the opcode, the Feature, the section or the index
  friend bool operator==(const Refusal&, const Refusal&) = default;
};

// Stable names, for logs and tests.
std::string_view refusal_name(RefusalCode code);
std::string_view feature_name(Feature feature);

}  // namespace mica::wasm
