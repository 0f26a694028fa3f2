#include "server/apps/library/playbackjson.h"

#include <algorithm>

#include "server/video/mimetype.h"

namespace marea::server {

namespace {

namespace json = core::json;

json::value orNull(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::array texts(const std::vector<std::string>& list) {
    json::array array;
    for (const std::string& text : list) {
        array.emplace_back(text);
    }
    return array;
}

json::value streamJson(const std::optional<StreamDecision>& stream) {
    if (!stream) {
        return nullptr;
    }
    return json::object{
        {"stream_index", stream->index}, {"mode", name(stream->mode)}, {"reasons", texts(stream->reasons)}};
}

json::object embeddedJson(const core::MediaInfo& file, const SubtitleDecision& subtitle) {
    const auto stream = std::find_if(file.streams.begin(), file.streams.end(),
                                     [&](const core::StreamInfo& known) { return known.index == subtitle.index; });
    return {{"id", "stream-" + std::to_string(subtitle.index)},
            {"language", orNull(stream->language)},
            {"title", orNull(stream->title)},
            {"format", subtitle.format},
            {"forced", stream->forced},
            {"default", stream->isDefault},
            {"embedded", true},
            {"stream_index", subtitle.index},
            {"url", nullptr},
            {"mode", name(subtitle.mode)}};
}

json::object sidecarJson(const Sidecar& sidecar, const core::Capabilities& client, const std::string& base) {
    return {{"id", sidecar.id},
            {"language", orNull(sidecar.language)},
            {"title", nullptr},
            {"format", sidecar.format == "vtt" ? "webvtt" : sidecar.format},
            {"forced", sidecar.forced},
            {"default", sidecar.isDefault},
            {"embedded", false},
            {"stream_index", nullptr},
            {"url", base + "sidecar/" + sidecar.id + "." + sidecar.format},
            {"mode", name(sidecarMode(sidecar, client))}};
}

json::array chaptersJson(const std::vector<core::Chapter>& chapters) {
    json::array array;
    for (const core::Chapter& chapter : chapters) {
        array.push_back(json::object{{"start", chapter.start}, {"end", chapter.end}, {"title", chapter.title}});
    }
    return array;
}

json::array subtitlesJson(const ItemDetail& item, const PlaybackRequest& request, const PlaybackPlan& plan,
                          const std::string& base) {
    json::array array;
    for (const SubtitleDecision& subtitle : plan.decision.subtitles) {
        array.push_back(embeddedJson(item.files[plan.file].info, subtitle));
    }
    for (const Sidecar& sidecar : item.sidecars) {
        if (sidecar.kind == SidecarKind::Subtitle) {
            array.push_back(sidecarJson(sidecar, request.client, base));
        }
    }
    return array;
}

}  // namespace

json::object playbackJson(const ItemDetail& item, const PlaybackRequest& request, const PlaybackPlan& plan,
                          const PlaybackSession& session, const PlaybackUrls& urls) {
    const ItemFile& file = item.files[plan.file];
    const auto& chapters = file.info.chapters.empty() ? item.chapters : file.info.chapters;
    return {{"session_id", session.id},
            {"mode", name(plan.decision.mode)},
            {"protocol", "progressive"},
            {"url", urls.stream},
            {"mime_type", mimeType(file.info)},
            {"file_id", file.id},
            {"video", streamJson(plan.decision.video)},
            {"audio", streamJson(plan.decision.audio)},
            {"subtitles", subtitlesJson(item, request, plan, urls.base)},
            {"duration", session.duration},
            {"position", session.position},
            {"chapters", chaptersJson(chapters)},
            {"expires_at", session.expiresAt},
            {"artwork_url", orNull(urls.artwork)}};
}

Response needsConversion(const Decision& decision, const std::string& requestId) {
    const auto reasons = decision.reasons();
    std::string detail = "This has to be converted for your player first, which this server cannot do yet";
    detail += reasons.empty() ? "." : ": " + reasons.front() + ".";
    const json::object problem{{"type", "urn:marea:error:needs_conversion"},
                               {"title", "Has to be converted"},
                               {"status", 422},
                               {"detail", detail},
                               {"request_id", requestId},
                               {"mode", name(decision.mode)},
                               {"video", streamJson(decision.video)},
                               {"audio", streamJson(decision.audio)},
                               {"reasons", texts(reasons)}};
    Response response = Response::json(422, problem);
    response.headers.set("Content-Type", "application/problem+json");
    return response;
}

json::object userStateJson(const core::Id& mediaId, const UserState& state) {
    return {{"media_id", mediaId},
            {"rating", state.rating ? json::value(*state.rating) : json::value(nullptr)},
            {"favourite", state.favourite},
            {"watched", state.watched},
            {"position", state.position},
            {"last_played_at", state.lastPlayedAt ? json::value(*state.lastPlayedAt) : json::value(nullptr)},
            {"play_count", state.playCount}};
}

}  // namespace marea::server
