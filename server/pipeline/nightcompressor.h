#pragma once

#include <cstdint>
#include <vector>

namespace marea::server {

// Less between loud and quiet, for listening at night: what is below -20 dB is raised by two thirds of its distance, by
// 12 dB at most, and what is above lowered alike; what is hardly there is left alone, and peaks stay below -1.5 dBFS.
//
// A compressor that follows its input for ever would have to hear a title from its start for each segment. This one
// sees 0.9 s before and behind a sample, and nothing else: its gains are computed for pieces of 10 ms, which lie on a
// grid of the title, by windows of a finite length. So segments that are made apart are, at their seams and everywhere,
// sample for sample what one long run gives.
class NightCompressor {
public:
    explicit NightCompressor(int rate) : piece_(rate / kPiecesPerSecond) {}

    // How far it sees, in samples; whole pieces.
    std::int64_t reach() const { return piece_ * kReach; }
    // The number of a sample at which a piece begins, at or before `number`.
    std::int64_t pieceBefore(std::int64_t number) const;

    // By channel, in place. The first sample begins a piece. What is within reach() of an end is not to be used.
    void apply(std::vector<std::vector<float>>& planes) const;

private:
    static constexpr int kPiecesPerSecond = 100;
    static constexpr int kReach = 90;

    std::vector<float> gains(const std::vector<std::vector<float>>& planes) const;  // of each piece
    std::int64_t piece_;
};

}  // namespace marea::server
