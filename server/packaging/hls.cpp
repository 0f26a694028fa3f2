#include "server/packaging/hls.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "core/media/accessibility.h"

namespace marea::server {

namespace {

constexpr const char* audioGroup = "audio";
constexpr const char* textGroup = "subs";

// A quoted-string holds neither quotes nor line ends (RFC 8216, 4.2).
std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
        out += control ? ' ' : c == '"' ? '\'' : c;
    }
    return out + '"';
}

std::string address(std::string_view fileId, std::string_view name, std::string_view playlist = "media.m3u8") {
    return "../../../m/" + std::string(fileId) + "/" + std::string(name) + "/" + std::string(playlist);
}

// Whole microseconds: decimal-floating-point, without a float's detour.
std::string seconds(Ticks length) {
    const std::int64_t micros = rescale(length, 1'000'000, kTicksPerSecond);
    char text[32];
    std::snprintf(text, sizeof text, "%lld.%06lld", static_cast<long long>(micros / 1'000'000),
                  static_cast<long long>(micros % 1'000'000));
    return text;
}

std::string channelsOf(const Rendition& audio) {
    return hasJointObjects(audio) ? "16/JOC" : std::to_string(audio.channels);
}

std::string audioMedia(const Rendition& audio, bool first, std::string_view fileId, std::vector<std::string>& taken) {
    std::string line = "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=" + quoted(audioGroup);
    if (!audio.source.language.empty()) {
        line += ",LANGUAGE=" + quoted(audio.source.language);
    }
    line += ",NAME=" + quoted(displayName(audio.source.title, audio.source.language, "Sound", taken));
    line += first                     ? ",DEFAULT=YES,AUTOSELECT=YES"
            : audio.source.commentary ? ",DEFAULT=NO,AUTOSELECT=NO"
                                      : ",DEFAULT=NO,AUTOSELECT=YES";
    if (audio.channels > 0) {
        line += ",CHANNELS=" + quoted(channelsOf(audio));
    }
    if (core::describesVideo(audio.source)) {
        line += ",CHARACTERISTICS=" + quoted("public.accessibility.describes-video");
    } else if (audio.source.hearingImpaired) {
        line += ",CHARACTERISTICS=" + quoted("public.accessibility.enhances-speech-intelligibility");
    }
    return line + ",URI=" + quoted(address(fileId, audio.name)) + "\n";
}

// None is on without a choice, but for what AUTOSELECT and FORCED tell a player.
std::string textMedia(const TextTrack& text, std::string_view fileId, std::vector<std::string>& taken) {
    std::string line = "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=" + quoted(textGroup);
    if (!text.language.empty()) {
        line += ",LANGUAGE=" + quoted(text.language);
    }
    line += ",NAME=" + quoted(displayName(text.title, text.language, "Subtitles", taken)) +
            ",DEFAULT=NO,AUTOSELECT=YES,FORCED=" + (text.forced ? "YES" : "NO");
    if (text.hearingImpaired) {
        line += ",CHARACTERISTICS=" + quoted(
                                          "public.accessibility.transcribes-spoken-dialog,"
                                          "public.accessibility.describes-music-and-sound");
    }
    return line + ",URI=" + quoted(address(fileId, text.name)) + "\n";
}

// The dearest of a group, and all its codecs.
struct Group {
    Bandwidth bandwidth;
    std::vector<std::string> codecs;
};

Group groupOf(const std::vector<Rendition>& renditions) {
    Group group;
    for (const Rendition& one : renditions) {
        group.bandwidth.peak = std::max(group.bandwidth.peak, one.bandwidth.peak);
        group.bandwidth.average = std::max(group.bandwidth.average, one.bandwidth.average);
        if (std::find(group.codecs.begin(), group.codecs.end(), one.codecs) == group.codecs.end()) {
            group.codecs.push_back(one.codecs);
        }
    }
    return group;
}

// draft-pantos-hls-rfc8216bis, section 4.4.6.2: the range is the base layer's, as CODECS is.
std::string rangeAttributes(const Rendition& rendition) {
    std::string text = rendition.range.empty() ? "" : ",VIDEO-RANGE=" + rendition.range;
    return rendition.supplemental.empty() ? text : text + ",SUPPLEMENTAL-CODECS=" + quoted(rendition.supplemental);
}

