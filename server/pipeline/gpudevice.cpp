#include "server/pipeline/gpudevice.h"

extern "C" {
#include <libavutil/hwcontext.h>
}

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <utility>

#include "server/pipeline/videoencoder.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

struct Option {
    const char* name;
    const char* value;
};

// How libav calls a kind's device and encoders, and how these are told to make segments: one keyframe at the start, no
// picture that waits for a later one, the bitrate that the context has as the most. An encoder passes over options that
// it does not know, as older and newer versions of libav do.
struct Api {
    HardwareKind kind;
    AVHWDeviceType device;   // none: the encoder finds it by itself
    const char* suffix;      // of the encoders' names
    AVPixelFormat surfaces;  // none: it takes pictures from memory
    std::array<Option, 10> options;
};

constexpr std::array<Api, 5> apis{{
    {HardwareKind::Nvenc,
     AV_HWDEVICE_TYPE_CUDA,
     "nvenc",
     AV_PIX_FMT_NONE,
     {{{"preset", "p4"},
       {"rc", "vbr"},
       {"cq", "23"},
       {"rc-lookahead", "0"},
       {"no-scenecut", "1"},
       {"forced-idr", "1"},
       {"strict_gop", "1"},
       {"b_ref_mode", "disabled"},
       {"delay", "0"},
       {"surfaces", "8"}}}},
    {HardwareKind::Vaapi,
     AV_HWDEVICE_TYPE_VAAPI,
     "vaapi",
     AV_PIX_FMT_VAAPI,
     {{{"async_depth", "1"}, {"idr_interval", "0"}, {"b_depth", "1"}}}},
    {HardwareKind::Qsv,
     AV_HWDEVICE_TYPE_QSV,
     "qsv",
     AV_PIX_FMT_NONE,
     {{{"preset", "fast"},
       {"async_depth", "1"},
       {"look_ahead", "0"},
       {"forced_idr", "1"},
       {"adaptive_i", "0"},
       {"adaptive_b", "0"},
       {"b_strategy", "0"}}}},
    {HardwareKind::VideoToolbox,
     AV_HWDEVICE_TYPE_NONE,
     "videotoolbox",
     AV_PIX_FMT_NONE,
     {{{"allow_sw", "0"}, {"realtime", "0"}, {"a53cc", "0"}}}},
    // As different from the segments of the processor as those of a device are.
    {HardwareKind::Software,
     AV_HWDEVICE_TYPE_NONE,
     "",
     AV_PIX_FMT_NONE,
     {{{"preset", "ultrafast"},
       {"crf", "20"},
       {"x264-params",
        "threads=1:sync-lookahead=0:rc-lookahead=0:bframes=0:keyint=2000:min-keyint=1001:scenecut=0:"
        "ref=2:nal-hrd=none"}}}},
}};

const Api& apiOf(HardwareKind kind) {
    return apis[static_cast<std::size_t>(kind)];
}

AVPixelFormat nativeFormat(AVPixelFormat pixels) {
    return pixels == AV_PIX_FMT_YUV420P10 ? AV_PIX_FMT_P010 : AV_PIX_FMT_NV12;
}

constexpr int triedPictures = 24;

VideoEncoding triedEncoding(const std::string& codec) {
    VideoEncoding encoding;
    encoding.codec = codec;
    encoding.width = 1280;
    encoding.height = 720;
    encoding.frameRate = {24, 1};
    encoding.bitrate = 5'000'000;
    return encoding;
}

VideoColour triedColour(int bitDepth) {
    return bitDepth > 8 ? VideoColour{AVCOL_PRI_BT2020, AVCOL_TRC_SMPTE2084, AVCOL_SPC_BT2020_NCL} : VideoColour{};
}

