#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "server/packaging/segment.h"

namespace marea::server {

// Codec strings, RFC 6381, of what is put into MP4 (and of the same in MPEG-TS).

// Colours as ISO/IEC 23091-2 numbers them; 2: unspecified.
struct CodedColours {
    int primaries = 2, transfer = 2, matrix = 2;
    bool fullRange = false;
    int chromaPlace = 1;  // of 4:2:0 in VP9, as vpcC has it: 0 between two lines, 1 on the upper left sample
};

// A stream to be copied, as libav describes it.
struct CopiedCodec {
    std::string codec;  // FFmpeg's name
    std::span<const std::uint8_t>
        extradata;                 // avcC, hvcC, av1C, vpcC, AudioSpecificConfig; H.264 and HEVC also Annex B
    int profile = -1, level = -1;  // FFmpeg's numbers; negative: unknown
    int bitDepth = 0;              // bits a colour; 0: unknown
    int width = 0, height = 0;
    double frameRate = 0;
    CodedColours colours = {};
};

// Empty when it cannot be put into CMAF, or does not say what it is. Reads untrusted bytes.
std::string codecString(const CopiedCodec& stream);
// The same, with the usual colours of HDR where it names none and the stream is of that range: left out, they would be
// BT.709's.
std::string withRange(std::string codecs, core::HdrKind range);

// Of what we encode: H.264 High, HEVC Main or Main 10, VP9 profile 0 or 2, AV1 Main. `range`: encodedRange.
std::string codecString(const VideoEncoding& encoding, core::HdrKind range = core::HdrKind::None);
std::string codecString(const AudioEncoding& encoding);

// The level to encode at, as FFmpeg writes it (H.264 4.1 → 41, HEVC 4.1 → 123, AV1 4.1 → 9, VP9 4.1 → 41): the lowest
// whose limits on size, rate and bitrate hold.
int encodedLevel(const VideoEncoding& encoding);

}  // namespace marea::server
