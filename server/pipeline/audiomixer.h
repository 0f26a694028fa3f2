#pragma once

#include <utility>
#include <vector>

#include "server/packaging/segment.h"
#include "server/pipeline/audiodecoder.h"

namespace marea::server {

// Resamples and mixes to what is asked for, and keeps the samples of one stretch of the title. An output sample depends
// on its absolute number alone, not on where the input began, some milliseconds of warming up provided.
class AudioMixer {
public:
    // Keeps `count` samples of the encoding's rate from number `first` on; silence where nothing comes.
    AudioMixer(const AudioEncoding& encoding, std::int64_t first, std::int64_t count);

    core::Result<void> add(const SourceSamples& samples);
    core::Result<void> finish();
    bool isFull() const { return at_ >= first_ + count(); }

    std::int64_t count() const { return static_cast<std::int64_t>(planes_.front().size()); }
    const std::vector<std::vector<float>>& planes() const { return planes_; }
    std::vector<std::vector<float>> takePlanes() { return std::move(planes_); }

private:
    core::Result<void> begin(const SourceSamples& samples);
    core::Result<void> convert(const std::uint8_t** from, int samples);

    AudioEncoding encoding_;
    float factor_;
    std::int64_t first_;
    std::vector<std::vector<float>> planes_;  // by channel
    AvPtr<SwrContext> swr_;
    std::vector<std::vector<float>> scratch_;
    std::int64_t expected_ = 0;  // input
    std::int64_t skip_ = 0;      // of the input, up to where both rates have a sample
    std::int64_t at_;            // output
    int rate_ = 0, format_ = -1, channels_ = 0;
};

// The channels in an encoded stream of so many, in libav's order.
AVChannelLayout layoutFor(int channels);

}  // namespace marea::server
