#include "server/pipeline/dolbymapping.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "server/pipeline/streaminfo.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using Vector = std::array<float, 3>;
using Matrix = std::array<float, 9>;

constexpr int codes = 1 << 16;

// From LMS (Hunt, Pointer and Estévez, without crosstalk, white at 1 1 1) to RGB of BT.2020: the inverse of what
// follows from the primaries.
constexpr Matrix lmsToRgb{3.0645374F,   -2.1660878F, 0.10155045F,  -0.65615187F, 1.7855893F,
                          -0.12943744F, 0.01736118F, -0.04724506F, 1.0298839F};

Vector times(const Matrix& m, const Vector& v) {
    return {m[0] * v[0] + m[1] * v[1] + m[2] * v[2], m[3] * v[0] + m[4] * v[1] + m[5] * v[2],
            m[6] * v[0] + m[7] * v[1] + m[8] * v[2]};
}

Matrix times(const Matrix& a, const Matrix& b) {
    Matrix product{};
    for (std::size_t i = 0; i < 9; ++i) {
        for (std::size_t k = 0; k < 3; ++k)
            product[i] += a[i / 3 * 3 + k] * b[k * 3 + i % 3];
    }
    return product;
}

// SMPTE ST 2084; light of 1 is 10,000 cd/m².
constexpr double m1 = 2610.0 / 16384, m2 = 2523.0 / 4096 * 128, c1 = 3424.0 / 4096, c2 = 2413.0 / 4096 * 32,
                 c3 = 2392.0 / 4096 * 32;

double lightOfPq(double value) {
    const double power = std::pow(value, 1 / m2);
    return std::pow(std::max(power - c1, 0.0) / (c2 - c3 * power), 1 / m1);
}

double pqOfLight(double light) {
    const double power = std::pow(light, m1);
    return std::pow((c1 + c2 * power) / (1 + c3 * power), m2);
}

// Evenly spaced.
float fastLight(float value) {
    constexpr int steps = 4096;
    static const auto table = [] {
        std::array<float, steps + 2> made{};
        for (int i = 0; i <= steps; ++i)
            made[static_cast<std::size_t>(i)] = static_cast<float>(lightOfPq(static_cast<double>(i) / steps));
        made[steps + 1] = made[steps];
        return made;
    }();
    const float at = std::clamp(value, 0.0F, 1.0F) * steps;
    const auto i = static_cast<std::size_t>(at);
    return table[i] + (table[i + 1] - table[i]) * (at - static_cast<float>(i));
}

// PQ follows the logarithm of light: so many steps within each power of two, which a float's bits tell.
float fastPq(float light) {
    constexpr int bits = 7, lowest = 127 - 40;  // the exponent of the least light that is told from none
    constexpr std::uint32_t first = std::uint32_t{lowest} << bits, count = (127U << bits) - first;
    constexpr std::uint32_t rest = 23 - bits;
    static const auto table = [] {
        std::array<float, count + 2> made{};
        for (std::uint32_t i = 0; i <= count; ++i)
            made[i] = static_cast<float>(pqOfLight(std::bit_cast<float>((first + i) << rest)));
        made[count + 1] = made[count];
        return made;
    }();
    const auto raw = std::bit_cast<std::uint32_t>(std::clamp(light, std::bit_cast<float>(first << rest), 1.0F));
    const std::uint32_t i = (raw >> rest) - first;
    const float part = static_cast<float>(raw & ((1U << rest) - 1)) / static_cast<float>(1U << rest);
    return table[i] + (table[i + 1] - table[i]) * part;
}

const DolbyColours::Piece& pieceAt(const DolbyColours::Curve& curve, float value) {
    std::size_t i = 0;
    while (i + 1 < curve.pieces.size() && value >= curve.pivots[i + 1])
        ++i;
    return curve.pieces[i];
}

float polynomialOf(const DolbyColours::Piece& piece, float x) {
    return (piece.polynomial[2] * x + piece.polynomial[1]) * x + piece.polynomial[0];
}

// Multivariate multiple regression.
float mmrOf(const DolbyColours::Piece& piece, const Vector& v) {
    const std::array<float, 7> terms{v[0], v[1], v[2], v[0] * v[1], v[0] * v[2], v[1] * v[2], v[0] * v[1] * v[2]};
    std::array<float, 7> power = terms;
    float sum = piece.constant;
    for (int order = 0; order < piece.order; ++order) {
        for (std::size_t i = 0; i < terms.size(); ++i) {
            sum += piece.products[static_cast<std::size_t>(order)][i] * power[i];
            power[i] *= terms[i];
        }
    }
    return sum;
}

float within(const DolbyColours::Curve& curve, float value) {
    return std::clamp(value, curve.pivots.front(), curve.pivots.back());
}

