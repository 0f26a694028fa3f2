#pragma once

#include <vector>

#include "core/base/result.h"
#include "server/pipeline/audiodecoder.h"

namespace marea::server {

// Decoded samples of one stream as interleaved floats of the rate and channels that it begins with, each at its place:
// silence where the file has a gap, nothing twice. One thread.
class SoundFeed {
public:
    // `decoder` outlives it. The first samples are those of `from` seconds after the title's start, or the first ones
    // there are where that is negative. Corrupt when there are none.
    static core::Result<SoundFeed> open(AudioDecoder& decoder, double from);

    int rate() const { return rate_; }
    int channels() const { return layout_.nb_channels; }
    const AVChannelLayout& layout() const { return layout_; }
    std::int64_t at() const { return at_; }  // the number of the next sample, since the title's start
    bool ended() const { return ended_; }

    // `count` samples of each channel, fewer at the end. Valid until the next call.
    core::Result<std::vector<float>> take(std::int64_t count);

    SoundFeed(SoundFeed&&) noexcept;
    SoundFeed& operator=(SoundFeed&&) = delete;
    ~SoundFeed();

private:
    explicit SoundFeed(AudioDecoder& decoder) : decoder_(&decoder) {}
    core::Result<void> begin(SourceSamples first, double from);
    core::Result<void> read(std::int64_t most);
    core::Result<void> append(const SourceSamples& samples);
    core::Result<void> convertFrom(const AVFrame& frame);
    std::int64_t numberOf(const SourceSamples& samples) const;
    std::int64_t end() const;  // of ready_

    AudioDecoder* decoder_;
    AvPtr<SwrContext> swr_;
    AVChannelLayout layout_{};
    int rate_ = 0;
    int sourceRate_ = 0, sourceFormat_ = -1, sourceChannels_ = 0;
    std::int64_t at_ = 0;
    std::vector<float> ready_;  // from at_ on
    SourceSamples pending_;     // decoded, and comes after ready_
    bool ended_ = false;
};

// The usual layout of so many channels, where the file says no more.
AVChannelLayout knownLayout(const AVFrame& frame);

}  // namespace marea::server
