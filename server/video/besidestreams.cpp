#include "server/video/besidestreams.h"

#include <algorithm>
#include <cstdint>

namespace marea::server {

int besideStream(const core::Id& sidecar, int track) {
    constexpr std::uint64_t files = 30'000;
    static_assert(kFirstBeside + files * kMostTracksBeside <= kLastBeside);
    std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
    for (const char c : sidecar) {
        hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3;
    }
    return kFirstBeside + static_cast<int>(hash % files) * kMostTracksBeside + track;
}

bool addBeside(core::MediaInfo& file, core::StreamInfo stream, const core::Id& sidecar, int track,
               std::string_view format) {
    stream.index = besideStream(sidecar, track);
    stream.kind = core::StreamKind::Subtitle;
    stream.codec = format == "sup" ? "hdmv_pgs_subtitle" : format == "idx" ? "dvd_subtitle" : "";
    const bool taken = std::any_of(file.streams.begin(), file.streams.end(),
                                   [&](const core::StreamInfo& known) { return known.index == stream.index; });
    if (stream.codec.empty() || taken || track < 0 || track >= kMostTracksBeside) {
        return false;
    }
    file.streams.push_back(std::move(stream));
    return true;
}

}  // namespace marea::server
