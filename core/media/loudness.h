#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace marea::core {

// Loudness by EBU R128 and ITU-R BS.1770-4, from the energies of steps of 0.1 s. Decides on values: whoever decodes
// gives the steps (server/pipeline/soundmeter.h), in as many parts as is convenient. Loudness is in LUFS, peaks in dB
// relative to full scale (dBTP), a range in LU. An energy is a mean square, K-weighted, summed over the channels by
// their weights; a sine of full scale at 997 Hz in one front channel has 0.5 and is -3.01 LUFS.

constexpr int kLoudnessStepsPerSecond = 10;

double loudnessOf(double energy);     // -infinity for none
double energyOf(double loudness);     // the other way round
double decibelsOf(double amplitude);  // -infinity for none

// What is measured of one stream of a file, and how far: `count` steps from step `from` on, counted from the title's
// start.
struct LoudnessWish {
    int stream = 0;
    std::int64_t from = 0, count = 0;
    bool fingerprint = false;  // with the first part alone
    bool operator==(const LoudnessWish&) const = default;
};

struct LoudnessPart {
    std::vector<double> energies;  // of whole steps; fewer than asked for where the sound ends
    double peak = 0;               // true peak, as an amplitude: 1 is full scale
    double stereoPeak = 0;         // of the sound mixed to two channels; the same where it has no more
    bool isLast = false;           // the sound ends here
    std::string fingerprint;       // Chromaprint's, of the first two minutes, as AcoustID takes it; empty: none
};

// The gating blocks of a sound by their loudness, in bins of 0.1 LU, each with its exact energy. Blocks below the
// absolute gate of -70 LUFS are left out. Those of many tracks add up to those of their album.
class GatingBlocks {
public:
    void add(double energy);
    void add(const GatingBlocks& others);
    bool empty() const;

    // BS.1770-4: over blocks of at most 10 LU below the loudness of all. nullopt: silence.
    std::optional<double> loudness() const;
    // EBU Tech 3342: between the 10th and the 95th percentile of blocks of at most 20 LU below the loudness of all.
    std::optional<double> range() const;

    // Compact, for a database. Reads back what it wrote; nullopt for anything else.
    std::vector<std::uint8_t> bytes() const;
    static std::optional<GatingBlocks> fromBytes(std::span<const std::uint8_t> bytes);

private:
    static constexpr int kBins = 1000;  // from -70 to +30 LUFS
    struct Bin {
        std::uint32_t count = 0;
        double energy = 0;
    };
    double energyFrom(int first) const;  // the mean of bins from `first` on; 0: none
    int gateBelow(double units) const;   // the first bin of blocks at most so far below the mean of all

    std::array<Bin, kBins> bins_{};
};

// A sound from beginning to end.
class LoudnessMeter {
public:
    void add(const LoudnessPart& part);

    struct Result {
        std::optional<double> loudness, range;  // nullopt: silence, or too short to say
        double peak = 0, stereoPeak = 0;        // amplitudes
        double seconds = 0;
        GatingBlocks blocks;  // of 0.4 s, every 0.1 s
        std::string fingerprint;
    };
    const Result& result();

private:
    void addStep(double energy);

    std::deque<double> last_;  // up to 3 s
    GatingBlocks shortTerm_;   // of 3 s, every 0.1 s
    std::int64_t steps_ = 0;
    Result result_;
};

}  // namespace marea::core
