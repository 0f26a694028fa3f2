#pragma once

#include <string>
#include <string_view>

#include "server/packaging/presentation.h"

namespace marea::server {

// manifest.mpd (ISO/IEC 23009-1): static, one Period, numbered segments on a timeline. Addresses are relative to
// dash/<file>/<plan>/. `protection`: ContentProtection elements of each picture and sound.
std::string dashManifest(const Presentation& presentation, std::string_view fileId, std::string_view protection = {});

// webm.mpd: the same of WebM segments. Empty when a track does not fit into that.
std::string dashWebmManifest(const Presentation& presentation, const core::MediaInfo& file, std::string_view fileId);

}  // namespace marea::server
