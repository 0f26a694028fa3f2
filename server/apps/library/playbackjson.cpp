#include "server/apps/library/playbackjson.h"

#include <algorithm>
#include <cmath>

#include "core/media/loudness.h"
#include "server/apps/library/picturesidecars.h"
#include "server/audio/musictags.h"
#include "server/packaging/deliveryplan.h"
#include "server/stream/spriteplan.h"
#include "server/video/besidestreams.h"
#include "server/video/names.h"

namespace marea::server {

namespace {

namespace json = core::json;

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
    json::array why;
    for (const Reason& reason : stream->why) {
        json::object values;
        for (const auto& [key, value] : reason.values) {
            values[key] = value;
        }
        why.push_back(json::object{{"code", reason.code}, {"values", std::move(values)}});
    }
    return json::object{{"stream_index", stream->index},
                        {"mode", name(stream->mode)},
                        {"reasons", texts(stream->reasons)},
                        {"why", std::move(why)}};
}

bool drawsWebVtt(const core::Capabilities& client) {
    return std::find(client.subtitles.begin(), client.subtitles.end(), "webvtt") != client.subtitles.end();
}

// What a client cannot draw, or not find inside a file, it gets as WebVTT, where it is text.
struct SubtitleUrl {
    std::string url, format;
    SubtitleMode mode = SubtitleMode::None;
};

SubtitleUrl asWebVtt(const std::string& base, const core::Id& file, const std::string& track) {
    return {base + "m/" + file + "/" + track + "/subtitles.vtt", "webvtt", SubtitleMode::Direct};
}

json::object embeddedJson(const ItemFile& file, const SubtitleDecision& subtitle, const PlaybackRequest& request,
                          const PlaybackDelivery& delivery, const std::string& base) {
    const auto& streams = file.info.streams;
    const auto stream = std::find_if(streams.begin(), streams.end(),
                                     [&](const core::StreamInfo& known) { return known.index == subtitle.index; });
    const bool inFile = delivery.renditions.empty() && subtitle.mode == SubtitleMode::Direct;
    SubtitleUrl track{"", subtitle.format, subtitle.mode};
    const bool drawn = !delivery.renditions.empty() && subtitle.mode == SubtitleMode::Burn;
    if (!inFile && !drawn && isTextSubtitle(stream->codec)) {
        track = drawsWebVtt(request.client) ? asWebVtt(base, file.id, "s" + std::to_string(subtitle.index))
                                            : SubtitleUrl{"", subtitle.format, SubtitleMode::None};
    } else if (!inFile && subtitle.mode == SubtitleMode::Direct) {  // pictures do not go into segments
        track.mode = SubtitleMode::Burn;
    }
    return {{"id", "stream-" + std::to_string(subtitle.index)},
            {"language", core::jsonOrNull(stream->language)},
            {"title", core::jsonOrNull(stream->title)},
            {"format", track.format},
            {"forced", stream->forced},
            {"default", stream->isDefault},
            {"embedded", true},
            {"stream_index", subtitle.index},
            {"url", core::jsonOrNull(track.url)},
            {"mode", name(track.mode)}};
}

json::object sidecarJson(const Sidecar& sidecar, const core::Id& file, const core::Capabilities& client,
                         const std::string& base) {
    SubtitleUrl track{base + "sidecar/" + sidecar.id + "." + sidecar.format,
                      sidecar.format == "vtt" ? "webvtt" : sidecar.format, sidecarMode(sidecar, client)};
    if (track.mode == SubtitleMode::None && drawsWebVtt(client)) {
        track = asWebVtt(base, file, "x" + sidecar.id);
    }
    return {{"id", sidecar.id},         {"language", core::jsonOrNull(sidecar.language)},
            {"title", nullptr},         {"format", track.format},
            {"forced", sidecar.forced}, {"default", sidecar.isDefault},
            {"embedded", false},        {"stream_index", nullptr},
            {"url", track.url},         {"mode", name(track.mode)}};
}

// A file of pictures, each of its languages apart: drawn by the player, or chosen and drawn into the film.
void addPictures(json::array& array, const Sidecar& sidecar, const PlaybackPlan& plan, const std::string& base) {
    const std::vector<std::string> languages = pictureTracks(sidecar);
    for (std::size_t track = 0; track < languages.size(); ++track) {
        const int stream = besideStream(sidecar.id, static_cast<int>(track));
        const auto& all = plan.decision.subtitles;
        const auto its =
            std::find_if(all.begin(), all.end(), [&](const SubtitleDecision& one) { return one.index == stream; });
        const SubtitleMode mode = its == all.end() ? SubtitleMode::None : its->mode;
        const bool drawn = mode == SubtitleMode::Direct;
        array.push_back(json::object{
            {"id", trackId(sidecar, track)},
            {"language", core::jsonOrNull(languages[track])},
            {"title", nullptr},
            {"format", sidecar.format},
            {"forced", sidecar.forced},
            {"default", sidecar.isDefault},
            {"embedded", false},
            {"stream_index", nullptr},
            {"url", drawn ? json::value(base + "sidecar/" + sidecar.id + "." + sidecar.format) : json::value(nullptr)},
            {"mode", name(mode)}});
    }
}

json::array chaptersJson(const std::vector<core::Chapter>& chapters) {
    json::array array;
    for (const core::Chapter& chapter : chapters) {
        array.push_back(json::object{{"start", chapter.start}, {"end", chapter.end}, {"title", chapter.title}});
    }
    return array;
}

json::array subtitlesJson(const ItemDetail& item, const PlaybackRequest& request, const PlaybackPlan& plan,
                          const PlaybackDelivery& delivery, const std::string& base) {
    json::array array;
    const ItemFile& file = item.files[plan.file];
    for (const SubtitleDecision& subtitle : plan.decision.subtitles) {
        if (!isBeside(subtitle.index)) {
            array.push_back(embeddedJson(file, subtitle, request, delivery, base));
        }
    }
    for (const Sidecar& sidecar : item.sidecars) {
        if (sidecar.kind == SidecarKind::Subtitle && isPictureSubtitle(subtitleKind(sidecar.format))) {
            addPictures(array, sidecar, plan, base);
        } else if (sidecar.kind == SidecarKind::Subtitle) {
            array.push_back(sidecarJson(sidecar, file.id, request.client, base));
        }
    }
    return array;
}

json::value rounded(const std::optional<double>& value) {
    return value && std::isfinite(*value) ? json::value(std::round(*value * 100) / 100) : json::value(nullptr);
}

// dB that bring a loudness to ReplayGain 2.0's -18 LUFS.
json::value gainJson(const std::optional<double>& loudness) {
    constexpr double reference = -18;
    return rounded(loudness ? std::optional(reference - *loudness) : loudness);
}

json::value peakJson(const std::optional<double>& peak) {
    return rounded(peak ? std::optional(core::decibelsOf(*peak)) : peak);
}

// What is left to do for a player that corrects the loudness itself. Measured is the sound that plays without a choice.
json::value loudnessJson(const ItemDetail& item, const ItemFile& file, const PlaybackDelivery& delivery) {
    const auto usual = defaultAudio(file.info);
    const bool isMeasured = usual && delivery.audio && file.info.streams[*usual].index == delivery.audio->index;
    const MusicLoudness known{item.loudness.loudness, item.loudness.peak, item.loudness.albumLoudness,
                              item.loudness.albumPeak};
    const MusicLoudness its = louder(known, delivery.gain, isMeasured && !delivery.night);
    if (!its.track && !its.album) {
        return nullptr;
    }
    return json::object{{"track_gain", gainJson(its.track)},
                        {"track_peak", peakJson(its.trackPeak)},
                        {"album_gain", gainJson(its.album)},
                        {"album_peak", peakJson(its.albumPeak)}};
}

json::value spritesJson(const ItemFile& file, const std::string& base) {
    const bool any = spritePlan(file.info).tiles > 0;
    return any ? json::value(spritesPath(file, base)) : json::value(nullptr);
}

// One of several systems: a player takes the first that it has.
json::array systemsJson(const PlaybackDelivery& delivery, const std::string& base) {
    json::array array;
    for (const OutsideSystem system : delivery.outside) {
        array.push_back(
            json::object{{"key_system", keySystem(system)},
                         {"licence_url", base + protectedPath(*delivery.protection) + "licence/" + name(system)}});
    }
    return array;
}

// How the player gets at the key: by a licence, else the playlist says it.
json::value protectionJson(const PlaybackDelivery& delivery, const std::string& base) {
    const auto& kind = delivery.protection;
    if (!kind) {
        return nullptr;
    }
    if (kind->outside) {
        return json::object{{"kind", name(*kind)},
                            {"scheme", name(kind->scheme)},
                            {"key_system", nullptr},
                            {"licence_url", nullptr},
                            {"systems", systemsJson(delivery, base)}};
    }
    const bool common = kind->scheme != ProtectionScheme::Aes128;
    return json::object{
        {"kind", name(*kind)},
        {"scheme", name(kind->scheme)},
        {"key_system", common ? json::value("org.w3.clearkey") : json::value(nullptr)},
        {"licence_url", kind->licence ? json::value(base + protectedPath(*kind) + "clearkey") : json::value(nullptr)}};
}

}  // namespace