std::optional<DolbyColours::Curve> curveOf(const AVDOVIReshapingCurve& source, int bitDepth, double unit) {
    DolbyColours::Curve curve;
    if (source.num_pivots < 2 || source.num_pivots > AV_DOVI_MAX_PIECES + 1)
        return std::nullopt;
    const double most = (1 << bitDepth) - 1;
    for (int i = 0; i < source.num_pivots; ++i)
        curve.pivots.push_back(static_cast<float>(std::min(source.pivots[i] / most, 1.0)));
    if (!std::is_sorted(curve.pivots.begin(), curve.pivots.end()))
        return std::nullopt;
    const auto number = [unit](std::int64_t fixed) { return static_cast<float>(static_cast<double>(fixed) * unit); };
    for (int i = 0; i + 1 < source.num_pivots; ++i) {
        DolbyColours::Piece piece;
        piece.isMmr = source.mapping_idc[i] == AV_DOVI_MAPPING_MMR;
        for (int k = 0; k <= std::min<int>(source.poly_order[i], 2) && !piece.isMmr; ++k)
            piece.polynomial[static_cast<std::size_t>(k)] = number(source.poly_coef[i][k]);
        piece.order = piece.isMmr ? std::min<int>(source.mmr_order[i], 3) : 0;
        piece.constant = piece.isMmr ? number(source.mmr_constant[i]) : 0;
        for (std::size_t order = 0; order < static_cast<std::size_t>(piece.order); ++order) {
            for (std::size_t k = 0; k < 7; ++k)
                piece.products[order][k] = number(source.mmr_coef[i][order][k]);
        }
        curve.pieces.push_back(piece);
    }
    return curve;
}

float number(AVRational value) {
    return value.den == 0 ? 0 : static_cast<float>(av_q2d(value));
}

