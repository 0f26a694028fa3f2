#pragma once

#include <string>

#include "core/library/scanplan.h"

namespace marea::server {

// The strong ETag of a file, in quotes: another one as soon as size, time or file are.
std::string fileTag(const core::library::FileStamp& stamp);

}  // namespace marea::server
