#pragma once

#include "server/pipeline/soundpieces.h"

namespace marea::server {

// Less between loud and quiet, for listening at night: what is below -20 dB is raised by two thirds of its distance, by
// 12 dB at most, and what is above lowered alike; what is hardly there is left alone, and peaks stay below -1.5 dBFS.
//
// A compressor that follows its input for ever would have to hear a title from its start for each segment. This one
// sees 0.9 s before and behind a sample, and nothing else.
class NightCompressor {
public:
    explicit NightCompressor(int rate) : piece_(rate / kSoundPiecesPerSecond) {}

    // How far it sees, in samples; whole pieces.
    std::int64_t reach() const { return piece_ * kReach; }
    // The number of a sample at which a piece begins, at or before `number`.
    std::int64_t pieceBefore(std::int64_t number) const { return soundPieceBefore(number, piece_); }

    // In place. The first sample begins a piece. What is within reach() of an end is not to be used.
    void apply(SoundPlanes& planes) const;

private:
    static constexpr int kReach = 90;

    std::int64_t piece_;
};

}  // namespace marea::server
