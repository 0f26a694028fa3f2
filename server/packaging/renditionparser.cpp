#include <algorithm>
#include <string_view>

#include "server/packaging/rendition.h"
#include "server/packaging/timegrid.h"

namespace marea::server {

namespace {

using core::StreamKind;

constexpr std::size_t longestName = 80;

// What stands before `separator`; `text` is left with what stands behind.
std::string_view takeUntil(std::string_view& text, char separator) {
    const auto at = std::min(text.find(separator), text.size());
    const std::string_view part = text.substr(0, at);
    text.remove_prefix(std::min(at + 1, text.size()));
    return part;
}

std::optional<int> number(std::string_view digits) {
    constexpr std::size_t most = 6;
    if (digits.empty() || digits.size() > most ||
        !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        return std::nullopt;
    }
    int value = 0;
    for (const char c : digits) {
        value = value * 10 + (c - '0');
    }
    return value;
}

std::optional<TrackSpec> parseVideo(int stream, std::string_view codec, std::string_view rest,
                                    const core::MediaInfo& file) {
    const auto height = number(takeUntil(rest, '-'));
    std::string_view word = takeUntil(rest, '-');
    VideoTuning tuning;
    if (const auto kbit = word.starts_with('b') ? number(word.substr(1)) : std::nullopt) {
        tuning.kbit = *kbit;
        word = takeUntil(rest, '-');
    }
    if (const auto rate = word.starts_with('f') ? number(word.substr(1)) : std::nullopt) {
        tuning.mostRate = *rate;
        word = takeUntil(rest, '-');
    }
    if (word == "vbr") {
        tuning.mode = BitrateMode::Average;
        word = takeUntil(rest, '-');
    }
    const bool toneMap = word == "sdr";
    word = toneMap ? takeUntil(rest, '-') : word;
    const auto burn = word.starts_with("burn") ? number(word.substr(4)) : std::nullopt;
    const auto encoding = videoEncoding(file, stream, codec, height.value_or(0), toneMap, burn, tuning);
    return encoding ? std::optional(TrackSpec{stream, *encoding}) : std::nullopt;
}

// "gm35": -3.5 dB.
std::optional<double> gainOf(std::string_view word) {
    const auto tenths = word.starts_with("gm") || word.starts_with("gp") ? number(word.substr(2)) : std::nullopt;
    if (!tenths || *tenths > kMostGain * 10) {
        return std::nullopt;
    }
    return (word[1] == 'm' ? -*tenths : *tenths) / 10.0;
}

std::optional<TrackSpec> parseAudio(int stream, std::string_view codec, std::string_view rest,
                                    const core::MediaInfo& file) {
    const auto channels = number(takeUntil(rest, '-'));
    std::string_view word = takeUntil(rest, '-');
    const auto kbit = number(word);
    word = kbit ? takeUntil(rest, '-') : word;
    const auto gain = gainOf(word);
    word = gain ? takeUntil(rest, '-') : word;
    auto encoding = audioEncoding(file, stream, codec, channels.value_or(0), kbit.value_or(0));
    if (encoding) {
        encoding->gain = gain.value_or(0);
        encoding->night = word == "night";
    }
    return encoding ? std::optional(TrackSpec{stream, *encoding}) : std::nullopt;
}

// Lenient: what it overlooks, the comparison with the name of the result finds.
std::optional<TrackSpec> parseTrack(std::string_view text, const core::MediaInfo& file) {
    const std::string_view head = takeUntil(text, '-');
    const auto stream = head.empty() ? std::nullopt : number(head.substr(1));
    const core::StreamInfo* source = stream ? findStream(file, *stream) : nullptr;
    if (!source || source->attachedPicture) {
        return std::nullopt;
    }
    const std::string_view codec = takeUntil(text, '-');
    if (codec == "copy") {
        return canCopy(*source) ? std::optional(TrackSpec{*stream, CopyEncoding{}}) : std::nullopt;
    }
    return source->kind == StreamKind::Video ? parseVideo(*stream, codec, text, file)
                                             : parseAudio(*stream, codec, text, file);
}

bool isVideo(const TrackSpec& track, const core::MediaInfo& file) {
    return findStream(file, track.stream)->kind == StreamKind::Video;
}

}  // namespace

core::Result<std::vector<TrackSpec>> parseRendition(std::string_view name, const core::MediaInfo& file) {
    std::vector<TrackSpec> tracks;
    std::string_view rest = name.size() <= longestName ? name : std::string_view();
    while (!rest.empty() && tracks.size() < 3) {
        const auto track = parseTrack(takeUntil(rest, '+'), file);
        if (!track) {
            tracks.clear();
            break;
        }
        tracks.push_back(*track);
    }
    const bool pair = tracks.size() == 2 && isVideo(tracks[0], file) && !isVideo(tracks[1], file) &&
                      fitsTransportStream(tracks[0], file) && fitsTransportStream(tracks[1], file);
    if ((tracks.size() != 1 && !pair) || renditionName(tracks, file) != name) {
        return core::fail(core::ErrorCode::NotFound, "There is no such version of this title.");
    }
    return tracks;
}

}  // namespace marea::server
