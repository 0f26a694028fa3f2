#include "server/pipeline/videoencoder.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <system_error>
#include <thread>

#include "server/packaging/codecstring.h"
#include "server/pipeline/x264assembly.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

constexpr int coarsestTimescale = 10'000;  // units a second at least: players round to it
// The decoder's buffer, as a part of what a second may take: small, so that a segment of 1 s stays below the bitrate.
constexpr double bufferSeconds = 0.3;
constexpr double bufferFull = 0.9;  // where encoders take it to stand at the start

struct Options {
    AVDictionary* list = nullptr;
    ~Options() { av_dict_free(&list); }
    void set(const char* name, const std::string& value) { av_dict_set(&list, name, value.c_str(), 0); }
};

// The whole segment keeps to the bitrate: what its buffer gives at the start, and what flows in, come to no more.
std::int64_t flow(const VideoEncoding& encoding, double seconds) {
    return std::llround(static_cast<double>(encoding.bitrate) *
                        (1 - bufferSeconds * bufferFull / std::max(seconds, 1.0)));
}

// Of what may flow: an average that touches the limit leaves the encoder nothing for what is harder.
constexpr double averagePart = 0.9;

bool isAverage(const VideoEncoding& encoding) {
    return encoding.mode == BitrateMode::Average;
}

std::int64_t average(const VideoEncoding& encoding, double seconds) {
    return std::llround(static_cast<double>(flow(encoding, seconds)) * averagePart);
}

void setQuality(Options& options, const VideoEncoding& encoding, const char* crf) {
    if (!isAverage(encoding))
        options.set("crf", crf);
}

void setUpX264(Options& options, const VideoEncoding& encoding) {
    options.set("preset", "veryfast");
    options.set("profile", "high");
    setQuality(options, encoding, "22");
    // Scene cuts get intra pictures, which min-keyint keeps from being IDR pictures.
    options.set("x264-params",
                "threads=1:sliced-threads=0:sync-lookahead=0:rc-lookahead=10:bframes=0:keyint=2000:min-keyint=1001:"
                "open-gop=0:force-cfr=1:nal-hrd=none" +
                    x264Assembly());
}

// For x265's parameters.
std::string hdrParameters(const HdrMetadata& hdr) {
    std::string text;
    if (hdr.display) {
        const auto point = [&](std::size_t i) {
            return "(" + std::to_string(hdr.display->chromaticity[i]) + "," +
                   std::to_string(hdr.display->chromaticity[i + 1]) + ")";
        };
        text += ":master-display=G" + point(2) + "B" + point(4) + "R" + point(0) + "WP" + point(6) + "L(" +
                std::to_string(hdr.display->brightest) + "," + std::to_string(hdr.display->darkest) + ")";
    }
    if (hdr.light)
        text += ":max-cll=" + std::to_string(hdr.light->mostOfPixel) + "," + std::to_string(hdr.light->mostOfPicture);
    return text;
}

void setUpX265(Options& options, const VideoEncoding& encoding, const HdrMetadata& hdr, double seconds) {
    const auto kbit = [](std::int64_t bits) { return std::to_string(std::max<std::int64_t>(bits / 1000, 1)); };
    options.set("preset", "superfast");
    setQuality(options, encoding, "24");
    options.set("x265-params",
                "pools=none:frame-threads=1:wpp=0:pmode=0:pme=0:rc-lookahead=10:bframes=0:keyint=2000:min-keyint=2000:"
                "scenecut=0:open-gop=0:hrd=0:info=0:log-level=none:level-idc=" +
                    std::to_string(encodedLevel(encoding) / 3) + ":vbv-maxrate=" + kbit(flow(encoding, seconds)) +
                    ":vbv-bufsize=" + kbit(std::llround(static_cast<double>(encoding.bitrate) * bufferSeconds)) +
                    hdrParameters(hdr));
}

void setUpVp9(Options& options, const VideoEncoding& encoding) {
    options.set("deadline", "realtime");
    options.set("cpu-used", "7");
    setQuality(options, encoding, "33");
    options.set("lag-in-frames", "0");
    options.set("auto-alt-ref", "0");
    options.set("row-mt", "0");
    options.set("tile-columns", "0");
    options.set("frame-parallel", "0");
}

