#pragma once

#include "core/media/loudness.h"
#include "server/transcode/segmentmaker.h"

namespace marea::server {

// The port to measuring sound, with the promises of SegmentMaker.
class SoundMeasurer {
public:
    using Ticket = SegmentMaker::Ticket;
    using Done = SegmentMaker::Done<core::LoudnessPart>;

    virtual ~SoundMeasurer() = default;
    virtual Ticket loudness(SegmentSource source, core::LoudnessWish wish, SegmentMaker::Urgency urgency,
                            Done done) = 0;
    virtual void cancel(Ticket ticket) = 0;
};

}  // namespace marea::server
