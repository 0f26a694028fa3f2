#include "server/apps/catalog/resolution.h"

#include <array>

namespace marea::server {

namespace {

constexpr std::array<std::string_view, 5> kNames = {"", "sd", "720p", "1080p", "2160p"};

}  // namespace

// The column media_items.resolution is computed by the same rule in core/db/schema.
Resolution resolutionOf(int width, int height) {
    if (width >= 3000 || height >= 1700) {
        return Resolution::P2160;
    }
    if (width >= 1700 || height >= 900) {
        return Resolution::P1080;
    }
    if (width >= 1100 || height >= 650) {
        return Resolution::P720;
    }
    return width > 0 && height > 0 ? Resolution::Sd : Resolution::None;
}

std::string_view resolutionName(Resolution resolution) {
    return kNames.at(static_cast<std::size_t>(resolution));
}

std::optional<Resolution> resolutionNamed(std::string_view name) {
    for (std::size_t i = 1; i < kNames.size(); ++i) {
        if (kNames.at(i) == name) {
            return static_cast<Resolution>(i);
        }
    }
    return std::nullopt;
}

}  // namespace marea::server
