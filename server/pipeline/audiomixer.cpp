#include "server/pipeline/audiomixer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;

core::Error mixError(int code) {
    char words[AV_ERROR_MAX_STRING_SIZE] = {};
    av_strerror(code, words, sizeof words);
    return {ErrorCode::Unprocessable, words, "This audio cannot be converted"};
}

// Where the file gives only a number of channels: the usual layout of so many.
AVChannelLayout layoutOf(const AVFrame& frame) {
    AVChannelLayout layout{};
    if (frame.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC)
        av_channel_layout_default(&layout, frame.ch_layout.nb_channels);
    else
        av_channel_layout_copy(&layout, &frame.ch_layout);
    return layout;
}

}  // namespace

AVChannelLayout layoutFor(int channels) {
    AVChannelLayout layout{};
    av_channel_layout_default(&layout, channels);
    return layout;
}

AudioMixer::AudioMixer(const AudioEncoding& encoding, std::int64_t first, std::int64_t count)
    : encoding_(encoding),
      factor_(static_cast<float>(std::pow(10.0, encoding.gain / 20))),
      first_(first),
      planes_(static_cast<std::size_t>(encoding.channels), std::vector<float>(static_cast<std::size_t>(count))),
      scratch_(static_cast<std::size_t>(encoding.channels)),
      at_(std::numeric_limits<std::int64_t>::min()) {}

Result<void> AudioMixer::begin(const SourceSamples& samples) {
    const AVFrame& frame = *samples.frame;
    AVChannelLayout from = layoutOf(frame);
    AVChannelLayout to = layoutFor(encoding_.channels);
    SwrContext* made = nullptr;
    int result = swr_alloc_set_opts2(&made, &to, AV_SAMPLE_FMT_FLTP, encoding_.sampleRate, &from,
                                     static_cast<AVSampleFormat>(frame.format), frame.sample_rate, 0, nullptr);
    swr_.reset(made);
    if (result >= 0) {
        av_opt_set_int(made, "internal_sample_fmt", AV_SAMPLE_FMT_FLTP, 0);
        av_opt_set_int(made, "exact_rational", 1, 0);
        av_opt_set_int(made, "linear_interp", 0, 0);
        // One channel in the middle is as loud from two loudspeakers; libav would take 3 dB off.
        constexpr double both[] = {1, 1};
        if (from.nb_channels == 1 && to.nb_channels == 2)
            swr_set_matrix(made, both, 1);
        result = swr_init(made);
    }
    av_channel_layout_uninit(&from);
    av_channel_layout_uninit(&to);
    if (result < 0)
        return core::unexpected(mixError(result));
    // The resampler begins where a sample of the input and one of the output coincide: so its phases are the same
    // wherever that is.
    const std::int64_t common = std::gcd(frame.sample_rate, encoding_.sampleRate);
    const std::int64_t step = frame.sample_rate / common;
    skip_ = (step - samples.first % step) % step;
    at_ = (samples.first + skip_) / step * (encoding_.sampleRate / common);
    expected_ = samples.first;
    rate_ = frame.sample_rate;
    format_ = frame.format;
    channels_ = frame.ch_layout.nb_channels;
    return {};
}

Result<void> AudioMixer::convert(const std::uint8_t** from, int samples) {
    const int room = swr_get_out_samples(swr_.get(), samples) + 64;
    std::uint8_t* to[AV_NUM_DATA_POINTERS] = {};
    for (std::size_t i = 0; i < scratch_.size(); ++i) {
        scratch_[i].resize(static_cast<std::size_t>(room));
        to[i] = reinterpret_cast<std::uint8_t*>(scratch_[i].data());
    }
    const int got = swr_convert(swr_.get(), to, room, from, samples);
    if (got < 0)
        return core::unexpected(mixError(got));
    const std::int64_t begin = std::max(at_, first_);
    const std::int64_t end = std::min(at_ + got, first_ + count());
    for (std::size_t channel = 0; channel < planes_.size() && begin < end; ++channel) {
        const float* source = scratch_[channel].data() + (begin - at_);
        float* target = planes_[channel].data() + (begin - first_);
        std::transform(source, source + (end - begin), target,
                       [&](float value) { return std::isfinite(value) ? value * factor_ : 0.0F; });
    }
    at_ += got;
    return {};
}

Result<void> AudioMixer::add(const SourceSamples& samples) {
    const AVFrame& frame = *samples.frame;
    const bool goesOn = swr_ && samples.first == expected_ && frame.sample_rate == rate_ && frame.format == format_ &&
                        frame.ch_layout.nb_channels == channels_;
    if (!goesOn) {
        if (auto done = finish(); !done)
            return done;
        if (auto begun = begin(samples); !begun)
            return begun;
    }
    expected_ += frame.nb_samples;
    const auto skipped = std::min<std::int64_t>(skip_, frame.nb_samples);
    skip_ -= skipped;
    const auto format = static_cast<AVSampleFormat>(frame.format);
    const bool isPlanar = av_sample_fmt_is_planar(format) != 0;
    const std::int64_t bytes = skipped * av_get_bytes_per_sample(format) * (isPlanar ? 1 : channels_);
    std::vector<const std::uint8_t*> from;
    for (int i = 0; i < (isPlanar ? channels_ : 1); ++i)
        from.push_back(frame.extended_data[i] + bytes);
    return convert(from.data(), static_cast<int>(frame.nb_samples - skipped));
}

Result<void> AudioMixer::finish() {
    if (!swr_)
        return {};
    auto done = convert(nullptr, 0);
    swr_.reset();
    return done;
}

}  // namespace marea::server
