#pragma once

#include "server/pipeline/soundpieces.h"

namespace marea::server {

// Keeps what was mixed from several channels below -1 dBFS, where their sum is louder than one channel can be: 5.1 in
// stereo by up to 7.6 dB. Mixing it all that much softer would take it from every quiet scene as well; so only loud
// moments are turned down, as smoothly as 120 ms to each side allow. What stays below is not changed.
class PeakLimiter {
public:
    explicit PeakLimiter(int rate) : piece_(rate / kSoundPiecesPerSecond) {}

    // As NightCompressor's.
    std::int64_t reach() const { return piece_ * kLimiterReach; }
    std::int64_t pieceBefore(std::int64_t number) const { return soundPieceBefore(number, piece_); }
    void apply(SoundPlanes& planes) const;

private:
    std::int64_t piece_;
};

}  // namespace marea::server
