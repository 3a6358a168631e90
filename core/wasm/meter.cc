#include "core/wasm/meter.h"

#include <algorithm>

namespace mica::wasm {
namespace {

// A block of the code's structure, the body itself at the bottom.
struct Frame {
  bool is_loop;
  size_t furthest;  // lowest frame that a forward branch inside may leave to; at most its own
  Charge stretch;   // the one that instructions are being added to
};

class Planner {
 public:
  explicit Planner(CostRule rule) : rule_(rule) {}

  std::vector<Charge> plan(const Part& body) {
    Cursor cursor(body.bytes, body.offset);
    std::vector<Locals> locals;
    read_locals(cursor, locals);
    open(cursor.offset(), false);
    Instruction now;
    while (!frames_.empty() && read_instruction(cursor, now)) step(now);
    std::sort(charges_.begin(), charges_.end(),
              [](const Charge& a, const Charge& b) { return a.offset < b.offset; });
    return std::move(charges_);
  }

 private:
  void step(const Instruction& now) {
    const uint32_t code = now.opcode->code;
    // The two that only divide cost nothing whatever the rule says.
    if (code == op::kEnd) return close_frame(now.end);
    if (code == op::kElse) return close_stretch(now.end);
    frames_.back().stretch.cost += rule_(*now.opcode);
    switch (code) {
      case op::kBlock:
        // What follows runs whenever what precedes does: the same stretch until something leaves.
        return open(frames_.back().stretch.offset, false);
      case op::kIf:
      case op::kLoop:
        return open(now.end, code == op::kLoop);
      case op::kBr:
      case op::kBrIf:
        close_stretch(now.end);
        return leave_to(label(now.a));
      case op::kBrTable: {
        close_stretch(now.end);
        leave_to(label(now.b));
        Cursor labels(now.raw);
        while (!labels.at_end()) leave_to(label(labels.u32()));
        return;
      }
      case op::kReturn:
        close_stretch(now.end);
        return leave_to(0);
    }
  }

  size_t label(uint32_t depth) const {
    MICA_CHECK(depth < frames_.size());
    return frames_.size() - 1 - depth;
  }

  void open(uint32_t offset, bool is_loop) {
    frames_.push_back({is_loop, frames_.size(), {offset, 0}});
  }

  // A branch to a loop goes back, not out.
  void leave_to(size_t frame) {
    if (frames_[frame].is_loop) return;
    frames_.back().furthest = std::min(frames_.back().furthest, frame);
  }

  // Ends the stretch of the innermost frame; the next one begins at `next`. One that began where
  // that of the frame below began is a part of it.
  void close_stretch(uint32_t next) {
    const Charge closed = frames_.back().stretch;
    frames_.back().stretch = {next, 0};
    if (frames_.size() > 1) {
      Charge& below = frames_[frames_.size() - 2].stretch;
      if (below.offset == closed.offset) {
        below.cost += closed.cost;
        return;
      }
    }
    if (closed.cost > 0) charges_.push_back(closed);
  }

  void close_frame(uint32_t next) {
    close_stretch(next);
    const size_t furthest = frames_.back().furthest;
    frames_.pop_back();
    if (frames_.empty()) return;
    frames_.back().furthest = std::min(frames_.back().furthest, furthest);
    if (furthest < frames_.size()) close_stretch(next);
  }

  CostRule rule_;
  std::vector<Frame> frames_;
  std::vector<Charge> charges_;
};

}  // namespace

uint32_t cost_0_15(const Opcode& opcode) { return opcode.cost == CostClass::kFree ? 0 : 1; }

std::vector<Charge> plan_costs(const Part& body, CostRule rule) { return Planner(rule).plan(body); }

}  // namespace mica::wasm