// Limited range of 16 bits, ITU-R BT.2100 table 9.
std::uint16_t coded(float value, float scale, float offset) {
    return static_cast<std::uint16_t>(std::clamp(value * scale * 256 + offset * 256 + 0.5F, 0.0F, 65'535.0F));
}

core::Error noMemory() {
    return {ErrorCode::Internal, "libav: no memory", "The file asks for more memory than it may use"};
}

core::Result<AvPtr<AVFrame>> blank(int width, int height) {
    AvPtr<AVFrame> out(av_frame_alloc());
    if (!out)
        return core::unexpected(noMemory());
    out->width = width;
    out->height = height;
    out->format = AV_PIX_FMT_YUV444P16;
    if (av_frame_get_buffer(out.get(), 0) < 0)
        return core::unexpected(noMemory());
    return out;
}

std::uint16_t* row(const AVFrame& picture, int plane, int y) {
    return reinterpret_cast<std::uint16_t*>(picture.data[plane] +
                                            static_cast<std::ptrdiff_t>(y) * picture.linesize[plane]);
}

// Nothing of the numbers changes but their count of bits: they are no ordinary colours yet.
AvPtr<SwsContext> openScaler(const AVFrame& picture, int width, int height) {
    AvPtr<SwsContext> scaler(sws_alloc_context());
    if (!scaler)
        return nullptr;
    const auto set = [&](const char* name, std::int64_t value) { av_opt_set_int(scaler.get(), name, value, 0); };
    set("srcw", picture.width);
    set("srch", picture.height);
    set("src_format", picture.format);
    set("src_range", 1);
    set("dstw", width);
    set("dsth", height);
    set("dst_format", AV_PIX_FMT_YUV444P16);
    set("dst_range", 1);
    set("sws_flags", SWS_BICUBIC | SWS_ACCURATE_RND);
    if (picture.chroma_location == AVCHROMA_LOC_TOPLEFT)
        set("src_v_chr_pos", 0);
    return sws_init_context(scaler.get(), nullptr, nullptr) < 0 ? nullptr : std::move(scaler);
}

}  // namespace

std::optional<DolbyColours> DolbyColours::of(const AVDOVIMetadata& metadata) {
    const AVDOVIRpuDataHeader* header = av_dovi_get_header(&metadata);
    const AVDOVIDataMapping* mapping = av_dovi_get_mapping(&metadata);
    const AVDOVIColorMetadata* colour = av_dovi_get_color(&metadata);
    if (header->bl_bit_depth < 8 || header->bl_bit_depth > 16 || header->coef_log2_denom > 32)
        return std::nullopt;
    DolbyColours colours;
    for (std::size_t i = 0; i < 3; ++i) {
        auto curve = curveOf(mapping->curves[i], header->bl_bit_depth, std::ldexp(1.0, -header->coef_log2_denom));
        if (!curve)
            return std::nullopt;
        colours.curves[i] = std::move(*curve);
        colours.neutral[i] = number(colour->ycc_to_rgb_offset[i]);
    }
    for (std::size_t i = 0; i < 9; ++i) {
        colours.toLms[i] = number(colour->ycc_to_rgb_matrix[i]);
        colours.linear[i] = number(colour->rgb_to_lms_matrix[i]);
    }
    return colours;
}

DolbyMapping::DolbyMapping(DolbyColours colours)
    : colours_(std::move(colours)), toRgb_(times(lmsToRgb, colours_.linear)) {
    for (std::size_t c = 0; c < 3; ++c) {
        const DolbyColours::Curve& curve = colours_.curves[c];
        if (std::any_of(curve.pieces.begin(), curve.pieces.end(), [](const auto& piece) { return piece.isMmr; }))
            continue;
        tables_[c].resize(codes);
        for (int code = 0; code < codes; ++code) {
            const float x = static_cast<float>(code) / (codes - 1);
            tables_[c][static_cast<std::size_t>(code)] = within(curve, polynomialOf(pieceAt(curve, x), x));
        }
    }
}

float DolbyMapping::reshaped(std::size_t component, const Vector& at, std::uint16_t code) const {
    if (!tables_[component].empty())
        return tables_[component][code];
    const DolbyColours::Curve& curve = colours_.curves[component];
    const DolbyColours::Piece& piece = pieceAt(curve, at[component]);
    return within(curve, piece.isMmr ? mmrOf(piece, at) : polynomialOf(piece, at[component]));
}

void DolbyMapping::map(const std::array<const std::uint16_t*, 3>& from, const std::array<std::uint16_t*, 3>& to,
                       int width) const {
    constexpr float redLuma = 0.2627F, blueLuma = 0.0593F, greenLuma = 1 - redLuma - blueLuma;
    for (int x = 0; x < width; ++x) {
        const std::array<std::uint16_t, 3> code{from[0][x], from[1][x], from[2][x]};
        constexpr float one = 1.0F / (codes - 1);
        const Vector at{code[0] * one, code[1] * one, code[2] * one};
        Vector v{};
        for (std::size_t c = 0; c < 3; ++c)
            v[c] = reshaped(c, at, code[c]) - colours_.neutral[c];
        v = times(colours_.toLms, v);
        for (float& value : v)
            value = fastLight(value);
        v = times(toRgb_, v);
        for (float& value : v)
            value = fastPq(value);
        const float luma = redLuma * v[0] + greenLuma * v[1] + blueLuma * v[2];
        to[0][x] = coded(luma, 219, 16);
        to[1][x] = coded((v[2] - luma) / (2 - 2 * blueLuma), 224, 128);
        to[2][x] = coded((v[0] - luma) / (2 - 2 * redLuma), 224, 128);
    }
}

core::Result<void> DolbyPictures::readMetadata(const AVFrame& picture) {
    const AVFrameSideData* data = av_frame_get_side_data(&picture, AV_FRAME_DATA_DOVI_METADATA);
    if (!data && mapping_)
        return {};
    const auto colours = data ? DolbyColours::of(*reinterpret_cast<const AVDOVIMetadata*>(data->data)) : std::nullopt;
    if (!colours)
        return core::fail(ErrorCode::Unprocessable,
                          "Dolby Vision for Dolby's screens only, and without what tells its colours");
    if (!mapping_ || !(mapping_->colours() == *colours))
        mapping_.emplace(*colours);
    return {};
}

core::Result<AvPtr<AVFrame>> DolbyPictures::scaled(const AVFrame& picture) {
    const std::array<int, 4> from{picture.width, picture.height, picture.format, picture.chroma_location};
    if (!scaler_ || from != scaledFrom_) {
        scaler_ = openScaler(picture, width_, height_);
        scaledFrom_ = from;
    }
    if (!scaler_)
        return core::fail(ErrorCode::Unprocessable, "This picture format cannot be converted");
    auto out = blank(width_, height_);
    if (out &&
        sws_scale(scaler_.get(), picture.data, picture.linesize, 0, picture.height, (*out)->data, (*out)->linesize) < 0)
        return core::fail(ErrorCode::Unprocessable, "This picture format cannot be converted");
    return out;
}

core::Result<AvPtr<AVFrame>> DolbyPictures::mapped(const AVFrame& picture) {
    if (auto read = readMetadata(picture); !read)
        return core::unexpected(read.error());
    auto out = scaled(picture);
    if (!out)
        return out;
    AVFrame& made = **out;
    for (int y = 0; y < made.height; ++y) {
        const std::array<std::uint16_t*, 3> rows{row(made, 0, y), row(made, 1, y), row(made, 2, y)};
        mapping_->map({rows[0], rows[1], rows[2]}, rows, made.width);
    }
    made.pts = picture.pts;
    made.sample_aspect_ratio = picture.sample_aspect_ratio;
    made.color_primaries = AVCOL_PRI_BT2020;
    made.color_trc = AVCOL_TRC_SMPTE2084;
    made.colorspace = AVCOL_SPC_BT2020_NCL;
    made.color_range = AVCOL_RANGE_MPEG;
    return out;
}

bool needsDolbyMapping(const AVStream* stream) {
    return dolbyVisionProfile(stream) == 5;
}

}  // namespace marea::server
