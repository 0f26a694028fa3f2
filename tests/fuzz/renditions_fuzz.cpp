// Names of renditions and plans, as they come in addresses: one that is taken is written the same, and is within
// bounds.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/packaging/deliveryplan.h"
#include "server/packaging/rendition.h"

using namespace marea;
using namespace marea::server;

namespace {

void demand(bool holds) {
    if (!holds)
        std::abort();
}

core::MediaInfo film() {
    core::MediaInfo file;
    file.container = "matroska";
    file.duration = 100;
    file.streams.resize(5);
    for (std::size_t i = 0; i < file.streams.size(); ++i)
        file.streams[i].index = static_cast<int>(i);
    core::StreamInfo& video = file.streams[0];
    video.kind = core::StreamKind::Video;
    video.codec = "hevc";
    video.width = 3840;
    video.height = 2160;
    video.frameRate = 24;
    video.hdr = core::HdrKind::Hdr10;
    for (const std::size_t i : {1U, 2U}) {
        file.streams[i].kind = core::StreamKind::Audio;
        file.streams[i].codec = "truehd";
        file.streams[i].channels = 8;
        file.streams[i].sampleRate = 96'000;
    }
    for (const std::size_t i : {3U, 4U}) {
        file.streams[i].kind = core::StreamKind::Subtitle;
        file.streams[i].codec = i == 3 ? "subrip" : "hdmv_pgs_subtitle";
    }
    return file;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const core::MediaInfo file = film();
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto tracks = parseRendition(text, file)) {
        demand(renditionName(*tracks, file) == text && !tracks->empty() && tracks->size() <= 2);
        for (const TrackSpec& track : *tracks) {
            const auto* video = std::get_if<VideoEncoding>(&track.encoding);
            demand(!video || (video->width <= 3840 && video->height <= 2160 && video->bitrate > 0));
        }
    }
    if (const auto plan = parsePlan(text, file))
        demand(planText(*plan, file) == text && !plan->empty());
    return 0;
}
