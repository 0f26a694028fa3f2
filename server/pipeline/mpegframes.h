#pragma once

#include <cstdint>
#include <optional>

#include "server/pipeline/mediasource.h"

namespace marea::server {

// The header of an MPEG audio frame (ISO/IEC 11172-3 section 2.4.1.3, 13818-3 for the lower rates).
struct MpegFrame {
    int layer = 0;       // 1 to 3
    int bitrate = 0;     // bits per second
    int sampleRate = 0;  // Hz
    int samples = 0;     // per channel
    int size = 0;        // bytes, header included
};

std::optional<MpegFrame> parseMpegFrame(const std::uint8_t* header);  // four bytes

// Duration of a stream without a VBR header: by its bitrate when the first frames all have the same, else by walking
// all frames from `start` to `end`. Seconds; 0 when there are none.
double mpegDuration(MediaSource& source, std::int64_t start, std::int64_t end);

}  // namespace marea::server