void setUpAv1(Options& options, const VideoEncoding& encoding) {
    options.set("usage", "realtime");
    options.set("cpu-used", "8");
    setQuality(options, encoding, "33");
    options.set("lag-in-frames", "0");
    options.set("row-mt", "0");
}

const char* encoderFor(const std::string& codec) {
    if (codec == "h264")
        return "libx264";
    if (codec == "hevc")
        return "libx265";
    if (codec == "vp9")
        return "libvpx-vp9";
    return codec == "av1" ? "libaom-av1" : "";
}

template <class T>
StreamSideData sideData(AVPacketSideDataType type, const T& value) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&value);
    return {type, {bytes, bytes + sizeof value}};
}

// As libav keeps it beside a stream.
std::vector<StreamSideData> hdrSideData(const HdrMetadata& hdr) {
    std::vector<StreamSideData> list;
    if (hdr.display) {
        AVMasteringDisplayMetadata display{};
        for (std::size_t i = 0; i < 8; ++i)
            (i < 6 ? display.display_primaries[i / 2][i % 2] : display.white_point[i % 2]) = {
                hdr.display->chromaticity[i], 50'000};
        display.max_luminance =
            av_make_q(static_cast<int>(std::min<std::int64_t>(hdr.display->brightest, INT32_MAX)), 10'000);
        display.min_luminance =
            av_make_q(static_cast<int>(std::min<std::int64_t>(hdr.display->darkest, INT32_MAX)), 10'000);
        display.has_primaries = display.has_luminance = 1;
        list.push_back(sideData(AV_PKT_DATA_MASTERING_DISPLAY_METADATA, display));
    }
    if (hdr.light) {
        AVContentLightMetadata light{};
        light.MaxCLL = static_cast<unsigned>(hdr.light->mostOfPixel);
        light.MaxFALL = static_cast<unsigned>(hdr.light->mostOfPicture);
        list.push_back(sideData(AV_PKT_DATA_CONTENT_LIGHT_LEVEL, light));
    }
    return list;
}

core::Error encodeError(int code, const std::string& codec) {
    char words[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, words, sizeof words);
    return {ErrorCode::Unprocessable, codec + ": " + words, "The video cannot be encoded like this"};
}

void describe(AVCodecContext& context, const VideoEncoding& encoding, const VideoColour& colour, double seconds) {
    context.thread_count = 1;
    context.width = encoding.width;
    context.height = encoding.height;
    context.sample_aspect_ratio = {1, 1};
    context.framerate = {encoding.frameRate.num, encoding.frameRate.den};
    context.gop_size = 2000;
    context.max_b_frames = 0;
    context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER | AV_CODEC_FLAG_CLOSED_GOP;
    context.rc_max_rate = flow(encoding, seconds);
    // libvpx and libaom call it constrained quality when both are given.
    if (encoding.codec == "vp9" || encoding.codec == "av1")
        context.bit_rate = context.rc_max_rate;
    if (isAverage(encoding))
        context.bit_rate = average(encoding, seconds);
    context.rc_buffer_size = static_cast<int>(
        std::min(static_cast<double>(encoding.bitrate) * bufferSeconds, static_cast<double>(INT32_MAX)));
    context.color_primaries = colour.primaries;
    context.color_trc = colour.transfer;
    context.colorspace = colour.matrix;
    context.color_range = AVCOL_RANGE_MPEG;
    context.chroma_sample_location = AVCHROMA_LOC_LEFT;
}

// libx265 has a thread of its own, and waits for ever for one that it was refused, as a sandbox does.
bool mayStartThreads() {
    try {
        std::thread([] {}).join();
        return true;
    } catch (const std::system_error&) {
        return false;
    }
}

bool isSane(const VideoEncoding& e) {
    return e.width >= 16 && e.height >= 16 && e.width <= 8192 && e.height <= 8192 && e.width % 2 == 0 &&
           e.height % 2 == 0 && e.frameRate.num > 0 && e.frameRate.den > 0 && e.bitrate >= 10'000 &&
           e.frameRate.num <= 120LL * e.frameRate.den;
}

}  // namespace

AVPixelFormat VideoEncoder::pixelFormat(const VideoEncoding& encoding, const VideoColour& colour) {
    return isHdr(colour.transfer) && encoding.codec != "h264" ? AV_PIX_FMT_YUV420P10 : AV_PIX_FMT_YUV420P;
}

Result<std::unique_ptr<VideoEncoder>> VideoEncoder::open(const VideoEncoding& encoding, const VideoColour& colour,
                                                         double seconds, GpuDevice* device) {
    if (!isSane(encoding))
        return core::fail(ErrorCode::Invalid, "No video can be made with these properties");
    const AVCodec* codec =
        device ? device->encoder(encoding.codec) : avcodec_find_encoder_by_name(encoderFor(encoding.codec));
    if (!codec)
        return core::fail(device ? ErrorCode::Unavailable : ErrorCode::Unprocessable,
                          "This server does not make this video format", encoding.codec);
    if (!device && encoding.codec == "hevc" && !mayStartThreads())
        return core::fail(ErrorCode::Unprocessable, "HEVC cannot be made in here", "libx265 needs a thread");
    std::unique_ptr<VideoEncoder> encoder(new VideoEncoder);
    encoder->context_.reset(avcodec_alloc_context3(codec));
    AVCodecContext* context = encoder->context_.get();
    if (!context)
        return core::unexpected(encodeError(AVERROR(ENOMEM), encoding.codec));
    describe(*context, encoding, colour, seconds);
    context->pix_fmt = pixelFormat(encoding, colour);
    // 1/n, as the muxers' timescale.
    const int finer = (coarsestTimescale + encoding.frameRate.num - 1) / encoding.frameRate.num;
    context->time_base = {1, encoding.frameRate.num * finer};
    encoder->step_ = static_cast<std::int64_t>(encoding.frameRate.den) * finer;
    encoder->device_ = device;
    encoder->colour_ = colour;
    auto opened = device ? device->open(*context, context->pix_fmt) : encoder->openOnProcessor(encoding, seconds);
    if (!opened)
        return core::unexpected(opened.error());
    return encoder;
}

Result<void> VideoEncoder::openOnProcessor(const VideoEncoding& encoding, double seconds) {
    Options options;
    if (encoding.codec == "h264") {
        context_->level = encodedLevel(encoding);
        setUpX264(options, encoding);
    } else if (encoding.codec == "hevc") {
        setUpX265(options, encoding, colour_.hdr, seconds);
    } else if (encoding.codec == "vp9") {
        setUpVp9(options, encoding);
    } else {
        setUpAv1(options, encoding);
    }
    if (const int result = avcodec_open2(context_.get(), context_->codec, &options.list); result < 0)
        return core::unexpected(encodeError(result, encoding.codec));
    return {};
}

Result<TrackFormat> VideoEncoder::format() const {
    auto format = TrackFormat::ofEncoder(context_.get());
    if (format)
        format->sideData = hdrSideData(colour_.hdr);
    return format;
}

core::Error VideoEncoder::error(int code) const {
    return device_ ? device_->error(code, context_->codec->name) : encodeError(code, context_->codec->name);
}

Result<void> VideoEncoder::send(const AVFrame* picture) {
    int result = avcodec_send_frame(context_.get(), picture);
    while (result >= 0) {
        AvPtr<AVPacket> packet(av_packet_alloc());
        if (!packet)
            return core::unexpected(error(AVERROR(ENOMEM)));
        result = avcodec_receive_packet(context_.get(), packet.get());
        if (result == AVERROR(EAGAIN) || result == AVERROR_EOF)
            return {};
        if (result >= 0) {
            packet->dts = packet->pts;  // nothing is reordered
            packet->duration = step_;
            packets_.push_back(std::move(packet));
        }
    }
    return core::unexpected(error(result));
}

Result<void> VideoEncoder::encode(const AVFrame& picture, std::int64_t number) {
    const AvPtr<AVFrame> copy(av_frame_clone(&picture));
    if (!copy)
        return core::unexpected(error(AVERROR(ENOMEM)));
    // The source's own types, side data and captions do not belong to the new pictures.
    for (int i = copy->nb_side_data - 1; i >= 0; --i)
        av_frame_remove_side_data(copy.get(), copy->side_data[i]->type);
    copy->pict_type = AV_PICTURE_TYPE_NONE;
    copy->pts = number * step_;
    if (!device_)
        return send(copy.get());
    auto prepared = device_->prepared(*copy, *context_);
    return prepared ? send(prepared->get()) : core::unexpected(prepared.error());
}

Result<Packets> VideoEncoder::finish() {
    if (auto sent = send(nullptr); !sent)
        return core::unexpected(sent.error());
    return std::move(packets_);
}

}  // namespace marea::server
