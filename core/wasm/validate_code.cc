#include "core/wasm/validate_code.h"

#include "core/base/limits.h"
#include "core/wasm/instruction.h"

namespace mica::wasm {
namespace {

using enum RefusalCode;

using type_byte::kExternRef, type_byte::kF32, type_byte::kF64, type_byte::kFuncRef, type_byte::kI32,
    type_byte::kI64, type_byte::kV128;
// An operand of code that is never reached: it passes for every type.
constexpr uint8_t kAny = 0;

bool is_reference(uint8_t type) { return type == kFuncRef || type == kExternRef; }

uint8_t type_of(char letter) {
  switch (letter) {
    case 'i':
      return kI32;
    case 'l':
      return kI64;
    case 'f':
      return kF32;
    case 'd':
      return kF64;
    default:
      return kV128;
  }
}

// One value type as a list.
ByteSpan single(uint8_t type) {
  static constexpr uint8_t kAll[] = {kI32, kI64, kF32, kF64, kV128, kFuncRef, kExternRef};
  for (const uint8_t& one : kAll) {
    if (one == type) return {&one, 1};
  }
  return {};
}

struct Frame {
  uint32_t opcode;  // block, loop, if, else; block for the body itself
  Signature type;
  size_t height;
  bool unreachable = false;
  ByteSpan label() const { return opcode == op::kLoop ? type.params : type.results; }
};

class Body {
 public:
  Body(const CodeContext& context, uint32_t function, const Part& body)
      : context_(context),
        module_(context.module),
        type_(module_.types[module_.functions[function]]),
        cursor_(body.bytes, body.offset) {}

  Result<Ok, Refusal> validate(uint32_t function) {
    if (locals() && push_frame(op::kBlock, {{}, type_.results})) {
      while (cursor_.ok() && !frames_.empty()) {
        if (!read_instruction(cursor_, now_) || !step()) break;
      }
      if (cursor_.ok() && !cursor_.at_end()) cursor_.fail(kTrailingBytes);
    }
    if (cursor_.ok()) return Ok{};
    Refusal refusal = cursor_.failure();
    refusal.function = function;
    return refusal;
  }

 private:
  bool fail(RefusalCode code, uint32_t detail) {
    return cursor_.fail_at(now_.offset, code, detail);
  }
  bool fail_type() { return fail(kBadType, now_.opcode->code); }
  bool fail_index(uint32_t index) { return fail(kUnknownIndex, index); }
  bool need(Feature feature) {
    return allows(context_.role, feature) || fail(kFeature, static_cast<uint32_t>(feature));
  }
  // Value types in bodies, by what the role has.
  bool need_type(uint8_t type) {
    if (type == kV128) return need(Feature::kSimd);
    if (is_reference(type)) return need(Feature::kReferenceTypes);
    return (type >= kF64 && type <= kI32) || fail(kBadValue, type);
  }

