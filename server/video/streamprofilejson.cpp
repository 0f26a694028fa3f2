#include <algorithm>
#include <array>

#include "core/base/jsonfields.h"
#include "server/video/streamprofile.h"

namespace marea::server {

namespace {

namespace json = core::json;
using core::JsonFields;
using core::Result;
using core::unexpected;

constexpr std::size_t mostRungs = 10, mostLanguages = 32, mostNames = 8, longestWord = 32, longestText = 200;
constexpr std::int64_t leastBitrate = 100'000, mostBitrate = 100'000'000, bitrateStep = 10'000;

constexpr std::array<std::string_view, 2> hdrNames{"keep", "tone_map"};
constexpr std::array<std::string_view, 2> modeNames{"constrained_quality", "vbr"};
constexpr std::array<std::string_view, 3> burnNames{"never", "needed", "always"};
constexpr std::array<std::string_view, 2> loudnessNames{"as_is", "normalised"};
constexpr std::array<std::string_view, 2> rangeNames{"none", "night"};

template <std::size_t N>
std::string oneOf(const std::array<std::string_view, N>& names) {
    std::string words = "must be ";
    for (std::size_t i = 0; i < N; ++i) {
        words += (i == 0 ? "" : i + 1 == N ? " or " : ", ") + std::string(names[i]);
    }
    return words;
}

// The field's place among `names`, into `value`.
template <std::size_t N, class Enum>
void choice(JsonFields& fields, std::string_view name, const std::array<std::string_view, N>& names, Enum& value) {
    const auto text = fields.text(name, longestWord);
    const auto found = std::find(names.begin(), names.end(), text.value_or(""));
    if (text && found == names.end()) {
        fields.wrong(name, oneOf(names));
    } else if (text) {
        value = static_cast<Enum>(found - names.begin());
    }
}

// A list without repeats of what is in `known`, in the order that is liked; not empty.
void liked(JsonFields& fields, std::string_view name, const std::vector<std::string>& known,
           std::vector<std::string>& value) {
    auto list = fields.texts(name, mostNames, longestWord);
    if (!list) {
        return;
    }
    std::string some;
    for (const std::string& one : known) {
        some += " " + one;
    }
    for (auto at = list->begin(); at != list->end(); ++at) {
        if (std::find(known.begin(), known.end(), *at) == known.end() || std::find(list->begin(), at, *at) != at) {
            return fields.wrong(name, "must be a list of some of" + some + ", each once");
        }
    }
    if (list->empty()) {
        return fields.wrong(name, "must be a list of some of" + some);
    }
    value = std::move(*list);
}

bool isLanguage(std::string_view tag) {
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    };
    return tag.size() >= 2 && tag.front() != '-' && tag.back() != '-' && std::all_of(tag.begin(), tag.end(), letter);
}

void languages(JsonFields& fields, LanguageChoice& value) {
    if (auto list = fields.texts("languages", mostLanguages, longestWord)) {
        if (!std::all_of(list->begin(), list->end(), isLanguage)) {
            fields.wrong("languages", "must be language tags, as in \"en\" or \"pt-BR\"");
        }
        value.order = std::move(*list);
    }
    value.onlyThese = fields.boolean("only_these_languages").value_or(value.onlyThese);
}

Result<Rung> rung(const json::value& value, const std::string& where) {
    JsonFields fields(value, where);
    fields.require("height");
    fields.require("bitrate");
    Rung rung;
    rung.height = static_cast<int>(fields.integer("height", 1, 10'000).value_or(0));
    rung.bitrate = fields.integer("bitrate", leastBitrate, mostBitrate).value_or(0);
    const auto& known = rungHeights();
    if (std::find(known.begin(), known.end(), rung.height) == known.end()) {
        fields.wrong("height", "must be one of 2160, 1440, 1080, 720, 576, 540, 480, 360, 240 and 144");
    }
    if (rung.bitrate % bitrateStep != 0) {
        fields.wrong("bitrate", "is in bits per second, in steps of 10000");
    }
    auto done = fields.finish();
    return done ? Result<Rung>(rung) : unexpected<core::Error>(done.error());
}

Result<void> rungs(JsonFields& fields, const std::string& where, std::vector<Rung>& value) {
    const json::array* list = fields.array("rungs", mostRungs);
    if (!list) {
        return {};
    }
    if (list->empty()) {
        fields.wrong("rungs", "must have one at least");
        return {};
    }
    value.clear();
    for (std::size_t i = 0; i < list->size(); ++i) {
        auto one = rung((*list)[i], where + ".rungs[" + std::to_string(i) + "]");
        if (!one) {
            return unexpected<core::Error>(one.error());
        }
        value.push_back(*one);
    }
    const auto worse = [](const Rung& a, const Rung& b) { return a.height <= b.height || a.bitrate <= b.bitrate; };
    if (std::adjacent_find(value.begin(), value.end(), worse) != value.end()) {
        fields.wrong("rungs", "must go from the best to the worst, each with less height and bitrate than before");
    }
    return {};
}

Result<void> readVideo(const json::value& value, StreamProfile::Video& video) {
    JsonFields fields(value, "video");
    liked(fields, "codecs", {"h264", "hevc", "vp9", "av1"}, video.codecs);
    if (auto done = rungs(fields, "video", video.rungs); !done) {
        return done;
    }
    choice(fields, "bitrate_mode", modeNames, video.mode);
    choice(fields, "hdr", hdrNames, video.hdr);
    video.maxHeight = static_cast<int>(fields.integer("max_height", 0, 10'000).value_or(video.maxHeight));
    video.maxBitrate = fields.integer("max_bitrate", 0, 1'000'000'000).value_or(video.maxBitrate);
    video.maxFrameRate = static_cast<int>(fields.integer("max_frame_rate", 0, 60).value_or(video.maxFrameRate));
    return fields.finish();
}

Result<void> readAudio(const json::value& value, StreamProfile::Audio& audio) {
    JsonFields fields(value, "audio");
    liked(fields, "codecs", {"aac", "opus", "mp3", "flac"}, audio.codecs);
    if (const auto channels = fields.integer("max_channels", 1, 8)) {
        audio.maxChannels = static_cast<int>(*channels);
        if (*channels != 1 && *channels != 2 && *channels != 6 && *channels != 8) {
            fields.wrong("max_channels", "must be 1, 2, 6 or 8");
        }
    }
    audio.maxBitrate = fields.integer("max_bitrate", 0, 10'000'000).value_or(audio.maxBitrate);
    choice(fields, "loudness", loudnessNames, audio.loudness);
    choice(fields, "dynamic_range", rangeNames, audio.night);
    languages(fields, audio.languages);
    return fields.finish();
}

Result<void> readSubtitles(const json::value& value, StreamProfile::Subtitles& subtitles) {
    JsonFields fields(value, "subtitles");
    if (const auto formats = fields.texts("formats", mostNames, longestWord)) {
        subtitles.text = !formats->empty();
        if (formats->size() > 1 || (subtitles.text && formats->front() != "webvtt")) {
            fields.wrong("formats", "must be [\"webvtt\"], or empty for none");
        }
    }
    choice(fields, "burn", burnNames, subtitles.burn);
    languages(fields, subtitles.languages);
    return fields.finish();
}

// The part `name` through `read`.
template <class Part>
Result<void> part(JsonFields& fields, std::string_view name, Part& into,
                  Result<void> (*read)(const json::value&, Part&)) {
    const json::value* value = fields.raw(name);
    return value ? read(*value, into) : Result<void>();
}

void readName(JsonFields& fields, StreamProfile& profile) {
    const auto said = fields.text("name", longestText);
    if (said && !profile.name.empty() && *said != profile.name) {
        fields.wrong("name", "cannot be changed: add a profile of the new name and remove this one");
    }
    profile.name = said.value_or(profile.name);
    if (!isProfileName(profile.name)) {
        fields.wrong("name", "must be 1 to 32 letters a-z, digits and hyphens within");
    }
}

template <std::size_t N, class Enum>
std::string word(const std::array<std::string_view, N>& names, Enum value) {
    return std::string(names[static_cast<std::size_t>(value)]);
}

json::array texts(const std::vector<std::string>& list) {
    return json::array(list.begin(), list.end());
}

json::object videoJson(const StreamProfile::Video& video) {
    json::array rungs;
    for (const Rung& rung : video.rungs) {
        rungs.push_back(json::object{{"height", rung.height}, {"bitrate", rung.bitrate}});
    }
    return {{"codecs", texts(video.codecs)},
            {"rungs", std::move(rungs)},
            {"bitrate_mode", word(modeNames, video.mode)},
            {"hdr", word(hdrNames, video.hdr)},
            {"max_height", video.maxHeight},
            {"max_bitrate", video.maxBitrate},
            {"max_frame_rate", video.maxFrameRate}};
}

json::object audioJson(const StreamProfile::Audio& audio) {
    return {{"codecs", texts(audio.codecs)},
            {"max_channels", audio.maxChannels},
            {"max_bitrate", audio.maxBitrate},
            {"loudness", word(loudnessNames, audio.loudness)},
            {"dynamic_range", word(rangeNames, audio.night)},
            {"languages", texts(audio.languages.order)},
            {"only_these_languages", audio.languages.onlyThese}};
}

json::object subtitlesJson(const StreamProfile::Subtitles& subtitles) {
    return {{"formats", subtitles.text ? json::array{"webvtt"} : json::array{}},
            {"burn", word(burnNames, subtitles.burn)},
            {"languages", texts(subtitles.languages.order)},
            {"only_these_languages", subtitles.languages.onlyThese}};
}

}  // namespace

Result<StreamProfile> parseStreamProfile(const json::value& value, std::string name) {
    JsonFields fields(value, "");
    StreamProfile profile = *builtInProfiles().front();
    profile.description.clear();
    profile.name = std::move(name);
    readName(fields, profile);
    profile.description = fields.text("description", longestText).value_or("");
    liked(fields, "formats", {"cmaf", "webm", "mpegts"}, profile.formats);
    for (auto done : {part(fields, "video", profile.video, readVideo), part(fields, "audio", profile.audio, readAudio),
                      part(fields, "subtitles", profile.subtitles, readSubtitles)}) {
        if (!done) {
            return unexpected<core::Error>(done.error());
        }
    }
    auto done = fields.finish();
    return done ? Result<StreamProfile>(std::move(profile)) : unexpected<core::Error>(done.error());
}

json::object toJson(const StreamProfile& profile) {
    return {{"name", profile.name},
            {"description", profile.description},
            {"formats", texts(profile.formats)},
            {"video", videoJson(profile.video)},
            {"audio", audioJson(profile.audio)},
            {"subtitles", subtitlesJson(profile.subtitles)}};
}

}  // namespace marea::server