std::string streamAttributes(const Rendition& rendition, const Group& group) {
    std::string codecs = rendition.codecs;
    for (const std::string& one : group.codecs) {
        codecs += one == rendition.codecs ? "" : "," + one;
    }
    std::string line =
        "#EXT-X-STREAM-INF:BANDWIDTH=" + std::to_string(rendition.bandwidth.peak + group.bandwidth.peak) +
        ",AVERAGE-BANDWIDTH=" + std::to_string(rendition.bandwidth.average + group.bandwidth.average) +
        ",CODECS=" + quoted(codecs);
    if (rendition.size.width > 0) {
        line += ",RESOLUTION=" + std::to_string(rendition.size.width) + "x" + std::to_string(rendition.size.height);
    }
    if (rendition.frameRate > 0 && rendition.frameRate < 1000) {
        char rate[32];
        std::snprintf(rate, sizeof rate, ",FRAME-RATE=%.3f", rendition.frameRate);
        line += rate;
    }
    return line + rangeAttributes(rendition);
}

// Pictures for running through fast: of the least rendition, which is enough for that and costs least.
std::string pictureVariant(const Rendition& video, std::string_view fileId) {
    if (video.pictures.empty()) {
        return {};
    }
    std::string line =
        "#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=" + std::to_string(video.picturesPeak) + ",CODECS=" + quoted(video.codecs);
    if (video.size.width > 0) {
        line += ",RESOLUTION=" + std::to_string(video.size.width) + "x" + std::to_string(video.size.height);
    }
    return line + rangeAttributes(video) + ",URI=" + quoted(address(fileId, video.name, "pictures.m3u8")) + "\n";
}

std::string imageVariant(const Thumbnails& images, std::string_view fileId) {
    return images.tiles == 0
               ? ""
               : "#EXT-X-IMAGE-STREAM-INF:BANDWIDTH=" + std::to_string(images.peak()) +
                     ",RESOLUTION=" + std::to_string(images.tileWidth) + "x" + std::to_string(images.tileHeight) +
                     ",CODECS=\"jpeg\",URI=" + quoted(address(fileId, "sprites", "images.m3u8")) + "\n";
}

// RFC 8216 section 4.3.5.1: of all segments of all renditions.
std::string independence(const std::vector<Rendition>& videos) {
    const bool all = std::all_of(videos.begin(), videos.end(), [](const Rendition& one) { return one.independent; });
    return all ? "#EXT-X-INDEPENDENT-SEGMENTS\n" : "";
}

std::string heading(int version) {
    return "#EXTM3U\n#EXT-X-VERSION:" + std::to_string(version) + "\n";
}

std::string mediaHeading(int version, std::int64_t target) {
    return heading(version) + "#EXT-X-TARGETDURATION:" + std::to_string(target) +
           "\n#EXT-X-MEDIA-SEQUENCE:0\n#EXT-X-PLAYLIST-TYPE:VOD\n";
}

}  // namespace

std::string hlsMaster(const Presentation& presentation, std::string_view fileId, std::string_view key) {
    std::string text = heading(7) + independence(presentation.video) + std::string(key);
    const bool sound = presentation.video.empty();
    const bool groups = !presentation.audio.empty() && (!sound || presentation.audio.size() > 1);
    std::vector<std::string> names, textNames;
    for (const Rendition& audio : presentation.audio) {
        text += groups ? audioMedia(audio, &audio == &presentation.audio.front(), fileId, names) : "";
    }
    for (const TextTrack& track : presentation.text) {
        text += textMedia(track, fileId, textNames);
    }
    const std::string with = (groups ? ",AUDIO=" + quoted(audioGroup) : "") +
                             (presentation.text.empty() ? "" : ",SUBTITLES=" + quoted(textGroup));
    const Group group = groupOf(presentation.audio);
    if (sound) {
        // Some players load the variant's own sound also while another of the group is chosen.
        const Rendition& first = presentation.audio.front();
        Group others = groupOf({presentation.audio.begin() + 1, presentation.audio.end()});
        return text + streamAttributes(first, others) + with + "\n" + address(fileId, first.name) + "\n";
    }
    for (const Rendition& video : presentation.video) {
        text += streamAttributes(video, group) + with + "\n" + address(fileId, video.name) + "\n";
    }
    return text + pictureVariant(presentation.video.back(), fileId) + imageVariant(presentation.thumbnails, fileId);
}