json::object playbackJson(const ItemDetail& item, const PlaybackRequest& request, const PlaybackPlan& plan,
                          const PlaybackDelivery& delivery, const PlaybackSession& session, const PlaybackUrls& urls) {
    const ItemFile& file = item.files[plan.file];
    const auto& chapters = file.info.chapters.empty() ? item.chapters : file.info.chapters;
    return {{"session_id", session.id},
            {"mode", name(delivery.mode)},
            {"protocol", delivery.protocol},
            {"url", urls.stream},
            {"mime_type", delivery.mimeType},
            {"file_id", file.id},
            {"video", streamJson(delivery.video)},
            {"audio", streamJson(delivery.audio)},
            {"subtitles", subtitlesJson(item, request, plan, delivery, urls.base)},
            {"sprites_url", spritesJson(file, urls.base)},
            {"protection", protectionJson(delivery, urls.base)},
            {"loudness", loudnessJson(item, file, delivery)},
            {"duration", session.duration},
            {"position", session.position},
            {"chapters", chaptersJson(chapters)},
            {"expires_at", session.expiresAt},
            {"artwork_url", core::jsonOrNull(urls.artwork)}};
}

std::string spritesPath(const ItemFile& file, const std::string& base) {
    return base + "m/" + file.id + "/sprites/sprites.vtt";
}

json::object planJson(const ItemFile& file, const Decision& decision, const std::string& sprites) {
    return {{"mode", name(decision.mode)},
            {"file_id", file.id},
            {"video", streamJson(decision.video)},
            {"audio", streamJson(decision.audio)},
            {"sprites_url", core::jsonOrNull(sprites)}};
}

Response needsConversion(const Decision& decision, const std::string& requestId) {
    const auto reasons = decision.reasons();
    std::string detail = "This has to be converted, and your player takes whole files alone";
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
