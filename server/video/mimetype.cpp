#include "server/video/mimetype.h"

#include <array>
#include <cstdio>
#include <string_view>
#include <utility>

#include "server/video/decision.h"

namespace marea::server {

namespace {

using core::MediaInfo;
using core::StreamInfo;

struct Container {
    std::string_view name, video, audio, videoExtension, audioExtension;
};

constexpr std::array containers = std::to_array<Container>({
    {"mp4", "video/mp4", "audio/mp4", "mp4", "m4a"},
    {"mov", "video/quicktime", "audio/mp4", "mov", "m4a"},
    {"matroska", "video/x-matroska", "audio/x-matroska", "mkv", "mka"},
    {"webm", "video/webm", "audio/webm", "webm", "webm"},
    {"ogg", "video/ogg", "audio/ogg", "ogv", "ogg"},
    {"mpegts", "video/mp2t", "video/mp2t", "ts", "ts"},
    {"mpeg", "video/mpeg", "video/mpeg", "mpg", "mpg"},
    {"avi", "video/x-msvideo", "video/x-msvideo", "avi", "avi"},
    {"asf", "video/x-ms-wmv", "audio/x-ms-wma", "wmv", "wma"},
    {"flv", "video/x-flv", "video/x-flv", "flv", "flv"},
    {"mp3", "audio/mpeg", "audio/mpeg", "mp3", "mp3"},
    {"flac", "audio/flac", "audio/flac", "flac", "flac"},
    {"wav", "audio/wav", "audio/wav", "wav", "wav"},
    {"w64", "audio/x-w64", "audio/x-w64", "w64", "w64"},
    {"aiff", "audio/aiff", "audio/aiff", "aiff", "aiff"},
    {"aac", "audio/aac", "audio/aac", "aac", "aac"},
    {"ac3", "audio/ac3", "audio/ac3", "ac3", "ac3"},
    {"eac3", "audio/eac3", "audio/eac3", "ec3", "ec3"},
    {"ape", "audio/x-ape", "audio/x-ape", "ape", "ape"},
    {"wv", "audio/x-wavpack", "audio/x-wavpack", "wv", "wv"},
});

const Container* known(std::string_view name) {
    for (const Container& container : containers) {
        if (container.name == name) {
            return &container;
        }
    }
    return nullptr;
}

template <class... Arguments>
std::string printed(const char* format, Arguments... arguments) {
    char text[48];
    std::snprintf(text, sizeof text, format, arguments...);
    return text;
}

// RFC 6381 section 3.4: profile_idc, constraint flags, level_idc in hexadecimal.
std::string avcCode(const StreamInfo& stream) {
    const int flags = stream.profile == "constrained baseline" ? 0xE0 : stream.profile == "main" ? 0x40 : 0;
    const int profile = stream.profile == "high"               ? 100
                        : stream.profile == "high 10"          ? 110
                        : stream.profile == "main"             ? 77
                        : stream.profile == "extended"         ? 88
                        : stream.profile.ends_with("baseline") ? 66
                                                               : 0;
    return profile && stream.level > 0 ? printed("avc1.%02X%02X%02X", profile, flags, stream.level) : "";
}

// ISO/IEC 14496-15 annex E.3; the tier is not known, and is the main one in nearly every file.
std::string hevcCode(const StreamInfo& stream) {
    if (stream.level <= 0 || (stream.profile != "main" && stream.profile != "main 10")) {
        return {};
    }
    const char* entry = stream.inBandSets ? "hev1" : "hvc1";
    return stream.profile == "main" ? printed("%s.1.6.L%d.B0", entry, stream.level)
                                    : printed("%s.2.4.L%d.B0", entry, stream.level);
}

// AV1 in ISO BMFF section 5: profile, seq_level_idx with tier, depth. libav's level is seq_level_idx.
std::string av1Code(const StreamInfo& stream) {
    const int depth = stream.bitDepth ? stream.bitDepth : 8;
    return stream.level >= 0 && stream.profile == "main" ? printed("av01.0.%02dM.%02d", stream.level, depth) : "";
}

// VP codec ISO binding section 4. WebM files seldom say their level; the short form is taken by every browser there.
std::string vp9Code(const StreamInfo& stream, const std::string& container) {
    const int depth = stream.bitDepth ? stream.bitDepth : 8;
    const int profile = stream.profile == "profile 2" ? 2 : stream.profile == "profile 1" ? 1 : 0;
    if (stream.level > 0) {
        return printed("vp09.%02d.%02d.%02d", profile, stream.level, depth);
    }
    return container == "webm" && profile == 0 ? "vp9" : "";
}

std::string aacCode(const StreamInfo& stream) {
    if (stream.profile == "he-aac") {
        return "mp4a.40.5";
    }
    return stream.profile == "he-aacv2" ? "mp4a.40.29" : "mp4a.40.2";
}

}  // namespace

std::string codecCode(const StreamInfo& stream, const std::string& container) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 8> plain = {{{"vp8", "vp8"},
                                                                                     {"opus", "opus"},
                                                                                     {"vorbis", "vorbis"},
                                                                                     {"flac", "flac"},
                                                                                     {"ac3", "ac-3"},
                                                                                     {"eac3", "ec-3"},
                                                                                     {"alac", "alac"},
                                                                                     {"xhe-aac", "mp4a.40.42"}}};
    for (const auto& [codec, code] : plain) {
        if (stream.codec == codec) {
            return std::string(code);
        }
    }
    if (stream.codec == "h264") {
        return avcCode(stream);
    }
    if (stream.codec == "hevc") {
        return hevcCode(stream);
    }
    if (stream.codec == "av1") {
        return av1Code(stream);
    }
    if (stream.codec == "vp9") {
        return vp9Code(stream, container);
    }
    if (stream.codec == "aac") {
        return aacCode(stream);
    }
    return stream.codec == "mp3" && container == "mp4" ? "mp4a.6B" : "";
}

std::string baseMimeType(const MediaInfo& file) {
    const Container* container = known(file.container);
    if (!container) {
        return "application/octet-stream";
    }
    return std::string(defaultVideo(file) ? container->video : container->audio);
}

std::string mimeType(const MediaInfo& file) {
    const std::string base = baseMimeType(file);
    const bool takesCodecs = file.container == "mp4" || file.container == "webm" || file.container == "ogg";
    if (!takesCodecs) {
        return base;
    }
    std::string codes;
    for (const auto& at : {defaultVideo(file), defaultAudio(file)}) {
        if (!at) {
            continue;
        }
        const std::string code = codecCode(file.streams[*at], file.container);
        if (code.empty()) {
            return base;
        }
        codes += (codes.empty() ? "" : ", ") + code;
    }
    return codes.empty() ? base : base + "; codecs=\"" + codes + "\"";
}

std::string extension(const MediaInfo& file) {
    const Container* container = known(file.container);
    if (!container) {
        return "bin";
    }
    return std::string(defaultVideo(file) ? container->videoExtension : container->audioExtension);
}

}  // namespace marea::server
