#include "server/pipeline/videodecoder.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

constexpr std::int64_t maxPixels = 8192LL * 8192;

core::Error noMemory() {
    return {ErrorCode::Internal, "libav: no memory", "The file asks for more memory than it may use"};
}

Ticks pictureDuration(const AVStream* stream) {
    for (const AVRational rate : {stream->avg_frame_rate, stream->r_frame_rate}) {
        if (rate.num > 0 && rate.den > 0 && av_q2d(rate) <= 300)
            return av_rescale(kTicksPerSecond, rate.den, rate.num);
    }
    return kTicksPerSecond / 25;
}

}  // namespace

Result<std::unique_ptr<VideoDecoder>> VideoDecoder::open(StreamReader& reader) {
    const AVCodecParameters* par = reader.stream()->codecpar;
    const AVCodec* codec = par->codec_type == AVMEDIA_TYPE_VIDEO ? avcodec_find_decoder(par->codec_id) : nullptr;
    if (!codec)
        return core::fail(ErrorCode::Unprocessable, "This video format cannot be decoded here",
                          avcodec_get_name(par->codec_id));
    std::unique_ptr<VideoDecoder> decoder(new VideoDecoder(reader));
    decoder->codec_.reset(avcodec_alloc_context3(codec));
    AVCodecContext* context = decoder->codec_.get();
    if (!context || avcodec_parameters_to_context(context, par) < 0)
        return core::unexpected(noMemory());
    context->thread_count = 1;
    context->pkt_timebase = reader.stream()->time_base;
    context->max_pixels = maxPixels;
    context->flags |= AV_CODEC_FLAG_OUTPUT_CORRUPT;
    // H.264 that does not say how far pictures are reordered: as far as its level allows, instead of guessing anew
    // after each seek.
    if (par->codec_id == AV_CODEC_ID_H264)
        context->strict_std_compliance = FF_COMPLIANCE_STRICT;
    if (const int result = avcodec_open2(context, codec, nullptr); result < 0)
        return core::fail(ErrorCode::Unprocessable, "This video cannot be decoded", avcodec_get_name(par->codec_id));
    return decoder;
}

// What is shown at `at` and a little before it is wanted; of what lies between the keyframe and there, only what later
// pictures refer to.
void VideoDecoder::planSkipping(Ticks at) {
    std::vector<std::int64_t> times;
    skipBefore_ = AV_NOPTS_VALUE;
    for (const auto& packet : reader_.ahead()) {
        if (packet->pts == AV_NOPTS_VALUE)
            return;
        if (reader_.ticks(packet->pts) <= at)
            times.push_back(packet->pts);
    }
    constexpr std::size_t wanted = 3;  // the one that is shown, and neighbours for a deinterlacer
    if (times.size() <= wanted)
        return;
    std::nth_element(times.begin(), times.end() - wanted, times.end());
    skipBefore_ = *(times.end() - wanted);
}

Result<void> VideoDecoder::seek(Ticks at) {
    if (auto done = reader_.seekKeyframe(at); !done)
        return done;
    avcodec_flush_buffers(codec_.get());
    notBefore_ = std::numeric_limits<Ticks>::min();
    isDamaged_ = isDraining_ = false;
    expected_ = reader_.firstTime();
    if (const AVPacket* first = reader_.peek(); first && first->pts != AV_NOPTS_VALUE)
        expected_ = notBefore_ = reader_.ticks(first->pts);
    planSkipping(at);
    return {};
}

// False when the decoder takes nothing more.
Result<bool> VideoDecoder::feed() {
    if (isDraining_)
        return false;
    auto packet = reader_.next();
    if (!packet)
        return core::unexpected(packet.error());
    isDraining_ = !*packet;
    const bool isUnseen = *packet && skipBefore_ != AV_NOPTS_VALUE && (*packet)->pts < skipBefore_;
    codec_->skip_frame = isUnseen ? AVDISCARD_NONREF : AVDISCARD_DEFAULT;
    const int result = avcodec_send_packet(codec_.get(), packet->get());
    if (result < 0 && result != AVERROR_EOF)
        isDamaged_ = true;
    return true;
}

SourcePicture VideoDecoder::timed(AvPtr<AVFrame> frame) {
    const std::int64_t at = frame->best_effort_timestamp;
    const Ticks ticks = at != AV_NOPTS_VALUE ? reader_.ticks(at) : expected_;
    expected_ = ticks + pictureDuration(reader_.stream());
    if (frame->decode_error_flags || frame->flags & AV_FRAME_FLAG_CORRUPT)
        isDamaged_ = true;
    return {std::move(frame), ticks};
}

Result<SourcePicture> VideoDecoder::next() {
    for (;;) {
        AvPtr<AVFrame> frame(av_frame_alloc());
        if (!frame)
            return core::unexpected(noMemory());
        const int result = avcodec_receive_frame(codec_.get(), frame.get());
        if (result == 0) {
            SourcePicture picture = timed(std::move(frame));
            if (picture.at >= notBefore_)
                return picture;
            continue;
        }
        if (result != AVERROR(EAGAIN) && result != AVERROR_EOF)
            isDamaged_ = true;
        auto fed = feed();
        if (!fed)
            return core::unexpected(fed.error());
        if (!*fed)
            return SourcePicture{};
    }
}

}  // namespace marea::server
