// A module's sections as plain values. Everything is a view of the module's bytes, which must
// outlive it; what is made takes at most a fixed number of bytes for each byte read.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/wasm/refusal.h"
#include "core/wasm/room.h"
#include "core/wasm/types.h"

namespace mica::wasm {

// The number of a section. The last one stands between elements and code.
enum class Section : uint8_t {
  kCustom,
  kTypes,
  kImports,
  kFunctions,
  kTables,
  kMemories,
  kGlobals,
  kExports,
  kStart,
  kElements,
  kCode,
  kData,
  kDataCount,
};

// Bytes and their place in the module.
struct Part {
  ByteSpan bytes;
  uint32_t offset = 0;
};

// Each byte of both is a ValueType.
struct Signature {
  ByteSpan params;
  ByteSpan results;
};

bool same_type(const Signature& a, const Signature& b);

struct Limits {
  uint32_t min = 0;
  std::optional<uint32_t> max;
  bool shared = false;
};
struct TableType {
  ValueType element = ValueType::kFuncRef;
  Limits limits;
};
struct GlobalType {
  ValueType type = ValueType::kI32;
  bool is_mutable = false;
};

struct ImportEntry {
  std::string_view module;
  std::string_view name;
  ExternKind kind = ExternKind::kFunction;
  uint32_t index = 0;  // of the function's type, or in the list of its kind
};
struct ExportEntry {
  std::string_view name;
  ExternKind kind = ExternKind::kFunction;
  uint32_t index = 0;
};

// An initializer's instructions up to its `end`, which is among them.
using Expression = Part;

struct Global {
  GlobalType type;
  Expression value;  // empty of an imported one
};
struct ElementSegment {
  uint32_t flags = 0;  // 1 passive or declared, 2 with a table or declared, 4 expressions
  uint32_t table = 0;
  Expression start;  // empty unless active
  ValueType type = ValueType::kFuncRef;
  uint32_t count = 0;
  Part items;  // function indices, or expressions
  bool active() const { return !(flags & 1); }
};
struct DataSegment {
  uint32_t flags = 0;  // 0 active, 1 passive, 2 active with the memory's index
  uint32_t memory = 0;
  Expression start;
  ByteSpan bytes;
};
struct CustomSection {
  std::string_view name;
  ByteSpan payload;
};

// Functions, tables, memories and globals: the imported ones first, as indices count them.
struct Module {
  std::vector<Signature> types;
  std::vector<ImportEntry> imports;
  std::vector<uint32_t> functions;  // indices of their types
  std::vector<TableType> tables;
  std::vector<Limits> memories;
  std::vector<Global> globals;
  std::vector<ExportEntry> exports;
  std::optional<uint32_t> start;
  std::vector<ElementSegment> elements;
  std::optional<uint32_t> data_count;
  std::vector<Part> bodies;  // locals and code
  std::vector<DataSegment> data;
  std::vector<CustomSection> customs;

  uint32_t imported_functions = 0;
  uint32_t imported_tables = 0;
  uint32_t imported_memories = 0;
  uint32_t imported_globals = 0;
};

// Any bytes give a Module or a Refusal. Its indices, types and bodies are not looked at: that is
// validate().
Result<Module, Refusal> read_module(ByteSpan bytes);

// The index of this type, which is added behind the others where it is not among them.
uint32_t add_type(Module& module, const Signature& type);

// (i64) -> (), of the function that counts fuel.
inline constexpr uint8_t kFuelParams[] = {byte_of(ValueType::kI64)};
inline constexpr Signature kFuelType{kFuelParams, {}};

// One run of a body's locals.
struct Locals {
  uint32_t count = 0;
  uint8_t type = 0;
};
// The runs at the start of a body, behind which the cursor stands afterwards; false at a failure.
class Cursor;
bool read_locals(Cursor& body, std::vector<Locals>& out);

// What a validated module imports and exports.
Interface interface_of(const Module& module);

}  // namespace mica::wasm
