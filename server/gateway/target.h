#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace marea::server {

// The parts of a request target, still encoded. Origin form, or absolute form, of which the path and query count
// (RFC 9112 section 3.2).
struct TargetParts {
    std::string_view path, query;
};
std::optional<TargetParts> splitTarget(std::string_view target);

// Decodes "%41" and checks the whole: starts with '/', has no empty, "." or ".." segment, no NUL or other control
// character, no backslash, no '/' that was encoded, and is valid UTF-8. One '/' at the end is cut off. nullopt: refuse.
std::optional<std::string> decodePath(std::string_view encoded);

// "a=1&b=x+y", of a query or a form (WHATWG URL section 5.1): decoded pairs in order. nullopt when malformed, not
// UTF-8, with a NUL, or more than `most`.
using QueryPairs = std::vector<std::pair<std::string, std::string>>;
inline constexpr std::size_t kMostQueryPairs = 1000;
std::optional<QueryPairs> decodeQuery(std::string_view encoded, std::size_t most = kMostQueryPairs);

bool isUtf8(std::string_view text);  // well-formed, without surrogates and overlong forms

}  // namespace marea::server
