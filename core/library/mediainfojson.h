#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/media/mediainfo.h"

namespace marea::core::library {

// MediaInfo as the catalogue keeps it: compact JSON, defaults left out. What is read back is equal.
std::string toText(const MediaInfo& info);
std::optional<MediaInfo> mediaInfoFromText(std::string_view text);

}  // namespace marea::core::library
