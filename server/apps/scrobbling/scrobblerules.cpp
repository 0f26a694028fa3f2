#include "server/apps/scrobbling/scrobblerules.h"

#include <algorithm>
#include <cmath>

#include "core/base/id.h"
#include "core/base/jsonfields.h"
#include "core/base/utf8.h"
#include "server/outbound/retry.h"

namespace marea::server {

namespace json = core::json;
using core::ErrorCode;
using core::Result;
using core::TimeMs;

namespace {

constexpr std::size_t kLongestName = 1000, kMostArtists = 20;  // a listen has 10 KiB at the service
constexpr TimeMs kFirstWait = 30'000, kLongestWait = 3600'000;

std::string lowerCase(std::string_view text) {
    std::string lower(text);
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; });
    return lower;
}

json::array idsOf(const std::vector<std::string>& ids) {
    json::array list;
    for (const std::string& id : ids) {
        list.emplace_back(id);
    }
    return list;
}

json::object metadataOf(const ScrobbledTrack& track, std::string_view version) {
    json::object more{
        {"media_player", "Marea"}, {"submission_client", "Marea"}, {"submission_client_version", version}};
    if (track.duration > 0) {
        more["duration_ms"] = static_cast<std::int64_t>(std::llround(track.duration * 1000));
    }
    if (track.number > 0) {
        more["tracknumber"] = track.number;
    }
    if (!track.recordingId.empty()) {
        more["recording_mbid"] = track.recordingId;
    }
    if (!track.releaseId.empty()) {
        more["release_mbid"] = track.releaseId;
    }
    if (!track.artistIds.empty()) {
        more["artist_mbids"] = idsOf(track.artistIds);
    }
    json::object metadata{{"artist_name", core::cleanText(track.artist, kLongestName)},
                          {"track_name", core::cleanText(track.title, kLongestName)},
                          {"additional_info", std::move(more)}};
    if (!track.album.empty()) {
        metadata["release_name"] = core::cleanText(track.album, kLongestName);
    }
    return metadata;
}

std::string bodyOf(const char* type, json::array payload) {
    return json::serialize(json::object{{"listen_type", type}, {"payload", std::move(payload)}});
}

}  // namespace

bool isTellable(const ScrobbledTrack& track) {
    return !core::cleanText(track.artist).empty() && !core::cleanText(track.title).empty();
}

std::vector<std::string> musicBrainzIds(std::string_view tag) {
    std::vector<std::string> ids;
    while (!tag.empty() && ids.size() < kMostArtists) {
        const auto end = std::min(tag.find_first_of("/;, \t\n"), tag.size());
        const std::string id = lowerCase(tag.substr(0, end));
        if (core::isId(id) && std::find(ids.begin(), ids.end(), id) == ids.end()) {
            ids.push_back(id);
        }
        tag.remove_prefix(std::min(end + 1, tag.size()));
    }
    return ids;
}

std::string playingNowBody(const ScrobbledTrack& track, std::string_view version) {
    return bodyOf("playing_now", {json::object{{"track_metadata", metadataOf(track, version)}}});
}

std::string listensBody(const std::vector<Listen>& listens, std::string_view version) {
    json::array payload;
    for (const Listen& listen : listens) {
        payload.push_back(
            json::object{{"listened_at", listen.at / 1000}, {"track_metadata", metadataOf(listen.track, version)}});
    }
    return bodyOf(listens.size() == 1 ? "single" : "import", std::move(payload));
}

Telling tellingOf(const Result<OutboundAnswer>& answer, TimeMs now) {
    using Outcome = Telling::Outcome;
    if (!answer) {
        return {Outcome::Later, {}, answer.error().text};
    }
    const int status = answer->status;
    if (status >= 200 && status < 300) {
        return {Outcome::Told, {}, {}};
    }
    if (status == 401 || status == 403) {
        return {Outcome::Unauthorized, {}, "The service does not accept the token any more. Enter a new one."};
    }
    if (status == 400 || status == 413 || status == 422) {
        return {Outcome::Refused, {}, "The service did not accept what was played."};
    }
    return {Outcome::Later, retryAfter(answer->headers, now), "The service cannot be used just now."};
}

TimeMs waitAfterFailures(int failures, std::optional<TimeMs> told, double dice) {
    return std::max(told.value_or(0), backOff(failures, dice, kFirstWait, kLongestWait));
}

Result<std::optional<std::string>> validatedUser(const Result<OutboundAnswer>& answer) {
    if (!answer) {
        return core::unexpected<core::Error>(answer.error());
    }
    if (answer->status == 401 || answer->status == 403) {
        return std::optional<std::string>();
    }
    const auto body = core::parseJson(answer->body);
    const json::object* fields = body ? body->if_object() : nullptr;
    const json::value* valid = fields ? fields->if_contains("valid") : nullptr;
    if (answer->status != 200 || !valid || !valid->is_bool()) {
        return core::fail(ErrorCode::Unavailable, "The service gives no proper answer. Try again later.",
                          "validate-token: " + std::to_string(answer->status));
    }
    if (!valid->get_bool()) {
        return std::optional<std::string>();
    }
    const json::value* name = fields->if_contains("user_name");
    return std::optional(name && name->is_string() ? core::cleanText(std::string_view(name->get_string()), 200)
                                                   : std::string());
}

}  // namespace marea::server
