#include "core/apps/http.h"

#include <algorithm>

namespace mica::apps {

namespace {

std::string method_text(HttpMethod method) {
  std::string text(choice_names(method)[static_cast<size_t>(method)]);
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
// RFC 9110, 5.6.2.
bool is_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter(c) || is_digit(c) || kMarks.find(c) != std::string_view::npos;
  });
}
bool is_header_value(const Bytes& bytes) {
  return std::all_of(bytes.begin(), bytes.end(),
                     [](uint8_t c) { return c == '\t' || (c >= 32 && c != 127); });
}

ExecutionStatus check_headers(const std::vector<Header>& headers) {
  for (const auto& [name, value] : headers) {
    if (!is_token(name)) return ExecutionError("Invalid HTTP header name used for HTTP request");
    if (!is_header_value(value)) {
      return ExecutionError("Invalid HTTP header value used for HTTP request");
    }
  }
  return Ok{};
}

ExecutionStatus check_host(Run& run, const std::string& url) {
  const auto host = host_of(url);
  if (!host) return ExecutionError("Attempt to perform an HTTP request to an invalid URL");
  const Committee committee = MICA_TRY(run.state().current_committee(run.world().lookup));
  if (committee.policy.http_request_allow_list.contains(*host)) return Ok{};
  return ExecutionError("Attempt to perform an HTTP request to an unauthorized host: " + *host);
}

ExecutionStatus check_size(Run& run, const Response& response) {
  const Committee committee = MICA_TRY(run.state().current_committee(run.world().lookup));
  const uint64_t limit = std::min(committee.policy.maximum_http_response_bytes,
                                  committee.policy.maximum_oracle_response_bytes);
  uint64_t size = response.body.size();
  for (const auto& [name, value] : response.headers) size += name.size() + value.size();
  if (size <= limit) return Ok{};
  return ExecutionError("HTTP response exceeds the size limit of " + std::to_string(limit) +
                        " bytes, having at least " + std::to_string(size) + " bytes");
}

}  // namespace

ExecutionError unauthorized_application(const ApplicationId& id) {
  return ExecutionError(
      "Application is not authorized to perform system operations on this chain: " + id.to_text());
}

std::optional<std::string> host_of(std::string_view url) {
  for (const char c : url) {
    if (c <= ' ' || c >= 127 || c == '\\') return std::nullopt;
  }
  const size_t colon = url.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  std::string scheme(url.substr(0, colon));
  for (char& c : scheme) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (scheme != "http" && scheme != "https") return std::nullopt;
  std::string_view authority = url.substr(colon + 3);
  authority = authority.substr(0, authority.find_first_of("/?#"));
  if (authority.find('@') != std::string_view::npos) return std::nullopt;
  const size_t port = authority.find(':');
  std::string host(authority.substr(0, port));
  if (port != std::string_view::npos) {
    const std::string_view digits = authority.substr(port + 1);
    if (digits.size() > 5 || !std::all_of(digits.begin(), digits.end(), is_digit)) {
      return std::nullopt;
    }
  }
  for (char& c : host) {
    if (!is_letter(c) && !is_digit(c) && c != '-' && c != '.' && c != '_') return std::nullopt;
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (host.empty() || host.size() > limits::kMaxHostChars) return std::nullopt;
  return host;
}

ExecutionResult<Response> perform_http_request(Run& run, GuestHttpRequest request) {
  if (run.role() == Role::kService) {
    return ExecutionError(ExecutionError::Kind::kUnsupported,
                          "HTTP requests of services cannot be made here");
  }
  // The oracle calls this only where no response is recorded; its place stays free.
  bool asks = false;
  auto recorded = run.transaction().oracle([&]() -> ExecutionResult<OracleResponse> {
    MICA_TRY(check_headers(request.headers));
    MICA_TRY(check_host(run, request.url));
    asks = true;
    return ExecutionError("to be asked");
  });
  if (recorded.ok()) {
    auto* http = std::get_if<OracleResponse::Http>(&recorded->kind);
    if (http) return std::move(http->response);
    return TransactionTracker::wrong_response();
  }
  if (!asks) return recorded.error();
  if (!run.world().answers) {
    return ExecutionError(ExecutionError::Kind::kUnsupported,
                          "HTTP requests of applications are not supported yet");
  }
  HttpRequest question{method_text(request.method), std::move(request.url),
                       std::move(request.headers), std::move(request.body)};
  auto response = MICA_TRY(run.transaction().http(std::move(question), *run.world().answers));
  MICA_TRY(check_size(run, response));
  return response;
}

}  // namespace mica::apps
