#include "server/apps/library/playbackplan.h"

#include <algorithm>

#include "core/base/jsonfields.h"
#include "server/apps/library/picturesidecars.h"
#include "server/video/capabilities.h"
#include "server/video/names.h"

namespace marea::server {

namespace {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

constexpr double longest = 1e7;  // seconds; over a hundred days
constexpr int mostStreams = 4096;

// A stream's index, a sidecar's id, or null for none.
void readSubtitle(core::JsonFields& fields, PlaybackRequest& request) {
    const core::json::value* value = fields.raw("subtitle");
    if (!value || value->is_null()) {
        return;
    }
    if (value->is_string()) {
        request.subtitleFile = fields.text("subtitle", 64).value_or("");
    } else if (const auto index = fields.integer("subtitle", 0, mostStreams)) {
        request.subtitle = static_cast<int>(*index);
    }
}

void readProfile(core::JsonFields& fields, PlaybackRequest& request) {
    const auto name = fields.text("audio_profile", 32);
    if (const auto profile = name ? soundProfile(*name) : std::nullopt) {
        request.sound = *profile;
    } else if (name) {
        fields.wrong("audio_profile", "must be normalised or night");
    }
}

SoundProfile soundOf(const PlaybackRequest& request) {
    const StreamProfile::Audio audio = request.profile ? request.profile->audio : StreamProfile::Audio{};
    const bool normalised = audio.loudness == ProfileSound::Normalised;
    return request.sound.value_or(audio.night  ? SoundProfile::Night
                                  : normalised ? SoundProfile::Normalised
                                               : SoundProfile::AsIs);
}

bool plays(const ItemFile& file) {
    return file.status == "ok" && file.part <= 1;
}

std::string whyNothingPlays(const ItemDetail& item) {
    if (!item.problem.empty()) {
        return item.problem;
    }
    for (const ItemFile& file : item.files) {
        if (!file.problem.empty()) {
            return file.problem;
        }
    }
    return item.files.empty() ? "This is not something that plays by itself." : "The file is not there at the moment.";
}

Result<std::size_t> chosenFile(const ItemDetail& item, const PlaybackRequest& request) {
    const auto found = std::find_if(item.files.begin(), item.files.end(),
                                    [&](const ItemFile& file) { return file.id == request.file; });
    if (found == item.files.end()) {
        return fail(ErrorCode::NotFound, "There is no such file.");
    }
    if (found->status != "ok") {
        return fail(ErrorCode::Unprocessable, found->problem.empty() ? whyNothingPlays(item) : found->problem);
    }
    return static_cast<std::size_t>(found - item.files.begin());
}

Result<std::size_t> bestFile(const ItemDetail& item, const PlaybackRequest& request) {
    std::vector<core::MediaInfo> versions;
    std::vector<std::size_t> at;
    for (std::size_t i = 0; i < item.files.size(); ++i) {
        if (plays(item.files[i])) {
            versions.push_back(item.files[i].info);
            at.push_back(i);
        }
    }
    if (versions.empty()) {
        return fail(ErrorCode::Unprocessable, whyNothingPlays(item));
    }
    return at[bestVersion(versions, request.client).value_or(0)];
}

bool hasStream(const core::MediaInfo& file, core::StreamKind kind, std::optional<int> index) {
    return !index || std::any_of(file.streams.begin(), file.streams.end(), [&](const core::StreamInfo& stream) {
        return stream.kind == kind && stream.index == *index;
    });
}

Result<void> checkChoice(const ItemDetail& item, const core::MediaInfo& file, const PlaybackRequest& request) {
    if (!hasStream(file, core::StreamKind::Audio, request.audio)) {
        return fail(ErrorCode::Unprocessable, "There is no such audio track in this file.");
    }
    const bool sidecar = request.subtitleFile.empty() || pictureStream(item, request.subtitleFile) ||
                         std::any_of(item.sidecars.begin(), item.sidecars.end(),
                                     [&](const Sidecar& known) { return known.id == request.subtitleFile; });
    if (!sidecar || !hasStream(file, core::StreamKind::Subtitle, request.subtitle)) {
        return fail(ErrorCode::Unprocessable, "There are no such subtitles.");
    }
    return {};
}

}  // namespace

Result<PlaybackRequest> parsePlaybackRequest(std::string_view body) {
    auto value = core::parseJson(body);
    if (!value) {
        return unexpected<Error>(value.error());
    }
    core::JsonFields fields(*value, "");
    PlaybackRequest request;
    fields.require("capabilities");
    const core::json::value* capabilities = fields.raw("capabilities");
    request.start = fields.number("start", 0, longest);
    if (const auto audio = fields.integer("audio", 0, mostStreams)) {
        request.audio = static_cast<int>(*audio);
    }
    readSubtitle(fields, request);
    request.file = fields.text("file", 64).value_or("");
    readProfile(fields, request);
    request.profileName = fields.text("profile", 200).value_or("");
    if (auto done = fields.finish(); !done) {
        return unexpected<Error>(done.error());
    }
    auto client = parseCapabilities(*capabilities);
    if (!client) {
        return unexpected<Error>(client.error());
    }
    request.client = std::move(*client);
    return request;
}

StreamChoice streamChoice(const ItemDetail& item, const ItemFile& file, const PlaybackRequest& request) {
    const auto subtitle = request.subtitleFile.empty() ? request.subtitle : pictureStream(item, request.subtitleFile);
    return {request.audio, subtitle, soundChanges(file, soundOf(request)), request.profile, file.rungs};
}

PlaybackRequest underProfile(PlaybackRequest request, StreamProfilePtr profile) {
    request.client = limited(std::move(request.client), *profile);
    request.profile = std::move(profile);
    return request;
}

Result<PlaybackPlan> planPlayback(const ItemDetail& item, const PlaybackRequest& request) {
    const auto at = request.file.empty() ? bestFile(item, request) : chosenFile(item, request);
    if (!at) {
        return unexpected<Error>(at.error());
    }
    const core::MediaInfo& file = item.files[*at].info;
    if (auto done = checkChoice(item, file, request); !done) {
        return unexpected<Error>(done.error());
    }
    PlaybackPlan plan{*at, decide(file, request.client, streamChoice(item, item.files[*at], request))};
    if (!plan.decision.playable()) {
        return fail(ErrorCode::Unprocessable, plan.decision.unplayable);
    }
    return plan;
}

SubtitleMode sidecarMode(const Sidecar& sidecar, const core::Capabilities& client) {
    const std::string_view kind = subtitleKind(sidecar.format);
    const bool draws = std::find(client.subtitles.begin(), client.subtitles.end(), kind) != client.subtitles.end();
    if (draws || (client.anything && !isPictureSubtitle(kind))) {
        return SubtitleMode::Direct;
    }
    return SubtitleMode::None;  // pictures are decided on as streams: picturesidecars.h
}

}  // namespace marea::server
