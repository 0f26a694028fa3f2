#pragma once

#include <optional>
#include <string_view>

#include "core/base/result.h"
#include "core/media/capabilities.h"
#include "server/apps/catalog/item.h"
#include "server/apps/library/soundprofile.h"
#include "server/video/decision.h"
#include "server/video/streamprofile.h"

namespace marea::server {

// The body of POST …/playback.
struct PlaybackRequest {
    core::Capabilities client;
    std::optional<double> start;         // seconds
    std::optional<int> audio, subtitle;  // stream indexes
    core::Id subtitleFile;               // a sidecar chosen instead
    core::Id file;                       // a version or part chosen by the user; empty: the best one
    std::optional<SoundProfile> sound;   // nullopt: as the profile says
    std::string profileName;             // empty: the default one
    StreamProfilePtr profile = {};       // of that name, once it was found; null: the default one
};
core::Result<PlaybackRequest> parsePlaybackRequest(std::string_view body);

// The same request under a profile: the client is kept to its limits.
PlaybackRequest underProfile(PlaybackRequest request, StreamProfilePtr profile);

struct PlaybackPlan {
    std::size_t file = 0;  // index into ItemDetail::files
    Decision decision;
};

// What was asked for, as decisions take it.
StreamChoice streamChoice(const ItemDetail& item, const ItemFile& file, const PlaybackRequest& request);

// Chooses the file and decides how it gets to the client. NotFound: no such file in this item. Unprocessable, in words:
// broken, encrypted, or nothing that plays by itself. Pure.
core::Result<PlaybackPlan> planPlayback(const ItemDetail& item, const PlaybackRequest& request);

// How the client gets at a subtitle beside the film.
SubtitleMode sidecarMode(const Sidecar& sidecar, const core::Capabilities& client);

}  // namespace marea::server
