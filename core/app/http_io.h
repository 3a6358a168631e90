// What applications ask of hosts outside, and the answers, as they cross the boundary of the Client
// and of the Validator alike.
#pragma once

#include "core/app/room.h"
#include "core/types/block.h"
#include "core/types/failure.h"

namespace mica::app {

struct HttpIo {
  // Asked by the execution of a block: exactly this and nothing else. Redirects are followed as a
  // client of HTTP does, cookies and credentials are not sent. The response's headers count for
  // max_response_bytes too.
  struct HttpRequest {
    uint64_t request_id;
    std::string method;
    std::string url;
    std::vector<Header> headers;
    Bytes body;
    uint64_t timeout_ms;
    uint64_t max_response_bytes;
    MICA_FIELDS(HttpRequest, request_id, method, url, headers, body, timeout_ms, max_response_bytes)
  };
  // One of these two comes back for each.
  struct HttpResponse {
    uint64_t request_id;
    Response response;
    MICA_FIELDS(HttpResponse, request_id, response)
  };
  struct HttpFailed {  // no answer within the limits, or it may not be asked
    uint64_t request_id;
    NoAnswerKind why;
    std::string reason;
    MICA_FIELDS(HttpFailed, request_id, why, reason)
  };
};

}  // namespace mica::app
