#include "server/pipeline/soundmeter.h"

#include <ebur128.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "server/pipeline/fingerprint.h"
#include "server/pipeline/soundfeed.h"

namespace marea::server {

namespace {

using core::ErrorCode;
using core::Result;

constexpr double warmUp = 1;  // seconds; the slower filter of the weighting falls by 60 dB in a twentieth of that
constexpr unsigned long stepMilliseconds = 1000 / core::kLoudnessStepsPerSecond;

struct Free {
    void operator()(ebur128_state* state) const { ebur128_destroy(&state); }
};
using Meter = std::unique_ptr<ebur128_state, Free>;

bool hasSides(const AVChannelLayout& layout) {
    return av_channel_layout_index_from_channel(&layout, AV_CHAN_SIDE_LEFT) >= 0;
}

// Places by BS.1770-4, annex 3: what stands to the side within 60° to 120° counts 1.5 dB more, the low effects nothing.
// Surrounds are at 110°; "back" ones too, where there are no others.
int placeOf(AVChannel channel, bool sides) {
    switch (channel) {
        case AV_CHAN_FRONT_LEFT:
            return EBUR128_LEFT;
        case AV_CHAN_FRONT_RIGHT:
            return EBUR128_RIGHT;
        case AV_CHAN_FRONT_CENTER:
            return EBUR128_CENTER;
        case AV_CHAN_LOW_FREQUENCY:
        case AV_CHAN_LOW_FREQUENCY_2:
            return EBUR128_UNUSED;
        case AV_CHAN_SIDE_LEFT:
            return EBUR128_LEFT_SURROUND;
        case AV_CHAN_SIDE_RIGHT:
            return EBUR128_RIGHT_SURROUND;
        case AV_CHAN_BACK_LEFT:
            return sides ? EBUR128_Mp135 : EBUR128_LEFT_SURROUND;
        case AV_CHAN_BACK_RIGHT:
            return sides ? EBUR128_Mm135 : EBUR128_RIGHT_SURROUND;
        case AV_CHAN_BACK_CENTER:
            return EBUR128_Mp180;
        default:
            return EBUR128_CENTER;  // of weight 1
    }
}

Meter meterFor(const AVChannelLayout& layout, int rate, int mode) {
    Meter meter(ebur128_init(static_cast<unsigned>(layout.nb_channels), static_cast<unsigned long>(rate), mode));
    for (int i = 0; meter && i < layout.nb_channels; ++i) {
        const int place =
            placeOf(av_channel_layout_channel_from_index(&layout, static_cast<unsigned>(i)), hasSides(layout));
        ebur128_set_channel(meter.get(), static_cast<unsigned>(i), place);
    }
    return meter;
}

double lastPeak(ebur128_state* meter) {
    double most = 0;
    for (unsigned channel = 0; channel < meter->channels; ++channel) {
        double peak = 0;
        ebur128_prev_true_peak(meter, channel, &peak);
        most = std::max(most, peak);
    }
    return most;
}

// The peaks of a sound of many channels as two loudspeakers give it.
class StereoPeak {
public:
    bool open(const AVChannelLayout& from, int rate) {
        AVChannelLayout to = AV_CHANNEL_LAYOUT_STEREO;
        SwrContext* made = nullptr;
        swr_alloc_set_opts2(&made, &to, AV_SAMPLE_FMT_FLT, rate, const_cast<AVChannelLayout*>(&from), AV_SAMPLE_FMT_FLT,
                            rate, 0, nullptr);
        swr_.reset(made);
        meter_ = meterFor(to, rate, EBUR128_MODE_TRUE_PEAK);
        return swr_ && swr_init(swr_.get()) >= 0 && meter_;
    }
    double add(const std::vector<float>& samples, int channels) {
        const int count = static_cast<int>(samples.size()) / channels;
        mixed_.resize(static_cast<std::size_t>(count) * 2);
        auto* to = reinterpret_cast<std::uint8_t*>(mixed_.data());
        const auto* from = reinterpret_cast<const std::uint8_t*>(samples.data());
        const int got = swr_convert(swr_.get(), &to, count, &from, count);
        if (got <= 0)
            return 0;
        ebur128_add_frames_float(meter_.get(), mixed_.data(), static_cast<std::size_t>(got));
        return lastPeak(meter_.get());
    }

private:
    AvPtr<SwrContext> swr_;
    Meter meter_;
    std::vector<float> mixed_;
};

class Measuring {
public:
    Measuring(SoundFeed& feed, const core::LoudnessWish& wish) : feed_(feed), wish_(wish) {}

