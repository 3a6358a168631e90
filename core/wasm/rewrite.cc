#include "core/wasm/rewrite.h"

#include <algorithm>

#include "core/base/leb128.h"
#include "core/wasm/float_marks.h"
#include "core/wasm/write.h"

namespace mica::wasm {
namespace {

using type_byte::kF32, type_byte::kF64, type_byte::kI32;

using enum Section;

void write_types(Bytes& out, ByteSpan types) {
  write_number(out, types.size());
  append(out, types);
}
void write_limits(Bytes& out, const Limits& limits) {
  out.push_back(static_cast<uint8_t>((limits.max ? 1 : 0) | (limits.shared ? 2 : 0)));
  append_uleb128(out, limits.min);
  if (limits.max) append_uleb128(out, *limits.max);
}

class Rewriter {
 public:
  Rewriter(Module module, const Rewriting& how)
      : module_(std::move(module)),
        how_(how),
        caps_growth_(how.max_pages && !module_.memories.empty()) {}

  Result<Bytes, Refusal> run() {
    fuel_type_ = add_type(module_, kFuelType);
    if (caps_growth_) add_function({{&kI32, 1}, {&kI32, 1}}, growing());
    if (how_.canonical_nans) {
      first_float_function_ = added_.size();
      add_function({{&kF32, 1}, {&kF32, 1}}, canonical_f32());
      add_function({{&kF64, 1}, {&kF64, 1}}, canonical_f64());
      add_function({{&kF64, 1}, {&kF32, 1}}, demoting());
    }
    const uint8_t header[] = {0, 'a', 's', 'm', 1, 0, 0, 0};
    append(out_, header);
    declarations();
    exports_and_start();
    list(kElements, module_.elements, [&](Bytes& to, auto& one) { write_elements(to, one); });
    if (module_.data_count) {
      Bytes count;
      append_uleb128(count, *module_.data_count);
      section(kDataCount, count);
    }
    write_code();
    list(kData, module_.data, [&](Bytes& to, auto& one) { write_data(to, one); });
    // Upstream takes them off the module's end one by one, and puts them behind all else.
    for (size_t i = how_.keep_customs ? module_.customs.size() : 0; i-- > 0;) {
      Bytes content;
      write_name(content, module_.customs[i].name);
      append(content, module_.customs[i].payload);
      section(kCustom, content);
    }
    if (refusal_) return *refusal_;
    return std::move(out_);
  }

 private:
  uint32_t fuel_function() const { return module_.imported_functions; }
  // Of the functions that are added behind the module's own, by their order.
  uint32_t added_function(size_t place) const {
    return static_cast<uint32_t>(module_.functions.size() + 1 + place);
  }
  uint32_t growing_function() const { return added_function(0); }
  uint32_t canonical_function(ValueType type) const {
    return added_function(first_float_function_ + (type == ValueType::kF64 ? 1 : 0));
  }
  uint32_t demoting_function() const { return added_function(first_float_function_ + 2); }
  void add_function(const Signature& type, Bytes body) {
    added_.push_back({add_type(module_, type), std::move(body)});
  }
  uint32_t shifted(uint32_t function) const {
    return function >= fuel_function() ? function + 1 : function;
  }

  void section(Section id, const Bytes& content) {
    out_.push_back(static_cast<uint8_t>(id));
    append_uleb128(out_, static_cast<uint32_t>(content.size()));
    append(out_, content);
  }
  // Of an empty list nothing is written.
  void counted(Section id, size_t count, const Bytes& elements) {
    if (count == 0) return;
    Bytes content;
    append_uleb128(content, static_cast<uint32_t>(count));
    append(content, elements);
    section(id, content);
  }
  template <class List, class F>
  void list(Section id, const List& all, F write_one) {
    Bytes elements;
    for (const auto& one : all) write_one(elements, one);
    counted(id, std::size(all), elements);
  }
  // Those that the module does not import itself.
  template <class T>
  static std::span<const T> own(const std::vector<T>& all, uint32_t imported) {
    return std::span(all).subspan(imported);
  }

  void declarations() {
    list(kTypes, module_.types, [](Bytes& to, const Signature& type) {
      to.push_back(0x60);
      write_types(to, type.params);
      write_types(to, type.results);
    });
    write_imports();
    std::vector<uint32_t> functions(module_.functions.begin() + module_.imported_functions,
                                    module_.functions.end());
    for (const Added& one : added_) functions.push_back(one.type);
    list(kFunctions, functions, [](Bytes& to, uint32_t type) { append_uleb128(to, type); });
    list(kTables, own(module_.tables, module_.imported_tables),
         [&](Bytes& to, const TableType& table) { write_table(to, table); });
    list(kMemories, own(module_.memories, module_.imported_memories),
         [&](Bytes& to, const Limits& memory) { write_memory(to, memory); });
    list(kGlobals, own(module_.globals, module_.imported_globals),
         [&](Bytes& to, const Global& global) {
           write_global(to, global.type);
           write_expression(to, global.value);
         });
  }

