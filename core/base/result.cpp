#include "core/base/result.h"

#include <system_error>

namespace marea::core {

Error systemError(int errnoValue, std::string what) {
    const std::string reason = std::generic_category().message(errnoValue);
    return Error{ErrorCode::Io, what + ": " + reason, what + ": " + reason};
}

const char* name(ErrorCode code) {
    switch (code) {
        case ErrorCode::Invalid:
            return "invalid";
        case ErrorCode::Unauthorized:
            return "unauthorized";
        case ErrorCode::Forbidden:
            return "forbidden";
        case ErrorCode::NotFound:
            return "not-found";
        case ErrorCode::Conflict:
            return "conflict";
        case ErrorCode::TooLarge:
            return "too-large";
        case ErrorCode::Unprocessable:
            return "unprocessable";
        case ErrorCode::Busy:
            return "busy";
        case ErrorCode::Unavailable:
            return "unavailable";
        case ErrorCode::Timeout:
            return "timeout";
        case ErrorCode::Cancelled:
            return "cancelled";
        case ErrorCode::Io:
            return "io";
        case ErrorCode::Corrupt:
            return "corrupt";
        case ErrorCode::Internal:
            break;
    }
    return "internal";
}

}  // namespace marea::core
