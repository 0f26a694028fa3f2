#include "server/packaging/rungplan.h"

#include <algorithm>
#include <cmath>

#include "core/media/dynamicrange.h"
#include "server/packaging/rendition.h"
#include "server/video/decision.h"

namespace marea::server {

namespace {

using core::kUnseenQuality;
using core::RungMeasure;

constexpr int kLeastHeight = 480;      // the least of a usual ladder
constexpr double kLeastDuration = 20;  // seconds
constexpr int kSamples = 6;
constexpr int kParts[] = {1, 2, 5, 16};  // of the usual bitrate

// In the middle of equal parts, at whole seconds.
std::vector<Cut> samplesOf(double duration) {
    std::vector<Cut> samples;
    for (int i = 0; i < kSamples; ++i) {
        const auto second = static_cast<Ticks>(std::floor(duration * (2 * i + 1) / (2 * kSamples)));
        samples.push_back({second * kTicksPerSecond, (second + 1) * kTicksPerSecond});
    }
    return samples;
}

// One encoding with parts of its bitrate, none twice.
void addTrials(RungPlan& plan, int stream, int height, const VideoEncoding& usual) {
    constexpr std::int64_t step = kKbitStep * 1000, least = kLeastKbit * 1000;
    std::int64_t before = 0;
    for (const int part : kParts) {
        VideoEncoding trial = usual;
        trial.bitrate = std::max(usual.bitrate / part / step * step, least);
        if (trial.bitrate != before) {
            plan.tracks.push_back({stream, trial});
            plan.heights.push_back(height);
            before = trial.bitrate;
        }
    }
}

// The tracks [first, last) are of one height. The lowest bitrate that no sample suffers from.
RungMeasure measureOf(const RungPlan& plan, std::size_t first, std::size_t last,
                      const std::vector<std::vector<double>>& qualities) {
    const auto suffers = [&](std::size_t track) {
        return std::any_of(qualities.begin(), qualities.end(), [&](const std::vector<double>& sample) {
            return sample[track] < sample[first] - kUnseenQuality;
        });
    };
    std::size_t enough = first;
    while (enough + 1 < last && !suffers(enough + 1)) {
        ++enough;
    }
    double sum = 0;
    for (const auto& sample : qualities) {
        sum += sample[enough];
    }
    const std::int64_t bitrate = std::get<VideoEncoding>(plan.tracks[enough].encoding).bitrate;
    return {plan.heights[first], enough == first ? 0 : bitrate, sum / static_cast<double>(qualities.size())};
}

}  // namespace

RungPlan rungPlan(const core::MediaInfo& file) {
    RungPlan plan;
    const auto at = defaultVideo(file);
    const std::vector<int> classes = at ? heights(file.streams[*at]) : std::vector<int>();
    if (classes.empty() || classes.front() < kLeastHeight || file.duration < kLeastDuration || file.encrypted) {
        return plan;
    }
    const core::StreamInfo& video = file.streams[*at];
    const bool hdr = core::decodedRange(video) != core::HdrKind::None;
    for (const int height : classes) {
        const auto usual = videoEncoding(file, video.index, "h264", height, hdr);
        if (usual && height >= kLeastHeight) {
            addTrials(plan, video.index, height, *usual);
        }
    }
    plan.samples = samplesOf(file.duration);
    return plan;
}

std::vector<RungMeasure> rungMeasures(const RungPlan& plan, const std::vector<std::vector<double>>& qualities) {
    const auto fits = [&](const std::vector<double>& sample) { return sample.size() == plan.tracks.size(); };
    if (qualities.empty() || !std::all_of(qualities.begin(), qualities.end(), fits)) {
        return {};
    }
    std::vector<RungMeasure> measures;
    for (std::size_t first = 0; first < plan.tracks.size();) {
        std::size_t last = first + 1;
        while (last < plan.tracks.size() && plan.heights[last] == plan.heights[first]) {
            ++last;
        }
        measures.push_back(measureOf(plan, first, last, qualities));
        first = last;
    }
    return measures;
}

std::vector<Rung> rungsOfUse(std::vector<Rung> rungs, const std::vector<RungMeasure>& measures) {
    int height = 0;
    double best = 0;
    for (const RungMeasure& measure : measures) {  // from best to worst
        const bool isRung =
            std::any_of(rungs.begin(), rungs.end(), [&](const Rung& rung) { return rung.height == measure.height; });
        if (isRung && height == 0) {
            best = measure.quality;
        }
        if (isRung && measure.quality >= best - kUnseenQuality) {
            height = measure.height;
        }
    }
    std::erase_if(rungs, [&](const Rung& rung) { return height != 0 && rung.height > height; });
    return rungs;
}

// Of sizes that were not measured, what is enough for the next larger one is enough.
std::int64_t enoughBits(std::int64_t bitrate, int height, const std::vector<RungMeasure>& measures) {
    std::int64_t enough = bitrate;
    for (const RungMeasure& measure : measures) {
        if (measure.height >= height) {
            enough = measure.bitrate > 0 ? std::min(bitrate, measure.bitrate) : bitrate;
        }
    }
    return enough;
}

}  // namespace marea::server
