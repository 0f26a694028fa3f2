#include "server/pipeline/tiles.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

namespace marea::server {
namespace {

using core::ErrorCode;

core::Error cannotScale(int code) {
    char words[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, words, sizeof words);
    return {ErrorCode::Corrupt, words, "The picture cannot be made smaller"};
}

core::Result<AvPtr<AVFrame>> blank(TileSize size, AVPixelFormat format) {
    AvPtr<AVFrame> out(av_frame_alloc());
    if (!out)
        return core::unexpected(cannotScale(AVERROR(ENOMEM)));
    out->width = size.width;
    out->height = size.height;
    out->format = format;
    if (const int result = av_frame_get_buffer(out.get(), 0); result < 0)
        return core::unexpected(cannotScale(result));
    return out;
}

// Swscale's number for the matrix; unspecified: by size, as players take it.
int matrixOf(const AVFrame& frame) {
    if (frame.colorspace == AVCOL_SPC_UNSPECIFIED)
        return frame.height > 576 || frame.width > 1024 ? SWS_CS_ITU709 : SWS_CS_ITU601;
    return frame.colorspace;  // the numbers are the same
}

core::Result<AvPtr<AVFrame>> scaled(const AVFrame& frame, TileSize size, AVPixelFormat format) {
    auto out = blank(size, format);
    if (!out)
        return out;
    const AvPtr<SwsContext> sws(sws_getContext(frame.width, frame.height, static_cast<AVPixelFormat>(frame.format),
                                               size.width, size.height, format, SWS_AREA, nullptr, nullptr, nullptr));
    if (!sws)
        return core::unexpected(cannotScale(AVERROR(EINVAL)));
    sws_setColorspaceDetails(sws.get(), sws_getCoefficients(matrixOf(frame)), frame.color_range == AVCOL_RANGE_JPEG,
                             sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, 1 << 16, 1 << 16);
    const int result =
        sws_scale(sws.get(), frame.data, frame.linesize, 0, frame.height, (*out)->data, (*out)->linesize);
    if (result < 0)
        return core::unexpected(cannotScale(result));
    return out;
}

constexpr int kSteps = 1024;
using Curve = std::array<float, kSteps + 1>;

// SMPTE ST 2084 section 5.1: nits for a value of 0 to 1.
double pqNits(double value) {
    constexpr double m1 = 2610.0 / 16384, m2 = 2523.0 / 4096 * 128, c1 = 3424.0 / 4096, c2 = 2413.0 / 4096 * 32,
                     c3 = 2392.0 / 4096 * 32;
    const double power = std::pow(value, 1 / m2);
    return 10'000 * std::pow(std::max(power - c1, 0.0) / (c2 - c3 * power), 1 / m1);
}

// ITU-R BT.2100 table 5, with the system gamma of a display of 1000 nits applied to each colour.
double hlgNits(double value) {
    constexpr double a = 0.17883277, b = 0.28466892, c = 0.55991073;
    const double scene = value <= 0.5 ? value * value / 3 : (std::exp((value - c) / a) + b) / 12;
    return 1000 * std::pow(scene, 1.2);
}

// Linear light, 1 for the white of SDR (203 nits, BT.2408).
const Curve& lightOf(AVColorTransferCharacteristic transfer) {
    static const auto curve = [](double (*nits)(double)) {
        Curve made{};
        for (int i = 0; i <= kSteps; ++i)
            made[static_cast<std::size_t>(i)] = static_cast<float>(nits(static_cast<double>(i) / kSteps) / 203);
        return made;
    };
    static const Curve pq = curve(pqNits), hlg = curve(hlgNits);
    return transfer == AVCOL_TRC_SMPTE2084 ? pq : hlg;
}

// Reinhard's curve with a white of 1000 nits, then the SDR display's gamma.
std::uint8_t shown(float light) {
    constexpr float white = 1000.0F / 203;
    static const auto table = [] {
        std::array<std::uint8_t, kSteps + 1> made{};
        for (int i = 0; i <= kSteps; ++i)
            made[static_cast<std::size_t>(i)] =
                static_cast<std::uint8_t>(std::lround(255 * std::pow(static_cast<double>(i) / kSteps, 1 / 2.2)));
        return made;
    }();
    const float bounded = std::clamp(light, 0.0F, white);
    const float mapped = bounded * (1 + bounded / (white * white)) / (1 + bounded);
    return table[static_cast<std::size_t>(std::lround(std::min(mapped, 1.0F) * kSteps))];
}

// ITU-R BT.2087: from the primaries of BT.2020 to those of BT.709, in linear light.
void toSdr(const std::uint16_t* from, std::uint8_t* to, const Curve& curve) {
    const auto light = [&](int i) { return curve[static_cast<std::size_t>(from[i]) * kSteps / 65'535]; };
    const float r = light(0), g = light(1), b = light(2);
    to[0] = shown(1.6605F * r - 0.5876F * g - 0.0728F * b);
    to[1] = shown(-0.1246F * r + 1.1329F * g - 0.0083F * b);
    to[2] = shown(-0.0182F * r - 0.1006F * g + 1.1187F * b);
}

core::Result<AvPtr<AVFrame>> toneMapped(const AVFrame& frame, TileSize size) {
    auto deep = scaled(frame, size, AV_PIX_FMT_RGB48);
    auto out = deep ? blank(size, AV_PIX_FMT_RGB24) : core::unexpected(deep.error());
    if (!out)
        return out;
    const Curve& curve = lightOf(frame.color_trc);
    for (int y = 0; y < size.height; ++y) {
        const std::uint8_t* row = (*deep)->data[0] + static_cast<std::ptrdiff_t>(y) * (*deep)->linesize[0];
        std::uint8_t* to = (*out)->data[0] + static_cast<std::ptrdiff_t>(y) * (*out)->linesize[0];
        for (int x = 0; x < size.width; ++x)
            toSdr(reinterpret_cast<const std::uint16_t*>(row) + x * 3, to + x * 3, curve);
    }
    return out;
}

}  // namespace

core::Result<AvPtr<AVFrame>> smallPicture(const AVFrame& frame, TileSize size) {
    const bool hdr = frame.color_trc == AVCOL_TRC_SMPTE2084 || frame.color_trc == AVCOL_TRC_ARIB_STD_B67;
    return hdr ? toneMapped(frame, size) : scaled(frame, size, AV_PIX_FMT_RGB24);
}

core::Result<AvPtr<AVFrame>> rgbPicture(int width, int height) {
    constexpr int dark = 16;
    auto out = blank({width, height}, AV_PIX_FMT_RGB24);
    for (int y = 0; out && y < height; ++y)
        std::memset((*out)->data[0] + static_cast<std::ptrdiff_t>(y) * (*out)->linesize[0], dark,
                    static_cast<std::size_t>(width) * 3);
    return out;
}

void place(const AVFrame& picture, int rotation, AVFrame& sheet, int x, int y) {
    const bool turned = rotation == 90 || rotation == 270;
    const int width = turned ? picture.height : picture.width, height = turned ? picture.width : picture.height;
    for (int row = 0; row < std::min(height, sheet.height - y); ++row) {
        std::uint8_t* to = sheet.data[0] + static_cast<std::ptrdiff_t>(y + row) * sheet.linesize[0] + x * 3;
        for (int column = 0; column < std::min(width, sheet.width - x); ++column, to += 3) {
            int fromX = column, fromY = row;
            if (rotation == 90) {
                fromX = row;
                fromY = picture.height - 1 - column;
            } else if (rotation == 180) {
                fromX = picture.width - 1 - column;
                fromY = picture.height - 1 - row;
            } else if (rotation == 270) {
                fromX = picture.width - 1 - row;
                fromY = column;
            }
            std::memcpy(to, picture.data[0] + static_cast<std::ptrdiff_t>(fromY) * picture.linesize[0] + fromX * 3, 3);
        }
    }
}

}  // namespace marea::server
