#include "server/pipeline/rungquality.h"

#include <algorithm>
#include <array>

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

constexpr std::size_t everyPicture = 4;  // of which one is compared

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
    Comparison(const std::vector<Plane>& originals, PictureMeasure& measure)
        : originals_(originals), measure_(measure) {}

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
        return measure_.quality();
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
        return measure_.compare(originals_[original], *luma);
    }

    const std::vector<Plane>& originals_;
    PictureMeasure& measure_;
    AvPtr<AVCodecContext> context_;
    AvPtr<AVFrame> picture_;
    std::size_t count_ = 0;
};

}  // namespace

Result<std::vector<double>> rungQualities(VideoTranscoder& transcoder, const std::vector<VideoEncoding>& encodings,
                                          Ticks from, Ticks to, const PictureMeasures& measures) {
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
    if (originals.empty())
        return core::fail(ErrorCode::Unprocessable, "This picture cannot be measured", "no pictures");
    std::vector<double> qualities;
    for (const VideoTranscoder::Made& one : *made) {
        const auto measure = measures(originals.front().width, originals.front().height);
        const auto value =
            measure ? Comparison(originals, **measure).of(one) : Result<double>(core::unexpected(measure.error()));
        if (!value)
            return core::unexpected(value.error());
        qualities.push_back(*value);
    }
    return qualities;
}

}  // namespace marea::server
