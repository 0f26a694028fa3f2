#include "server/packaging/bandwidth.h"

#include <algorithm>

namespace marea::server {

namespace {

using core::StreamInfo;
using core::StreamKind;

std::int64_t perSecond(std::int64_t bytes, Ticks time) {
    // Bytes of a file that lies about them stay below what can be multiplied.
    constexpr std::int64_t most = std::int64_t{1} << 42;
    return rescale(std::clamp<std::int64_t>(bytes, 0, most), 8 * kTicksPerSecond, std::max<Ticks>(time, 1));
}

std::vector<std::int64_t> bytesBySegment(const std::vector<Keyframe>& keyframes, const std::vector<Cut>& cuts) {
    std::vector<std::int64_t> bytes(cuts.size(), 0);
    for (const Keyframe& keyframe : keyframes) {
        bytes[segmentAt(cuts, keyframe.at)] += std::clamp<std::int64_t>(keyframe.bytes, 0, std::int64_t{1} << 40);
    }
    return bytes;
}

// RFC 8216 section 4.3.4.2: the largest of any run of segments that lasts 0.5 to 1.5 target durations.
Bandwidth measured(const std::vector<Keyframe>& keyframes, const std::vector<Cut>& cuts) {
    const auto bytes = bytesBySegment(keyframes, cuts);
    const Ticks target = targetDuration(cuts) * kTicksPerSecond;
    Bandwidth found;
    std::int64_t all = 0;
    for (std::size_t from = 0; from < cuts.size(); ++from) {
        all += bytes[from];
        std::int64_t run = 0;
        for (std::size_t to = from; to < cuts.size() && 2 * (cuts[to].to - cuts[from].from) <= 3 * target; ++to) {
            run += bytes[to];
            const Ticks time = cuts[to].to - cuts[from].from;
            if (2 * time >= target) {
                found.peak = std::max(found.peak, perSecond(run, time));
            }
        }
    }
    found.average = perSecond(all, cuts.back().to - cuts.front().from);
    found.peak = std::max(found.peak, found.average);
    return found;
}

std::int64_t statedBitrate(const StreamInfo& source, const TrackIndex& indexed, const core::MediaInfo& file) {
    const std::int64_t whole = source.kind == StreamKind::Video ? file.bitrate : 0;
    const std::int64_t stated = indexed.bitrate > 0 ? indexed.bitrate : source.bitrate > 0 ? source.bitrate : whole;
    return std::min(stated, std::int64_t{1} << 40);
}

// Samples as they are: no lossless codec takes more, but for its headers.
std::int64_t uncompressed(const StreamInfo& source) {
    const int bits = source.bitDepth > 0 ? std::min(source.bitDepth, 32) : 24;
    return std::int64_t{std::max(source.sampleRate, 44'100)} * std::max(source.channels, 1) * bits;
}

std::int64_t usualBitrate(const StreamInfo& source) {
    return source.kind == StreamKind::Video ? 20'000'000 : std::int64_t{std::max(source.channels, 2)} * 128'000;
}

Bandwidth copied(const StreamInfo& source, const TrackIndex& indexed, const core::MediaInfo& file,
                 const std::vector<Cut>& cuts) {
    const bool tells = std::any_of(indexed.keyframes.begin(), indexed.keyframes.end(),
                                   [](const Keyframe& keyframe) { return keyframe.bytes > 0; });
    if (tells) {
        return measured(indexed.keyframes, cuts);
    }
    const std::int64_t stated = statedBitrate(source, indexed, file);
    const std::int64_t average = stated > 0 ? stated : usualBitrate(source);
    if (source.codec == "flac") {
        return {std::max(uncompressed(source), average), average};
    }
    const bool constant = source.codec == "ac3" || source.codec == "eac3";
    return {constant ? average : source.kind == StreamKind::Video ? average * 3 : average * 2, average};
}

Bandwidth encoded(const TrackSpec& track, const StreamInfo& source, Ticks duration) {
    if (const auto* video = std::get_if<VideoEncoding>(&track.encoding)) {
        // A title shorter than a second may still take a second's bits: it begins with a whole picture.
        const Ticks time = std::clamp<Ticks>(duration, 1, kTicksPerSecond);
        // The encoder's buffer holds it; in most places.
        return {rescale(video->bitrate + video->bitrate / 20, kTicksPerSecond, time), video->bitrate};
    }
    const auto& audio = std::get<AudioEncoding>(track.encoding);
    if (audio.bitrate > 0) {
        // Constant quality: what is hard to encode takes more, and a low target is not always kept.
        return {std::max(audio.bitrate * 3 / 2, std::int64_t{audio.channels} * 80'000), audio.bitrate};
    }
    StreamInfo like = source;
    like.channels = audio.channels;
    like.sampleRate = audio.sampleRate;
    return {uncompressed(like), uncompressed(like) * 2 / 3};
}

// A box or a table entry for each frame, headers for each segment; MPEG-TS also fills its packets up.
Bandwidth packaged(Bandwidth bare, bool transportStream) {
    const std::int64_t frames = transportStream ? 120'000 : 16'000;
    const int percent = transportStream ? 8 : 1;
    for (std::int64_t* value : {&bare.peak, &bare.average}) {
        *value += *value * percent / 100 + frames;
    }
    return bare;
}

}  // namespace

Bandwidth bandwidthOf(const TrackSpec& track, const StreamInfo& source, const TrackIndex& indexed,
                      const core::MediaInfo& file, const std::vector<Cut>& cuts, bool transportStream) {
    const bool copy = std::holds_alternative<CopyEncoding>(track.encoding);
    return packaged(copy ? copied(source, indexed, file, cuts) : encoded(track, source, cuts.back().to),
                    transportStream);
}

std::int64_t picturesPeak(const TrackSpec& track, const TrackIndex& indexed, const std::vector<Cut>& pictures) {
    if (const auto* video = std::get_if<VideoEncoding>(&track.encoding)) {
        // Each takes its time of a second or more; one picture never takes more than the encoder's buffer.
        return video->bitrate / 2 + 16'000;
    }
    // The index knows groups of pictures: the first of a group takes less.
    return packaged(measured(indexed.keyframes, pictures), false).peak;
}

}  // namespace marea::server