// Stripes that move.
Result<AvPtr<AVFrame>> testCard(AVPixelFormat pixels, int number) {
    AvPtr<AVFrame> card(av_frame_alloc());
    if (!card)
        return core::fail(ErrorCode::Internal, "Out of memory");
    card->width = 1280;
    card->height = 720;
    card->format = pixels;
    if (av_frame_get_buffer(card.get(), 0) < 0)
        return core::fail(ErrorCode::Internal, "Out of memory");
    const bool deep = pixels == AV_PIX_FMT_YUV420P10;
    for (int plane = 0; plane < 3; ++plane) {
        const int height = plane == 0 ? card->height : card->height / 2, width = plane == 0 ? card->width : 640;
        for (int y = 0; y < height; ++y) {
            std::uint8_t* row = card->data[plane] + static_cast<std::ptrdiff_t>(y) * card->linesize[plane];
            for (int x = 0; x < width; ++x) {
                const int value = plane == 0 ? 32 + (x + y + number * 8) % 192 : 128;
                if (deep)
                    reinterpret_cast<std::uint16_t*>(row)[x] = static_cast<std::uint16_t>(value * 4);
                else
                    row[x] = static_cast<std::uint8_t>(value);
            }
        }
    }
    return card;
}

std::string faultOf(const Packets& packets) {
    if (packets.size() != triedPictures)
        return "it gave " + std::to_string(packets.size()) + " pictures for " + std::to_string(triedPictures);
    for (std::size_t i = 0; i < packets.size(); ++i) {
        const bool isKey = (packets[i]->flags & AV_PKT_FLAG_KEY) != 0;
        if (isKey != (i == 0) || (i > 0 && packets[i]->pts <= packets[i - 1]->pts))
            return "it does not keep to one keyframe and one order";
    }
    return {};
}

Result<double> speedOf(GpuDevice& device, const std::string& codec, int bitDepth) {
    const VideoEncoding encoding = triedEncoding(codec);
    const VideoColour colour = triedColour(bitDepth);
    const auto start = std::chrono::steady_clock::now();
    auto encoder = VideoEncoder::open(encoding, colour, 1, &device);
    if (!encoder)
        return core::unexpected(encoder.error());
    for (int i = 0; i < triedPictures; ++i) {
        auto card = testCard(VideoEncoder::pixelFormat(encoding, colour), i);
        if (!card)
            return core::unexpected(card.error());
        if (auto sent = (*encoder)->encode(**card, i); !sent)
            return core::unexpected(sent.error());
    }
    auto packets = (*encoder)->finish();
    if (!packets)
        return core::unexpected(packets.error());
    if (const std::string fault = faultOf(*packets); !fault.empty())
        return core::fail(ErrorCode::Unavailable, fault, fault);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    return triedPictures / took.count();
}

}  // namespace

core::Error GpuDevice::error(int code, const char* where) const {
    char words[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, words, sizeof words);
    return {ErrorCode::Unavailable, std::string(name(kind_)) + ", " + where + ": " + words,
            "The graphics processor cannot encode this"};
}

Result<std::unique_ptr<GpuDevice>> GpuDevice::open(HardwareKind kind, const std::string& path) {
    std::unique_ptr<GpuDevice> device(new GpuDevice(kind, path));
    const AVHWDeviceType type = apiOf(kind).device;
    if (type == AV_HWDEVICE_TYPE_NONE)
        return device;
    const int result =
        av_hwdevice_ctx_create(&device->device_, type, path.empty() ? nullptr : path.c_str(), nullptr, 0);
    if (result < 0)
        return core::unexpected(device->error(result, "opening the device"));
    return device;
}

GpuDevice::~GpuDevice() {
    av_buffer_unref(&device_);
}

const AVCodec* GpuDevice::encoder(const std::string& codec) const {
    if (kind_ == HardwareKind::Software)
        return codec == "h264" ? avcodec_find_encoder_by_name("libx264") : nullptr;
    return avcodec_find_encoder_by_name((codec + "_" + apiOf(kind_).suffix).c_str());
}

// Pictures are carried to the device before they are encoded.
Result<void> GpuDevice::openFrames(AVCodecContext& context, AVPixelFormat pixels) const {
    AVBufferRef* frames = av_hwframe_ctx_alloc(device_);
    if (!frames)
        return core::unexpected(error(AVERROR(ENOMEM), "surfaces"));
    auto* description = reinterpret_cast<AVHWFramesContext*>(frames->data);
    description->format = apiOf(kind_).surfaces;
    description->sw_format = nativeFormat(pixels);
    description->width = context.width;
    description->height = context.height;
    description->initial_pool_size = 16;
    const int result = av_hwframe_ctx_init(frames);
    if (result >= 0)
        context.hw_frames_ctx = av_buffer_ref(frames);
    av_buffer_unref(&frames);
    if (result < 0 || !context.hw_frames_ctx)
        return core::unexpected(error(result < 0 ? result : AVERROR(ENOMEM), "surfaces"));
    return {};
}

