#pragma once

#include <cstdint>
#include <vector>

#include "core/media/mediainfo.h"
#include "core/media/rungmeasure.h"
#include "server/packaging/timegrid.h"
#include "server/video/streamprofile.h"

namespace marea::server {

// A ladder for each title: what is simple needs fewer bits than the usual, and what has no detail looks as good in a
// smaller size. Pure; measuring is the worker's (server/pipeline/rungquality.h).

// What is tried: each size of the usual ladder with its usual bitrate and parts of it, in short samples.
struct RungPlan {
    std::vector<TrackSpec> tracks;  // from best to worst, of each size the highest bitrate first
    std::vector<int> heights;       // of the tracks
    std::vector<Cut> samples;       // each a second

    bool empty() const { return tracks.empty() || samples.empty(); }
};
// Empty for what has no picture, is short, or is in the least size already.
RungPlan rungPlan(const core::MediaInfo& file);

// `qualities`: of each sample that of each track (core/media/rungmeasure.h). Empty where these do not fit the plan.
std::vector<core::RungMeasure> rungMeasures(const RungPlan& plan, const std::vector<std::vector<double>>& qualities);

// The rungs that look better than the ones below them. As they are where nothing was measured.
std::vector<Rung> rungsOfUse(std::vector<Rung> rungs, const std::vector<core::RungMeasure>& measures);

// `bitrate`, or what is enough for pictures of that height. Never more than `bitrate`.
std::int64_t enoughBits(std::int64_t bitrate, int height, const std::vector<core::RungMeasure>& measures);

}  // namespace marea::server
