#pragma once

#include <string>

#include "core/base/result.h"

namespace marea::core {

// The names in an open folder are on the disk, as far as its file system can do that.
Result<void> flushNames(int folder);
Result<void> flushNames(const std::string& path);

}  // namespace marea::core
