#include "server/apps/catalog/itemjson.h"

#include <cmath>

#include "core/media/loudness.h"
#include "server/apps/catalog/resolution.h"

namespace marea::server {

namespace {

namespace json = core::json;

json::value positive(std::int64_t value) {
    return value > 0 ? json::value(value) : json::value(nullptr);
}

json::value hdrName(core::HdrKind hdr, bool video) {
    switch (hdr) {
        case core::HdrKind::Hdr10:
        case core::HdrKind::Hdr10Plus:
            return "hdr10";
        case core::HdrKind::Hlg:
            return "hlg";
        case core::HdrKind::DolbyVision:
            return "dolby_vision";
        case core::HdrKind::None:
            break;
    }
    return video ? json::value("sdr") : json::value(nullptr);
}

const char* kindName(core::StreamKind kind) {
    switch (kind) {
        case core::StreamKind::Video:
            return "video";
        case core::StreamKind::Audio:
            return "audio";
        default:
            return "subtitle";
    }
}

void addUserState(const UserState& user, json::object& out) {
    out["rating"] = core::jsonOrNull(user.rating);
    out["favourite"] = user.favourite;
    out["watched"] = user.watched;
    out["position"] = user.position;
    out["last_played_at"] = core::jsonOrNull(user.lastPlayedAt);
    out["play_count"] = user.playCount;
}

void addPlaces(const Item& item, json::object& out) {
    const auto text = [&out](const char* key, const std::string& value) {
        if (!value.empty()) {
            out[key] = value;
        }
    };
    const auto number = [&out](const char* key, const std::optional<int>& value) {
        if (value) {
            out[key] = *value;
        }
    };
    text("series", item.series);
    text("series_id", item.seriesId);
    text("season_id", item.seasonId);
    text("artist", item.artist);
    text("artist_id", item.artistId);
    text("album_artist", item.albumArtist);
    text("album", item.album);
    text("album_id", item.albumId);
    number("season", item.season);
    number("episode", item.episode);
    number("disc", item.disc);
    number("track", item.track);
    text("content_rating", item.contentRating);
}

json::value rounded(const std::optional<double>& value) {
    return value && std::isfinite(*value) ? json::value(std::round(*value * 100) / 100) : json::value(nullptr);
}

// dB that bring a loudness to ReplayGain 2.0's -18 LUFS.
json::value gainJson(const std::optional<double>& loudness) {
    constexpr double reference = -18;
    return loudness ? rounded(reference - *loudness) : json::value(nullptr);
}

json::value peakJson(const std::optional<double>& peak) {
    return peak ? rounded(core::decibelsOf(*peak)) : json::value(nullptr);
}

void addLoudness(const Item& item, json::object& out) {
    const ItemLoudness& its = item.loudness;
    const bool album = item.kind == "album";
    if (its.source.empty() && its.albumSource.empty()) {
        return;
    }
    json::object told{{"source", core::jsonOrNull(its.source)}, {"integrated", rounded(its.loudness)}};
    if (!album) {
        told["range"] = rounded(its.range);
        told["track_gain"] = gainJson(its.loudness);
        told["track_peak"] = peakJson(its.peak);
    }
    if (album || item.kind == "track") {
        told["album_gain"] = gainJson(album ? its.loudness : its.albumLoudness);
        told["album_peak"] = peakJson(album ? its.peak : its.albumPeak);
    }
    out["loudness"] = std::move(told);
}

json::object streamJson(const core::StreamInfo& s) {
    json::object out{{"index", s.index},
                     {"kind", kindName(s.kind)},
                     {"codec", s.codec},
                     {"profile", core::jsonOrNull(s.profile)},
                     {"level", positive(s.level)},
                     {"bitrate", positive(s.bitrate)},
                     {"language", core::jsonOrNull(s.language)},
                     {"title", core::jsonOrNull(s.title)},
                     {"default", s.isDefault},
                     {"forced", s.forced},
                     {"hearing_impaired", s.hearingImpaired}};
    if (s.kind == core::StreamKind::Video) {
        out["width"] = s.width;
        out["height"] = s.height;
        out["frame_rate"] = s.frameRate;
        out["bit_depth"] = positive(s.bitDepth);
        out["hdr"] = hdrName(s.hdr, true);
    } else if (s.kind == core::StreamKind::Audio) {
        out["channels"] = s.channels;
        out["channel_layout"] = core::jsonOrNull(s.channelLayout);
        out["sample_rate"] = positive(s.sampleRate);
        out["atmos"] = s.atmos;
    }
    return out;
}

bool isPlayed(const core::StreamInfo& s) {
    return !s.attachedPicture && (s.kind == core::StreamKind::Video || s.kind == core::StreamKind::Audio ||
                                  s.kind == core::StreamKind::Subtitle);
}

}  // namespace

json::object itemJson(const Item& item, const std::string& artworkUrl) {
    json::object out;
    out.reserve(40);
    out["id"] = item.id;
    out["kind"] = item.kind;
    out["title"] = item.title;
    out["sort_title"] = item.sortTitle;
    out["duration"] = item.duration;
    out["added_at"] = item.addedAt;
    out["library_id"] = item.libraryId;
    out["artwork_url"] = core::jsonOrNull(artworkUrl);
    out["status"] = item.status;
    out["problem"] = core::jsonOrNull(item.problem);
    out["year"] = core::jsonOrNull(item.year);
    out["genres"] = json::array(item.genres.begin(), item.genres.end());
    out["overview"] = core::jsonOrNull(item.overview);
    addUserState(item.user, out);
    out["popularity"] = item.popularity;
    addPlaces(item, out);
    if (item.kind == "album") {
        out["track_count"] = item.childCount;
    }
    if (item.kind == "album" || item.kind == "artist" || item.kind == "series" || item.kind == "season") {
        out["child_count"] = item.childCount;
    }
    if (item.width > 0) {
        out["width"] = item.width;
        out["height"] = item.height;
        out["hdr"] = hdrName(item.hdr, true);
        out["resolution"] = std::string(resolutionName(resolutionOf(item.width, item.height)));
    }
    addLoudness(item, out);
    return out;
}

json::array filesJson(const std::vector<ItemFile>& files) {
    json::array list;
    for (const ItemFile& file : files) {
        json::array streams;
        for (const core::StreamInfo& stream : file.info.streams) {
            if (isPlayed(stream)) {
                streams.push_back(streamJson(stream));
            }
        }
        list.push_back(json::object{{"id", file.id},
                                    {"container", core::jsonOrNull(file.info.container)},
                                    {"size", file.size},
                                    {"duration", file.info.duration},
                                    {"bitrate", positive(file.info.bitrate)},
                                    {"name", file.name},
                                    {"part", positive(file.part)},
                                    {"version", core::jsonOrNull(file.version)},
                                    {"status", file.status},
                                    {"problem", core::jsonOrNull(file.problem)},
                                    {"streams", std::move(streams)}});
    }
    return list;
}

json::array chaptersJson(const std::vector<core::Chapter>& chapters) {
    json::array list;
    for (const core::Chapter& chapter : chapters) {
        list.push_back(json::object{{"start", chapter.start}, {"end", chapter.end}, {"title", chapter.title}});
    }
    return list;
}

json::object sidecarJson(const Sidecar& s) {
    json::array languages;
    for (const std::string& language : s.languages) {
        languages.push_back(core::jsonOrNull(language));
    }
    return {{"id", s.id},
            {"kind", name(s.kind)},
            {"language", core::jsonOrNull(s.language)},
            {"languages", std::move(languages)},
            {"forced", s.forced},
            {"hearing_impaired", s.hearingImpaired},
            {"format", s.format},
            {"name", s.name}};
}

json::object detailJson(const ItemDetail& item, const std::string& artworkUrl) {
    json::object out = itemJson(item, artworkUrl);
    out["files"] = filesJson(item.files);
    out["chapters"] = chaptersJson(item.chapters);
    json::array sidecars;
    for (const Sidecar& sidecar : item.sidecars) {
        sidecars.push_back(sidecarJson(sidecar));
    }
    out["sidecars"] = std::move(sidecars);
    json::array trailers;
    for (const Trailer& trailer : item.trailers) {
        trailers.push_back(
            json::object{{"id", trailer.file}, {"title", trailer.title}, {"duration", trailer.duration}});
    }
    out["trailers"] = std::move(trailers);
    return out;
}

const char* name(SidecarKind kind) {
    switch (kind) {
        case SidecarKind::Subtitle:
            return "subtitle";
        case SidecarKind::Lyrics:
            return "lyrics";
        case SidecarKind::Image:
            return "image";
        case SidecarKind::Nfo:
            break;
    }
    return "nfo";
}

}  // namespace marea::server
