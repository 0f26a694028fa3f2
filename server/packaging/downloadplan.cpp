#include "server/packaging/downloadplan.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/media/dynamicrange.h"
#include "core/media/language.h"
#include "server/packaging/rendition.h"
#include "server/packaging/timegrid.h"

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;
using core::StreamInfo;
using core::StreamKind;
using core::unexpected;

struct Form {
    DownloadFormat format;
    const char* name;
    const char* extension;
};
constexpr std::array kForms{Form{DownloadFormat::Original, "original", ""}, Form{DownloadFormat::Mp4, "mp4", "mp4"},
                            Form{DownloadFormat::M4a, "m4a", "m4a"},        Form{DownloadFormat::Mp3, "mp3", "mp3"},
                            Form{DownloadFormat::Opus, "opus", "opus"},     Form{DownloadFormat::Flac, "flac", "flac"},
                            Form{DownloadFormat::Webm, "webm", "webm"}};
constexpr std::array kHeights{2160, 1080, 720, 480, 360, 240};
constexpr std::array kKilobits{64, 96, 128, 160, 192, 256, 320};

// kbit/s where nobody says. 0: the usual of the codec, or that it has none.
int usualKbit(DownloadFormat format, int channels) {
    const int stereo = format == DownloadFormat::Mp3 ? 256 : format == DownloadFormat::Opus ? 160 : 0;
    return channels == 1 ? stereo / 2 : stereo;
}

core::unexpected<core::Error> invalid(const char* text) {
    return core::fail(ErrorCode::Invalid, text);
}

core::unexpected<core::Error> impossible(const char* text) {
    return core::fail(ErrorCode::Unprocessable, text);
}

