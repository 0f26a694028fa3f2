#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/clock.h"

namespace marea::server {

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7); the fraction of a second is cut off.
std::string httpDate(core::TimeMs time);
// Only that form, which every client of today sends; nullopt for anything else.
std::optional<core::TimeMs> parseHttpDate(std::string_view text);

// The fields of a request that make its answer depend on what the client has. Empty: not sent.
struct Conditions {
    std::string range, ifRange, ifNoneMatch, ifModifiedSince, ifMatch, ifUnmodifiedSince;
    bool any() const {
        return !range.empty() || !ifNoneMatch.empty() || !ifModifiedSince.empty() || !ifMatch.empty() ||
               !ifUnmodifiedSince.empty();
    }
};

// What the answer would be labelled with. Empty: without such a label.
struct Validators {
    std::string_view etag;          // with its quotes, "W/" in front of a weak one
    std::string_view lastModified;  // as sent
};

enum class Precondition { Proceed, NotModified, Failed };

// For GET and HEAD, in the order of RFC 9110 section 13.2.2.
Precondition evaluate(const Conditions& conditions, const Validators& validators);

// Whether the Range field still counts: there is no If-Range, or it names just this version by a strong comparison.
bool rangeStillValid(const Conditions& conditions, const Validators& validators);

}  // namespace marea::server
