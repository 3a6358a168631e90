#include "core/client/said.h"

#include "core/base/text.h"

namespace mica::client {

std::string said_by(const Committee& committee, const ValidatorPublicKey& validator,
                    const NodeError& error) {
  const auto found = committee.validators.find(validator);
  const bool known = found != committee.validators.end();
  return " " + (known ? found->second.network_address : "A former validator") +
         " says: " + quoted(error.message()) + ".";
}

}  // namespace mica::client
