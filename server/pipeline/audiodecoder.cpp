#include "server/pipeline/audiodecoder.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include "server/pipeline/editend.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

constexpr int gapsPerSecond = 50;  // times that are off by less than 1/50 s are imprecise; by more: a gap

constexpr std::int64_t latestSample = std::int64_t{1} << 55;  // a file may claim any time
constexpr int vorbisUnit = 64;  // a quarter of the shorter block that encoders use, Vorbis I section 4.3.8

// What an edit list leaves of the stream's last frame.
void cutTail(AVFrame& frame, const AVFormatContext& file, const AVStream& stream) {
    const std::int64_t heard = editedTail(file, stream);
    if (heard <= 0 || frame.pts == AV_NOPTS_VALUE || frame.pts + heard != stream.duration)
        return;
    const std::int64_t samples = av_rescale_q(heard, stream.time_base, {1, frame.sample_rate});
    if (samples > 0 && samples < frame.nb_samples)
        frame.nb_samples = static_cast<int>(samples);
}

core::Error noMemory() {
    return {ErrorCode::Internal, "libav: no memory", "The file asks for more memory than it may use"};
}

}  // namespace

Result<std::unique_ptr<AudioDecoder>> AudioDecoder::open(StreamReader& reader) {
    std::unique_ptr<AudioDecoder> decoder(new AudioDecoder(reader));
    if (auto started = decoder->start(); !started)
        return core::unexpected(started.error());
    return decoder;
}

Result<void> AudioDecoder::start() {
    const AVCodecParameters* par = reader_.stream()->codecpar;
    const AVCodec* codec = par->codec_type == AVMEDIA_TYPE_AUDIO ? avcodec_find_decoder(par->codec_id) : nullptr;
    if (!codec)
        return core::fail(ErrorCode::Unprocessable, "This audio format cannot be decoded here",
                          avcodec_get_name(par->codec_id));
    codec_.reset(avcodec_alloc_context3(codec));
    if (!codec_ || avcodec_parameters_to_context(codec_.get(), par) < 0)
        return core::unexpected(noMemory());
    codec_->thread_count = 1;
    codec_->pkt_timebase = reader_.stream()->time_base;
    if (avcodec_open2(codec_.get(), codec, nullptr) < 0)
        return core::fail(ErrorCode::Unprocessable, "This audio cannot be decoded", avcodec_get_name(par->codec_id));
    return {};
}

// A new decoder: flushing leaves some of its state, such as where a generator of noise stands.
Result<void> AudioDecoder::seek(Ticks at) {
    if (auto done = reader_.seekPacket(at); !done)
        return done;
    isDraining_ = false;
    ready_.clear();
    rate_ = 0;
    return start();
}

Result<AvPtr<AVFrame>> AudioDecoder::decode() {
    for (;;) {
        AvPtr<AVFrame> frame(av_frame_alloc());
        if (!frame)
            return core::unexpected(noMemory());
        const int result = avcodec_receive_frame(codec_.get(), frame.get());
        if (result == 0 && frame->nb_samples > 0 && frame->sample_rate > 0) {
            cutTail(*frame, *reader_.context(), *reader_.stream());
            return frame;
        }
        if (result == 0)
            continue;
        if (isDraining_)
            return AvPtr<AVFrame>();
        auto packet = reader_.next();
        if (!packet)
            return core::unexpected(packet.error());
        isDraining_ = !*packet;
        avcodec_send_packet(codec_.get(), packet->get());  // what cannot be decoded is a gap
    }
}

std::int64_t AudioDecoder::number(std::int64_t at, int rate) const {
    const std::int64_t sample = av_rescale_q(at, reader_.stream()->time_base, {1, rate});
    return std::clamp(sample, -latestSample, latestSample) -
           av_rescale_q(reader_.origin(), {1, static_cast<int>(kTicksPerSecond)}, {1, rate});
}

