// Which results of floating-point instructions upstream makes canonical NaNs, if they are NaNs at
// all. Its engine for contracts is Wasmer's singlepass compiler with canonicalize_nans
// (linera-execution/src/wasm/wasmer.rs). That marks what arithmetic gives, and makes a marked value
// canonical where its bits are next seen: in a variable, in memory, as an integer, beyond a call or
// a block. codegen.rs of linera-wasmer-compiler-singlepass 4.4.0, FloatValue
//
// Who makes it canonical at once sees the same bits everywhere, but for a marked value whose sign
// is turned meanwhile: that is made canonical again.
#pragma once

#include <optional>
#include <vector>

#include "core/wasm/instruction.h"
#include "core/wasm/module.h"
#include "core/wasm/room.h"

namespace mica::wasm {

// Follows the operand stack of one valid body of a contract.
class FloatMarks {
 public:
  explicit FloatMarks(const Module& module) : module_(module) {}

  // The next instruction. kF32 or kF64 if its result is to be made canonical.
  std::optional<ValueType> step(const Instruction& now);

 private:
  void push(bool marked) { marks_.push_back(marked); }
  // Code that is never reached may take more than there is.
  bool pop();
  void pop(size_t count) {
    while (count-- > 0) pop();
  }
  void open(const Instruction& block);
  void close();
  // What a branch leaves behind is nobody's.
  void drop_rest() { marks_.resize(frames_.back().height); }
  void call(uint32_t type);
  std::optional<ValueType> compute(const Opcode& opcode);

  struct Frame {
    size_t height;   // of the stack at its beginning
    size_t results;  // 0 or 1
  };
  const Module& module_;
  std::vector<bool> marks_;  // of each operand, floats or not
  std::vector<Frame> frames_ = {{0, 0}};
};

}  // namespace mica::wasm
