#pragma once

#include <string_view>

#include "core/io/prober.h"
#include "server/pipeline/mediasource.h"

struct AVFrame;

namespace marea::server {

// FFmpeg's name for the codec of a still image, by its first bytes ("mjpeg", "png", "webp", "gif", "bmp"); null when it
// is none that Marea shows.
const char* imageCodec(std::string_view bytes);

// Decodes, turns upright as its EXIF says, scales down to fit maxEdge × maxEdge and encodes as JPEG, or as PNG where a
// pixel is transparent. Images of more than 100 million pixels are refused before memory is taken for them.
core::Result<core::Image> convertImage(const std::uint8_t* data, std::size_t size, int maxEdge);

// A picture in any pixel format as JPEG.
core::Result<core::Image> jpegOf(const AVFrame& picture);

// Prober::image: the picture that the file is, or the cover inside. ErrorCode::NotFound when it has none.
core::Result<core::Image> imageOfMedia(MediaSource& source, int maxEdge);

}  // namespace marea::server
