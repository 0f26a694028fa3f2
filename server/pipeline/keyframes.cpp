#include "server/pipeline/keyframes.h"

#include "server/pipeline/avinput.h"

namespace marea::server {
namespace {

using core::ErrorCode;

constexpr std::int64_t mostPixels = 100'000'000;

core::Error noDecoder(const AVCodecParameters* par) {
    return {ErrorCode::Unprocessable, avcodec_get_name(par->codec_id), "There is no decoder for this video"};
}

}  // namespace

core::Result<KeyframeDecoder> KeyframeDecoder::open(MediaReader& reader, const SourceTrack& track) {
    KeyframeDecoder made(reader, track);
    const AVCodecParameters* par = reader.stream(track)->codecpar;
    const AVCodec* codec = avcodec_find_decoder(par->codec_id);
    made.context_.reset(codec ? avcodec_alloc_context3(codec) : nullptr);
    made.frame_.reset(av_frame_alloc());
    if (!made.context_ || !made.frame_ || avcodec_parameters_to_context(made.context_.get(), par) < 0)
        return core::unexpected(noDecoder(par));
    AVCodecContext* context = made.context_.get();
    context->thread_count = 1;
    context->max_pixels = mostPixels;
    context->pkt_timebase = track.timeBase;
    context->skip_frame = AVDISCARD_NONKEY;
    context->skip_loop_filter = AVDISCARD_ALL;  // what it smooths is smaller than a pixel of a tile
    if (avcodec_open2(context, codec, nullptr) < 0)
        return core::unexpected(noDecoder(par));
    reader.select({track.stream});
    return made;
}

core::Result<const AVFrame*> KeyframeDecoder::at(Ticks at) {
    if (auto found = reader_->seek(*track_, at); !found)
        return core::unexpected(found.error());
    constexpr int mostPackets = 2000;
    AvPtr<AVPacket> key;
    for (int packets = 0; packets < mostPackets && !key; ++packets) {
        auto packet = reader_->next();
        if (!packet)
            return core::unexpected(packet.error());
        if (!*packet)
            break;
        if ((*packet)->stream_index == track_->stream && (*packet)->pts != AV_NOPTS_VALUE &&
            ((*packet)->flags & AV_PKT_FLAG_KEY))
            key = std::move(*packet);
    }
    if (!key)
        return nullptr;
    if (decoded_ != key->pts) {
        key->flags &= ~AV_PKT_FLAG_DISCARD;  // of a keyframe before an edit's start: better than none
        good_ = decode(key.get());
        decoded_ = key->pts;
    }
    return good_ ? frame_.get() : nullptr;
}

bool KeyframeDecoder::decode(const AVPacket* packet) {
    avcodec_flush_buffers(context_.get());
    av_frame_unref(frame_.get());
    if (avcodec_send_packet(context_.get(), packet) < 0)
        return false;
    avcodec_send_packet(context_.get(), nullptr);  // drains: some decoders hold the picture back
    return avcodec_receive_frame(context_.get(), frame_.get()) >= 0 && frame_->width > 0 && frame_->height > 0;
}

}  // namespace marea::server