    Result<core::LoudnessPart> run() {
        meter_ = meterFor(feed_.layout(), feed_.rate(), EBUR128_MODE_M | EBUR128_MODE_TRUE_PEAK);
        const bool mixes = feed_.channels() > 2;
        if (!meter_ || (mixes && !stereo_.emplace().open(feed_.layout(), feed_.rate())))
            return core::fail(ErrorCode::Unprocessable, "This audio cannot be measured");
        if (wish_.fingerprint)
            fingerprint_.emplace(feed_.rate(), feed_.channels());
        for (auto step = firstStep(); step < wish_.from + wish_.count; ++step) {
            if (auto done = measure(step); !done)
                return core::unexpected(done.error());
            if (part_.isLast)
                break;
        }
        if (fingerprint_)
            part_.fingerprint = fingerprint_->text();
        return std::move(part_);
    }

private:
    std::int64_t beginOf(std::int64_t step) const {
        return av_rescale(step, feed_.rate(), core::kLoudnessStepsPerSecond);
    }
    std::int64_t firstStep() const {
        return av_rescale_rnd(feed_.at(), core::kLoudnessStepsPerSecond, feed_.rate(), AV_ROUND_UP);
    }

    Result<void> measure(std::int64_t step) {
        const std::int64_t wanted = beginOf(step + 1) - feed_.at();
        auto samples = feed_.take(wanted);
        if (!samples)
            return core::unexpected(samples.error());
        const auto count = samples->size() / static_cast<std::size_t>(feed_.channels());
        part_.isLast = feed_.ended() && static_cast<std::int64_t>(count) < wanted;
        if (count == 0)
            return {};
        ebur128_add_frames_float(meter_.get(), samples->data(), count);
        const double mixed = stereo_ ? stereo_->add(*samples, feed_.channels()) : 0;
        if (fingerprint_)
            fingerprint_->add(*samples);
        if (step < wish_.from)
            return {};
        const double peak = lastPeak(meter_.get());
        part_.peak = std::max(part_.peak, peak);
        part_.stereoPeak = std::max(part_.stereoPeak, stereo_ ? mixed : peak);
        if (!part_.isLast)
            part_.energies.push_back(lastEnergy());
        return {};
    }

    double lastEnergy() const {
        double loudness = 0;
        ebur128_loudness_window(meter_.get(), stepMilliseconds, &loudness);
        return core::energyOf(loudness);
    }

    SoundFeed& feed_;
    const core::LoudnessWish wish_;
    Meter meter_;
    std::optional<StereoPeak> stereo_;
    std::optional<SoundFingerprint> fingerprint_;
    core::LoudnessPart part_;
};

}  // namespace

Result<core::LoudnessPart> measureSound(MediaSource& source, Ticks origin, const core::LoudnessWish& wish) {
    auto reader = StreamReader::open(source, wish.stream, origin);
    if (!reader)
        return core::unexpected(reader.error());
    auto decoder = AudioDecoder::open(**reader);
    if (!decoder)
        return core::unexpected(decoder.error());
    const double from = static_cast<double>(wish.from) / core::kLoudnessStepsPerSecond;
    auto feed = SoundFeed::open(**decoder, std::max(from - warmUp, 0.0));
    if (!feed && wish.from > 0 && feed.error().code == ErrorCode::Corrupt) {
        core::LoudnessPart nothing;  // the part begins behind the end
        nothing.isLast = true;
        return nothing;
    }
    if (!feed)
        return core::unexpected(feed.error());
    return Measuring(*feed, wish).run();
}

}  // namespace marea::server
