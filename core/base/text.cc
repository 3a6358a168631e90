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

}  // namespace mica::base
