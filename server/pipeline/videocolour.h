#pragma once

#include "server/packaging/segment.h"
#include "server/pipeline/libav.h"

namespace marea::server {

// How a picture's numbers are to be read, ITU-T H.273.
struct VideoColour {
    AVColorPrimaries primaries = AVCOL_PRI_BT709;
    AVColorTransferCharacteristic transfer = AVCOL_TRC_BT709;
    AVColorSpace matrix = AVCOL_SPC_BT709;
    bool operator==(const VideoColour&) const = default;
};

bool isHdr(AVColorTransferCharacteristic transfer);

// What an encoder is told: BT.709, but for HDR that is to stay HDR. Limited range always.
VideoColour outputColour(const AVStream& source, const VideoEncoding& encoding);

// What a decoded picture is in: as it says, else by its size, as everybody guesses: BT.601 for standard definition.
AVColorSpace matrixOf(const AVFrame& picture);

}  // namespace marea::server
