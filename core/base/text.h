// Text that others wrote, made fit to be shown.
#pragma once

#include <string>
#include <string_view>

namespace mica {

// In quotation marks, only printable ASCII, at most limits::kQuotedCharacters of it: nobody can
// take it for the wallet's own words.
std::string quoted(std::string_view text);

}  // namespace mica
