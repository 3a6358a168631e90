#include "core/wasm/validate.h"

#include <algorithm>
#include <set>

#include "core/wasm/instruction.h"
#include "core/wasm/validate_code.h"

namespace mica::wasm {
namespace {

using enum RefusalCode;

bool is_reference(ValueType type) {
  return type == ValueType::kFuncRef || type == ValueType::kExternRef;
}

class Validator {
 public:
  Validator(const Module& module, const Gate& gate)
      : module_(module), gate_(gate), context_{module, gate.role, {}} {}

  Result<Ok, Refusal> run() {
    context_.declared.resize(module_.functions.size());
    const bool good = counts() && types() && imports() && functions() && tables() && memories() &&
                      globals() && exports() && start() && elements() && data();
    if (!good) return refusal_;
    return bodies();
  }

 private:
  bool fail(RefusalCode code, uint32_t detail = 0, uint32_t offset = 0) {
    refusal_ = {code, offset, Refusal::kNoFunction, detail};
    return false;
  }
  bool need(Feature feature) {
    return allows(gate_.role, feature) || fail(kFeature, static_cast<uint32_t>(feature));
  }
  bool need_type(ValueType type) {
    if (type == ValueType::kV128) return need(Feature::kSimd);
    return !is_reference(type) || need(Feature::kReferenceTypes);
  }

  bool counts() {
    const auto within = [&](size_t count, uint32_t most) {
      return count <= most || fail(kTooMuch);
    };
    return within(module_.types.size(), kMaxTypes) &&
           within(module_.functions.size(), kMaxFunctions) &&
           within(module_.imports.size(), kMaxFunctions) &&
           within(module_.exports.size(), kMaxExports) &&
           within(module_.globals.size(), kMaxGlobals) && within(module_.tables.size(), kMaxTables);
  }

  bool types() {
    for (const Signature& type : module_.types) {
      if (type.params.size() > kMaxParams || type.results.size() > kMaxParams) {
        return fail(kTooMuch);
      }
      if (type.results.size() > 1 && !need(Feature::kMultiValue)) return false;
      for (const ByteSpan list : {type.params, type.results}) {
        for (const uint8_t one : list) {
          if (!need_type(ValueType(one))) return false;
        }
      }
    }
    return true;
  }
  bool imports() {
    for (const ImportEntry& entry : module_.imports) {
      if (std::max(entry.module.size(), entry.name.size()) > kMaxNameBytes) return fail(kTooMuch);
    }
    return true;
  }
  bool functions() {
    for (const uint32_t type : module_.functions) {
      if (type >= module_.types.size()) return fail(kUnknownIndex, type);
    }
    return true;
  }

  static bool ordered(const Limits& limits) { return !limits.max || limits.min <= *limits.max; }
  bool tables() {
    for (const TableType& table : module_.tables) {
      if (table.element != ValueType::kFuncRef && !need(Feature::kReferenceTypes)) return false;
      if (table.limits.shared) return fail(kBadLimits);
      if (!ordered(table.limits)) return fail(kBadLimits, table.limits.min);
      if (table.limits.min > kMaxTableElements) return fail(kTooMuch, table.limits.min);
    }
    return true;
  }
  bool memories() {
    if (module_.memories.size() > 1) {
      return fail(kFeature, static_cast<uint32_t>(Feature::kMultiMemory));
    }
    for (const Limits& memory : module_.memories) {
      if (memory.shared && !need(Feature::kThreads)) return false;
      if (memory.shared && !memory.max) return fail(kBadLimits);
      const uint32_t most = memory.max.value_or(memory.min);
      if (!ordered(memory) || memory.min > kMaxPages || most > kMaxPages) {
        return fail(kBadLimits, most);
      }
      if (gate_.max_pages && memory.min > *gate_.max_pages) return fail(kTooMuch, memory.min);
    }
    return true;
  }

  // One instruction that gives a constant of this type, and the end.
  bool constant(const Expression& expression, ValueType type) {
    Cursor in(expression.bytes, expression.offset);
    Instruction one;
    Instruction end;
    const bool read = read_instruction(in, one) && one.opcode->code != op::kEnd;
    if (!read || !read_instruction(in, end) || end.opcode->code != op::kEnd || !in.at_end()) {
      return fail(kBadConstant, 0, expression.offset);
    }
    if (!need(one.opcode->feature)) return false;
    ValueType given;
    if (!constant_type(one, given)) return false;
    return given == type || fail(kBadConstant, one.opcode->code, expression.offset);
  }
  bool constant_type(const Instruction& one, ValueType& type) {
    switch (one.opcode->code) {
      case op::kI32Const:
        type = ValueType::kI32;
        return true;
      case op::kI64Const:
        type = ValueType::kI64;
        return true;
      case op::kF32Const:
        type = ValueType::kF32;
        return true;
      case op::kF64Const:
        type = ValueType::kF64;
        return true;
      case op::kV128Const:
        type = ValueType::kV128;
        return true;
      case op::kRefNull:
        type = ValueType(static_cast<uint8_t>(one.a));
        return is_reference(type) || fail(kBadConstant, one.opcode->code, one.offset);
      case op::kRefFunc:
        type = ValueType::kFuncRef;
        return declare(one.a);
      case op::kGlobalGet:
        if (one.a >= module_.imported_globals) return fail(kUnknownIndex, one.a, one.offset);
        type = module_.globals[one.a].type.type;
        return !module_.globals[one.a].type.is_mutable ||
               fail(kBadConstant, one.opcode->code, one.offset);
      default:
        return fail(kBadConstant, one.opcode->code, one.offset);
    }
  }
  bool declare(uint32_t function) {
    if (function >= module_.functions.size()) return fail(kUnknownIndex, function);
    context_.declared[function] = true;
    return true;
  }

