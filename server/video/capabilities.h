#pragma once

#include <optional>
#include <string_view>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/media/capabilities.h"

namespace marea::server {

// The capabilities behind a preset's name: "mpv", "chromium", "firefox", "safari", "vlc", "basic-hls".
std::optional<core::Capabilities> capabilityPreset(std::string_view name);

// `capabilities` of a playback request: a preset, the full form, or a preset with parts of the full form, which
// replace the preset's. Strict: unknown fields and presets, wrong types and values out of bounds are Invalid.
core::Result<core::Capabilities> parseCapabilities(const core::json::value& value);

}  // namespace marea::server
