#include "core/wasm/opcodes.h"

#include <array>

namespace mica::wasm {
namespace {

using enum Immediates;
using enum Feature;
using enum CostClass;

constexpr Opcode kTable_[] = {
#define MICA_OPCODE(...) {__VA_ARGS__},
#include "core/wasm/opcodes.def"
#undef MICA_OPCODE
};

// Places in the table by the code's low byte, one page for each prefix.
constexpr uint16_t kAbsent = 0xffff;
using Page = std::array<uint16_t, 256>;

constexpr Page page_of(uint32_t prefix) {
  Page page{};
  for (uint16_t& place : page) place = kAbsent;
  for (uint16_t i = 0; i < std::size(kTable_); ++i) {
    if (kTable_[i].code >> 16 == prefix) page[kTable_[i].code & 0xff] = i;
  }
  return page;
}

constexpr Page kPages[] = {page_of(0), page_of(0xfc), page_of(0xfd), page_of(0xfe)};

}  // namespace

const Opcode* find_opcode(uint32_t code) {
  const uint32_t prefix = code >> 16;
  const uint32_t low = code & 0xffff;
  if (low > 0xff || (prefix != 0 && (prefix < 0xfc || prefix > 0xfe))) return nullptr;
  const uint16_t place = kPages[prefix == 0 ? 0 : prefix - 0xfb][low];
  return place == kAbsent ? nullptr : &kTable_[place];
}

}  // namespace mica::wasm
