// What bad validators say instead of the truth, properly signed where that is asked for.
#pragma once

#include "tests/sim/room.h"
#include "tests/sim/world.h"

namespace mica::sim {

// Changes the body of the validator's answer; false: there is nothing to lie about in it.
bool tell_lie(Behaviour is, size_t validator, const std::string& method, ByteSpan question,
              Bytes& body);
// Whether it keeps silent about what it promised before.
bool keeps_silent(Behaviour is, const std::string& method, ByteSpan question);

}  // namespace mica::sim
