#include "core/library/mediainfojson.h"

#include <type_traits>

namespace marea::core::library {

namespace {

// One list of fields serves both ways: `visit` gets each member with its key.
template <class Visitor, class Stream>
void streamFields(Visitor& visit, Stream& s) {
    visit("index", s.index);
    visit("kind", s.kind);
    visit("codec", s.codec);
    visit("profile", s.profile);
    visit("level", s.level);
    visit("bitrate", s.bitrate);
    visit("language", s.language);
    visit("title", s.title);
    visit("default", s.isDefault);
    visit("forced", s.forced);
    visit("hearing_impaired", s.hearingImpaired);
    visit("commentary", s.commentary);
    visit("width", s.width);
    visit("height", s.height);
    visit("pixel_aspect", s.pixelAspect);
    visit("frame_rate", s.frameRate);
    visit("bit_depth", s.bitDepth);
    visit("pixel_format", s.pixelFormat);
    visit("hdr", s.hdr);
    visit("dolby_vision_profile", s.dolbyVisionProfile);
    visit("dolby_vision_compatibility", s.dolbyVisionCompatibility);
    visit("rotation", s.rotation);
    visit("interlaced", s.interlaced);
    visit("in_band_sets", s.inBandSets);
    visit("attached_picture", s.attachedPicture);
    visit("channels", s.channels);
    visit("channel_layout", s.channelLayout);
    visit("sample_rate", s.sampleRate);
    visit("atmos", s.atmos);
}

template <class Visitor, class Chapter>
void chapterFields(Visitor& visit, Chapter& c) {
    visit("start", c.start);
    visit("end", c.end);
    visit("title", c.title);
}

template <class Visitor, class Tags>
void tagFields(Visitor& visit, Tags& t) {
    visit("title", t.title);
    visit("artist", t.artist);
    visit("album_artist", t.albumArtist);
    visit("album", t.album);
    visit("composer", t.composer);
    visit("performer", t.performer);
    visit("lyricist", t.lyricist);
    visit("conductor", t.conductor);
    visit("producer", t.producer);
    visit("label", t.label);
    visit("comment", t.comment);
    visit("lyrics", t.lyrics);
    visit("date", t.date);
    visit("genres", t.genres);
    visit("year", t.year);
    visit("track", t.track);
    visit("track_total", t.trackTotal);
    visit("disc", t.disc);
    visit("disc_total", t.discTotal);
    visit("compilation", t.compilation);
    visit("show", t.show);
    visit("season", t.season);
    visit("episode", t.episode);
    visit("mb_track", t.musicBrainzTrackId);
    visit("mb_album", t.musicBrainzAlbumId);
    visit("mb_artist", t.musicBrainzArtistId);
    visit("gain_track", t.replayGainTrack);
    visit("gain_album", t.replayGainAlbum);
    visit("peak_track", t.replayGainTrackPeak);
    visit("peak_album", t.replayGainAlbumPeak);
}

template <class Visitor, class Info>
void infoFields(Visitor& visit, Info& i) {
    visit("container", i.container);
    visit("duration", i.duration);
    visit("bitrate", i.bitrate);
    visit("streams", i.streams);
    visit("chapters", i.chapters);
    visit("tags", i.tags);
    visit("has_cover", i.hasCover);
    visit("encrypted", i.encrypted);
}

struct Writer {
    json::object out;

