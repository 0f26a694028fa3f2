#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace marea::server {

// The classes of picture sizes that people know, as media_items.resolution has them.
enum class Resolution : std::int64_t { None = 0, Sd = 1, P720 = 2, P1080 = 3, P2160 = 4 };

// By the longer side, as films are often cut to less height, or by the height of narrow pictures.
Resolution resolutionOf(int width, int height);

std::string_view resolutionName(Resolution resolution);  // "sd", "720p", "1080p", "2160p"; empty without a picture
std::optional<Resolution> resolutionNamed(std::string_view name);

}  // namespace marea::server
