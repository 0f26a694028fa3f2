#pragma once

#include <string>
#include <vector>

#include "core/media/capabilities.h"
#include "core/media/mediainfo.h"
#include "server/packaging/segment.h"
#include "server/packaging/timegrid.h"

namespace marea::server {

inline core::StreamInfo pictureStream(const char* codec, int width, int height, double frameRate = 24'000.0 / 1001) {
    core::StreamInfo stream;
    stream.kind = core::StreamKind::Video;
    stream.codec = codec;
    stream.profile = std::string(codec) == "hevc" ? "main 10" : std::string(codec) == "av1" ? "main" : "high";
    stream.level = 40;
    stream.bitDepth = 8;
    stream.width = width;
    stream.height = height;
    stream.frameRate = frameRate;
    return stream;
}

inline core::StreamInfo soundStream(const char* codec, int channels, const char* language = "") {
    core::StreamInfo stream;
    stream.kind = core::StreamKind::Audio;
    stream.codec = codec;
    stream.channels = channels;
    stream.sampleRate = 48'000;
    stream.language = language;
    return stream;
}

inline core::StreamInfo textStream(const char* codec, const char* language = "", bool forced = false) {
    core::StreamInfo stream;
    stream.kind = core::StreamKind::Subtitle;
    stream.codec = codec;
    stream.language = language;
    stream.forced = forced;
    return stream;
}

inline core::MediaInfo fileOf(std::vector<core::StreamInfo> streams, std::int64_t bitrate = 6'000'000) {
    core::MediaInfo file;
    file.container = "matroska";
    file.duration = 100;
    file.bitrate = bitrate;
    for (std::size_t i = 0; i < streams.size(); ++i) {
        streams[i].index = static_cast<int>(i);
    }
    file.streams = std::move(streams);
    return file;
}

// As a worker would index it: 100 s, a keyframe of 1 MB every 2 s.
inline MediaIndex indexOf(const core::MediaInfo& file, double keyframeEvery = 2) {
    MediaIndex index;
    index.duration = 100 * kTicksPerSecond;
    for (const core::StreamInfo& stream : file.streams) {
        const bool video = stream.kind == core::StreamKind::Video;
        if (!video && stream.kind != core::StreamKind::Audio) {
            continue;
        }
        TrackIndex track{stream.index, stream.kind, stream.codec, {}, 0, index.duration, {}, {}, stream.bitrate};
        track.codecString = stream.codec == "h264"   ? "avc1.640028"
                            : stream.codec == "hevc" ? "hvc1.2.4.L150.90"
                            : stream.codec == "av1"  ? "av01.0.08M.10"
                            : stream.codec == "aac"  ? "mp4a.40.2"
                            : stream.codec == "ac3"  ? "ac-3"
                            : stream.codec == "eac3" ? "ec-3"
                            : stream.codec == "mp3"  ? "mp4a.6B"
                            : stream.codec == "opus" ? "Opus"
                            : stream.codec == "flac" ? "fLaC"
                                                     : "";
        for (double at = 0; video && at < 100; at += keyframeEvery) {
            track.keyframes.push_back({toTicks(at), 1'000'000});
        }
        track.frameRate = video ? Rational{24'000, 1001} : Rational{};
        index.tracks.push_back(track);
    }
    return index;
}

}  // namespace marea::server