    void operator()(const char* key, const std::string& value) {
        if (!value.empty()) {
            out.emplace(key, value);
        }
    }
    template <class T>
    void operator()(const char* key, const T& value) {
        if constexpr (std::is_enum_v<T>) {
            out.emplace(key, static_cast<int>(value));  // zero too: the default is not always the first
        } else if constexpr (std::is_same_v<T, bool>) {
            if (value) {
                out.emplace(key, true);
            }
        } else if (value != T{}) {
            out.emplace(key, value);
        }
    }
    void operator()(const char* key, const std::optional<double>& value) {
        if (value) {
            out.emplace(key, *value);
        }
    }
    void operator()(const char* key, const std::vector<std::string>& value) {
        if (!value.empty()) {
            out.emplace(key, json::array(value.begin(), value.end()));
        }
    }
    void operator()(const char* key, const Tags& value) {
        Writer inner;
        tagFields(inner, value);
        out.emplace(key, std::move(inner.out));
    }
    void operator()(const char* key, const std::vector<StreamInfo>& value) {
        list(key, value, [](Writer& w, const StreamInfo& s) { streamFields(w, s); });
    }
    void operator()(const char* key, const std::vector<Chapter>& value) {
        list(key, value, [](Writer& w, const Chapter& c) { chapterFields(w, c); });
    }
    template <class T, class Fields>
    void list(const char* key, const std::vector<T>& values, Fields fields) {
        json::array array;
        for (const T& value : values) {
            Writer inner;
            fields(inner, value);
            array.push_back(std::move(inner.out));
        }
        if (!array.empty()) {
            out.emplace(key, std::move(array));
        }
    }
};

struct Reader {
    const json::object& in;

    const json::value* at(const char* key) const { return in.if_contains(key); }

    void operator()(const char* key, std::string& value) {
        if (const auto* found = at(key); found && found->is_string()) {
            value = std::string(found->get_string());
        }
    }
    void operator()(const char* key, bool& value) {
        const auto* found = at(key);
        value = found && found->is_bool() && found->get_bool();
    }
    void operator()(const char* key, double& value) {
        if (const auto* found = at(key); found && found->is_number()) {
            value = found->to_number<double>();
        } else if (!found) {
            value = 0;  // the writer leaves out zeros, whatever the default is
        }
    }
    void operator()(const char* key, std::optional<double>& value) {
        if (const auto* found = at(key); found && found->is_number()) {
            value = found->to_number<double>();
        }
    }
    template <class T>
    void operator()(const char* key, T& value) {
        if (const auto* found = at(key); found && found->is_int64()) {
            value = static_cast<T>(found->get_int64());
        }
    }
    void operator()(const char* key, std::vector<std::string>& value) {
        each(key, [&](const json::value& entry) {
            if (entry.is_string()) {
                value.emplace_back(entry.get_string());
            }
        });
    }
    void operator()(const char* key, Tags& value) {
        if (const auto* found = at(key); found && found->is_object()) {
            Reader inner{found->get_object()};
            tagFields(inner, value);
        }
    }
    void operator()(const char* key, std::vector<StreamInfo>& value) {
        objects(key, value, [](Reader& r, StreamInfo& s) { streamFields(r, s); });
    }
    void operator()(const char* key, std::vector<Chapter>& value) {
        objects(key, value, [](Reader& r, Chapter& c) { chapterFields(r, c); });
    }
    template <class Visit>
    void each(const char* key, Visit visit) {
        if (const auto* found = at(key); found && found->is_array()) {
            for (const json::value& entry : found->get_array()) {
                visit(entry);
            }
        }
    }
    template <class T, class Fields>
    void objects(const char* key, std::vector<T>& values, Fields fields) {
        each(key, [&](const json::value& entry) {
            if (entry.is_object()) {
                Reader inner{entry.get_object()};
                fields(inner, values.emplace_back());
            }
        });
    }
};

}  // namespace

std::string toText(const MediaInfo& info) {
    Writer writer;
    infoFields(writer, info);
    return json::serialize(writer.out);
}

std::optional<MediaInfo> mediaInfoFromText(std::string_view text) {
    boost::system::error_code error;
    const json::value value = json::parse(json::string_view(text.data(), text.size()), error);
    if (error || !value.is_object()) {
        return std::nullopt;
    }
    MediaInfo info;
    Reader reader{value.get_object()};
    infoFields(reader, info);
    return info;
}

}  // namespace marea::core::library
