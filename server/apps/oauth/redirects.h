#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace marea::server {

// Where the answer to an authorization may go: https with a host, http to this machine's own address, or a scheme of
// the program's own (RFC 8252 section 7). nullopt when `uri` may be registered, else why not, in words.
std::optional<std::string> redirectProblem(std::string_view uri);

// Character by character, but for the port of 127.0.0.1 and [::1], which is the program's to choose as it starts (RFC
// 8252 section 7.3).
bool redirectMatches(std::string_view registered, std::string_view given);

using Parameters = std::vector<std::pair<std::string, std::string>>;
std::string encodedQuery(const Parameters& parameters);
// `uri` with `parameters` behind the query that it may have already.
std::string withParameters(std::string_view uri, const Parameters& parameters);

// `uri` as a source of the CSP directive form-action, which counts for redirects after a form too.
std::string formActionSource(std::string_view uri);
// The host that an answer goes to, for people; empty: a program on their own machine.
std::string redirectHost(std::string_view uri);

}  // namespace marea::server