  bool globals() {
    for (size_t i = 0; i < module_.globals.size(); ++i) {
      const Global& global = module_.globals[i];
      if (!need_type(global.type.type)) return false;
      if (i >= module_.imported_globals && !constant(global.value, global.type.type)) return false;
    }
    return true;
  }

  bool exports() {
    std::set<std::string_view> names;
    for (const ExportEntry& entry : module_.exports) {
      if (entry.name.size() > kMaxNameBytes) return fail(kTooMuch);
      if (!names.insert(entry.name).second) return fail(kDuplicateExport);
      if (entry.index >= count_of(entry.kind)) return fail(kUnknownIndex, entry.index);
      if (entry.kind == ExternKind::kFunction && !declare(entry.index)) return false;
    }
    return true;
  }
  size_t count_of(ExternKind kind) const {
    switch (kind) {
      case ExternKind::kFunction:
        return module_.functions.size();
      case ExternKind::kTable:
        return module_.tables.size();
      case ExternKind::kMemory:
        return module_.memories.size();
      default:
        return module_.globals.size();
    }
  }

  bool start() {
    if (!module_.start) return true;
    if (*module_.start >= module_.functions.size()) return fail(kUnknownIndex, *module_.start);
    const Signature& type = module_.types[module_.functions[*module_.start]];
    return (type.params.empty() && type.results.empty()) || fail(kBadStart);
  }

  bool elements() {
    for (const ElementSegment& segment : module_.elements) {
      // Upstream's reader of contracts takes these for another table's index.
      if (segment.flags != 0 && !need(Feature::kBulkMemory)) return false;
      if (segment.active()) {
        if (segment.table >= module_.tables.size()) return fail(kUnknownIndex, segment.table);
        if (module_.tables[segment.table].element != segment.type) return fail(kBadType);
        if (!constant(segment.start, ValueType::kI32)) return false;
      }
      if (!element_items(segment)) return false;
    }
    return true;
  }
  bool element_items(const ElementSegment& segment) {
    if (segment.count > kMaxTableElements) return fail(kTooMuch, segment.count);
    Cursor items(segment.items.bytes, segment.items.offset);
    while (!items.at_end()) {
      if (!(segment.flags & 4)) {
        if (!declare(items.u32())) return false;
        continue;
      }
      const uint32_t from = items.offset();
      Instruction one;
      while (read_instruction(items, one) && one.opcode->code != op::kEnd) {
      }
      const size_t skipped = from - segment.items.offset;
      const Expression item{segment.items.bytes.subspan(skipped, items.offset() - from), from};
      if (!constant(item, segment.type)) return false;
    }
    return true;
  }

  bool data() {
    if (module_.data_count) {
      // Written again behind the data, where no reader accepts it.
      if (!need(Feature::kBulkMemory)) return false;
      if (*module_.data_count != module_.data.size()) return fail(kBadCount, *module_.data_count);
    }
    for (const DataSegment& segment : module_.data) {
      if (segment.flags == 1) {
        if (!need(Feature::kBulkMemory)) return false;
        continue;
      }
      if (segment.memory >= module_.memories.size()) return fail(kUnknownIndex, segment.memory);
      if (!constant(segment.start, ValueType::kI32)) return false;
    }
    return true;
  }

  Result<Ok, Refusal> bodies() {
    for (size_t i = 0; i < module_.bodies.size(); ++i) {
      const uint32_t function = module_.imported_functions + static_cast<uint32_t>(i);
      MICA_TRY(validate_body(context_, function, module_.bodies[i]));
    }
    return Ok{};
  }

  const Module& module_;
  const Gate& gate_;
  CodeContext context_;
  Refusal refusal_{};
};

}  // namespace

bool allows(Role role, Feature feature) {
  switch (feature) {
    case Feature::kMvp:
    case Feature::kSignExtension:
    case Feature::kMutableGlobals:
      return true;
    case Feature::kTailCalls:
    case Feature::kMultiMemory:
    case Feature::kMemory64:
      return false;
    default:
      return role == Role::kService;
  }
}

Result<Module, Refusal> read_valid_module(ByteSpan bytes, const Gate& gate) {
  Module module = MICA_TRY(read_module(bytes));
  if (gate.role == Role::kContract) add_type(module, kFuelType);
  MICA_TRY(Validator(module, gate).run());
  return module;
}

}  // namespace mica::wasm
