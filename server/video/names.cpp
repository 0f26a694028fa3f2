#include "server/video/names.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <utility>

namespace marea::server {

namespace {

using Pair = std::pair<std::string_view, std::string_view>;

template <std::size_t N>
std::string_view lookUp(const std::array<Pair, N>& table, std::string_view key) {
    for (const auto& [name, words] : table) {
        if (name == key) {
            return words;
        }
    }
    return {};
}

constexpr std::array codecs = std::to_array<Pair>({
    {"h264", "H.264"},
    {"hevc", "HEVC"},
    {"vvc", "H.266"},
    {"av1", "AV1"},
    {"vp8", "VP8"},
    {"vp9", "VP9"},
    {"mpeg1video", "MPEG-1"},
    {"mpeg2video", "MPEG-2"},
    {"mpeg4", "MPEG-4"},
    {"theora", "Theora"},
    {"flv1", "Flash video"},
    {"wmv3", "WMV"},
    {"vc1", "VC-1"},
    {"prores", "ProRes"},
    {"mjpeg", "Motion JPEG"},
    {"aac", "AAC"},
    {"xhe-aac", "xHE-AAC"},
    {"mp3", "MP3"},
    {"mp2", "MP2"},
    {"opus", "Opus"},
    {"vorbis", "Vorbis"},
    {"flac", "FLAC"},
    {"alac", "Apple Lossless"},
    {"ac3", "Dolby Digital"},
    {"eac3", "Dolby Digital Plus"},
    {"ac4", "Dolby AC-4"},
    {"truehd", "Dolby TrueHD"},
    {"dts", "DTS"},
    {"wmav2", "WMA"},
    {"wmalossless", "WMA Lossless"},
    {"wmapro", "WMA Pro"},
    {"ape", "Monkey's Audio"},
    {"wavpack", "WavPack"},
    {"subrip", "SRT"},
    {"webvtt", "WebVTT"},
    {"ass", "ASS"},
    {"ssa", "SSA"},
    {"mov_text", "MP4 text"},
    {"hdmv_pgs_subtitle", "PGS"},
    {"dvd_subtitle", "VobSub"},
    {"dvb_subtitle", "DVB"},
});

constexpr std::array containers = std::to_array<Pair>({
    {"mp4", "MP4"},
    {"matroska", "Matroska"},
    {"webm", "WebM"},
    {"mp3", "MP3"},
    {"flac", "FLAC"},
    {"ogg", "Ogg"},
    {"mpegts", "MPEG-TS"},
    {"avi", "AVI"},
    {"wav", "WAV"},
    {"asf", "Windows Media"},
    {"flv", "Flash video"},
    {"mpeg", "MPEG program stream"},
    {"ape", "Monkey's Audio"},
    {"wv", "WavPack"},
    {"aiff", "AIFF"},
    {"mov", "QuickTime"},
});

constexpr std::array subtitles = std::to_array<Pair>({
    {"subrip", "srt"},
    {"srt", "srt"},
    {"webvtt", "webvtt"},
    {"vtt", "webvtt"},
    {"ass", "ass"},
    {"ssa", "ass"},
    {"hdmv_pgs_subtitle", "pgs"},
    {"sup", "pgs"},
    {"pgs", "pgs"},
    {"dvd_subtitle", "vobsub"},
    {"vobsub", "vobsub"},
    {"idx", "vobsub"},
    {"dvb_subtitle", "dvb"},
});

}  // namespace

std::string codecWords(const core::StreamInfo& stream) {
    if (stream.codec.empty() || stream.codec == "none" || stream.codec == "unknown") {
        return "an unknown format";
    }
    if (stream.codec == "dts" && stream.profile.starts_with("dts-hd")) {
        return stream.profile == "dts-hd ma" ? "DTS-HD Master Audio" : "DTS-HD";
    }
    if (stream.codec.starts_with("pcm_")) {
        return "PCM";
    }
    const auto words = lookUp(codecs, stream.codec);
    return std::string(words.empty() ? std::string_view(stream.codec) : words);
}

std::string containerWords(std::string_view container) {
    const auto words = lookUp(containers, container);
    return words.empty() ? std::string(container) : std::string(words);
}

std::string hdrWords(const core::StreamInfo& stream) {
    switch (stream.hdr) {
        case core::HdrKind::None:
            return "SDR";
        case core::HdrKind::Hdr10:
            return "HDR10";
        case core::HdrKind::Hdr10Plus:
            return "HDR10+";
        case core::HdrKind::Hlg:
            return "HLG";
        case core::HdrKind::DolbyVision:
            return "Dolby Vision";
    }
    return {};
}

std::string bitrateWords(std::int64_t bitsPerSecond) {
    char text[40];
    const double mega = static_cast<double>(bitsPerSecond) / 1e6;
    if (bitsPerSecond < 1'000'000) {
        std::snprintf(text, sizeof text, "%lld kbit/s", static_cast<long long>((bitsPerSecond + 500) / 1000));
    } else if (std::abs(mega - std::round(mega)) < 0.05 || mega >= 100) {
        std::snprintf(text, sizeof text, "%.0f Mbit/s", mega);
    } else {
        std::snprintf(text, sizeof text, "%.1f Mbit/s", mega);
    }
    return text;
}

std::string_view subtitleKind(std::string_view codec) {
    return lookUp(subtitles, codec);
}

bool isPictureSubtitle(std::string_view kind) {
    return kind == "pgs" || kind == "vobsub" || kind == "dvb";
}

}  // namespace marea::server