Result<void> GpuDevice::open(AVCodecContext& context, AVPixelFormat pixels) const {
    const Api& api = apiOf(kind_);
    context.pix_fmt = kind_ == HardwareKind::Software ? pixels : nativeFormat(pixels);
    if (api.surfaces != AV_PIX_FMT_NONE) {
        context.pix_fmt = api.surfaces;
        if (auto opened = openFrames(context, pixels); !opened)
            return opened;
    } else if (device_) {
        context.hw_device_ctx = av_buffer_ref(device_);
    }
    // Of what a second may take: encoders here keep to an average, which rises with what is seen.
    if (kind_ != HardwareKind::Software)
        context.bit_rate = context.rc_max_rate * 3 / 4;
    AVDictionary* options = nullptr;
    for (const Option& option : api.options) {
        if (option.name)
            av_dict_set(&options, option.name, option.value, 0);
    }
    const int result = avcodec_open2(&context, context.codec, &options);
    av_dict_free(&options);
    if (result < 0)
        return core::unexpected(error(result, "opening the encoder"));
    return {};
}

Result<AvPtr<AVFrame>> GpuDevice::converted(const AVFrame& picture, AVPixelFormat format) {
    const int from[] = {picture.width, picture.height, picture.format, format};
    if (!converter_ || !std::equal(std::begin(from), std::end(from), convertedFrom_)) {
        converter_.reset(sws_getContext(picture.width, picture.height, static_cast<AVPixelFormat>(picture.format),
                                        picture.width, picture.height, format, SWS_POINT, nullptr, nullptr, nullptr));
        std::copy(std::begin(from), std::end(from), convertedFrom_);
    }
    AvPtr<AVFrame> out(av_frame_alloc());
    if (!converter_ || !out)
        return core::unexpected(error(AVERROR(ENOMEM), "converting"));
    out->width = picture.width;
    out->height = picture.height;
    out->format = format;
    int result = av_frame_get_buffer(out.get(), 0);
    if (result >= 0)
        result =
            sws_scale(converter_.get(), picture.data, picture.linesize, 0, picture.height, out->data, out->linesize);
    if (result >= 0)
        result = av_frame_copy_props(out.get(), &picture);
    if (result < 0)
        return core::unexpected(error(result, "converting"));
    return out;
}

Result<AvPtr<AVFrame>> GpuDevice::prepared(const AVFrame& picture, const AVCodecContext& context) {
    if (context.pix_fmt == picture.format)
        return AvPtr<AVFrame>(av_frame_clone(&picture));
    auto native = converted(picture, nativeFormat(static_cast<AVPixelFormat>(picture.format)));
    if (!native || !context.hw_frames_ctx)
        return native;
    AvPtr<AVFrame> surface(av_frame_alloc());
    int result = surface ? av_hwframe_get_buffer(context.hw_frames_ctx, surface.get(), 0) : AVERROR(ENOMEM);
    if (result >= 0)
        result = av_hwframe_transfer_data(surface.get(), native->get(), 0);
    if (result >= 0)
        result = av_frame_copy_props(surface.get(), &picture);
    if (result < 0)
        return core::unexpected(error(result, "carrying a picture to the device"));
    return surface;
}

std::vector<HardwareEncoder> tryEncoders(GpuDevice& device) {
    std::vector<HardwareEncoder> found;
    for (const char* codec : {"h264", "hevc", "av1"}) {
        if (!device.encoder(codec))
            continue;
        for (const int bitDepth : {8, 10}) {
            if (bitDepth > 8 && !std::strcmp(codec, "h264"))
                continue;
            const auto speed = speedOf(device, codec, bitDepth);
            found.push_back({codec, bitDepth, speed ? "" : speed.error().detail, speed ? *speed : 0});
        }
    }
    return found;
}

}  // namespace marea::server
