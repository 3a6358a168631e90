#include "core/base/text.h"

#include "core/base/limits.h"

namespace mica::base {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text.substr(0, limits::kQuotedCharacters)) {
    const bool printable = c >= ' ' && c <= '~';
    out += !printable ? '?' : c == '"' ? '\'' : c;
  }
  if (text.size() > limits::kQuotedCharacters) out += "...";
  return out + "\"";
}

bool is_utf8(std::string_view text) {
  for (size_t i = 0; i < text.size();) {
    uint8_t lead = static_cast<uint8_t>(text[i]);
    size_t more = lead < 0x80                   ? 0
                  : lead >= 0xc2 && lead < 0xe0 ? 1
                  : lead >= 0xe0 && lead < 0xf0 ? 2
                  : lead >= 0xf0 && lead < 0xf5 ? 3
                                                : 4;
    if (more == 4 || i + more >= text.size()) return false;
    uint32_t point = more == 0 ? lead : lead & (0x3f >> more);
    for (size_t j = 1; j <= more; ++j) {
      uint8_t next = static_cast<uint8_t>(text[i + j]);
      if ((next & 0xc0) != 0x80) return false;
      point = point << 6 | (next & 0x3f);
    }
    bool overlong = (more == 2 && point < 0x800) || (more == 3 && point < 0x10000);
    if (overlong || (point >= 0xd800 && point < 0xe000) || point > 0x10ffff) return false;
    i += more + 1;
  }
  return true;
}

}  // namespace mica::base
