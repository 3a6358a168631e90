// What a validator said, as its own words.
#pragma once

#include "core/client/room.h"
#include "core/types/committee.h"
#include "core/types/node_error.h"

namespace mica::client {

// " host says: \"…\"."
std::string said_by(const Committee& committee, const ValidatorPublicKey& validator,
                    const NodeError& error);

}  // namespace mica::client
