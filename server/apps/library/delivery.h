#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "server/apps/library/playbackplan.h"
#include "server/packaging/segment.h"
#include "server/protection/schemes.h"

namespace marea::server {

// How a session's stream reaches its player.
struct PlaybackDelivery {
    std::string protocol = "progressive";  // "progressive", "hls", "dash"
    std::string path;                      // after "/stream/<token>/<title>/"
    std::string mimeType;
    DeliveryMode mode = DeliveryMode::Direct;
    std::optional<StreamDecision> video, audio;
    std::vector<std::string> renditions;  // that a player takes first; empty: the file as it is
    SegmentFormat format = SegmentFormat::Mp4;
    std::optional<ProtectionKind> protection;
};

// What comes before the path of a protected title, and its key: "e/aes-128/".
std::string protectedPath(const ProtectionKind& kind);

// The file as it is.
PlaybackDelivery directDelivery(const ItemFile& file, const PlaybackPlan& plan);

// Whether the client takes anything that is made of segments.
bool takesSegments(const core::Capabilities& client);

// Whether the client, which takes no segments, can have the music of that plan as an MP3 file.
bool takesMp3(const core::Capabilities& client, const PlaybackPlan& plan);

// That file: made as it is sent, of a length known before, so that the client can jump in it. Unprocessable when
// nothing helps. Pure.
core::Result<PlaybackDelivery> mp3Delivery(const ItemDetail& item, const PlaybackRequest& request,
                                           const PlaybackPlan& plan);

// Repackaged or transcoded, as the client needs it, to be begun at `start`. Unprocessable when nothing helps. Pure.
core::Result<PlaybackDelivery> segmentDelivery(const ItemDetail& item, const PlaybackRequest& request,
                                               const PlaybackPlan& plan, const MediaIndex& index, Ticks start);

}  // namespace marea::server
