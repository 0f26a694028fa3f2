#include "server/packaging/timegrid.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace marea::server {

namespace {

__extension__ typedef __int128 Wide;

constexpr Ticks shortestTail = kTicksPerSecond;
// No title is longer; a file that claims so gets no endless playlist.
constexpr Ticks longestTitle = 7 * 24 * 3600 * kTicksPerSecond;

// 1, 1, 2, 4, 4 … seconds.
Ticks nominalEnd(std::size_t number) {
    return kTicksPerSecond * (number < 2 ? static_cast<Ticks>(number) + 1 : static_cast<Ticks>(number - 1) * 4);
}

Ticks shortestCopy(std::size_t number) {
    return number < 2 ? kTicksPerSecond : 3 * kTicksPerSecond;
}

Ticks bounded(Ticks end) {
    return std::clamp<Ticks>(end, 0, longestTitle);
}

// The segment that ends at `end`, in which a short rest of the one before lies too.
void close(std::vector<Cut>& grid, Ticks from, Ticks end) {
    if (!grid.empty() && end - from < shortestTail) {
        grid.back().to = end;
    } else if (from < end) {
        grid.push_back({from, end});
    }
}

Rational unitsOf(const TrackSpec& track, const TrackIndex& indexed, const core::MediaInfo& file) {
    if (const auto* video = std::get_if<VideoEncoding>(&track.encoding)) {
        return video->frameRate;
    }
    if (const auto* audio = std::get_if<AudioEncoding>(&track.encoding)) {
        return audioFrameRate(audio->codec, audio->sampleRate);
    }
    const core::StreamInfo* stream = findStream(file, track.stream);
    return audioFrameRate(indexed.codec, stream ? stream->sampleRate : 0);
}

}  // namespace

std::int64_t rescale(std::int64_t value, std::int64_t num, std::int64_t den) {
    const Wide product = Wide{value} * num;
    const Wide half = den / 2;
    const Wide result = product < 0 ? -((-product + half) / den) : (product + half) / den;
    const bool fits =
        result <= std::numeric_limits<std::int64_t>::max() && result >= std::numeric_limits<std::int64_t>::min();
    return fits ? static_cast<std::int64_t>(result) : std::numeric_limits<std::int64_t>::min();
}

Ticks toTicks(std::int64_t value, Rational unit) {
    return rescale(value, std::int64_t{unit.num} * kTicksPerSecond, unit.den);
}

Ticks toTicks(double seconds) {
    const double limit = static_cast<double>(longestTitle);
    const double ticks = seconds * static_cast<double>(kTicksPerSecond);
    return std::isfinite(ticks) ? std::llround(std::clamp(ticks, -limit, limit)) : 0;
}

double toSeconds(Ticks ticks) {
    return static_cast<double>(ticks) / static_cast<double>(kTicksPerSecond);
}

Ticks unitTime(std::int64_t n, Rational unitsPerSecond) {
    return rescale(n, kTicksPerSecond * unitsPerSecond.den, unitsPerSecond.num);
}

std::int64_t firstUnit(Ticks at, Rational unitsPerSecond) {
    std::int64_t n = rescale(at, unitsPerSecond.num, kTicksPerSecond * unitsPerSecond.den);
    while (n > 0 && unitTime(n - 1, unitsPerSecond) >= at) {
        --n;
    }
    while (unitTime(n, unitsPerSecond) < at) {
        ++n;
    }
    return n;
}

int audioFrameSize(std::string_view codec) {
    struct Size {
        std::string_view codec;
        int samples;
    };
    constexpr Size sizes[] = {{"aac", 1024}, {"opus", 960},  {"flac", 4608}, {"mp3", 1152},
                              {"ac3", 1536}, {"eac3", 1536}, {"mp2", 1152},  {"alac", 4096}};
    const auto* found =
        std::find_if(std::begin(sizes), std::end(sizes), [&](const Size& s) { return s.codec == codec; });
    return found == std::end(sizes) ? 0 : found->samples;
}

Rational audioFrameRate(std::string_view codec, int sampleRate) {
    const int size = audioFrameSize(codec);
    // Frames of nothing known are as good as any: 20 ms.
    return size > 0 && sampleRate > 0 && sampleRate <= 768'000 ? Rational{sampleRate, size} : Rational{50, 1};
}

std::vector<Cut> unitGrid(Rational unitsPerSecond, Ticks end) {
    std::vector<Cut> grid;
    if (unitsPerSecond.num <= 0 || unitsPerSecond.den <= 0) {
        return grid;
    }
    end = bounded(end);
    Ticks from = 0;
    for (std::size_t number = 0; nominalEnd(number) < end; ++number) {
        const Ticks to = unitTime(firstUnit(nominalEnd(number), unitsPerSecond), unitsPerSecond);
        if (to > from && to < end) {
            grid.push_back({from, to});
            from = to;
        }
    }
    close(grid, from, end);
    return grid;
}

