#include "core/wasm/adapter.h"

#include <map>

#include "core/base/leb128.h"
#include "core/base/limits.h"
#include "core/wasm/cursor.h"
#include "core/wasm/module.h"
#include "core/wasm/opcodes.h"
#include "core/wasm/prepare.h"
#include "core/wasm/write.h"

namespace mica::wasm {
namespace {

using enum Section;

// Opcodes that only this module is written with.
constexpr uint8_t kI32Eqz = 0x45, kI32Add = 0x6a, kI32Sub = 0x6b, kI64ExtendI32U = 0xad,
                  kI32ReinterpretF32 = 0xbc, kI64ReinterpretF64 = 0xbd, kF32ReinterpretI32 = 0xbe,
                  kF64ReinterpretI64 = 0xbf, kI32WrapI64 = 0xa7, kI64Load = 0x29, kI64Store = 0x37,
                  kNoResult = 0x40, kAlign8 = 3;

void write_i32(Bytes& out, uint32_t value) {
  out.push_back(op::kI32Const);
  append_sleb128(out, static_cast<int32_t>(value));
}
void write_value_types(Bytes& out, const std::vector<ValueType>& types) {
  write_number(out, types.size());
  for (const ValueType type : types) out.push_back(byte_of(type));
}
void write_sized(Bytes& out, const Bytes& content) {
  write_number(out, content.size());
  append(out, content);
}

// A number of the type stands on the stack; what carries it as the bits of an i64, and back.
void write_widening(Bytes& out, ValueType type) {
  if (type == ValueType::kF32) out.push_back(kI32ReinterpretF32);
  if (type == ValueType::kF64) out.push_back(kI64ReinterpretF64);
  if (type == ValueType::kI32 || type == ValueType::kF32) out.push_back(kI64ExtendI32U);
}
void write_narrowing(Bytes& out, ValueType type) {
  if (type == ValueType::kI32 || type == ValueType::kF32) out.push_back(kI32WrapI64);
  if (type == ValueType::kF32) out.push_back(kF32ReinterpretI32);
  if (type == ValueType::kF64) out.push_back(kF64ReinterpretI64);
}

class AdapterWriter {
 public:
  AdapterWriter(const Interface& interface, uint32_t cells)
      : interface_(interface), cells_(cells) {}

  std::optional<Adapter> run() {
    type_index({{ValueType::kI32}, {ValueType::kI32}});
    type_index({});
    add_function(kHostType, room_body());
    for (size_t i = 0; i < interface_.imports.size(); ++i) {
      const FunctionType& type = interface_.imports[i].type;
      add_export(add_function(type_index(type), import_body(static_cast<uint32_t>(i), type)));
      if (code_.size() > limits::kMaxAdapterBytes) return std::nullopt;
    }
    for (const Export& one : interface_.exports) {
      made_.caller.push_back(
          one.kind == ExternKind::kFunction && fits_cells(one.type) ? caller(one.type) : 0);
      if (code_.size() > limits::kMaxAdapterBytes) return std::nullopt;
    }
    assemble();
    return std::move(made_);
  }

 private:
  static constexpr uint8_t kHostType = 0, kCallerType = 1;
  static constexpr uint8_t kHostFunction = 0, kRoomFunction = 1;  // the import, then our own

  uint32_t type_index(const FunctionType& type) {
    const auto next = static_cast<uint32_t>(types_.size());
    const auto [place, added] = types_.try_emplace({type.params, type.results}, next);
    if (added) {
      type_entries_.push_back(0x60);
      write_value_types(type_entries_, type.params);
      write_value_types(type_entries_, type.results);
    }
    return place->second;
  }
  // The index of the new function.
  uint32_t add_function(uint32_t type, const Bytes& body) {
    functions_.push_back(type);
    write_sized(code_, body);
    return static_cast<uint32_t>(functions_.size());
  }
  uint32_t add_export(uint32_t function) {
    exports_.push_back(function);
    return static_cast<uint32_t>(exports_.size()) - 1;
  }

  // One caller serves all functions of its type.
  uint32_t caller(const FunctionType& type) {
    const uint32_t index = type_index(type);
    const auto [known, added] = callers_.try_emplace(index, 0);
    if (added) known->second = add_export(add_function(kCallerType, caller_body(index, type)));
    return known->second;
  }

