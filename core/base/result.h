#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace marea::core {

// What went wrong, coarse enough that every layer can act on it. The gateway maps each code to one HTTP status.
enum class ErrorCode {
    Invalid,        // malformed, or fails a check on its form (400)
    Unauthorized,   // no credentials, or wrong ones (401)
    Forbidden,      // known, and not theirs to do (403)
    NotFound,       // not there, or not theirs to know (404)
    Conflict,       // clashes with what is there (409)
    TooLarge,       // over a limit on size (413)
    Unprocessable,  // well-formed but impossible (422)
    Busy,           // over a limit on rate or load; try again later (429)
    Unavailable,    // a dependency is down or full (503)
    Timeout,        // took longer than allowed
    Cancelled,      // the caller no longer wants it
    Io,             // the system refused: disk full, no permission, cable pulled
    Corrupt,        // data that should be ours or well-formed is not
    Internal        // a mistake of ours
};

struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string detail;  // for the log: names, numbers, errno. Never shown to people, never holds a secret
    std::string text;    // for a person: a short plain sentence in English, translatable by `code` in the app
};

template <class T>
using Result = tl::expected<T, Error>;

using tl::unexpected;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, std::string text, std::string detail = {}) {
    return tl::unexpected<Error>(Error{code, std::move(detail), std::move(text)});
}

// ErrorCode::Io with the words of `errnoValue` as detail.
[[nodiscard]] Error systemError(int errnoValue, std::string what);

const char* name(ErrorCode code);

}  // namespace marea::core
