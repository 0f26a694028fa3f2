#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "server/apps/library/playbackplan.h"
#include "server/packaging/segment.h"
#include "server/protection/outsidesystems.h"
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
    std::vector<OutsideSystem> outside;  // whose licences play it, where it is protected so
    double gain = 0;                     // dB, that the sound which plays first is louder by
    bool night = false;                  // and whether it has less between loud and quiet
};

// What comes before the path of a protected title, and its key: "e/aes-128/".
std::string protectedPath(const ProtectionKind& kind);

// The file as it is.
PlaybackDelivery directDelivery(const ItemFile& file, const PlaybackPlan& plan);

// Whether the client takes anything that is made of segments.
bool takesSegments(const core::Capabilities& client);

// How the music of that plan becomes a file for the client, made as it is sent: Opus or MP3, of a length known before,
// so that one can jump in it, at the best bitrate within the client's limit; FLAC for who takes nothing else. nullopt
// when the client takes none of them, or it is no music alone.
std::optional<TrackSpec> musicTrack(const ItemDetail& item, const PlaybackRequest& request, const PlaybackPlan& plan);

// Whether a client that takes segments as well has more from that file: it plays after one request, and there is no
// other track to choose. Its player is a browser's, which reads a file as easily.
bool prefersFile(const ItemDetail& item, const PlaybackRequest& request, const PlaybackPlan& plan,
                 const TrackSpec& music);

// That file. Pure.
PlaybackDelivery musicDelivery(const ItemDetail& item, const PlaybackPlan& plan, const TrackSpec& music);

// Whether a segment is there already, by its rendition's name.
using SegmentIsMade = std::function<bool(const std::string& rendition, SegmentFormat format, int number)>;

// Repackaged or transcoded, as the client needs it, to be begun at `start`. Unprocessable when nothing helps. Pure, but
// for what `isMade` tells: where all the pictures of `start` are there, nobody waits for pieces of them.
core::Result<PlaybackDelivery> segmentDelivery(const ItemDetail& item, const PlaybackRequest& request,
                                               const PlaybackPlan& plan, const MediaIndex& index, Ticks start,
                                               const SegmentIsMade& isMade = {});

}  // namespace marea::server
