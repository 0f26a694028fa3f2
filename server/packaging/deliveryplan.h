#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/media/capabilities.h"
#include "core/media/mediainfo.h"
#include "server/packaging/segment.h"
#include "server/video/decision.h"

namespace marea::server {

// HlsTs: HLS of MPEG-TS, picture and sound in one, for old players and for those on libav. DashWebm: DASH of WebM.
enum class StreamProtocol { None, Hls, HlsTs, Dash, DashWebm };
const char* name(StreamProtocol protocol);  // "hls", "dash", "" for None

// What a client gets to choose from.
struct DeliveryPlan {
    std::vector<TrackSpec> video;       // the same picture, from best to worst
    std::vector<TrackSpec> audio;       // the first is played without a choice
    std::vector<int> subtitles;         // text streams of the file
    std::vector<std::string> sidecars;  // ids of text files beside it
    std::optional<int> finerFrom;       // the segment where encoded pictures come in pieces (finergrid.h)

    bool empty() const { return video.empty() && audio.empty(); }
    bool operator==(const DeliveryPlan&) const = default;
};

struct Delivery {
    StreamProtocol protocol = StreamProtocol::None;  // None: nothing of it can be streamed to that client
    DeliveryPlan plan;
};

// How `decision` is carried out in segments: streams that the client takes are copied where CMAF (or MPEG-TS) and the
// index allow it, others are encoded within the client's limits. All audio tracks come, `decision.audio` first; of
// subtitles the text, and into the picture what `choice` says and the client cannot draw.
Delivery planDelivery(const core::MediaInfo& file, const MediaIndex& index, const core::Capabilities& client,
                      const Decision& decision, const StreamChoice& choice = {},
                      const std::vector<std::string>& sidecars = {});

// Subtitles that become WebVTT.
bool isTextSubtitle(std::string_view codec);

// Names joined by '.', as they stand in URLs: renditions, then "s3" of streams and "x" and the id of sidecars.
std::string planText(const DeliveryPlan& plan, const core::MediaInfo& file);
// From a URL, strict: NotFound for whatever planText does not give back letter by letter. Whether there is such a
// sidecar is left to the caller.
core::Result<DeliveryPlan> parsePlan(std::string_view text, const core::MediaInfo& file);

}  // namespace marea::server
