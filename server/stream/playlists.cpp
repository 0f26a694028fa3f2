#include "server/stream/playlists.h"

#include <algorithm>

#include "server/packaging/dash.h"
#include "server/packaging/deliveryplan.h"
#include "server/packaging/finergrid.h"
#include "server/packaging/hls.h"
#include "server/packaging/presentation.h"
#include "server/stream/spriteplan.h"

namespace marea::server {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

namespace {

// Those that are still there, in the plan's order.
std::vector<TextTrack> sidecarTracks(const StreamTitle& title, const DeliveryPlan& plan) {
    std::vector<TextTrack> tracks;
    for (const std::string& id : plan.sidecars) {
        const auto known = std::find_if(title.sidecars.begin(), title.sidecars.end(),
                                        [&](const StreamSidecar& sidecar) { return sidecar.id == id; });
        if (known != title.sidecars.end()) {
            tracks.push_back({"x" + id, known->language, "", known->forced, known->hearingImpaired});
        }
    }
    return tracks;
}

}  // namespace

Result<std::string> masterPlaylist(MasterKind kind, const StreamTitle& title, const MediaIndex& index,
                                   std::string_view plan) {
    const auto parsed = parsePlan(plan, title.info);
    if (!parsed) {
        return unexpected<core::Error>(parsed.error());
    }
    auto presentation = present(*parsed, title.info, index, sidecarTracks(title, *parsed));
    if (!presentation) {
        return unexpected<core::Error>(presentation.error());
    }
    if (!presentation->video.empty()) {
        presentation->thumbnails = thumbnails(spritePlan(title.info), toTicks(title.info.duration));
    }
    if (kind == MasterKind::Dash) {
        return dashManifest(*presentation, title.file);
    }
    std::string text = kind == MasterKind::Hls ? hlsMaster(*presentation, title.file)
                                               : hlsMuxedMaster(*presentation, title.info, index, title.file);
    if (text.empty()) {
        return fail(ErrorCode::NotFound, "There is no such playlist of this title.", "does not fit into MPEG-TS");
    }
    return text;
}

Result<std::string> mediaPlaylist(const StreamTitle& title, const MediaIndex& index, std::string_view rendition,
                                  bool pictures) {
    const auto parsed = parseFinerRendition(rendition, title.info);
    if (!parsed) {
        return unexpected<core::Error>(parsed.error());
    }
    const auto described = describeRendition(parsed->tracks, title.info, index, parsed->from);
    if (!described) {
        return unexpected<core::Error>(described.error());
    }
    if (pictures && (described->pictures.empty() || described->tracks.size() > 1)) {
        return fail(ErrorCode::NotFound, "There is no such playlist of this title.", "no pictures that stand alone");
    }
    return pictures ? hlsPictures(*described) : hlsMedia(*described);
}

std::string subtitlePlaylist(const core::MediaInfo& file) {
    return hlsSubtitles(toTicks(file.duration));
}

std::string withTimestampMap(std::string webVtt) {
    const std::string map = "X-TIMESTAMP-MAP=MPEGTS:" + std::to_string(kPresentationShift) + ",LOCAL:00:00:00.000\n";
    const auto end = webVtt.find('\n');
    if (end == std::string::npos) {
        return webVtt + "\n" + map;
    }
    return webVtt.insert(end + 1, map);
}

}  // namespace marea::server
