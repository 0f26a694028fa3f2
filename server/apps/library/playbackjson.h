#pragma once

#include <string>

#include "core/base/json.h"
#include "server/apps/library/delivery.h"
#include "server/apps/library/playbackplan.h"
#include "server/apps/library/playbacksessions.h"
#include "server/gateway/http.h"

namespace marea::server {

// What goes into the answer beside the plan.
struct PlaybackUrls {
    std::string stream;   // of the chosen file
    std::string base;     // "/stream/<token>/<title>/"
    std::string artwork;  // empty: none
};

core::json::object playbackJson(const ItemDetail& item, const PlaybackRequest& request, const PlaybackPlan& plan,
                                const PlaybackDelivery& delivery, const PlaybackSession& session,
                                const PlaybackUrls& urls);

// The list of a file's thumbnails below "/stream/<token>/<title>/".
std::string spritesPath(const ItemFile& file, const std::string& base);

// The decision alone, of a playback that has not begun, and where its thumbnails are; "": none were made.
core::json::object planJson(const ItemFile& file, const Decision& decision, const std::string& sprites);

// 422 for what has to be repackaged or transcoded for a player that takes whole files alone, with the decision as
// extension members (RFC 9457 section 3.2).
Response needsConversion(const Decision& decision, const std::string& requestId);

core::json::object userStateJson(const core::Id& mediaId, const UserState& state);

}  // namespace marea::server