template <class List>
bool has(const List& list, int value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

std::optional<int> numberOf(std::string_view text) {
    int number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size() && !text.empty() ? std::optional(number)
                                                                                     : std::nullopt;
}

// A wish for "pt" is met by "pt-BR".
bool speaks(std::string_view language, std::string_view wanted) {
    return language == wanted || (language.starts_with(wanted) && language.substr(wanted.size()).starts_with('-'));
}

bool isCopy(const StreamInfo& stream, const MediaIndex& index, std::initializer_list<std::string_view> codecs) {
    const TrackIndex* track = findTrack(index, stream.index);
    const bool fits = std::find(codecs.begin(), codecs.end(), stream.codec) != codecs.end();
    const bool cuttable =
        track && !track->codecString.empty() && (stream.kind != StreamKind::Video || !track->keyframes.empty());
    return fits && cuttable && canCopy(stream);
}

Result<TrackSpec> videoOf(const DownloadWish& wish, const core::MediaInfo& file, const StreamInfo& video,
                          const MediaIndex& index) {
    const std::vector<int> offered = heights(video);
    const bool small = wish.height == 0 || offered.empty() || offered.front() <= wish.height;
    const bool webm = wish.format == DownloadFormat::Webm;
    // WebM has no place for a rotation.
    if (small &&
        (webm ? video.rotation == 0 && isCopy(video, index, {"vp9"}) : isCopy(video, index, {"h264", "hevc"}))) {
        return TrackSpec{video.index, CopyEncoding{}};
    }
    for (const int height : offered) {
        if (wish.height != 0 && height > wish.height) {
            continue;
        }
        const bool hdr = core::decodedRange(video) != core::HdrKind::None;
        if (auto encoding = videoEncoding(file, video.index, webm ? "vp9" : "h264", height, hdr)) {
            return TrackSpec{video.index, std::move(*encoding)};
        }
    }
    return impossible("The picture of this title cannot be converted.");
}

int channelsOf(const StreamInfo& audio, int most) {
    const int there = audio.channels > 0 ? audio.channels : 2;
    for (const int channels : {8, 6, 2}) {
        if (channels <= most && there >= channels) {
            return channels;
        }
    }
    return 1;
}

Result<TrackSpec> soundOf(const DownloadWish& wish, const core::MediaInfo& file, const StreamInfo& audio,
                          const MediaIndex& index) {
    const std::string_view music = musicCodecOf(wish.format);
    const std::string_view codec = !music.empty()                        ? music
                                   : wish.format == DownloadFormat::Webm ? std::string_view("opus")
                                                                         : "aac";
    if (music.empty() && wish.kbit == 0 && isCopy(audio, index, {codec})) {
        return TrackSpec{audio.index, CopyEncoding{}};
    }
    const int channels = channelsOf(audio, isFilm(wish.format) ? 6 : 2);
    auto encoding =
        audioEncoding(file, audio.index, codec, channels, wish.kbit ? wish.kbit : usualKbit(wish.format, channels));
    return encoding ? Result<TrackSpec>(TrackSpec{audio.index, std::move(*encoding)})
                    : impossible("The sound of this title cannot be converted.");
}

// Of a language, the one that is not somebody talking about the film.
const StreamInfo* soundIn(const core::MediaInfo& file, std::string_view language) {
    const StreamInfo* found = nullptr;
    for (const StreamInfo& stream : file.streams) {
        if (stream.kind == StreamKind::Audio && speaks(stream.language, language) &&
            (!found || (found->commentary && !stream.commentary))) {
            found = &stream;
        }
    }
    return found;
}

Result<void> addSounds(const DownloadWish& wish, const core::MediaInfo& file, const MediaIndex& index,
                       DownloadPlan& plan) {
    std::vector<const StreamInfo*> sounds;
    for (const std::string& language : wish.audio) {
        const StreamInfo* sound = soundIn(file, language);
        if (!sound) {
            return core::fail(ErrorCode::Unprocessable,
                              "There is no sound in " + core::languageName(language) + " in this title.");
        }
        if (std::find(sounds.begin(), sounds.end(), sound) == sounds.end()) {
            sounds.push_back(sound);
        }
    }
    if (const auto usual = sounds.empty() ? defaultAudio(file) : std::nullopt) {
        sounds.push_back(&file.streams[*usual]);
    }
    for (const StreamInfo* sound : sounds) {
        auto track = soundOf(wish, file, *sound, index);
        if (!track) {
            return unexpected<core::Error>(track.error());
        }
        plan.tracks.push_back(std::move(*track));
    }
    return {};
}

bool isText(std::string_view codec) {
    constexpr std::array<std::string_view, 7> texts{"subrip", "ass", "ssa", "webvtt", "mov_text", "text", "ttml"};
    return std::find(texts.begin(), texts.end(), codec) != texts.end();
}

// All that is there in a language: whole, forced, for those who hear little.
Result<void> addTexts(const DownloadWish& wish, const core::MediaInfo& file, const std::vector<DownloadSidecar>& beside,
                      DownloadPlan& plan) {
    for (const std::string& language : wish.subtitles) {
        const std::size_t before = plan.texts.size();
        for (const StreamInfo& stream : file.streams) {
            if (stream.kind == StreamKind::Subtitle && isText(stream.codec) && speaks(stream.language, language)) {
                plan.texts.push_back({stream.index, 0, stream.language, stream.title, stream.forced, stream.isDefault});
            }
        }
        for (std::size_t i = 0; i < beside.size(); ++i) {
            if (speaks(beside[i].language, language)) {
                plan.texts.push_back({-1, i, beside[i].language, "", beside[i].forced, beside[i].isDefault});
            }
        }
        if (plan.texts.size() == before) {
            return core::fail(ErrorCode::Unprocessable, "There are no subtitles in " + core::languageName(language) +
                                                            " that can be put into this file.");
        }
    }
    return {};
}

}  // namespace

const char* name(DownloadFormat format) {
    return kForms[static_cast<std::size_t>(format)].name;
}

const char* extensionOf(DownloadFormat format) {
    return kForms[static_cast<std::size_t>(format)].extension;
}

bool isMusic(DownloadFormat format) {
    return format != DownloadFormat::Original && !isFilm(format);
}

