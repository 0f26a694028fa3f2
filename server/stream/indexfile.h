#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"
#include "server/packaging/segment.h"

namespace marea::server {

// A MediaIndex as bytes for a file. Short: keyframes are differences. Reading trusts nothing; Corrupt for anything
// that is not a whole index of this version. Pure.
std::string indexToBytes(const MediaIndex& index);
core::Result<MediaIndex> indexFromBytes(std::string_view bytes);

}  // namespace marea::server