  // The names of the import or export at `place`.
  void write_import_name(Bytes& out, size_t place, std::string_view module,
                         std::string_view name) const {
    write_name(out, how_.keep_names ? module : "");
    write_export_name(out, place, name);
  }
  void write_export_name(Bytes& out, size_t place, std::string_view name) const {
    if (how_.keep_names) return write_name(out, name);
    write_name(out, std::to_string(place));
  }

  void write_imports() {
    Bytes entries;
    size_t place = 0;
    for (const ImportEntry& entry : module_.imports) {
      write_import_name(entries, place++, entry.module, entry.name);
      entries.push_back(static_cast<uint8_t>(entry.kind));
      switch (entry.kind) {
        case ExternKind::kFunction:
          append_uleb128(entries, entry.index);
          break;
        case ExternKind::kTable:
          write_table(entries, module_.tables[entry.index]);
          break;
        case ExternKind::kMemory:
          write_memory(entries, module_.memories[entry.index]);
          break;
        case ExternKind::kGlobal:
          write_global(entries, module_.globals[entry.index].type);
          break;
      }
    }
    write_import_name(entries, place, kFuelModule, kFuelName);
    entries.push_back(static_cast<uint8_t>(ExternKind::kFunction));
    append_uleb128(entries, fuel_type_);
    counted(kImports, module_.imports.size() + 1, entries);
  }

  void write_table(Bytes& out, const TableType& table) {
    Limits limits = table.limits;
    if (how_.max_pages) limits.max = std::min(limits.max.value_or(UINT32_MAX), kMaxTableElements);
    if (limits.max) limits.max = std::max(*limits.max, limits.min);
    out.push_back(byte_of(table.element));
    write_limits(out, limits);
  }
  void write_memory(Bytes& out, const Limits& memory) {
    Limits limits = memory;
    if (how_.max_pages) {
      limits.max = std::max(limits.min, std::min(limits.max.value_or(kMaxPages), *how_.max_pages));
    }
    write_limits(out, limits);
  }
  static void write_global(Bytes& out, const GlobalType& type) {
    out.push_back(static_cast<uint8_t>(type.type));
    out.push_back(type.is_mutable ? 1 : 0);
  }
  void write_expression(Bytes& out, const Expression& expression) const {
    Cursor in(expression.bytes, expression.offset);
    Instruction one;
    while (!in.at_end() && read_instruction(in, one)) {
      if (one.opcode->code == op::kRefFunc) one.a = shifted(one.a);
      write_instruction(out, one);
    }
  }

  void exports_and_start() {
    size_t place = 0;
    list(kExports, module_.exports, [&](Bytes& to, const ExportEntry& entry) {
      write_export_name(to, place++, entry.name);
      to.push_back(static_cast<uint8_t>(entry.kind));
      append_uleb128(to, entry.kind == ExternKind::kFunction ? shifted(entry.index) : entry.index);
    });
    if (!module_.start) return;
    Bytes content;
    append_uleb128(content, shifted(*module_.start));
    section(kStart, content);
  }

  void write_elements(Bytes& out, const ElementSegment& segment) const {
    append_uleb128(out, segment.flags);
    if (segment.active()) {
      if (segment.flags & 2) append_uleb128(out, segment.table);
      write_expression(out, segment.start);
    }
    if (segment.flags & 3) {
      out.push_back(segment.flags & 4 ? static_cast<uint8_t>(segment.type) : 0);
    }
    append_uleb128(out, segment.count);
    if (segment.flags & 4) return write_expression(out, segment.items);
    Cursor items(segment.items.bytes);
    while (!items.at_end()) append_uleb128(out, shifted(items.u32()));
  }
  void write_data(Bytes& out, const DataSegment& segment) const {
    append_uleb128(out, segment.flags);
    if (segment.flags == 2) append_uleb128(out, segment.memory);
    write_expression(out, segment.start);
    append_uleb128(out, static_cast<uint32_t>(segment.bytes.size()));
    append(out, segment.bytes);
  }

  void write_code() {
    Bytes bodies;
    for (size_t i = 0; i < module_.bodies.size(); ++i) {
      const Bytes body = metered(module_.bodies[i]);
      if (body.size() > kMaxBodyBytes && !refusal_) {
        const auto function = module_.imported_functions + static_cast<uint32_t>(i);
        refusal_ = {RefusalCode::kTooMuch, module_.bodies[i].offset, function};
      }
      append_uleb128(bodies, static_cast<uint32_t>(body.size()));
      append(bodies, body);
    }
    for (const Added& one : added_) {
      append_uleb128(bodies, static_cast<uint32_t>(one.body.size()));
      append(bodies, one.body);
    }
    counted(kCode, module_.bodies.size() + added_.size(), bodies);
  }

