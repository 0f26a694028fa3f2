#include "server/pipeline/audiodecoder.h"

#include <cstdlib>

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

constexpr int gapsPerSecond = 50;  // times that are off by less than 1/50 s are taken for imprecise, not for a gap

core::Error noMemory() {
    return {ErrorCode::Internal, "libav: no memory", "The file asks for more memory than it may use"};
}

}  // namespace

Result<std::unique_ptr<AudioDecoder>> AudioDecoder::open(StreamReader& reader) {
    const AVCodecParameters* par = reader.stream()->codecpar;
    const AVCodec* codec = par->codec_type == AVMEDIA_TYPE_AUDIO ? avcodec_find_decoder(par->codec_id) : nullptr;
    if (!codec)
        return core::fail(ErrorCode::Unprocessable, "This audio format cannot be decoded here",
                          avcodec_get_name(par->codec_id));
    std::unique_ptr<AudioDecoder> decoder(new AudioDecoder(reader));
    decoder->codec_.reset(avcodec_alloc_context3(codec));
    AVCodecContext* context = decoder->codec_.get();
    if (!context || avcodec_parameters_to_context(context, par) < 0)
        return core::unexpected(noMemory());
    context->thread_count = 1;
    context->pkt_timebase = reader.stream()->time_base;
    if (avcodec_open2(context, codec, nullptr) < 0)
        return core::fail(ErrorCode::Unprocessable, "This audio cannot be decoded", avcodec_get_name(par->codec_id));
    return decoder;
}

Result<void> AudioDecoder::seek(Ticks at) {
    if (auto done = reader_.seekPacket(at); !done)
        return done;
    avcodec_flush_buffers(codec_.get());
    isDraining_ = false;
    rate_ = 0;
    return {};
}

std::int64_t AudioDecoder::number(std::int64_t at, int rate) const {
    return av_rescale_q(at, reader_.stream()->time_base, {1, rate}) -
           av_rescale_q(reader_.origin(), {1, static_cast<int>(kTicksPerSecond)}, {1, rate});
}

// A time that was rounded (Matroska: to milliseconds), put back on the multiple of whole frames it came from.
std::int64_t AudioDecoder::onGrid(std::int64_t at, const AVFrame& frame) const {
    const std::int64_t rounded = number(at, frame.sample_rate);
    const std::int64_t imprecision = av_rescale_q(1, reader_.stream()->time_base, {1, frame.sample_rate}) + 1;
    const std::int64_t size = frame.nb_samples;
    if (reader_.firstStamp() == AV_NOPTS_VALUE || imprecision * 4 > size)
        return rounded;
    const std::int64_t start = number(reader_.firstStamp(), frame.sample_rate);
    const std::int64_t exact = start + av_rescale(rounded - start, 1, size) * size;
    return std::llabs(exact - rounded) <= imprecision ? exact : rounded;
}

SourceSamples AudioDecoder::numbered(AvPtr<AVFrame> frame) {
    const std::int64_t at = frame->best_effort_timestamp;
    if (rate_ != frame->sample_rate) {
        rate_ = frame->sample_rate;
        expected_ = at != AV_NOPTS_VALUE ? onGrid(at, *frame) : 0;
    } else if (at != AV_NOPTS_VALUE && std::llabs(number(at, rate_) - expected_) > rate_ / gapsPerSecond) {
        expected_ = onGrid(at, *frame);
    }
    const std::int64_t first = expected_;
    expected_ += frame->nb_samples;
    return {std::move(frame), first};
}

Result<SourceSamples> AudioDecoder::next() {
    for (;;) {
        AvPtr<AVFrame> frame(av_frame_alloc());
        if (!frame)
            return core::unexpected(noMemory());
        const int result = avcodec_receive_frame(codec_.get(), frame.get());
        if (result == 0 && frame->nb_samples > 0 && frame->sample_rate > 0)
            return numbered(std::move(frame));
        if (result == 0)
            continue;
        if (isDraining_)
            return SourceSamples{};
        auto packet = reader_.next();
        if (!packet)
            return core::unexpected(packet.error());
        isDraining_ = !*packet;
        avcodec_send_packet(codec_.get(), packet->get());  // what cannot be decoded is a gap
    }
}

}  // namespace marea::server
