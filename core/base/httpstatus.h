#pragma once

#include "core/base/result.h"

namespace marea::core {

// What a server's refusal is here, by its status (RFC 9110 section 15); for statuses of 400 and above.
ErrorCode errorOfStatus(int status);

}  // namespace marea::core
