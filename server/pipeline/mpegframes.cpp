#include "server/pipeline/mpegframes.h"

namespace marea::server {
namespace {

constexpr int framesToJudge = 48;
constexpr int maxResync = 64 << 10;

constexpr int bitrates[2][3][16] = {{{0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448, 0},
                                     {0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 0},
                                     {0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0}},
                                    {{0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256, 0},
                                     {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0},
                                     {0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0}}};
constexpr int sampleRates[3] = {44100, 48000, 32000};

struct Walk {
    std::int64_t samples = 0, bytes = 0;
    int frames = 0, sampleRate = 0;
    bool constant = true;
};

Walk walk(MediaSource& source, std::int64_t at, std::int64_t end, int most) {
    Walk w;
    int firstBitrate = 0, lost = 0;
    std::uint8_t header[4];
    while (at + 4 <= end && w.frames < most && lost < maxResync && source.read(at, header, 4) == 4) {
        const auto frame = parseMpegFrame(header);
        if (!frame) {
            ++at;
            ++lost;
            continue;
        }
        lost = 0;
        if (w.frames++ == 0) {
            firstBitrate = frame->bitrate;
            w.sampleRate = frame->sampleRate;
        }
        w.constant = w.constant && frame->bitrate == firstBitrate;
        w.samples += frame->samples;
        w.bytes += frame->size;
        at += frame->size;
    }
    return w;
}

}  // namespace

std::optional<MpegFrame> parseMpegFrame(const std::uint8_t* h) {
    if (h[0] != 0xFF || (h[1] & 0xE0) != 0xE0)
        return std::nullopt;
    const int version = h[1] >> 3 & 3;  // 3: MPEG-1, 2: MPEG-2, 0: MPEG-2.5
    const int layerBits = h[1] >> 1 & 3, rateIndex = h[2] >> 4, rate = h[2] >> 2 & 3;
    if (version == 1 || layerBits == 0 || rate == 3)
        return std::nullopt;
    MpegFrame f;
    f.layer = 4 - layerBits;
    const bool low = version != 3;
    f.bitrate = bitrates[low][f.layer - 1][rateIndex] * 1000;
    if (f.bitrate == 0)
        return std::nullopt;
    f.sampleRate = sampleRates[rate] >> (version == 3 ? 0 : version == 2 ? 1 : 2);
    f.samples = f.layer == 1 ? 384 : f.layer == 3 && low ? 576 : 1152;
    const int padding = h[2] >> 1 & 1;
    f.size = f.layer == 1 ? (12 * f.bitrate / f.sampleRate + padding) * 4
                          : f.samples / 8 * f.bitrate / f.sampleRate + padding;
    return f;
}

double mpegDuration(MediaSource& source, std::int64_t start, std::int64_t end) {
    Walk w = walk(source, start, end, framesToJudge);
    if (w.frames == 0 || w.bytes == 0)
        return 0;
    const double inFrames = static_cast<double>(w.samples) / w.sampleRate;
    if (w.constant && w.frames == framesToJudge)
        return inFrames * static_cast<double>(end - start) / static_cast<double>(w.bytes);
    w = walk(source, start, end, 1 << 30);
    return static_cast<double>(w.samples) / w.sampleRate;
}

}  // namespace marea::server