  Bytes metered(const Part& body) const {
    Bytes out;
    Cursor cursor(body.bytes, body.offset);
    std::vector<Locals> locals;
    read_locals(cursor, locals);
    append_uleb128(out, static_cast<uint32_t>(locals.size()));
    for (const Locals& run : locals) {
      append_uleb128(out, run.count);
      out.push_back(run.type);
    }
    const std::vector<Charge> charges = plan_costs(body, how_.rule);
    auto next = charges.begin();
    FloatMarks marks(module_);
    Instruction one;
    while (!cursor.at_end() && read_instruction(cursor, one)) {
      if (next != charges.end() && next->offset == one.offset) write_charge(out, (next++)->cost);
      const auto canonical = how_.canonical_nans ? marks.step(one) : std::nullopt;
      write_shifted(out, one);
      if (canonical) write_call(out, canonical_function(*canonical));
    }
    MICA_CHECK(cursor.ok() && next == charges.end());
    return out;
  }
  void write_charge(Bytes& out, uint64_t cost) const {
    out.push_back(op::kI64Const);
    append_sleb128(out, static_cast<int64_t>(cost));
    write_call(out, fuel_function());
  }
  static void write_call(Bytes& out, uint32_t function) {
    out.push_back(op::kCall);
    append_uleb128(out, function);
  }
  void write_shifted(Bytes& out, Instruction& one) const {
    if (one.opcode->immediates == Immediates::kFunction) one.a = shifted(one.a);
    if (one.opcode->code == op::kMemoryGrow && caps_growth_) {
      return write_call(out, growing_function());
    }
    if (one.opcode->code == op::kF32Demote && how_.canonical_nans) {
      return write_call(out, demoting_function());
    }
    write_instruction(out, one);
  }

  // memory.grow, and a word to the host where it failed although the module's own maximum is not
  // reached: (param i32) (result i32) (local i32).
  Bytes growing() const {
    const uint64_t most = module_.memories[0].max.value_or(kMaxPages);
    Bytes out = {1, 1, byte_of(ValueType::kI32)};
    append(out, ByteArray<12>{0x20, 0, 0x40, 0, 0x22, 1, 0x41, 0x7f, 0x46, 0x04, 0x40, 0x3f});
    append(out, ByteArray<6>{0, 0xad, 0x20, 0, 0xad, 0x7c});
    out.push_back(op::kI64Const);
    append_sleb128(out, static_cast<int64_t>(most));
    append(out, ByteArray<3>{0x58, 0x04, 0x40});
    write_charge(out, kCapReached);
    append(out, ByteArray<5>{0x0b, 0x0b, 0x20, 1, 0x0b});
    return out;
  }

  // The number itself, or the canonical NaN if it is none: (param f32) (result f32), and of f64.
  static Bytes canonical_f32() {
    return {0, 0x20, 0, 0x43, 0, 0, 0xc0, 0x7f, 0x20, 0, 0x20, 0, 0x5b, op::kSelect, op::kEnd};
  }
  static Bytes canonical_f64() {
    return {0,    0x20, 0,    0x44, 0,    0, 0,    0,           0,       0,
            0xf8, 0x7f, 0x20, 0,    0x20, 0, 0x61, op::kSelect, op::kEnd};
  }

  // f32.demote_f64, where a NaN keeps its sign and the upper part of its payload, as on x86 and
  // Arm: the specification leaves it open. (param f64) (result f32)
  static Bytes demoting() {
    Bytes out = {0, 0x20, 0, op::kF32Demote};
    // The sign, the payload, and what makes it a quiet NaN.
    append(out, ByteArray<14>{0x20, 0, 0xbd, 0x42, 32, 0x88, 0xa7, 0x41, 0x80, 0x80, 0x80, 0x80,
                              0x78, 0x71});
    append(out,
           ByteArray<13>{0x20, 0, 0xbd, 0x42, 29, 0x88, 0xa7, 0x41, 0xff, 0xff, 0xff, 0x01, 0x71});
    append(out, ByteArray<9>{0x72, 0x41, 0x80, 0x80, 0x80, 0xfe, 0x07, 0x72, 0xbe});
    append(out, ByteArray<7>{0x20, 0, 0x20, 0, 0x61, op::kSelect, op::kEnd});
    return out;
  }

  struct Added {
    uint32_t type;
    Bytes body;
  };

  Module module_;
  const Rewriting& how_;
  const bool caps_growth_;
  uint32_t fuel_type_ = 0;
  std::vector<Added> added_;
  size_t first_float_function_ = 0;
  Bytes out_;
  std::optional<Refusal> refusal_;
};

}  // namespace

Result<Bytes, Refusal> rewrite(Module module, const Rewriting& how) {
  return Rewriter(std::move(module), how).run();
}

}  // namespace mica::wasm
