#include "server/pipeline/picture.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "server/pipeline/audiofile.h"
#include "server/pipeline/avinput.h"
#include "server/pipeline/libav.h"
#include "server/pipeline/orientation.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Image;
using core::Result;

constexpr std::int64_t maxPixels = 100'000'000;
constexpr std::int64_t maxImageFile = 100 << 20;
constexpr int jpegQuality = 4;  // FFmpeg's scale, 2 best to 31

core::Error badImage(int code) {
    char words[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, words, sizeof words);
    return {ErrorCode::Corrupt, words, "The picture is damaged or too large"};
}

Result<AvPtr<AVFrame>> decode(const char* codecName, const std::uint8_t* data, std::size_t size) {
    const AVCodec* codec = avcodec_find_decoder_by_name(codecName);
    AvPtr<AVCodecContext> context(codec ? avcodec_alloc_context3(codec) : nullptr);
    AvPtr<AVPacket> packet(av_packet_alloc());
    AvPtr<AVFrame> frame(av_frame_alloc());
    if (!context || !packet || !frame || size > static_cast<std::size_t>(maxImageFile))
        return core::unexpected(badImage(AVERROR(ENOMEM)));
    context->thread_count = 1;
    context->max_pixels = maxPixels;
    int result = av_new_packet(packet.get(), static_cast<int>(size));
    if (result < 0)
        return core::unexpected(badImage(result));
    std::memcpy(packet->data, data, size);
    if ((result = avcodec_open2(context.get(), codec, nullptr)) < 0 ||
        (result = avcodec_send_packet(context.get(), packet.get())) < 0)
        return core::unexpected(badImage(result));
    avcodec_send_packet(context.get(), nullptr);
    if ((result = avcodec_receive_frame(context.get(), frame.get())) < 0)
        return core::unexpected(badImage(result));
    if (frame->width <= 0 || frame->height <= 0)
        return core::unexpected(badImage(AVERROR_INVALIDDATA));
    return frame;
}

struct Size {
    int width, height;
};

Size fit(int width, int height, int maxEdge) {
    const double scale = std::min(1.0, static_cast<double>(maxEdge) / std::max(width, height));
    return {std::max(1, static_cast<int>(std::lround(width * scale))),
            std::max(1, static_cast<int>(std::lround(height * scale)))};
}

Result<AvPtr<AVFrame>> scaled(const AVFrame& from, Size to, AVPixelFormat format) {
    AvPtr<AVFrame> out(av_frame_alloc());
    if (!out)
        return core::unexpected(badImage(AVERROR(ENOMEM)));
    out->width = to.width;
    out->height = to.height;
    out->format = format;
    int result = av_frame_get_buffer(out.get(), 0);
    if (result < 0)
        return core::unexpected(badImage(result));
    const AvPtr<SwsContext> sws(sws_getContext(from.width, from.height, static_cast<AVPixelFormat>(from.format),
                                               to.width, to.height, format, SWS_AREA | SWS_ACCURATE_RND, nullptr,
                                               nullptr, nullptr));
    if (!sws)
        return core::unexpected(badImage(AVERROR(EINVAL)));
    result = sws_scale(sws.get(), from.data, from.linesize, 0, from.height, out->data, out->linesize);
    if (result < 0)
        return core::unexpected(badImage(result));
    return out;
}

bool mayBeTransparent(const AVFrame& frame) {
    const AVPixFmtDescriptor* pixels = av_pix_fmt_desc_get(static_cast<AVPixelFormat>(frame.format));
    return pixels && (pixels->flags & AV_PIX_FMT_FLAG_ALPHA || frame.format == AV_PIX_FMT_PAL8);
}

bool isTransparent(const AVFrame& rgba) {
    for (int y = 0; y < rgba.height; ++y) {
        const std::uint8_t* row = rgba.data[0] + static_cast<std::ptrdiff_t>(y) * rgba.linesize[0];
        for (int x = 0; x < rgba.width; ++x) {
            if (row[x * 4 + 3] != 0xFF)
                return true;
        }
    }
    return false;
}

