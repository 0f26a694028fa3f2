#include "server/pipeline/orientation.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <string_view>

namespace marea::server {

int orientationOf(const AVFrame& frame) {
    const AVDictionaryEntry* entry = av_dict_get(frame.metadata, "Orientation", nullptr, 0);
    std::string_view text = entry ? entry->value : "";
    text.remove_prefix(std::min(text.find_first_not_of(" \n"), text.size()));  // libav prints values in columns
    int value = 1;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value >= 1 && value <= 8 ? value : 1;
}

// Exif 2.32, 4.6.4: 5 to 8 swap rows and columns; the others, and what remains of these, are mirrored.
core::Result<AvPtr<AVFrame>> upright(const AVFrame& rgba, int orientation) {
    const bool swapped = orientation >= 5;
    const bool mirrorX = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
    const bool mirrorY = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
    AvPtr<AVFrame> out(av_frame_alloc());
    if (!out)
        return core::fail(core::ErrorCode::Internal, "There is no memory for the picture");
    out->width = swapped ? rgba.height : rgba.width;
    out->height = swapped ? rgba.width : rgba.height;
    out->format = rgba.format;
    if (av_frame_get_buffer(out.get(), 0) < 0)
        return core::fail(core::ErrorCode::Internal, "There is no memory for the picture");
    for (int y = 0; y < out->height; ++y) {
        std::uint8_t* to = out->data[0] + static_cast<std::ptrdiff_t>(y) * out->linesize[0];
        for (int x = 0; x < out->width; ++x, to += 4) {
            const int column = swapped ? y : x, row = swapped ? x : y;
            const int fromX = mirrorX ? rgba.width - 1 - column : column;
            const int fromY = mirrorY ? rgba.height - 1 - row : row;
            std::memcpy(to, rgba.data[0] + static_cast<std::ptrdiff_t>(fromY) * rgba.linesize[0] + fromX * 4, 4);
        }
    }
    return out;
}

}  // namespace marea::server
