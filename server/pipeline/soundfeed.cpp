#include "server/pipeline/soundfeed.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;

constexpr int mostChannels = 24;

core::unexpected<core::Error> cannotConvert() {
    return core::fail(ErrorCode::Unprocessable, "This audio cannot be converted");
}

}  // namespace

AVChannelLayout knownLayout(const AVFrame& frame) {
    AVChannelLayout layout{};
    if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
        av_channel_layout_default(&layout, frame.ch_layout.nb_channels);
    else
        av_channel_layout_copy(&layout, &frame.ch_layout);
    return layout;
}

SoundFeed::SoundFeed(SoundFeed&& other) noexcept
    : decoder_(other.decoder_),
      swr_(std::move(other.swr_)),
      layout_(std::exchange(other.layout_, {})),
      rate_(other.rate_),
      sourceRate_(other.sourceRate_),
      sourceFormat_(other.sourceFormat_),
      sourceChannels_(other.sourceChannels_),
      at_(other.at_),
      ready_(std::move(other.ready_)),
      pending_(std::move(other.pending_)),
      ended_(other.ended_) {}

SoundFeed::~SoundFeed() {
    av_channel_layout_uninit(&layout_);
}

Result<SoundFeed> SoundFeed::open(AudioDecoder& decoder, double from) {
    SoundFeed feed(decoder);
    const auto at = static_cast<Ticks>(std::llround(from * kTicksPerSecond));
    if (auto done = decoder.seek(at); !done)
        return core::unexpected(done.error());
    auto first = decoder.next();
    if (!first)
        return core::unexpected(first.error());
    if (!first->frame)
        return core::fail(ErrorCode::Corrupt, "There is no sound in this stream");
    if (auto begun = feed.begin(std::move(*first), from); !begun)
        return core::unexpected(begun.error());
    return feed;
}

Result<void> SoundFeed::begin(SourceSamples first, double from) {
    layout_ = knownLayout(*first.frame);
    rate_ = first.frame->sample_rate;
    if (layout_.nb_channels < 1 || layout_.nb_channels > mostChannels)
        return cannotConvert();
    at_ = std::max<std::int64_t>(std::llround(from * rate_), 0);
    pending_ = std::move(first);
    return {};
}

Result<void> SoundFeed::convertFrom(const AVFrame& frame) {
    const bool same = swr_ && frame.sample_rate == sourceRate_ && frame.format == sourceFormat_ &&
                      frame.ch_layout.nb_channels == sourceChannels_;
    if (same)
        return {};
    AVChannelLayout from = knownLayout(frame);
    SwrContext* made = nullptr;
    int result = swr_alloc_set_opts2(&made, &layout_, AV_SAMPLE_FMT_FLT, rate_, &from,
                                     static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0, nullptr);
    swr_.reset(made);
    result = result < 0 ? result : swr_init(made);
    av_channel_layout_uninit(&from);
    sourceRate_ = frame.sample_rate;
    sourceFormat_ = frame.format;
    sourceChannels_ = frame.ch_layout.nb_channels;
    return result < 0 ? Result<void>(cannotConvert()) : Result<void>();
}

Result<void> SoundFeed::append(const SourceSamples& samples) {
    const AVFrame& frame = *samples.frame;
    if (auto done = convertFrom(frame); !done)
        return done;
    const int room = swr_get_out_samples(swr_.get(), frame.nb_samples) + 64;
    const auto width = static_cast<std::size_t>(channels());
    std::vector<float> made(static_cast<std::size_t>(room) * width);
    auto* to = reinterpret_cast<std::uint8_t*>(made.data());
    const int got =
        swr_convert(swr_.get(), &to, room, const_cast<const std::uint8_t**>(frame.extended_data), frame.nb_samples);
    if (got < 0)
        return cannotConvert();
    made.resize(static_cast<std::size_t>(got) * width);
    for (float& value : made)
        value = std::isfinite(value) ? value : 0;
    const std::int64_t known = std::clamp<std::int64_t>(end() - numberOf(samples), 0, got);
    ready_.insert(ready_.end(), made.begin() + static_cast<std::ptrdiff_t>(known) * channels(), made.end());
    return {};
}

std::int64_t SoundFeed::numberOf(const SourceSamples& samples) const {
    return av_rescale(samples.first, rate_, samples.frame->sample_rate);
}

std::int64_t SoundFeed::end() const {
    return at_ + static_cast<std::int64_t>(ready_.size()) / channels();
}

// A gap becomes silence a little at a time, however long the file says that it is.
Result<void> SoundFeed::read(std::int64_t most) {
    if (!pending_.frame) {
        auto samples = decoder_->next();
        if (!samples)
            return core::unexpected(samples.error());
        if (!samples->frame) {
            ended_ = true;
            return {};
        }
        pending_ = std::move(*samples);
    }
    if (const std::int64_t gap = numberOf(pending_) - end(); gap > 0) {
        ready_.resize(ready_.size() + static_cast<std::size_t>(std::min(gap, most) * channels()));
        return {};
    }
    const SourceSamples samples = std::move(pending_);
    pending_ = SourceSamples{};
    return append(samples);
}

Result<std::vector<float>> SoundFeed::take(std::int64_t count) {
    const std::size_t wanted = static_cast<std::size_t>(count) * static_cast<std::size_t>(channels());
    while (ready_.size() < wanted && !ended_) {
        if (auto done = read(count); !done)
            return core::unexpected(done.error());
    }
    const auto end = ready_.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, ready_.size()));
    std::vector<float> taken(ready_.begin(), end);
    ready_.erase(ready_.begin(), end);
    at_ += static_cast<std::int64_t>(taken.size()) / channels();
    return taken;
}

}  // namespace marea::server