  void write_access(Bytes& out, uint8_t opcode, size_t cell) const {
    out.push_back(opcode);
    out.push_back(kAlign8);
    write_number(out, cell * sizeof(uint64_t));
  }

  // Calls itself so often, for nothing but that the stack is seen to hold so much: otherwise the
  // host ends the guest here, and never while the core works.
  static Bytes room_body() {
    Bytes out = {0, op::kLocalGet, 0, op::kIf, byte_of(ValueType::kI32), op::kLocalGet, 0};
    write_i32(out, 1);
    append(out, Bytes{kI32Sub, op::kCall, kRoomFunction});
    write_i32(out, 1);
    append(out, Bytes{kI32Add, op::kElse});
    write_i32(out, 0);
    append(out, Bytes{op::kEnd, op::kEnd});
    return out;
  }
  Bytes import_body(uint32_t place, const FunctionType& type) const {
    Bytes out = {0};
    write_i32(out, limits::kHostStackCalls);
    append(out, Bytes{op::kCall, kRoomFunction, op::kDrop});
    for (size_t i = 0; i < type.params.size(); ++i) {
      write_i32(out, cells_);
      out.push_back(op::kLocalGet);
      write_number(out, i);
      write_widening(out, type.params[i]);
      write_access(out, kI64Store, i);
    }
    write_i32(out, place);
    append(out, Bytes{op::kCall, kHostFunction, kI32Eqz, op::kIf, kNoResult, op::kUnreachable,
                      op::kEnd});
    if (!type.results.empty()) {
      write_i32(out, cells_);
      write_access(out, kI64Load, 0);
      write_narrowing(out, type.results[0]);
    }
    out.push_back(op::kEnd);
    return out;
  }
  Bytes caller_body(uint32_t index, const FunctionType& type) const {
    Bytes out = {0};
    if (!type.results.empty()) write_i32(out, cells_);
    for (size_t i = 0; i < type.params.size(); ++i) {
      write_i32(out, cells_);
      write_access(out, kI64Load, i);
      write_narrowing(out, type.params[i]);
    }
    write_i32(out, 0);
    out.push_back(op::kCallIndirect);
    write_number(out, index);
    out.push_back(0);
    if (!type.results.empty()) {
      write_widening(out, type.results[0]);
      write_access(out, kI64Store, 0);
    }
    out.push_back(op::kEnd);
    return out;
  }

  void section(Section id, size_t count, const Bytes& entries) {
    Bytes content;
    write_number(content, count);
    append(content, entries);
    made_.bytes.push_back(static_cast<uint8_t>(id));
    write_sized(made_.bytes, content);
  }
  void assemble() {
    made_.bytes = {0, 'a', 's', 'm', 1, 0, 0, 0};
    section(kTypes, types_.size(), type_entries_);
    // The memory has no bytes to begin with, and no end; the function has the first type.
    section(kImports, 2, Bytes{0, 1, '0', 2, 0, 0, 0, 1, '1', 0, kHostType});
    Bytes functions;
    for (const uint32_t type : functions_) write_number(functions, type);
    section(kFunctions, functions_.size(), functions);
    section(kTables, 1, Bytes{byte_of(ValueType::kFuncRef), 0, 1});
    Bytes exports;
    for (size_t i = 0; i < exports_.size(); ++i) {
      write_name(exports, std::to_string(i));
      exports.push_back(static_cast<uint8_t>(ExternKind::kFunction));
      write_number(exports, exports_[i]);
    }
    write_name(exports, "table");
    append(exports, Bytes{static_cast<uint8_t>(ExternKind::kTable), 0});
    section(kExports, exports_.size() + 1, exports);
    section(kCode, functions_.size(), code_);
  }

  const Interface& interface_;
  const uint32_t cells_;
  std::map<std::pair<std::vector<ValueType>, std::vector<ValueType>>, uint32_t> types_;
  Bytes type_entries_;
  std::vector<uint32_t> functions_;  // the types of our own
  Bytes code_;
  std::vector<uint32_t> exports_;         // functions, by their places
  std::map<uint32_t, uint32_t> callers_;  // by their function's type, the place
  Adapter made_;
};

}  // namespace

std::optional<Adapter> make_adapter(const Interface& interface, uint32_t cells) {
  return AdapterWriter(interface, cells).run();
}

}  // namespace mica::wasm
