// Dolby Vision without a base layer, read by its metadata.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>

#include "server/pipeline/dolbymapping.h"
#include "server/pipeline/sprites.h"
#include "tests/integration/pipeline/dolbyfilm.h"
#include "tests/integration/pipeline/transcodefixture.h"
#include "tests/integration/pipeline/transcodejudge.h"

using namespace marea;
using namespace marea::server;
using namespace marea::server::test;

namespace {

struct MetadataDelete {
    void operator()(AVDOVIMetadata* data) const { av_free(data); }
};
using Metadata = std::unique_ptr<AVDOVIMetadata, MetadataDelete>;

std::int64_t fixed(double value) {
    return std::llround(value * (1 << 23));
}

void setPolynomial(AVDOVIReshapingCurve& curve, int piece, std::array<double, 3> terms) {
    curve.mapping_idc[piece] = AV_DOVI_MAPPING_POLYNOMIAL;
    curve.poly_order[piece] = 2;
    for (std::size_t k = 0; k < 3; ++k)
        curve.poly_coef[piece][k] = fixed(terms[k]);
}

// Curves of three pieces, a chroma by MMR of order 3 beside a polynomial one, and the matrices of profile 5.
Metadata randomMetadata(unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> small(-0.08, 0.08);
    Metadata data(av_dovi_metadata_alloc(nullptr));
    AVDOVIRpuDataHeader* header = av_dovi_get_header(data.get());
    header->bl_bit_depth = 10;
    header->coef_log2_denom = 23;
    AVDOVIDataMapping* mapping = av_dovi_get_mapping(data.get());
    for (int c = 0; c < 3; ++c) {
        AVDOVIReshapingCurve& curve = mapping->curves[c];
        const std::uint16_t pivots[] = {static_cast<std::uint16_t>(c * 20), 300, 700, 1023};
        curve.num_pivots = 4;
        std::copy(std::begin(pivots), std::end(pivots), curve.pivots);
        for (int piece = 0; piece < 3; ++piece)
            setPolynomial(curve, piece, {small(random), 1 + small(random), small(random)});
    }
    AVDOVIReshapingCurve& mmr = mapping->curves[2];
    for (int piece = 1; piece < 3; ++piece) {
        mmr.mapping_idc[piece] = AV_DOVI_MAPPING_MMR;
        mmr.mmr_order[piece] = static_cast<std::uint8_t>(1 + piece);
        mmr.mmr_constant[piece] = fixed(0.4 + small(random));
        for (auto& order : mmr.mmr_coef[piece])
            std::generate(std::begin(order), std::end(order), [&] { return fixed(small(random)); });
    }
    AVDOVIColorMetadata* colour = av_dovi_get_color(data.get());
    const int lms[] = {8192, 799, 1681, 8192, -933, 1091, 8192, 267, -5545};
    const int linear[] = {17081, -349, -349, -349, 17081, -349, -349, -349, 17081};
    for (int i = 0; i < 9; ++i) {
        colour->ycc_to_rgb_matrix[i] = {lms[i], 8192};
        colour->rgb_to_lms_matrix[i] = {linear[i], 16384};
    }
    for (int i = 0; i < 3; ++i)
        colour->ycc_to_rgb_offset[i] = {i == 0 ? 0 : 1, 2};
    return data;
}

// What ETSI GS CCM 001 says, step by step, in double precision. Y'CbCr from 0 and from -0.5.
double reshapedBy(const AVDOVIReshapingCurve& curve, std::size_t component, const Triple& v) {
    int piece = 0;
    while (piece < curve.num_pivots - 2 && v[component] >= curve.pivots[piece + 1] / 1023.0)
        ++piece;
    const auto real = [](std::int64_t number) { return static_cast<double>(number) / (1 << 23); };
    double value = 0;
    if (curve.mapping_idc[piece] == AV_DOVI_MAPPING_POLYNOMIAL) {
        for (int k = 0; k < 3; ++k)
            value += real(curve.poly_coef[piece][k]) * std::pow(v[component], k);
    } else {
        const double terms[] = {v[0], v[1], v[2], v[0] * v[1], v[0] * v[2], v[1] * v[2], v[0] * v[1] * v[2]};
        value = real(curve.mmr_constant[piece]);
        for (int order = 0; order < curve.mmr_order[piece]; ++order) {
            for (int k = 0; k < 7; ++k)
                value += real(curve.mmr_coef[piece][order][k]) * std::pow(terms[k], order + 1);
        }
    }
    return std::clamp(value, curve.pivots[0] / 1023.0, curve.pivots[curve.num_pivots - 1] / 1023.0);
}

Triple expected(const AVDOVIMetadata& data, const Triple& v) {
    const AVDOVIColorMetadata* colour = av_dovi_get_color(&data);
    std::array<Triple, 3> toLms{}, linear{};
    Triple shaped{};
    for (std::size_t i = 0; i < 9; ++i) {
        toLms[i / 3][i % 3] = av_q2d(colour->ycc_to_rgb_matrix[i]);
        linear[i / 3][i % 3] = av_q2d(colour->rgb_to_lms_matrix[i]);
    }
    for (std::size_t i = 0; i < 3; ++i)
        shaped[i] = reshapedBy(av_dovi_get_mapping(&data)->curves[i], i, v) - av_q2d(colour->ycc_to_rgb_offset[i]);
    Triple lms = times(toLms, shaped);
    for (double& value : lms)
        value = lightOf(std::clamp(value, 0.0, 1.0));
    Triple rgb = times(inverse(lmsOfBt2020()), times(linear, lms));
    for (double& value : rgb)
        value = pqOf(std::clamp(value, 0.0, 1.0));
    const double luma = 0.2627 * rgb[0] + 0.678 * rgb[1] + 0.0593 * rgb[2];
    return {luma, (rgb[2] - luma) / 1.8814, (rgb[0] - luma) / 1.4746};
}

std::string rawPicture(const std::string& path, const Folder& folder, const std::string& pixels) {
    const std::string out = folder / "raw";
    run({"ffmpeg", "-v", "error", "-nostdin", "-y", "-i", path, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", pixels,
         out});
    std::ifstream file(out, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

VideoEncoding encodingOf(const std::string& codec, bool toneMap) {
    VideoEncoding encoding;
    encoding.codec = codec;
    encoding.width = DolbyFilm::kColumns * DolbyFilm::kTile;
    encoding.height = DolbyFilm::kRows * DolbyFilm::kTile;
    encoding.frameRate = {24, 1};
    encoding.bitrate = 20'000'000;
    encoding.toneMap = toneMap;
    return encoding;
}

class DolbyVision : public testing::Test {
protected:
    bool make(bool withMetadata = true) { return DolbyFilm::make(path_, withMetadata); }
    std::string transcode(const VideoEncoding& encoding, const std::string& name) {
        Film film(path_);
        writeFile(folder_ / name, wholeVideo(film, encoding, unitGrid(encoding.frameRate, film.duration())));
        return folder_ / name;
    }
    Folder folder_;
    std::string path_ = folder_ / "film.mp4";
};

constexpr char noEncoder[] = "no ffmpeg command, or not this encoder";
constexpr char toSdr[] =
    "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=hable:desat=0:peak=10,"
    "zscale=t=bt709:m=bt709:r=tv,format=yuv420p";

}  // namespace

TEST(DolbyMapping, IsWhatTheStandardSays) {
    std::mt19937 random(7);
    std::uniform_int_distribution<int> code(0, 65'535);
    for (unsigned seed = 0; seed < 8; ++seed) {
        const Metadata data = randomMetadata(seed);
        const auto colours = DolbyColours::of(*data);
        ASSERT_TRUE(colours);
        const DolbyMapping mapping(*colours);
        for (int i = 0; i < 500; ++i) {
            std::array<std::uint16_t, 3> in{}, out{};
            Triple v{};
            for (std::size_t c = 0; c < 3; ++c) {
                in[c] = static_cast<std::uint16_t>(c == 0 ? code(random) : 22'000 + code(random) / 3);
                v[c] = in[c] / 65'535.0;
            }
            mapping.map({&in[0], &in[1], &in[2]}, {&out[0], &out[1], &out[2]}, 1);
            const Triple wanted = expected(*data, v);
            // A quarter of a step of 10 bits.
            EXPECT_NEAR(out[0], (16 + 219 * wanted[0]) * 256, 16) << seed << " " << i;
            EXPECT_NEAR(out[1], (128 + 224 * wanted[1]) * 256, 16) << seed << " " << i;
            EXPECT_NEAR(out[2], (128 + 224 * wanted[2]) * 256, 16) << seed << " " << i;
        }
    }
}

TEST(DolbyMapping, NonsenseIsRefused) {
    Metadata data = randomMetadata(1);
    std::swap(av_dovi_get_mapping(data.get())->curves[1].pivots[1],
              av_dovi_get_mapping(data.get())->curves[1].pivots[2]);
    EXPECT_FALSE(DolbyColours::of(*data));
    data = randomMetadata(1);
    av_dovi_get_mapping(data.get())->curves[0].num_pivots = 1;
    EXPECT_FALSE(DolbyColours::of(*data));
    data = randomMetadata(1);
    av_dovi_get_header(data.get())->bl_bit_depth = 0;
    EXPECT_FALSE(DolbyColours::of(*data));
}

TEST_F(DolbyVision, WithoutABaseLayerBecomesHdr10InTheColoursThatWereMeant) {
    if (!make())
        GTEST_SKIP() << noEncoder;
    const std::string out = transcode(encodingOf("hevc", false), "hdr.mp4");
    EXPECT_EQ(streamEntry(out, "v", "color_transfer"), "smpte2084");
    EXPECT_EQ(streamEntry(out, "v", "color_primaries"), "bt2020");
    EXPECT_EQ(streamEntry(out, "v", "color_space"), "bt2020nc");
    const std::string bytes = rawPicture(out, folder_, "yuv444p10le");
    constexpr std::size_t width = DolbyFilm::kColumns * DolbyFilm::kTile,
                          plane = width * DolbyFilm::kRows * DolbyFilm::kTile;
    ASSERT_EQ(bytes.size(), plane * 6);
    for (std::size_t tile = 0; tile < DolbyFilm::colours().size(); ++tile) {
        const std::size_t at = (tile / DolbyFilm::kColumns * DolbyFilm::kTile + DolbyFilm::kTile / 2) * width +
                               tile % DolbyFilm::kColumns * DolbyFilm::kTile + DolbyFilm::kTile / 2;
        const auto code = [&](std::size_t i) {
            const auto* pixel = reinterpret_cast<const unsigned char*>(bytes.data()) + (i * plane + at) * 2;
            return pixel[0] | pixel[1] << 8;
        };
        const double luma = (code(0) - 64) / 876.0, cb = (code(1) - 512) / 896.0, cr = (code(2) - 512) / 896.0;
        const Triple& wanted = DolbyFilm::colours()[tile];
        const double red = luma + 1.4746 * cr, blue = luma + 1.8814 * cb;
        EXPECT_NEAR(red, wanted[0], 0.012) << tile;
        EXPECT_NEAR(blue, wanted[2], 0.012) << tile;
        EXPECT_NEAR((luma - 0.2627 * red - 0.0593 * blue) / 0.678, wanted[1], 0.012) << tile;
    }
}

TEST_F(DolbyVision, WithoutABaseLayerIsToneMappedLikeHdr10) {
    if (!make())
        GTEST_SKIP() << noEncoder;
    const std::string hdr = transcode(encodingOf("hevc", false), "hdr.mp4");
    const std::string sdr = transcode(encodingOf("h264", true), "sdr.mp4");
    EXPECT_EQ(streamEntry(sdr, "v", "color_transfer"), "bt709");
    EXPECT_GT(worstPsnr(sdr, hdr, toSdr), 32);
    // As if it were HDR10 already: green and purple.
    EXPECT_LT(
        worstPsnr(
            sdr, path_,
            std::string("setparams=color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc:range=tv,") + toSdr),
        20);
}

TEST_F(DolbyVision, WithoutABaseLayerAndMetadataIsRefusedInWords) {
    if (!make(false))
        GTEST_SKIP() << noEncoder;
    Film film(path_);
    const auto made = film.video()->segment(encodingOf("h264", true), 0, kTicksPerSecond);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, core::ErrorCode::Unprocessable);
    EXPECT_NE(made.error().text.find("Dolby"), std::string::npos);
}

// A real film's metadata: what they make of its base layer is that same HDR10, whose grading they refine.
TEST(DolbyMapping, OfARealFilmOfProfile8GivesItsBaseLayer) {
    const char* media = std::getenv("MAREA_TEST_MEDIA");
    if (!media)
        GTEST_SKIP() << "no MAREA_TEST_MEDIA";
    Film film(std::string(media) + "/video/sparks-hevc-dovi8-hdr10.mp4");
    auto reader = StreamReader::open(film.source(), film.stream(AVMEDIA_TYPE_VIDEO), film.origin());
    ASSERT_TRUE(reader);
    auto decoder = VideoDecoder::open(**reader);
    ASSERT_TRUE(decoder && (*decoder)->seek(2 * kTicksPerSecond));
    const auto picture = (*decoder)->next();
    ASSERT_TRUE(picture && picture->frame);
    ASSERT_TRUE(av_frame_get_side_data(picture->frame.get(), AV_FRAME_DATA_DOVI_METADATA));
    const auto mapped = DolbyPictures(picture->frame->width, picture->frame->height).mapped(*picture->frame);
    ASSERT_TRUE(mapped) << mapped.error().text;
    double error = 0, peak = 0;
    for (int y = 0; y < (*mapped)->height; ++y) {
        for (int x = 0; x < (*mapped)->width; ++x) {
            const auto pixel = [&](const AVFrame& frame) {
                return reinterpret_cast<const std::uint16_t*>(frame.data[0] +
                                                              static_cast<std::ptrdiff_t>(y) * frame.linesize[0])[x];
            };
            const double base = pixel(*picture->frame), made = pixel(**mapped) / 64.0;
            error += (base - made) * (base - made);
            peak = std::max(peak, base);
        }
    }
    ASSERT_GT(peak, 200);                                                    // there is something to be seen
    EXPECT_LT(std::sqrt(error / (*mapped)->width / (*mapped)->height), 12);  // of 1023
}