std::string hlsMuxedMaster(const Presentation& presentation, const core::MediaInfo& file, const MediaIndex& index,
                           std::string_view fileId) {
    std::string text, media;
    std::vector<std::string> names;
    for (const TextTrack& track : presentation.text) {
        media += textMedia(track, fileId, names);
    }
    const std::string with = media.empty() ? "" : ",SUBTITLES=" + quoted(textGroup);
    for (const Rendition& video : presentation.video) {
        std::vector<TrackSpec> tracks = video.tracks;
        if (!presentation.audio.empty()) {
            tracks.push_back(presentation.audio.front().tracks.front());
        }
        const bool fits = tracks.size() == 2 && std::all_of(tracks.begin(), tracks.end(), [&](const TrackSpec& track) {
                              return fitsTransportStream(track, file);
                          });
        auto muxed =
            fits ? describeRendition(tracks, file, index, video.finerFrom) : core::Result<Rendition>(Rendition());
        if (fits && muxed) {
            muxed->range.clear();  // younger than those players
            muxed->supplemental.clear();
            text += streamAttributes(*muxed, {}) + with + "\n" + address(fileId, muxed->name) + "\n";
        }
    }
    // Groups came with version 4.
    return text.empty() ? text : heading(media.empty() ? 3 : 4) + independence(presentation.video) + media + text;
}

// The key comes behind the initialisation segment, which it is not for: that has no sample (RFC 8216 section 4.3.2.5).
std::string hlsMedia(const Rendition& rendition, std::string_view key) {
    const bool transportStream = rendition.tracks.size() > 1;
    std::string text = mediaHeading(transportStream ? 3 : 7, targetDuration(rendition.cuts));
    if (!transportStream) {
        text += "#EXT-X-MAP:URI=\"init.mp4\"\n";
    }
    text += key;
    for (std::size_t number = 0; number < rendition.cuts.size(); ++number) {
        text += "#EXTINF:" + seconds(rendition.cuts[number].length()) + ",\n" + std::to_string(number) +
                (transportStream ? ".ts\n" : ".m4s\n");
    }
    return text + "#EXT-X-ENDLIST\n";
}

// RFC 8216 section 4.3.3.6: a segment lasts until the next picture; without byte ranges each is a file.
std::string hlsPictures(const Rendition& rendition, std::string_view key) {
    std::string text = mediaHeading(7, targetDuration(rendition.pictures)) +
                       "#EXT-X-I-FRAMES-ONLY\n#EXT-X-MAP:URI=\"init.mp4\"\n" + std::string(key);
    for (std::size_t number = 0; number < rendition.pictures.size(); ++number) {
        text += "#EXTINF:" + seconds(rendition.pictures[number].length()) + ",\np" + std::to_string(number) + ".m4s\n";
    }
    return text + "#EXT-X-ENDLIST\n";
}

std::string hlsImages(const Thumbnails& images) {
    const std::string size = std::to_string(images.tileWidth) + "x" + std::to_string(images.tileHeight),
                      layout = std::to_string(images.columns) + "x" + std::to_string(images.rows);
    std::vector<Cut> sheets;
    for (int sheet = 0; sheet < images.sheets(); ++sheet) {
        const Ticks from = sheet * images.onSheet() * images.every;
        sheets.push_back({from, std::max(from + 1, std::min(from + images.onSheet() * images.every, images.duration))});
    }
    std::string text = mediaHeading(7, targetDuration(sheets)) + "#EXT-X-IMAGES-ONLY\n";
    for (std::size_t sheet = 0; sheet < sheets.size(); ++sheet) {
        text += "#EXTINF:" + seconds(sheets[sheet].length()) + ",\n#EXT-X-TILES:RESOLUTION=" + size +
                ",LAYOUT=" + layout + ",DURATION=" + seconds(images.every) + "\n" + std::to_string(sheet) + ".jpg\n";
    }
    return text + "#EXT-X-ENDLIST\n";
}

std::string hlsSubtitles(Ticks duration) {
    const std::vector<Cut> whole = {{0, std::max<Ticks>(duration, 1)}};
    return mediaHeading(3, targetDuration(whole)) + "#EXTINF:" + seconds(whole.front().to) +
           ",\nhls.vtt\n#EXT-X-ENDLIST\n";
}

}  // namespace marea::server
