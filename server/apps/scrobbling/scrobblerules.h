#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/json.h"
#include "server/outbound/outbound.h"

namespace marea::server {

// A song as services for listens know it. MusicBrainz ids are empty where the file's tags have none.
struct ScrobbledTrack {
    std::string artist, title, album;
    double duration = 0;  // seconds, 0: unknown
    int number = 0;       // in its album, 0: unknown
    std::string recordingId, releaseId;
    std::vector<std::string> artistIds;
};

struct Listen {
    std::int64_t seq = 0;  // of the event that it comes from
    core::TimeMs at = 0;   // when it began
    ScrobbledTrack track;
};

// Whether a service can know it: it has a title and an artist.
bool isTellable(const ScrobbledTrack& track);

// The ids in a tag that may hold several, each of the canonical form.
std::vector<std::string> musicBrainzIds(std::string_view tag);

// ListenBrainz's bodies: https://listenbrainz.readthedocs.io/en/latest/users/json.html
std::string playingNowBody(const ScrobbledTrack& track, std::string_view version);
std::string listensBody(const std::vector<Listen>& listens, std::string_view version);

// What became of listens that were sent.
struct Telling {
    enum class Outcome {
        Told,          // the service has them
        Unauthorized,  // the token is not good any more
        Refused,       // the service will never take them
        Later          // to be tried again
    };
    Outcome outcome = Outcome::Later;
    std::optional<core::TimeMs> wait;  // of Later: as the service wishes
    std::string words;                 // for the person, of all but Told
};
Telling tellingOf(const core::Result<OutboundAnswer>& answer, core::TimeMs now);

// How long nothing is tried after `failures` in a row.
core::TimeMs waitAfterFailures(int failures, std::optional<core::TimeMs> told, double dice);

// Whose token it is: /1/validate-token's answer. nullopt: nobody's. An error: the service says neither.
core::Result<std::optional<std::string>> validatedUser(const core::Result<OutboundAnswer>& answer);

}  // namespace marea::server
