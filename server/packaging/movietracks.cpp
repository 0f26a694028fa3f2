#include "server/packaging/movietracks.h"

#include <algorithm>

#include "server/packaging/mp4boxes.h"
#include "server/packaging/subtitles/cuetext.h"
#include "server/packaging/timegrid.h"

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;
using core::StreamKind;
using core::unexpected;

constexpr std::uint32_t kTextScale = 1000;

// Segments say when they begin: where the one before leaves a gap or reaches over, its last sample gives or takes.
void straighten(std::vector<MovieSample>& samples) {
    const std::int64_t first = samples.front().at;
    std::int64_t at = 0;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        MovieSample& sample = samples[i];
        const std::int64_t wanted = sample.at - first;
        sample.offset += static_cast<std::int32_t>(wanted - at);
        sample.at = at;
        const std::int64_t next = i + 1 < samples.size() ? samples[i + 1].at - first : wanted + sample.length;
        sample.length = static_cast<std::uint32_t>(std::clamp<std::int64_t>(next - at, 0, INT32_MAX));
        at += sample.length;
    }
}

void addText(LaidTrack& laid, Millis length, std::string_view text) {
    constexpr std::size_t longest = 0xFFFF;
    const std::string_view words = text.substr(0, longest);
    MovieSample sample;
    sample.at = static_cast<std::int64_t>(laid.length);
    sample.length = static_cast<std::uint32_t>(length);
    sample.size = static_cast<std::uint32_t>(2 + words.size());
    BoxWriter(laid.text).u16(static_cast<std::uint32_t>(words.size()));
    laid.text.append(words);
    laid.samples.push_back(sample);
    laid.length += sample.length;
}

// What a person reads of a cue: tags gone, characters as they are.
std::string plainText(std::string_view cue) {
    std::string plain;
    for (std::size_t i = 0; i < cue.size(); ++i) {
        if (cue[i] == '<') {
            i = std::min(cue.find('>', i), cue.size());
            continue;
        }
        std::size_t length = 0;
        const std::string one = cue[i] == '&' ? decodeReference(cue.substr(i), length) : std::string();
        if (one.empty()) {
            plain.push_back(cue[i]);
            continue;
        }
        plain += one;
        i += length - 1;
    }
    return plain;
}

}  // namespace

Result<LaidTrack> layTrack(const MovieTrack& track) {
    LaidTrack laid;
    auto init = partsOf(track.init);
    if (!init) {
        return unexpected<core::Error>(init.error());
    }
    laid.init = *init;
    laid.handler = track.kind == StreamKind::Video ? "vide" : "soun";
    laid.language = track.language;
    laid.title = track.title;
    laid.isEnabled = track.isDefault;
    laid.group = track.kind == StreamKind::Video ? 0 : 1;
    for (const MovieChunk& chunk : track.chunks) {
        laid.samples.insert(laid.samples.end(), chunk.samples.begin(), chunk.samples.end());
        laid.inChunk.push_back(static_cast<std::uint32_t>(chunk.samples.size()));
    }
    if (laid.samples.empty()) {
        return core::fail(ErrorCode::Unprocessable, "There is nothing in this track.");
    }
    const std::int64_t first = laid.samples.front().at;
    const std::int64_t scale = laid.init.scale;
    laid.begin = rescale(kPresentationShift, scale, kTicksPerSecond) - first;
    straighten(laid.samples);
    std::int64_t last = 0;
    for (const MovieSample& sample : laid.samples) {
        laid.length += sample.length;
        last = std::max(last, sample.at + sample.offset + static_cast<std::int64_t>(sample.length));
    }
    if (track.end) {
        last = std::min(last, rescale(*track.end, scale, kTicksPerSecond) + laid.begin);
    }
    laid.shown = static_cast<std::uint64_t>(std::max<std::int64_t>(last - std::max<std::int64_t>(laid.begin, 0), 0));
    return laid;
}

// Samples follow each other without a gap: where nothing is said stands an empty one. Of cues that overlap, the lines
// stand together.
LaidTrack layText(const MovieText& text) {
    LaidTrack laid;
    laid.init.scale = kTextScale;
    laid.handler = "sbtl";
    laid.language = text.language;
    laid.title = text.title;
    laid.isEnabled = text.isDefault || text.isForced;
    laid.isForced = text.isForced;
    laid.group = 2;
    std::vector<Millis> times{0};
    for (const Cue& cue : text.cues) {
        times.push_back(cue.start);
        times.push_back(cue.end);
    }
    std::sort(times.begin(), times.end());
    times.erase(std::unique(times.begin(), times.end()), times.end());
    std::size_t next = 0;
    std::vector<const Cue*> open;
    for (std::size_t i = 0; i + 1 < times.size(); ++i) {
        std::erase_if(open, [&](const Cue* cue) { return cue->end <= times[i]; });
        for (; next < text.cues.size() && text.cues[next].start <= times[i]; ++next) {
            open.push_back(&text.cues[next]);
        }
        std::string words;
        for (const Cue* cue : open) {
            words += (words.empty() ? "" : "\n") + plainText(cue->text);
        }
        addText(laid, times[i + 1] - times[i], words);
    }
    addText(laid, 1, "");  // the last one ends
    laid.inChunk.push_back(static_cast<std::uint32_t>(laid.samples.size()));
    laid.shown = laid.length;
    return laid;
}

}  // namespace marea::server
