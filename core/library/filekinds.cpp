#include "core/library/filekinds.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "core/library/text.h"

namespace marea::core::library {

namespace {

const std::unordered_set<std::string_view>& videoExtensions() {
    static const std::unordered_set<std::string_view> set = {
        "mkv",  "mp4",  "m4v", "mov",  "avi", "webm", "ts",  "m2ts", "mts", "mpg", "mpeg",
        "mpe",  "vob",  "ogv", "ogm",  "flv", "f4v",  "wmv", "asf",  "3gp", "3g2", "rm",
        "rmvb", "divx", "qt",  "mk3d", "y4m", "nut",  "mxf", "dv",   "ivf", "obu"};
    return set;
}

const std::unordered_set<std::string_view>& audioExtensions() {
    static const std::unordered_set<std::string_view> set = {
        "mp3", "flac", "ogg", "oga", "opus", "m4a", "m4b", "aac", "wav",  "wv",  "ape",  "aiff", "aif",   "aifc",
        "dsf", "dff",  "wma", "mka", "mpc",  "tta", "spx", "ac3", "eac3", "ec3", "ac4",  "dts",  "dtshd", "thd",
        "mlp", "mp2",  "mp1", "caf", "au",   "snd", "amr", "w64", "rf64", "tak", "weba", "alac"};
    return set;
}

struct Mime {
    std::string_view name, video, audio;
};
// By libav's names of containers, and by extensions where they differ.
constexpr std::array kMimes = {Mime{"mp4", "video/mp4", "audio/mp4"},
                               Mime{"mov", "video/mp4", "audio/mp4"},
                               Mime{"m4v", "video/mp4", "audio/mp4"},
                               Mime{"m4a", "audio/mp4", "audio/mp4"},
                               Mime{"m4b", "audio/mp4", "audio/mp4"},
                               Mime{"matroska", "video/x-matroska", "audio/x-matroska"},
                               Mime{"mkv", "video/x-matroska", "audio/x-matroska"},
                               Mime{"mka", "audio/x-matroska", "audio/x-matroska"},
                               Mime{"webm", "video/webm", "audio/webm"},
                               Mime{"mp3", "audio/mpeg", "audio/mpeg"},
                               Mime{"flac", "audio/flac", "audio/flac"},
                               Mime{"ogg", "video/ogg", "audio/ogg"},
                               Mime{"ogv", "video/ogg", "audio/ogg"},
                               Mime{"oga", "audio/ogg", "audio/ogg"},
                               Mime{"opus", "audio/ogg", "audio/ogg"},
                               Mime{"mpegts", "video/mp2t", "video/mp2t"},
                               Mime{"ts", "video/mp2t", "video/mp2t"},
                               Mime{"m2ts", "video/mp2t", "video/mp2t"},
                               Mime{"avi", "video/x-msvideo", "video/x-msvideo"},
                               Mime{"wav", "audio/wav", "audio/wav"},
                               Mime{"asf", "video/x-ms-asf", "audio/x-ms-wma"},
                               Mime{"wma", "audio/x-ms-wma", "audio/x-ms-wma"},
                               Mime{"aac", "audio/aac", "audio/aac"},
                               Mime{"adts", "audio/aac", "audio/aac"},
                               Mime{"mpeg", "video/mpeg", "video/mpeg"},
                               Mime{"mpg", "video/mpeg", "video/mpeg"},
                               Mime{"flv", "video/x-flv", "video/x-flv"},
                               Mime{"aiff", "audio/aiff", "audio/aiff"},
                               Mime{"wavpack", "audio/x-wavpack", "audio/x-wavpack"},
                               Mime{"wv", "audio/x-wavpack", "audio/x-wavpack"},
                               Mime{"ape", "audio/x-ape", "audio/x-ape"},
                               Mime{"ac3", "audio/ac3", "audio/ac3"},
                               Mime{"eac3", "audio/eac3", "audio/eac3"},
                               Mime{"ec3", "audio/eac3", "audio/eac3"},
                               Mime{"dts", "audio/vnd.dts", "audio/vnd.dts"}};

const Mime* findMime(std::string_view name) {
    const auto* found = std::find_if(kMimes.begin(), kMimes.end(), [&](const Mime& m) { return m.name == name; });
    return found == kMimes.end() ? nullptr : found;
}

bool hasStream(const MediaInfo& info, StreamKind kind) {
    return std::any_of(info.streams.begin(), info.streams.end(),
                       [&](const StreamInfo& s) { return s.kind == kind && !s.attachedPicture; });
}

}  // namespace

FileKind fileKind(std::string_view name) {
    const std::string ext = extension(name);
    if (videoExtensions().contains(ext)) {
        return FileKind::Video;
    }
    return audioExtensions().contains(ext) ? FileKind::Audio : FileKind::Other;
}

bool ignoredName(std::string_view name) {
    static const std::unordered_set<std::string_view> names = {
        "@eaDir",     "#recycle",  "@Recycle",  "$RECYCLE.BIN", "System Volume Information",
        "lost+found", "#snapshot", "Thumbs.db", "desktop.ini",  "__MACOSX"};
    return name.empty() || name.front() == '.' || names.contains(name);
}

bool isExtrasFolder(std::string_view name) {
    static const std::unordered_set<std::string_view> names = {"extras",
                                                               "extra",
                                                               "trailers",
                                                               "trailer",
                                                               "featurettes",
                                                               "featurette",
                                                               "behind the scenes",
                                                               "deleted scenes",
                                                               "interviews",
                                                               "scenes",
                                                               "shorts",
                                                               "sample",
                                                               "samples",
                                                               "bonus",
                                                               "escenas eliminadas",
                                                               "entrevistas",
                                                               "avances"};
    return names.contains(fold(name));
}

bool isExtraFile(std::string_view fileStem) {
    static constexpr std::array<std::string_view, 12> kSuffixes = {
        "-trailer",    ".trailer",         "_trailer", "-sample",    ".sample", "_sample",
        "-featurette", "-behindthescenes", "-deleted", "-interview", "-scene",  "-short"};
    const std::string name = fold(fileStem);
    return name == "sample" || name == "trailer" ||
           std::any_of(kSuffixes.begin(), kSuffixes.end(), [&](std::string_view s) { return name.ends_with(s); });
}

bool hasVideo(const MediaInfo& info) {
    return hasStream(info, StreamKind::Video);
}
bool hasAudio(const MediaInfo& info) {
    return hasStream(info, StreamKind::Audio);
}

std::string_view mimeType(const MediaInfo& info, std::string_view name) {
    const std::string ext = extension(name);
    const Mime* mime = findMime(info.container);
    if (!mime) {
        mime = findMime(ext);
    }
    if (!mime) {
        return "application/octet-stream";
    }
    const bool video = info.streams.empty() ? fileKind(name) == FileKind::Video : hasVideo(info);
    return video ? mime->video : mime->audio;
}

}  // namespace marea::core::library
