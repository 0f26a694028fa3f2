#include "server/pipeline/subtitlepainter.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;

Result<AvPtr<AVFrame>> SubtitlePainter::drawn(const AVFrame& picture, Ticks at) {
    auto shown = show(at);
    if (!shown)
        return core::unexpected(shown.error());
    if (!*shown)
        return AvPtr<AVFrame>();
    AvPtr<AVFrame> copy(av_frame_clone(&picture));
    if (!copy || av_frame_make_writable(copy.get()) < 0)
        return core::fail(ErrorCode::Internal, "The video cannot be encoded", "no memory for a picture");
    draw(*copy);
    return copy;
}

Result<std::unique_ptr<SubtitlePainter>> openSubtitlePainter(std::unique_ptr<SubtitleFeed> feed, const Canvas& canvas) {
    const AVCodecDescriptor* codec = avcodec_descriptor_get(feed->stream().codecpar->codec_id);
    if (codec && codec->props & AV_CODEC_PROP_BITMAP_SUB)
        return openImagePainter(std::move(feed), canvas);
    if (codec && codec->props & AV_CODEC_PROP_TEXT_SUB)
        return openTextPainter(std::move(feed), canvas);
    return core::fail(ErrorCode::Unprocessable, "This kind of subtitles cannot be drawn into the picture",
                      codec ? codec->name : "no codec");
}

Result<AvPtr<AVCodecContext>> openSubtitleDecoder(const AVStream& stream) {
    const AVCodec* codec = avcodec_find_decoder(stream.codecpar->codec_id);
    if (!codec)
        return core::fail(ErrorCode::Unprocessable, "This kind of subtitles cannot be drawn into the picture",
                          avcodec_get_name(stream.codecpar->codec_id));
    AvPtr<AVCodecContext> decoder(avcodec_alloc_context3(codec));
    if (!decoder || avcodec_parameters_to_context(decoder.get(), stream.codecpar) < 0)
        return core::fail(ErrorCode::Internal, "The video cannot be encoded", "no memory for a decoder");
    decoder->pkt_timebase = stream.time_base;
    decoder->thread_count = 1;
    if (avcodec_open2(decoder.get(), codec, nullptr) < 0)
        return core::fail(ErrorCode::Unprocessable, "These subtitles are damaged", codec->name);
    return decoder;
}

bool DecodedSubtitle::decode(AVCodecContext& decoder, const AVPacket& packet) {
    avsubtitle_free(&subtitle);
    const AvPtr<AVPacket> copy(av_packet_clone(&packet));
    int isDone = 0;
    return copy && avcodec_decode_subtitle2(&decoder, &subtitle, &isDone, copy.get()) >= 0 && isDone;
}

}  // namespace marea::server
