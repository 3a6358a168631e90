#include "core/wasm/float_marks.h"

#include <iterator>

namespace mica::wasm {
namespace {

// What an instruction does to marks.
enum class Effect : uint8_t {
  kNone,     // its result has none: a constant, what is loaded or converted from an integer
  kMarks,    // and its result is made canonical
  kSettles,  // it gives a canonical NaN by itself, unmarked
  kKeeps,    // the operand's mark stays, and nothing has to be done
  kTurns,    // the same, but a marked result is made canonical again
};

// In the order of their codes, for f32 and then for f64: abs, neg, ceil, floor, trunc, nearest,
// sqrt, add, sub, mul, div, min, max, copysign.
constexpr Effect kOfNumbers[] = {Effect::kKeeps,   Effect::kTurns, Effect::kMarks, Effect::kMarks,
                                 Effect::kMarks,   Effect::kMarks, Effect::kMarks, Effect::kMarks,
                                 Effect::kMarks,   Effect::kMarks, Effect::kMarks, Effect::kSettles,
                                 Effect::kSettles, Effect::kNone};
constexpr uint32_t kCount = std::size(kOfNumbers);

Effect effect_of(uint32_t code) {
  if (code >= op::kF32Abs && code < op::kF32Abs + 2 * kCount) {
    return kOfNumbers[(code - op::kF32Abs) % kCount];
  }
  return code == op::kF32Demote || code == op::kF64Promote ? Effect::kTurns : Effect::kNone;
}

}  // namespace

std::optional<ValueType> FloatMarks::step(const Instruction& now) {
  switch (now.opcode->code) {
    case op::kIf:
      pop();
      open(now);
      return std::nullopt;
    case op::kBlock:
    case op::kLoop:
      open(now);
      return std::nullopt;
    case op::kEnd:
      close();
      return std::nullopt;
    case op::kElse:
    case op::kBr:
    case op::kBrTable:
    case op::kReturn:
    case op::kUnreachable:
      drop_rest();
      return std::nullopt;
    case op::kBrIf:
    case op::kDrop:
    case op::kLocalSet:
    case op::kGlobalSet:
      pop();
      return std::nullopt;
    case op::kCallIndirect:
      pop();
      call(now.a);
      return std::nullopt;
    case op::kCall:
      call(module_.functions[now.a]);
      return std::nullopt;
    case op::kSelect:
      pop(3);
      push(false);
      return std::nullopt;
    case op::kLocalGet:
    case op::kGlobalGet:
      push(false);
      return std::nullopt;
    case op::kLocalTee:
      return std::nullopt;
    default:
      return compute(*now.opcode);
  }
}

bool FloatMarks::pop() {
  if (marks_.size() == frames_.back().height) return false;
  const bool marked = marks_.back();
  marks_.pop_back();
  return marked;
}

void FloatMarks::open(const Instruction& block) {
  constexpr int64_t kEmpty = -64;
  frames_.push_back({marks_.size(), block.number == kEmpty ? 0u : 1u});
}

void FloatMarks::close() {
  drop_rest();
  if (frames_.back().results > 0) push(false);
  if (frames_.size() > 1) frames_.pop_back();
}

void FloatMarks::call(uint32_t type) {
  const Signature& signature = module_.types[type];
  pop(signature.params.size());
  for (size_t i = 0; i < signature.results.size(); ++i) push(false);
}

std::optional<ValueType> FloatMarks::compute(const Opcode& opcode) {
  bool marked = false;  // the operand of an instruction that has one
  for (const char* one = opcode.takes; *one != 0; ++one) marked = pop();
  const char gives = *opcode.gives;
  if (gives == 0) return std::nullopt;
  const Effect effect = effect_of(opcode.code);
  const bool kept = marked && (effect == Effect::kKeeps || effect == Effect::kTurns);
  push(kept || effect == Effect::kMarks);
  const bool canonical = effect == Effect::kMarks || effect == Effect::kSettles ||
                         (marked && effect == Effect::kTurns);
  if (!canonical) return std::nullopt;
  return gives == 'f' ? ValueType::kF32 : ValueType::kF64;
}

}  // namespace mica::wasm
