// namespace mica::base sees the names of the rooms that it may include (tools/layers.txt).
#pragma once

namespace mica::base {}  // namespace mica::base
