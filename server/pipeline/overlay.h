#pragma once

#include <cstdint>
#include <vector>

#include "core/base/result.h"
#include "server/pipeline/videocolour.h"

namespace marea::server {

// What a colour of subtitles is in a picture: 1/256 of an 8-bit step of limited range, whatever the picture's depth.
struct CodedColour {
    int luma = 0, cb = 0, cr = 0;
    bool operator==(const CodedColour&) const = default;
};

// From sRGB. In HDR, white is as bright as paper is: 203 cd/m² in PQ and 75 % in HLG (ITU-R BT.2408).
CodedColour codedColour(std::uint8_t red, std::uint8_t green, std::uint8_t blue, const VideoColour& picture);

// One colour through a mask; the place may lie outside the picture.
struct Stencil {
    int x = 0, y = 0, width = 0, height = 0;
    int stride = 0;  // bytes from line to line
    const std::uint8_t* mask = nullptr;
    CodedColour colour;
    int opacity = 255;
};
void paint(AVFrame& picture, const Stencil& stencil);

// A picture with transparency: the components are multiplied with it already.
struct Overlay {
    int x = 0, y = 0, width = 0, height = 0;
    struct Pixel {
        std::uint16_t opacity = 0, luma = 0, cb = 0, cr = 0;  // opacity: 65535 hides what is below
    };
    std::vector<Pixel> pixels;
};
void paint(AVFrame& picture, const Overlay& overlay);

// An image of a palette, as subtitle decoders give them.
struct PaletteImage {
    int x = 0, y = 0, width = 0, height = 0;
    std::vector<std::uint8_t> pixels;    // width × height indexes
    std::vector<std::uint32_t> palette;  // ARGB, 256 of them
};
// Drawn into the rectangle of these edges, in pixels of the picture.
Overlay scaled(const PaletteImage& image, int x, int y, int width, int height, const VideoColour& picture);

}  // namespace marea::server