  bool locals() {
    std::vector<Locals> runs;
    now_.offset = cursor_.offset();
    if (!read_locals(cursor_, runs)) return false;
    for (const uint8_t param : type_.params) locals_.push_back({++local_count_, param});
    for (const Locals& run : runs) {
      if (!need_type(run.type)) return false;
      if (run.count > kMaxLocals - local_count_) return fail(kTooMuch, run.count);
      local_count_ += run.count;
      locals_.push_back({local_count_, run.type});
    }
    return true;
  }
  // Runs with the end of each, by halves: a run may stand for fifty thousand locals.
  uint8_t local(uint32_t index) const {
    size_t low = 0;
    size_t high = locals_.size();
    while (low < high) {
      const size_t middle = (low + high) / 2;
      if (locals_[middle].count > index) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return locals_[low].type;
  }

  bool push(uint8_t type) {
    if (operands_.size() >= limits::kMaxModuleOperands) return fail(kTooMuch, now_.opcode->code);
    operands_.push_back(type);
    return true;
  }
  bool push_all(ByteSpan types) {
    for (const uint8_t type : types) {
      if (!push(type)) return false;
    }
    return true;
  }
  bool pop_any(uint8_t& type) {
    const Frame& frame = frames_.back();
    type = kAny;
    if (operands_.size() == frame.height) return frame.unreachable || fail_type();
    type = operands_.back();
    operands_.pop_back();
    return true;
  }
  bool pop(uint8_t wanted) {
    uint8_t type;
    if (!pop_any(type)) return false;
    return type == wanted || type == kAny || wanted == kAny || fail_type();
  }
  bool pop_all(ByteSpan types) {
    for (size_t i = types.size(); i-- > 0;) {
      if (!pop(types[i])) return false;
    }
    return true;
  }

  bool push_frame(uint32_t opcode, const Signature& type) {
    frames_.push_back({opcode, type, operands_.size()});
    return push_all(type.params);
  }
  bool pop_frame(Frame& frame) {
    frame = frames_.back();
    if (!pop_all(frame.type.results)) return false;
    if (operands_.size() != frame.height) return fail_type();
    frames_.pop_back();
    return true;
  }
  bool unreachable() {
    frames_.back().unreachable = true;
    operands_.resize(frames_.back().height);
    return true;
  }

  bool step() {
    const Opcode& opcode = *now_.opcode;
    if (!need(opcode.feature)) return false;
    if (opcode.takes[0] == '*') return special(opcode.code);
    if (!memory_access() || !plain_indices()) return false;
    if (const uint32_t lanes = lane_count(opcode.immediates)) {
      if (now_.number >= lanes) return fail(kBadValue, opcode.code);
    }
    if (opcode.immediates == Immediates::kShuffle) {
      for (const uint8_t lane : now_.raw) {
        if (lane >= 32) return fail(kBadValue, opcode.code);
      }
    }
    size_t count = 0;
    while (opcode.takes[count]) ++count;
    while (count-- > 0) {
      if (!pop(type_of(opcode.takes[count]))) return false;
    }
    return opcode.gives[0] == 0 || push(type_of(opcode.gives[0]));
  }

  bool need_memory(uint32_t index) { return index < module_.memories.size() || fail_index(index); }
  bool need_table(uint32_t index) { return index < module_.tables.size() || fail_index(index); }
  bool need_element(uint32_t index) { return index < module_.elements.size() || fail_index(index); }
  // Data is counted ahead of the code, or not named in it.
  bool need_data(uint32_t index) {
    return (module_.data_count && index < *module_.data_count) || fail_index(index);
  }

  bool memory_access() {
    const Immediates kind = now_.opcode->immediates;
    const int width = access_width(kind);
    if (width < 0) return true;
    const bool atomic = now_.opcode->feature == Feature::kThreads;
    const auto natural = static_cast<uint32_t>(width);
    if (now_.a > natural || (atomic && now_.a != natural)) return fail(kBadAlignment, now_.a);
    // The contracts' reader takes the memory's index for the offset.
    if (now_.names_memory && context_.role == Role::kContract) {
      return fail(kFeature, static_cast<uint32_t>(Feature::kMultiMemory));
    }
    return need_memory(now_.memory);
  }

  bool plain_indices() {
    switch (now_.opcode->immediates) {
      case Immediates::kMemory:
        return need_memory(now_.a);
      case Immediates::kMemories:
        return need_memory(now_.a) && need_memory(now_.b);
      case Immediates::kDataMemory:
        return need_memory(now_.b) && need_data(now_.a);
      case Immediates::kData:
        return need_data(now_.a);
      case Immediates::kElement:
        return need_element(now_.a);
      case Immediates::kElementTable:
        return need_table(now_.b) && need_element(now_.a) &&
               (module_.tables[now_.b].element == module_.elements[now_.a].type || fail_type());
      case Immediates::kTables:
        return need_table(now_.a) && need_table(now_.b) &&
               (module_.tables[now_.a].element == module_.tables[now_.b].element || fail_type());
      case Immediates::kTable:
        return need_table(now_.a);
      case Immediates::kFence:
        return now_.a == 0 || fail(kBadValue, now_.a);
      default:
        return true;
    }
  }

  bool special(uint32_t code) {
    switch (code) {
      case op::kUnreachable:
        return unreachable();
      case op::kBlock:
      case op::kLoop:
      case op::kIf:
        return begin(code);
      case op::kElse:
        return otherwise();
      case op::kEnd:
        return end();
      case op::kBr:
      case op::kBrIf:
      case op::kBrTable:
      case op::kReturn:
        return branch(code);
      case op::kCall:
        return now_.a < module_.functions.size() ? apply(module_.types[module_.functions[now_.a]])
                                                 : fail_index(now_.a);
      case op::kCallIndirect:
        return call_indirect();
      case op::kDrop: {
        uint8_t type;
        return pop_any(type);
      }
      case op::kSelect:
      case op::kSelectTyped:
        return select(code);
      case op::kLocalGet:
      case op::kLocalSet:
      case op::kLocalTee:
        return local_access(code);
      case op::kGlobalGet:
      case op::kGlobalSet:
        return global_access(code);
      default:
        return references(code);
    }
  }

  bool apply(const Signature& type) { return pop_all(type.params) && push_all(type.results); }

  bool block_type(Signature& type) {
    const int64_t number = now_.number;
    if (number >= 0) {
      if (!need(Feature::kMultiValue)) return false;
      if (static_cast<uint64_t>(number) >= module_.types.size()) {
        return fail_index(static_cast<uint32_t>(number));
      }
      type = module_.types[static_cast<size_t>(number)];
      return true;
    }
    // The contracts' reader takes a longer form of the one byte; a service's does not.
    if (context_.role == Role::kService && now_.end - now_.offset != 2) {
      return fail(kBadNumber, now_.opcode->code);
    }
    if (number < -0x40) return fail(kBadValue, now_.opcode->code);
    const auto byte = static_cast<uint8_t>(number & 0x7f);
    if (byte == 0x40) return true;
    type.results = single(byte);
    return need_type(byte);
  }
  bool begin(uint32_t code) {
    Signature type;
    if (!block_type(type)) return false;
    if (code == op::kIf && !pop(kI32)) return false;
    return pop_all(type.params) && push_frame(code, type);
  }
  bool otherwise() {
    if (frames_.back().opcode != op::kIf) return fail(kBadNesting, op::kElse);
    Frame frame;
    return pop_frame(frame) && push_frame(op::kElse, frame.type);
  }
  bool end() {
    Frame frame;
    if (!pop_frame(frame)) return false;
    // Without an else the parameters pass through.
    if (frame.opcode == op::kIf && !same(frame.type.params, frame.type.results)) {
      return fail_type();
    }
    return frames_.empty() || push_all(frame.type.results);
  }
  static bool same(ByteSpan a, ByteSpan b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

  bool label(uint32_t depth, ByteSpan& types) {
    if (depth >= frames_.size()) return fail_index(depth);
    types = frames_[frames_.size() - 1 - depth].label();
    return true;
  }
  bool branch(uint32_t code) {
    if (code == op::kBrTable) return branch_table();
    ByteSpan types = type_.results;
    if (code == op::kBrIf && !pop(kI32)) return false;
    if (code != op::kReturn && !label(now_.a, types)) return false;
    if (!pop_all(types)) return false;
    return code == op::kBrIf ? push_all(types) : unreachable();
  }
  bool branch_table() {
    if (now_.a > kMaxLabels) return fail(kTooMuch, now_.a);
    ByteSpan types;
    if (!pop(kI32) || !label(now_.b, types)) return false;
    const size_t arity = types.size();
    Cursor labels(now_.raw);
    std::vector<uint8_t> kept;
    while (!labels.at_end()) {
      ByteSpan others;
      if (!label(labels.u32(), others)) return false;
      if (others.size() != arity) return fail_type();
      if (!peek_all(others, kept)) return false;
    }
    return pop_all(types) && unreachable();
  }
  // Pops the types and puts back what was there.
  bool peek_all(ByteSpan types, std::vector<uint8_t>& kept) {
    if (types.empty()) return true;
    kept.clear();
    for (size_t i = types.size(); i-- > 0;) {
      uint8_t type;
      if (!pop_any(type)) return false;
      if (type != types[i] && type != kAny) return fail_type();
      kept.push_back(type);
    }
    // Operands that unreachable code lacked stay away.
    for (size_t i = kept.size(); i-- > 0;) {
      if (!push(kept[i])) return false;
    }
    return true;
  }

  bool call_indirect() {
    if (!need_table(now_.b)) return false;
    if (module_.tables[now_.b].element != ValueType::kFuncRef) return fail_type();
    if (now_.a >= module_.types.size()) return fail_index(now_.a);
    return pop(kI32) && apply(module_.types[now_.a]);
  }

  bool select(uint32_t code) {
    if (!pop(kI32)) return false;
    if (code == op::kSelectTyped) {
      if (now_.a != 1 || single(now_.raw[0]).empty()) return fail(kBadValue, code);
      const uint8_t type = now_.raw[0];
      return need_type(type) && pop(type) && pop(type) && push(type);
    }
    uint8_t first;
    uint8_t second;
    if (!pop_any(first) || !pop_any(second)) return false;
    if (is_reference(first) || is_reference(second)) return fail_type();
    if (first != second && first != kAny && second != kAny) return fail_type();
    return push(first == kAny ? second : first);
  }
  bool local_access(uint32_t code) {
    if (now_.a >= local_count_) return fail_index(now_.a);
    const uint8_t type = local(now_.a);
    if (code != op::kLocalGet && !pop(type)) return false;
    return code == op::kLocalSet || push(type);
  }
  bool global_access(uint32_t code) {
    if (now_.a >= module_.globals.size()) return fail_index(now_.a);
    const GlobalType& global = module_.globals[now_.a].type;
    const auto type = static_cast<uint8_t>(global.type);
    if (code == op::kGlobalGet) return push(type);
    return global.is_mutable ? pop(type) : fail_type();
  }

  bool references(uint32_t code) {
    switch (code) {
      case op::kRefNull: {
        const auto type = static_cast<uint8_t>(now_.a);
        return is_reference(type) ? push(type) : fail(kBadValue, code);
      }
      case op::kRefIsNull: {
        uint8_t type;
        if (!pop_any(type)) return false;
        return is_reference(type) || type == kAny ? push(kI32) : fail_type();
      }
      case op::kRefFunc:
        if (now_.a >= module_.functions.size() || !context_.declared[now_.a]) {
          return fail_index(now_.a);
        }
        return push(kFuncRef);
      default:
        return table_access(code);
    }
  }
  bool table_access(uint32_t code) {
    if (!need_table(now_.a)) return false;
    const auto type = static_cast<uint8_t>(module_.tables[now_.a].element);
    switch (code) {
      case op::kTableGet:
        return pop(kI32) && push(type);
      case op::kTableSet:
        return pop(type) && pop(kI32);
      case op::kTableGrow:
        return pop(kI32) && pop(type) && push(kI32);
      case op::kTableFill:
        return pop(kI32) && pop(type) && pop(kI32);
      default:
        return fail(kUnknownOpcode, code);
    }
  }

  const CodeContext& context_;
  const Module& module_;
  const Signature& type_;
  Cursor cursor_;
  Instruction now_;
  std::vector<Locals> locals_;  // `count` is the index behind the run
  uint32_t local_count_ = 0;
  std::vector<uint8_t> operands_;
  std::vector<Frame> frames_;
};

}  // namespace

Result<Ok, Refusal> validate_body(const CodeContext& context, uint32_t function, const Part& body) {
  return Body(context, function, body).validate(function);
}

}  // namespace mica::wasm
