#include "server/pipeline/fingerprint.h"

#include <chromaprint.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace marea::server {

namespace {

constexpr std::size_t kSeconds = 120;

std::int16_t wholeOf(float value) {
    return static_cast<std::int16_t>(std::clamp(std::lrint(value * 32768.0F), -32768L, 32767L));
}

}  // namespace

struct SoundFingerprint::Context {
    ~Context() { chromaprint_free(made); }
    ChromaprintContext* made = chromaprint_new(CHROMAPRINT_ALGORITHM_DEFAULT);
};

SoundFingerprint::SoundFingerprint(int rate, int channels) : context_(std::make_unique<Context>()) {
    if (context_->made && chromaprint_start(context_->made, rate, channels) == 1)
        left_ = kSeconds * static_cast<std::size_t>(rate) * static_cast<std::size_t>(channels);
}

SoundFingerprint::~SoundFingerprint() = default;

void SoundFingerprint::add(std::span<const float> interleaved) {
    const auto taken = interleaved.first(std::min(left_, interleaved.size()));
    std::vector<std::int16_t> samples(taken.size());
    std::transform(taken.begin(), taken.end(), samples.begin(), wholeOf);
    left_ -= taken.size();
    if (!samples.empty())
        chromaprint_feed(context_->made, samples.data(), static_cast<int>(samples.size()));
}

std::string SoundFingerprint::text() {
    char* made = nullptr;
    std::string text;
    int size = 0;
    std::uint32_t* raw = nullptr;
    if (chromaprint_finish(context_->made) == 1 && chromaprint_get_raw_fingerprint(context_->made, &raw, &size) == 1 &&
        size > 0 && chromaprint_get_fingerprint(context_->made, &made) == 1)
        text = made;
    chromaprint_dealloc(raw);
    chromaprint_dealloc(made);
    return text;
}

}  // namespace marea::server
