#pragma once

#include <vector>

#include "server/transcode/segmentmaker.h"

namespace marea::server {

// The port to measuring how encodings look, with the promises of SegmentMaker.
class QualityMeasurer {
public:
    using Ticket = SegmentMaker::Ticket;
    using Done = SegmentMaker::Done<std::vector<double>>;
    static constexpr std::size_t kMostTrials = 16;

    virtual ~QualityMeasurer() = default;
    // Quality of each track of `spec` (encodings of one video stream at one frame rate, the largest first, at most
    // kMostTrials) within its times: server/pipeline/rungquality.h.
    virtual Ticket qualities(SegmentSource source, SegmentSpec spec, SegmentMaker::Urgency urgency, Done done) = 0;
    virtual void cancel(Ticket ticket) = 0;
};

}  // namespace marea::server
