// What a module shows of itself: the types of its functions, what it imports and exports.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/wasm/room.h"

namespace mica::wasm {

// Contracts run in blocks, under fuel; services answer queries. Each has its own set of features.
enum class Role : uint8_t { kContract, kService };

// The byte that stands for the type in a module.
enum class ValueType : uint8_t {
  kI32 = 0x7f,
  kI64 = 0x7e,
  kF32 = 0x7d,
  kF64 = 0x7c,
  kV128 = 0x7b,
  kFuncRef = 0x70,
  kExternRef = 0x6f,
};
constexpr uint8_t byte_of(ValueType type) { return static_cast<uint8_t>(type); }

// The types as a module's bytes name them.
namespace type_byte {
inline constexpr uint8_t kI32 = byte_of(ValueType::kI32), kI64 = byte_of(ValueType::kI64),
                         kF32 = byte_of(ValueType::kF32), kF64 = byte_of(ValueType::kF64),
                         kV128 = byte_of(ValueType::kV128), kFuncRef = byte_of(ValueType::kFuncRef),
                         kExternRef = byte_of(ValueType::kExternRef);
}  // namespace type_byte

struct FunctionType {
  std::vector<ValueType> params;
  std::vector<ValueType> results;
  friend bool operator==(const FunctionType&, const FunctionType&) = default;
};

enum class ExternKind : uint8_t { kFunction = 0, kTable = 1, kMemory = 2, kGlobal = 3 };

// `type` is that of a function; of other kinds it is empty.
struct Import {
  std::string module;
  std::string name;
  ExternKind kind = ExternKind::kFunction;
  FunctionType type;
  friend bool operator==(const Import&, const Import&) = default;
};
struct Export {
  std::string name;
  ExternKind kind = ExternKind::kFunction;
  FunctionType type;
  friend bool operator==(const Export&, const Export&) = default;
};

// As the author wrote the module: what the engine adds for metering is not in here.
struct Interface {
  std::vector<Import> imports;
  std::vector<Export> exports;
};

}  // namespace mica::wasm