// The number of a frame's first sample, where it is sure: the container's times are fine enough, or the time was
// rounded (Matroska: to milliseconds) from a multiple of whole frames.
std::optional<std::int64_t> AudioDecoder::onGrid(const AVFrame& frame) const {
    const int rate = frame.sample_rate;
    const std::int64_t rounded = number(frame.best_effort_timestamp, rate);
    const std::int64_t imprecision = av_rescale_q(1, reader_.stream()->time_base, {1, rate}) + 1;
    const std::int64_t size = frame.nb_samples;
    const bool isConstant = codec_->codec_id != AV_CODEC_ID_VORBIS && codec_->codec_id != AV_CODEC_ID_WMAV2;
    if (isConstant && reader_.firstStamp() != AV_NOPTS_VALUE && imprecision * 4 <= size) {
        const std::int64_t start = number(reader_.firstStamp(), rate);
        const std::int64_t exact = start + av_rescale(rounded - start, 1, size) * size;
        if (std::llabs(exact - rounded) <= imprecision)
            return exact;
    }
    return imprecision <= 2 ? std::optional(rounded) : std::nullopt;
}

// Frames of various lengths at rounded times: the start that suits them all best; of Vorbis on a multiple of what the
// lengths of its frames have in common.
std::int64_t AudioDecoder::likelyStart() const {
    std::int64_t low = std::numeric_limits<std::int64_t>::max(), high = std::numeric_limits<std::int64_t>::min();
    std::int64_t samples = 0;
    for (const auto& frame : ready_) {
        if (frame->best_effort_timestamp != AV_NOPTS_VALUE) {
            const std::int64_t start = number(frame->best_effort_timestamp, rate_) - samples;
            if (low <= high && (start > low + rate_ / gapsPerSecond || start < high - rate_ / gapsPerSecond))
                break;  // a gap
            low = std::min(low, start);
            high = std::max(high, start);
        }
        samples += frame->nb_samples;
    }
    if (low > high)
        return 0;
    const std::int64_t likely = low + (high - low) / 2;
    const std::int64_t imprecision = av_rescale_q(1, reader_.stream()->time_base, {1, rate_});
    if (codec_->codec_id != AV_CODEC_ID_VORBIS || reader_.firstStamp() == AV_NOPTS_VALUE || imprecision > vorbisUnit)
        return likely;
    const std::int64_t start = number(reader_.firstStamp(), rate_);
    return start + av_rescale(likely - start, 1, vorbisUnit) * vorbisUnit;
}

Result<void> AudioDecoder::findStart() {
    rate_ = ready_.front()->sample_rate;
    if (ready_.front()->best_effort_timestamp != AV_NOPTS_VALUE) {
        if (const auto sure = onGrid(*ready_.front())) {
            expected_ = *sure;
            return {};
        }
    }
    for (std::int64_t samples = 0; samples < rate_;) {
        auto frame = decode();
        if (!frame)
            return core::unexpected(frame.error());
        if (!*frame || (*frame)->sample_rate != rate_) {
            if (*frame)
                ready_.push_back(std::move(*frame));
            break;
        }
        samples += (*frame)->nb_samples;
        ready_.push_back(std::move(*frame));
    }
    expected_ = likelyStart();
    return {};
}

Result<SourceSamples> AudioDecoder::next() {
    if (ready_.empty()) {
        auto decoded = decode();
        if (!decoded)
            return core::unexpected(decoded.error());
        if (!*decoded)
            return SourceSamples{};
        ready_.push_back(std::move(*decoded));
    }
    const AVFrame& frame = *ready_.front();
    const bool isGap = rate_ == frame.sample_rate && frame.best_effort_timestamp != AV_NOPTS_VALUE &&
                       std::llabs(number(frame.best_effort_timestamp, rate_) - expected_) > rate_ / gapsPerSecond;
    if (rate_ != frame.sample_rate || isGap) {
        if (auto found = findStart(); !found)
            return core::unexpected(found.error());
    }
    SourceSamples samples{std::move(ready_.front()), expected_};
    ready_.pop_front();
    expected_ += samples.frame->nb_samples;
    return samples;
}

}  // namespace marea::server
