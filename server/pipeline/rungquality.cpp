#include "server/pipeline/rungquality.h"

#include <algorithm>
#include <array>
#include <numeric>

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

constexpr std::size_t everyPicture = 4;  // of which one is compared
constexpr int block = 4;                 // a window is two by two of these

// Of a block of 4×4: sums, of the squares of both together, of the products.
struct Sums {
    std::int64_t a = 0, b = 0, squares = 0, products = 0;

    Sums& operator+=(const Sums& other) {
        a += other.a;
        b += other.b;
        squares += other.squares;
        products += other.products;
        return *this;
    }
};

Sums sumsOf(const Plane& a, const Plane& b, int column, int row) {
    Sums sums;
    for (int y = row * block; y < (row + 1) * block; ++y) {
        const auto at =
            static_cast<std::size_t>(y) * static_cast<std::size_t>(a.width) + static_cast<std::size_t>(column) * block;
        for (std::size_t x = at; x < at + block; ++x) {
            const std::int64_t one = a.samples[x], other = b.samples[x];
            sums.a += one;
            sums.b += other;
            sums.squares += one * one + other * other;
            sums.products += one * other;
        }
    }
    return sums;
}

double windowSimilarity(const Sums& s) {
    constexpr double count = 64, c1 = .01 * .01 * 255 * 255 * count, c2 = .03 * .03 * 255 * 255 * count * (count - 1);
    const auto a = static_cast<double>(s.a), b = static_cast<double>(s.b);
    const double variances = static_cast<double>(s.squares) * count - a * a - b * b;
    const double covariance = static_cast<double>(s.products) * count - a * b;
    return (2 * a * b + c1) * (2 * covariance + c2) / ((a * a + b * b + c1) * (variances + c2));
}

// Scaled to a size, where it has another. Null where that fails.
Result<Plane> lumaOf(const AVFrame& picture, int width, int height) {
    Plane plane{width, height,
                std::vector<std::uint8_t>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height))};
    const AvPtr<SwsContext> scaler(sws_getContext(picture.width, picture.height, AV_PIX_FMT_GRAY8, width, height,
                                                  AV_PIX_FMT_GRAY8, SWS_BICUBIC | SWS_ACCURATE_RND | SWS_BITEXACT,
                                                  nullptr, nullptr, nullptr));
    if (!scaler)
        return core::fail(ErrorCode::Unprocessable, "This picture cannot be measured", "scaler");
    const std::array<const std::uint8_t*, 4> from{picture.data[0]};
    const std::array<int, 4> strides{picture.linesize[0]};
    const std::array<std::uint8_t*, 4> to{plane.samples.data()};
    const std::array<int, 4> outStrides{width};
    sws_scale(scaler.get(), from.data(), strides.data(), 0, picture.height, to.data(), outStrides.data());
    return plane;
}

bool hasLuma8(const AVFrame& picture) {
    return picture.format == AV_PIX_FMT_YUV420P || picture.format == AV_PIX_FMT_YUVJ420P;
}

// What an encoding comes to, decoded and compared with the originals as it goes.
class Comparison {
public:
    explicit Comparison(const std::vector<Plane>& originals) : originals_(originals) {}

    Result<double> of(const VideoTranscoder::Made& made) {
        const AVCodec* codec = avcodec_find_decoder(made.format.parameters->codec_id);
        context_.reset(codec ? avcodec_alloc_context3(codec) : nullptr);
        picture_.reset(av_frame_alloc());
        if (!context_ || !picture_ || avcodec_parameters_to_context(context_.get(), made.format.parameters.get()) < 0)
            return failed("decoder");
        context_->thread_count = 1;
        if (avcodec_open2(context_.get(), codec, nullptr) < 0)
            return failed("decoder");
        for (const auto& packet : made.packets) {
            if (auto done = decode(packet.get()); !done)
                return core::unexpected(done.error());
        }
        if (auto done = decode(nullptr); !done)
            return core::unexpected(done.error());
        if (values_.empty())
            return failed("no pictures");
        return std::accumulate(values_.begin(), values_.end(), 0.0) / static_cast<double>(values_.size());
    }

private:
    static tl::unexpected<core::Error> failed(const char* detail) {
        return core::fail(ErrorCode::Unprocessable, "This picture cannot be measured", detail);
    }

    Result<void> decode(const AVPacket* packet) {
        if (avcodec_send_packet(context_.get(), packet) < 0)
            return failed("decoding");
        for (;;) {
            const int result = avcodec_receive_frame(context_.get(), picture_.get());
            if (result == AVERROR(EAGAIN) || result == AVERROR_EOF)
                return {};
            if (result < 0)
                return failed("decoding");
            if (auto done = compare(); !done)
                return done;
        }
    }

    Result<void> compare() {
        const std::size_t number = count_++;
        const std::size_t original = number / everyPicture;
        if (number % everyPicture != 0 || original >= originals_.size())
            return {};
        if (!hasLuma8(*picture_))
            return failed("pixels");
        auto luma = lumaOf(*picture_, originals_[original].width, originals_[original].height);
        if (!luma)
            return core::unexpected(luma.error());
        values_.push_back(similarity(originals_[original], *luma));
        return {};
    }

    const std::vector<Plane>& originals_;
    AvPtr<AVCodecContext> context_;
    AvPtr<AVFrame> picture_;
    std::size_t count_ = 0;
    std::vector<double> values_;
};

}  // namespace

double similarity(const Plane& a, const Plane& b) {
    const int columns = a.width / block, rows = a.height / block;
    if (columns < 2 || rows < 2 || a.width != b.width || a.height != b.height)
        return 0;
    std::vector<Sums> above, here(static_cast<std::size_t>(columns));
    double sum = 0;
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column)
            here[static_cast<std::size_t>(column)] = sumsOf(a, b, column, row);
        for (std::size_t column = 0; row > 0 && column + 1 < here.size(); ++column) {
            Sums window = here[column];
            window += here[column + 1];
            window += above[column];
            window += above[column + 1];
            sum += windowSimilarity(window);
        }
        above = here;
    }
    return sum / (double(columns - 1) * (rows - 1));
}

Result<std::vector<double>> rungQualities(VideoTranscoder& transcoder, const std::vector<VideoEncoding>& encodings,
                                          Ticks from, Ticks to) {
    std::vector<Plane> originals;
    std::size_t number = 0;
    Result<void> kept;
    const auto watch = [&](const AVFrame& picture) {
        if (number++ % everyPicture != 0 || !kept)
            return;
        auto luma = hasLuma8(picture) ? lumaOf(picture, picture.width, picture.height)
                                      : core::fail(ErrorCode::Unprocessable, "This picture cannot be measured");
        if (luma)
            originals.push_back(std::move(*luma));
        else
            kept = core::unexpected(luma.error());
    };
    const auto made = transcoder.ladder(encodings, from, to, watch);
    if (!made || !kept)
        return core::unexpected(made ? kept.error() : made.error());
    std::vector<double> qualities;
    for (const VideoTranscoder::Made& one : *made) {
        const auto value = Comparison(originals).of(one);
        if (!value)
            return core::unexpected(value.error());
        qualities.push_back(*value);
    }
    return qualities;
}

}  // namespace marea::server