std::vector<Cut> keyframeGrid(const std::vector<Keyframe>& keyframes, Ticks end) {
    std::vector<Cut> grid;
    if (keyframes.empty()) {
        return grid;
    }
    end = bounded(end);
    Ticks from = 0;
    for (std::size_t i = 1; i < keyframes.size(); ++i) {  // from the second: before the first there is no picture
        const Ticks at = keyframes[i].at;
        if (at - from >= shortestCopy(grid.size()) && at < end) {
            grid.push_back({from, at});
            from = at;
        }
    }
    close(grid, from, end);
    return grid;
}

namespace {

// Of muxed tracks the longest one's, within reason: sound goes on when its picture has ended.
Ticks endOf(const std::vector<TrackSpec>& tracks, Ticks first, const MediaIndex& index) {
    constexpr Ticks longestTail = 30 * kTicksPerSecond;
    Ticks end = first;
    for (const TrackSpec& track : tracks) {
        const TrackIndex* indexed = findTrack(index, track.stream);
        end = indexed ? std::max(end, std::min(indexed->end, first + longestTail)) : end;
    }
    return end;
}

// Sound that begins later than the title: a copy has nothing before it, and players take no segment for empty.
void joinUpTo(std::vector<Cut>& grid, Ticks start) {
    auto first = grid.begin();
    while (first != grid.end() && first + 1 != grid.end() && first->to <= start) {
        ++first;
    }
    if (first != grid.begin()) {
        first->from = grid.front().from;
        grid.erase(grid.begin(), first);
    }
}

}  // namespace

std::vector<Cut> segmentGrid(const std::vector<TrackSpec>& tracks, const core::MediaInfo& file,
                             const MediaIndex& index) {
    if (tracks.empty()) {
        return {};
    }
    const TrackSpec& first = tracks.front();
    const TrackIndex* indexed = findTrack(index, first.stream);
    if (!indexed) {
        return {};
    }
    const bool copy = std::holds_alternative<CopyEncoding>(first.encoding);
    const Ticks end = endOf(tracks, indexed->end, index);
    if (copy && indexed->kind == core::StreamKind::Video) {
        return keyframeGrid(indexed->keyframes, end);
    }
    std::vector<Cut> grid = unitGrid(unitsOf(first, *indexed, file), end);
    if (copy) {
        joinUpTo(grid, indexed->start);
    }
    return grid;
}

bool isLongToIndex(const core::MediaInfo& file, std::int64_t size) {
    return (file.container == "mpegts" || file.container == "mpeg") && size > kQuicklyRead;
}

IndexDepth depthFor(const std::vector<TrackSpec>& tracks, const core::MediaInfo& file) {
    const bool copies = std::any_of(tracks.begin(), tracks.end(), [&](const TrackSpec& track) {
        const core::StreamInfo* stream = findStream(file, track.stream);
        return std::holds_alternative<CopyEncoding>(track.encoding) &&
               (!stream || stream->kind == core::StreamKind::Video);
    });
    return copies ? IndexDepth::Whole : IndexDepth::Soonest;
}

std::vector<Cut> pictureGrid(const TrackSpec& track, const core::MediaInfo& file, const MediaIndex& index) {
    const TrackIndex* indexed = findTrack(index, track.stream);
    if (!indexed || indexed->kind != core::StreamKind::Video) {
        return {};
    }
    if (!std::holds_alternative<CopyEncoding>(track.encoding)) {
        return segmentGrid({track}, file, index);
    }
    std::vector<Cut> pictures;
    const Ticks end = bounded(indexed->end);
    for (const Keyframe& keyframe : indexed->keyframes) {
        if (keyframe.at >= end || (!pictures.empty() && keyframe.at - pictures.back().from < kTicksPerSecond)) {
            continue;
        }
        if (!pictures.empty()) {
            pictures.back().to = keyframe.at;
        }
        pictures.push_back({keyframe.at, end});
    }
    return pictures;
}

std::size_t segmentAt(const std::vector<Cut>& grid, Ticks at) {
    const auto after =
        std::upper_bound(grid.begin(), grid.end(), at, [](Ticks t, const Cut& cut) { return t < cut.to; });
    return static_cast<std::size_t>(std::min(after, grid.end() - 1) - grid.begin());
}

const TrackIndex* findTrack(const MediaIndex& index, int stream) {
    const auto found =
        std::find_if(index.tracks.begin(), index.tracks.end(), [&](const TrackIndex& t) { return t.stream == stream; });
    return found == index.tracks.end() ? nullptr : &*found;
}

const core::StreamInfo* findStream(const core::MediaInfo& file, int stream) {
    const auto found =
        std::find_if(file.streams.begin(), file.streams.end(), [&](const auto& s) { return s.index == stream; });
    return found == file.streams.end() ? nullptr : &*found;
}

}  // namespace marea::server
