#include "server/pipeline/overlay.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace marea::server {
namespace {

struct Linear {
    double red, green, blue;
};

double fromSrgb(std::uint8_t value) {
    const double v = value / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

// SMPTE ST 2084: of cd/m².
double toPq(double light) {
    constexpr double m1 = 0.1593017578125, m2 = 78.84375, c1 = 0.8359375, c2 = 18.8515625, c3 = 18.6875;
    const double y = std::pow(std::max(light, 0.0) / 10'000, m1);
    return std::pow((c1 + c2 * y) / (1 + c3 * y), m2);
}

// ITU-R BT.2100, of scene light from 0 to 1.
double toHlg(double light) {
    constexpr double a = 0.17883277, b = 0.28466892, c = 0.55991073;
    return light <= 1.0 / 12 ? std::sqrt(3 * std::max(light, 0.0)) : a * std::log(12 * light - b) + c;
}

// ITU-R BT.2087.
Linear toBt2020(Linear in) {
    return {0.6274 * in.red + 0.3293 * in.green + 0.0433 * in.blue,
            0.0691 * in.red + 0.9195 * in.green + 0.0114 * in.blue,
            0.0164 * in.red + 0.0880 * in.green + 0.8956 * in.blue};
}

Linear signalOf(std::uint8_t red, std::uint8_t green, std::uint8_t blue, AVColorTransferCharacteristic transfer) {
    if (!isHdr(transfer))
        return {red / 255.0, green / 255.0, blue / 255.0};
    constexpr double paperWhite = 203;       // cd/m²
    constexpr double paperWhiteHlg = 0.265;  // of scene light, which is 75 % of the signal
    const Linear light = toBt2020({fromSrgb(red), fromSrgb(green), fromSrgb(blue)});
    const auto coded = [&](double v) {
        return transfer == AVCOL_TRC_SMPTE2084 ? toPq(v * paperWhite) : toHlg(v * paperWhiteHlg);
    };
    return {coded(light.red), coded(light.green), coded(light.blue)};
}

// Any planar or half-planar YUV of 8 to 16 bits.
class Plane {
public:
    Plane(AVFrame& picture, int component) {
        const AVPixFmtDescriptor& format = *av_pix_fmt_desc_get(static_cast<AVPixelFormat>(picture.format));
        const AVComponentDescriptor& c = format.comp[component];
        data_ = picture.data[c.plane] + c.offset;
        line_ = picture.linesize[c.plane];
        step_ = c.step;
        shift_ = c.shift;
        depth_ = c.depth;
        acrossShift_ = component ? format.log2_chroma_w : 0;
        downShift_ = component ? format.log2_chroma_h : 0;
        width_ = AV_CEIL_RSHIFT(picture.width, acrossShift_);
        height_ = AV_CEIL_RSHIFT(picture.height, downShift_);
    }
    int width() const { return width_; }
    int height() const { return height_; }
    int across() const { return acrossShift_; }
    int down() const { return downShift_; }

    // out = in × (1 - opacity) + colour, where the colour is multiplied already and both are of `whole`.
    void blend(int x, int y, std::uint64_t opacity, std::uint64_t colour, std::uint64_t whole) {
        std::uint8_t* at = data_ + static_cast<std::ptrdiff_t>(y) * line_ + static_cast<std::ptrdiff_t>(x) * step_;
        const bool isWide = depth_ > 8;
        const std::uint64_t in = isWide ? *reinterpret_cast<std::uint16_t*>(at) >> shift_ : *at;
        // Colours have 16 bits.
        const std::uint64_t half = whole << (15 - depth_);
        const std::uint64_t sum = ((in * (whole - opacity)) << (16 - depth_)) + colour + half;
        const std::uint64_t most = (std::uint64_t{1} << depth_) - 1;
        const std::uint64_t out = std::min((sum >> (16 - depth_)) / whole, most);
        if (isWide)
            *reinterpret_cast<std::uint16_t*>(at) = static_cast<std::uint16_t>(out << shift_);
        else
            *at = static_cast<std::uint8_t>(out);
    }

private:
    std::uint8_t* data_;
    int line_, step_, shift_, depth_, acrossShift_, downShift_, width_, height_;
};

bool isPaintable(const AVFrame& picture) {
    const AVPixFmtDescriptor* format = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(picture.format));
    return format && format->nb_components >= 3 && !(format->flags & (AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_HWACCEL)) &&
           format->comp[0].depth <= 14;
}

struct Span {
    int from, to;
};
// The samples of a plane that [start, start + length) of the picture's pixels touches.
Span touched(int start, int length, int shift, int most) {
    const int end = std::min(start + length, most << shift);
    return {std::max(start, 0) >> shift, std::min((std::max(end, 0) + (1 << shift) - 1) >> shift, most)};
}

// Sums `sample(x, y)` (opacity, colour) over the pixels that one sample of the plane stands for. What lies outside the
// drawing counts as transparent.
template <class Sample>
void blendPlane(Plane plane, int x, int y, int width, int height, std::uint64_t whole, const Sample& sample) {
    const Span across = touched(x, width, plane.across(), plane.width());
    const Span down = touched(y, height, plane.down(), plane.height());
    const std::uint64_t count = std::uint64_t{1} << (plane.across() + plane.down());
    for (int row = down.from; row < down.to; ++row) {
        for (int column = across.from; column < across.to; ++column) {
            std::uint64_t opacity = 0, colour = 0;
            for (int j = 0; j < 1 << plane.down(); ++j) {
                for (int i = 0; i < 1 << plane.across(); ++i) {
                    const int left = (column << plane.across()) + i - x, top = (row << plane.down()) + j - y;
                    if (left >= 0 && left < width && top >= 0 && top < height)
                        sample(left, top, opacity, colour);
                }
            }
            if (opacity > 0)
                plane.blend(column, row, opacity, colour, whole * count);
        }
    }
}

// One line or column of the source that an output pixel is made from, and how much of each.
struct Taps {
    int first = 0;
    std::vector<float> weights;
};

// A triangle as wide as the step from one output pixel to the next, at least one source pixel.
std::vector<Taps> tapsFor(int in, int out) {
    std::vector<Taps> all(static_cast<std::size_t>(out));
    const double step = static_cast<double>(in) / out, reach = std::max(step, 1.0);
    for (int i = 0; i < out; ++i) {
        const double centre = (i + 0.5) * step - 0.5;
        Taps& taps = all[static_cast<std::size_t>(i)];
        taps.first = static_cast<int>(std::ceil(centre - reach));
        double sum = 0;
        for (int at = taps.first; at <= centre + reach; ++at) {
            const double weight = std::max(0.0, 1 - std::abs(at - centre) / reach);
            taps.weights.push_back(static_cast<float>(weight));
            sum += weight;
        }
        for (float& weight : taps.weights)
            weight = static_cast<float>(weight / sum);
    }
    return all;
}

using Sums = std::array<float, 4>;  // opacity, luma, cb, cr; multiplied

std::vector<Sums> multipliedPalette(const std::vector<std::uint32_t>& palette, const VideoColour& picture) {
    std::vector<Sums> colours(256, Sums{});
    for (std::size_t i = 0; i < std::min<std::size_t>(palette.size(), colours.size()); ++i) {
        const std::uint32_t argb = palette[i];
        const auto opacity = static_cast<float>(argb >> 24) / 255.0F;
        const CodedColour c = codedColour(static_cast<std::uint8_t>(argb >> 16), static_cast<std::uint8_t>(argb >> 8),
                                          static_cast<std::uint8_t>(argb), picture);
        colours[i] = {opacity * 65535.0F, opacity * static_cast<float>(c.luma), opacity * static_cast<float>(c.cb),
                      opacity * static_cast<float>(c.cr)};
    }
    return colours;
}

// Lines of the image, squeezed or stretched to the width.
std::vector<Sums> acrossScaled(const PaletteImage& image, int width, const std::vector<Sums>& colours) {
    std::vector<Sums> lines(static_cast<std::size_t>(width) * static_cast<std::size_t>(image.height), Sums{});
    const auto taps = tapsFor(image.width, width);
    for (int row = 0; row < image.height; ++row) {
        const std::uint8_t* from = image.pixels.data() + static_cast<std::ptrdiff_t>(row) * image.width;
        Sums* to = lines.data() + static_cast<std::ptrdiff_t>(row) * width;
        for (int column = 0; column < width; ++column) {
            const Taps& these = taps[static_cast<std::size_t>(column)];
            for (std::size_t k = 0; k < these.weights.size(); ++k) {
                const int at = these.first + static_cast<int>(k);
                if (at < 0 || at >= image.width)
                    continue;  // transparent beyond its edges
                for (std::size_t c = 0; c < 4; ++c)
                    to[column][c] += these.weights[k] * colours[from[at]][c];
            }
        }
    }
    return lines;
}

std::uint16_t rounded(float value) {
    return static_cast<std::uint16_t>(std::clamp(value + 0.5F, 0.0F, 65535.0F));
}

}  // namespace

CodedColour codedColour(std::uint8_t red, std::uint8_t green, std::uint8_t blue, const VideoColour& picture) {
    const Linear e = signalOf(red, green, blue, picture.transfer);
    const bool isWide = picture.matrix == AVCOL_SPC_BT2020_NCL;
    const bool isOld = picture.matrix == AVCOL_SPC_SMPTE170M || picture.matrix == AVCOL_SPC_BT470BG;
    const double kr = isWide ? 0.2627 : isOld ? 0.299 : 0.2126;
    const double kb = isWide ? 0.0593 : isOld ? 0.114 : 0.0722;
    const double luma = kr * e.red + (1 - kr - kb) * e.green + kb * e.blue;
    const double cb = (e.blue - luma) / (2 * (1 - kb)), cr = (e.red - luma) / (2 * (1 - kr));
    const auto coded = [](double v) { return static_cast<int>(std::lround(v * 256)); };
    return {coded(16 + 219 * luma), coded(128 + 224 * cb), coded(128 + 224 * cr)};
}

void paint(AVFrame& picture, const Stencil& s) {
    if (!isPaintable(picture) || s.width <= 0 || s.height <= 0)
        return;
    const std::array colours{s.colour.luma, s.colour.cb, s.colour.cr};
    for (int component = 0; component < 3; ++component) {
        const auto colour = static_cast<std::uint64_t>(colours[static_cast<std::size_t>(component)]);
        const auto sample = [&](int x, int y, std::uint64_t& opacity, std::uint64_t& sum) {
            const auto one = static_cast<std::uint64_t>(s.mask[static_cast<std::ptrdiff_t>(y) * s.stride + x]) *
                             static_cast<std::uint64_t>(s.opacity);
            opacity += one;
            sum += one * colour;
        };
        blendPlane(Plane(picture, component), s.x, s.y, s.width, s.height, 255 * 255, sample);
    }
}

void paint(AVFrame& picture, const Overlay& o) {
    if (!isPaintable(picture))
        return;
    for (int component = 0; component < 3; ++component) {
        const auto sample = [&](int x, int y, std::uint64_t& opacity, std::uint64_t& sum) {
            const Overlay::Pixel& p =
                o.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(o.width) + static_cast<std::size_t>(x)];
            opacity += p.opacity;
            sum += std::uint64_t{65535} * (component == 0 ? p.luma : component == 1 ? p.cb : p.cr);
        };
        blendPlane(Plane(picture, component), o.x, o.y, o.width, o.height, 65535, sample);
    }
}

Overlay scaled(const PaletteImage& image, int x, int y, int width, int height, const VideoColour& picture) {
    Overlay overlay{x, y, width, height, {}};
    overlay.pixels.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    const auto lines = acrossScaled(image, width, multipliedPalette(image.palette, picture));
    const auto taps = tapsFor(image.height, height);
    for (int row = 0; row < height; ++row) {
        const Taps& these = taps[static_cast<std::size_t>(row)];
        for (int column = 0; column < width; ++column) {
            Sums sums{};
            for (std::size_t k = 0; k < these.weights.size(); ++k) {
                const int at = these.first + static_cast<int>(k);
                if (at < 0 || at >= image.height)
                    continue;
                const Sums& line = lines[static_cast<std::size_t>(at) * static_cast<std::size_t>(width) +
                                         static_cast<std::size_t>(column)];
                for (std::size_t c = 0; c < 4; ++c)
                    sums[c] += these.weights[k] * line[c];
            }
            overlay.pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(width) +
                           static_cast<std::size_t>(column)] = {rounded(sums[0]), rounded(sums[1]), rounded(sums[2]),
                                                                rounded(sums[3])};
        }
    }
    return overlay;
}

}  // namespace marea::server
