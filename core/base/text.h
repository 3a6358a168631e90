// Text that others wrote, made fit to be shown.
#pragma once

#include <string>

#include "core/base/room.h"

namespace mica::base {

// In quotation marks, only printable ASCII, at most limits::kQuotedCharacters of it: nobody can
// take it for the wallet's own words.
std::string quoted(const std::string& text);

}  // namespace mica::base
