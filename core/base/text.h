// Text that others wrote: whether it is text, and made fit to be shown.
#pragma once

#include <string>
#include <string_view>

#include "core/base/room.h"

namespace mica::base {

// In quotation marks, only printable ASCII, at most limits::kQuotedCharacters of it: nobody can
// take it for the wallet's own words.
std::string quoted(const std::string& text);

// RFC 3629: shortest forms only, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

}  // namespace mica::base
