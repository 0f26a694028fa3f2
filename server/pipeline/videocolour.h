#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "server/packaging/segment.h"
#include "server/pipeline/libav.h"

namespace marea::server {

// What a film was graded on and how bright it gets: SMPTE ST 2086 and CTA-861.3, in their own units.
struct HdrMetadata {
    struct Display {
        std::array<int, 8> chromaticity{};        // red, green, blue, white: x and y in 1/50000
        std::int64_t brightest = 0, darkest = 0;  // 1/10000 cd/m²
        bool operator==(const Display&) const = default;
    };
    struct Light {
        int mostOfPixel = 0, mostOfPicture = 0;  // cd/m²: MaxCLL, MaxFALL
        bool operator==(const Light&) const = default;
    };
    std::optional<Display> display;
    std::optional<Light> light;
    bool any() const { return display || light; }
    bool operator==(const HdrMetadata&) const = default;

    static HdrMetadata of(const AVStream& stream);
    static HdrMetadata of(const AVFrame& picture);
};

// How a picture's numbers are to be read, ITU-T H.273.
struct VideoColour {
    AVColorPrimaries primaries = AVCOL_PRI_BT709;
    AVColorTransferCharacteristic transfer = AVCOL_TRC_BT709;
    AVColorSpace matrix = AVCOL_SPC_BT709;
    HdrMetadata hdr = {};  // of HDR that is kept
    bool operator==(const VideoColour&) const = default;
};

bool isHdr(AVColorTransferCharacteristic transfer);

// What an encoder is told: BT.709, but for HDR that is to stay HDR. Limited range always.
VideoColour outputColour(const AVStream& source, const VideoEncoding& encoding);

// What a decoded picture is in: as it says, else by its size, as everybody guesses: BT.601 for standard definition.
AVColorSpace matrixOf(const AVFrame& picture);

}  // namespace marea::server