Result<Image> encode(AVFrame& frame, AVCodecID id, const char* mimeType) {
    const AVCodec* codec = avcodec_find_encoder(id);
    const AvPtr<AVCodecContext> context(codec ? avcodec_alloc_context3(codec) : nullptr);
    const AvPtr<AVPacket> packet(av_packet_alloc());
    if (!context || !packet)
        return core::fail(ErrorCode::Internal, "Pictures cannot be written", "no encoder");
    context->thread_count = 1;
    context->width = frame.width;
    context->height = frame.height;
    context->pix_fmt = static_cast<AVPixelFormat>(frame.format);
    context->time_base = {1, 25};
    context->color_range = AVCOL_RANGE_JPEG;
    context->flags |= AV_CODEC_FLAG_QSCALE;
    context->global_quality = FF_QP2LAMBDA * jpegQuality;
    frame.quality = context->global_quality;
    frame.pts = 0;
    int result;
    if ((result = avcodec_open2(context.get(), codec, nullptr)) < 0 ||
        (result = avcodec_send_frame(context.get(), &frame)) < 0 ||
        (result = avcodec_receive_packet(context.get(), packet.get())) < 0)
        return core::unexpected(badImage(result));
    return Image{mimeType, {packet->data, packet->data + packet->size}, frame.width, frame.height};
}

Result<Image> embeddedImage(MediaSource& source, int maxEdge) {
    auto input = AvInput::open(source);
    if (!input)
        return core::unexpected(input.error());
    const AVFormatContext* context = (*input)->context();
    for (unsigned i = 0; i < context->nb_streams; ++i) {
        const AVStream* stream = context->streams[i];
        if (stream->disposition & AV_DISPOSITION_ATTACHED_PIC && stream->attached_pic.size > 0)
            return convertImage(stream->attached_pic.data, static_cast<std::size_t>(stream->attached_pic.size),
                                maxEdge);
    }
    return core::fail(ErrorCode::NotFound, "There is no picture inside");
}

}  // namespace

const char* imageCodec(std::string_view bytes) {
    if (bytes.starts_with("\xFF\xD8\xFF"))
        return "mjpeg";
    if (bytes.starts_with("\x89PNG\r\n\x1A\n"))
        return "png";
    if (bytes.size() > 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP")
        return "webp";
    if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a"))
        return "gif";
    return bytes.starts_with("BM") ? "bmp" : nullptr;
}

Result<Image> convertImage(const std::uint8_t* data, std::size_t size, int maxEdge) {
    const char* codec = imageCodec({reinterpret_cast<const char*>(data), size});
    if (!codec)
        return core::fail(ErrorCode::Corrupt, "Not a picture that Marea knows");
    auto frame = decode(codec, data, size);
    if (!frame)
        return core::unexpected(frame.error());
    const int orientation = orientationOf(**frame);
    const Size size2 = fit((*frame)->width, (*frame)->height, std::max(maxEdge, 1));
    if (orientation != 1 || mayBeTransparent(**frame)) {
        auto rgba = scaled(**frame, size2, AV_PIX_FMT_RGBA);
        if (rgba && orientation != 1)
            rgba = upright(**rgba, orientation);
        if (!rgba)
            return core::unexpected(rgba.error());
        return isTransparent(**rgba) ? encode(**rgba, AV_CODEC_ID_PNG, "image/png") : jpegOf(**rgba);
    }
    auto yuv = scaled(**frame, size2, AV_PIX_FMT_YUVJ420P);
    if (!yuv)
        return core::unexpected(yuv.error());
    return encode(**yuv, AV_CODEC_ID_MJPEG, "image/jpeg");
}

Result<Image> jpegOf(const AVFrame& picture) {
    auto yuv = scaled(picture, {picture.width, picture.height}, AV_PIX_FMT_YUVJ420P);
    return yuv ? encode(**yuv, AV_CODEC_ID_MJPEG, "image/jpeg") : core::unexpected(yuv.error());
}

Result<Image> imageOfMedia(MediaSource& source, int maxEdge) {
    std::vector<std::uint8_t> bytes;
    if (imageCodec(source.head(16))) {
        if (source.size() > maxImageFile)
            return core::fail(ErrorCode::Corrupt, "The picture is too large");
        bytes.resize(static_cast<std::size_t>(source.size()));
        bytes.resize(source.read(0, bytes.data(), bytes.size()));
    } else {
        bytes = audioFileCover(source);
    }
    if (bytes.empty())
        return embeddedImage(source, maxEdge);
    return convertImage(bytes.data(), bytes.size(), maxEdge);
}

}  // namespace marea::server
