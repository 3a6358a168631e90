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

// The question to ask, if the network allows it.
ExecutionResult<HttpQuestion> checked(Run& run, GuestHttpRequest request) {
  MICA_TRY(check_headers(request.headers));
  auto host = host_of(request.url);
  if (!host) return ExecutionError("Attempt to perform an HTTP request to an invalid URL");
  const Committee committee = MICA_TRY(run.state().current_committee(run.world().lookup));
  const ResourceControlPolicy& policy = committee.policy;
  if (!policy.http_request_allow_list.contains(*host)) {
    return ExecutionError("Attempt to perform an HTTP request to an unauthorized host: " + *host);
  }
  HttpQuestion question;
  question.request = {method_text(request.method), std::move(request.url),
                      std::move(request.headers), std::move(request.body)};
  question.host = *std::move(host);
  question.timeout_ms = policy.http_request_timeout_ms;
  question.max_response_bytes =
      std::min(policy.maximum_http_response_bytes, policy.maximum_oracle_response_bytes);
  return question;
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
  return run.transaction().http([&] { return checked(run, std::move(request)); },
                                run.world().answers);
}

}  // namespace mica::apps
