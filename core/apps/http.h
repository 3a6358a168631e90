// HTTP requests of contracts, as oracles. linera-execution/src/execution_state_actor.rs
#pragma once

#include "core/apps/host_types.h"
#include "core/apps/run.h"

namespace mica::apps {

ExecutionError unauthorized_application(const ApplicationId& id);

// The host that a request for `url` goes to, in lower case; nothing for all that is no plain http
// or https URL of a DNS name or an IPv4 address in the usual form.
std::optional<std::string> host_of(std::string_view url);

// The recorded response; else the host must be on the committee's list, and the response is among
// the run's answers, or is wanted within the committee's limits.
ExecutionResult<Response> perform_http_request(Run& run, GuestHttpRequest request);

}  // namespace mica::apps
