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

core::unexpected<core::Error> noPlaylist(const char* why) {
    return fail(ErrorCode::NotFound, "There is no such playlist of this title.", why);
}

// Common Encryption is of MP4, AES-128 of HLS, and so is FairPlay.
bool fits(const SignalledKey* key, MasterKind kind) {
    if (!key || kind == MasterKind::DashWebm) {
        return !key;
    }
    const bool whole = key->kind.scheme == ProtectionScheme::Aes128;
    const auto outside = key->outside.of(key->kind.scheme);
    const bool nobodys = key->kind.outside && std::none_of(outside.begin(), outside.end(), isInDash);
    return kind == MasterKind::Dash ? !whole && !nobodys : kind != MasterKind::HlsTs || whole;
}

// What encryption adds, at most in bits a second: vectors and parts of each sample with Common Encryption (eight slices
// a picture, as discs have), a block of each segment with AES-128.
std::int64_t overhead(const Rendition& rendition, ProtectionScheme scheme) {
    constexpr std::int64_t audioSample = 9, videoSample = 8 + 3 + 8 * 6, segment = 96;  // bytes
    if (scheme == ProtectionScheme::Aes128) {
        return 16 * 8;
    }
    const bool video = rendition.source.kind == core::StreamKind::Video;
    const double samples = !video                    ? rendition.sampleRate / 480.0  // of 10 ms
                           : rendition.frameRate > 0 ? rendition.frameRate
                                                     : 60;
    return static_cast<std::int64_t>(samples * 8 * (video ? videoSample : audioSample)) + segment * 8;
}

void addOverhead(Presentation& presentation, const SignalledKey& key) {
    for (auto* list : {&presentation.video, &presentation.audio}) {
        for (Rendition& rendition : *list) {
            const std::int64_t more = overhead(rendition, key.kind.scheme);
            rendition.bandwidth.peak += more;
            rendition.bandwidth.average += more;
            rendition.picturesPeak += more;
        }
    }
}

}  // namespace

Result<std::string> masterPlaylist(MasterKind kind, const StreamTitle& title, const MediaIndex& index,
                                   std::string_view plan, const SignalledKey* key) {
    if (!fits(key, kind)) {
        return noPlaylist("not in that form");
    }
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
    if (key) {
        addOverhead(*presentation, *key);
    }
    if (kind == MasterKind::DashWebm) {
        auto text = dashWebmManifest(*presentation, title.info, title.file);
        return text.empty() ? Result<std::string>(noPlaylist("does not fit into WebM")) : std::move(text);
    }
    if (kind == MasterKind::Dash) {
        return dashManifest(*presentation, title.file, key ? dashProtection(*key) : "");
    }
    const std::string session = key ? hlsSessionKey(*key) : "";
    std::string text = kind == MasterKind::Hls ? hlsMaster(*presentation, title.file, session)
                                               : hlsMuxedMaster(*presentation, title.info, index, title.file);
    if (text.empty()) {
        return noPlaylist("does not fit into MPEG-TS");
    }
    return text;
}

Result<std::string> mediaPlaylist(const StreamTitle& title, const MediaIndex& index, std::string_view rendition,
                                  bool pictures, const SignalledKey* key) {
    const auto parsed = parseFinerRendition(rendition, title.info);
    if (!parsed) {
        return unexpected<core::Error>(parsed.error());
    }
    const auto described = describeRendition(parsed->tracks, title.info, index, parsed->from);
    if (!described) {
        return unexpected<core::Error>(described.error());
    }
    if (pictures && (described->pictures.empty() || described->tracks.size() > 1)) {
        return noPlaylist("no pictures that stand alone");
    }
    if (described->tracks.size() > 1 && !fits(key, MasterKind::HlsTs)) {
        return noPlaylist("not in that form");
    }
    const std::string line = key ? hlsKey(*key) : "";
    return pictures ? hlsPictures(*described, line) : hlsMedia(*described, line);
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
