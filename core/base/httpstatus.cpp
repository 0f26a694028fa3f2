#include "core/base/httpstatus.h"

namespace marea::core {

ErrorCode errorOfStatus(int status) {
    switch (status) {
        case 401:
            return ErrorCode::Unauthorized;
        case 403:
            return ErrorCode::Forbidden;
        case 404:
            return ErrorCode::NotFound;
        case 409:
            return ErrorCode::Conflict;
        case 413:
            return ErrorCode::TooLarge;
        case 422:
            return ErrorCode::Unprocessable;
        case 429:
            return ErrorCode::Busy;
        default:
            return status >= 500 ? ErrorCode::Unavailable : ErrorCode::Invalid;
    }
}

}  // namespace marea::core