bool isFilm(DownloadFormat format) {
    return format == DownloadFormat::Mp4 || format == DownloadFormat::Webm;
}

const char* musicCodecOf(DownloadFormat format) {
    return isMusic(format) && format != DownloadFormat::M4a ? name(format) : "";
}

const char* mimeTypeOf(DownloadFormat format, bool withPicture) {
    if (format == DownloadFormat::Mp3) {
        return "audio/mpeg";
    }
    if (format == DownloadFormat::Opus || format == DownloadFormat::Flac) {
        return format == DownloadFormat::Opus ? "audio/ogg" : "audio/flac";
    }
    if (format == DownloadFormat::Webm) {
        return "video/webm";
    }
    return withPicture ? "video/mp4" : "audio/mp4";
}

std::string DownloadWish::text() const {
    std::string all = std::string(name(format)) + " " + std::to_string(height) + " " + std::to_string(kbit);
    for (const std::string& language : audio) {
        all += " a:" + language;
    }
    for (const std::string& language : subtitles) {
        all += " s:" + language;
    }
    return all;
}

Result<DownloadWish> downloadWish(std::string_view quality, std::string_view format, std::vector<std::string> audio,
                                  std::vector<std::string> subtitles) {
    const auto* form = std::find_if(kForms.begin(), kForms.end(), [&](const Form& one) { return one.name == format; });
    if (form == kForms.end()) {
        return invalid("“format” is original, mp4, webm, m4a, mp3, opus or flac.");
    }
    DownloadWish wish;
    wish.format = form->format;
    const bool music = isMusic(wish.format);
    const bool lines = quality.ends_with('p');
    const auto number = numberOf(lines ? quality.substr(0, quality.size() - 1) : quality);
    if (quality != "original") {
        const bool good = number && (lines ? has(kHeights, *number) : has(kKilobits, *number));
        if (!good || lines == music || wish.format == DownloadFormat::Original || wish.format == DownloadFormat::Flac) {
            return invalid(
                "“quality” is original; for mp4 and webm also 2160p, 1080p, 720p, 480p, 360p or 240p; for m4a, mp3 "
                "and opus also 320, 256, 192, 160, 128, 96 or 64 (kbit/s).");
        }
        (lines ? wish.height : wish.kbit) = *number;
    }
    const bool asItIs = wish.format == DownloadFormat::Original;
    if ((asItIs && !audio.empty()) || (!isFilm(wish.format) && !subtitles.empty()) || (music && audio.size() > 1)) {
        return invalid("Languages can be chosen for mp4 and webm, and one for music.");
    }
    for (auto* languages : {&audio, &subtitles}) {
        for (std::string& language : *languages) {
            language = core::languageTag(language);
            if (language.empty()) {
                return invalid("A language is a tag as in “en” or “pt-BR”.");
            }
        }
    }
    wish.audio = std::move(audio);
    wish.subtitles = std::move(subtitles);
    return wish;
}

Result<DownloadPlan> planDownload(const DownloadWish& wish, const core::MediaInfo& file, const MediaIndex& index,
                                  const std::vector<DownloadSidecar>& beside) {
    DownloadPlan plan;
    if (isFilm(wish.format)) {
        const auto video = defaultVideo(file);
        if (!video) {
            return impossible("There is no picture in this title: choose m4a, mp3, opus or flac.");
        }
        auto track = videoOf(wish, file, file.streams[*video], index);
        if (!track) {
            return unexpected<core::Error>(track.error());
        }
        plan.tracks.push_back(std::move(*track));
    }
    auto added = addSounds(wish, file, index, plan);
    added = added ? addTexts(wish, file, beside, plan) : added;
    if (!added) {
        return unexpected<core::Error>(added.error());
    }
    const auto uncut = [&](const TrackSpec& track) { return segmentGrid({track}, file, index).empty(); };
    if (plan.tracks.empty() || std::any_of(plan.tracks.begin(), plan.tracks.end(), uncut)) {
        return impossible("This title cannot be converted.");
    }
    return plan;
}

}  // namespace marea::server
