#pragma once

#include <memory>
#include <vector>

#include "server/transcode/hardwareboard.h"
#include "server/transcode/segmentmaker.h"

namespace marea::server {

// Hands encodings of pictures to the workers of a device where there is one that can and is free, all else to the
// processor's. What a device does not bring about is made by the processor at once: nobody who watches notices, and the
// device rests for a while (hardwareboard.h).
//
// Thread-safe; `done` comes on the makers' executors.
class HardwareSegments final : public SegmentMaker {
public:
    // `devices[i]` works on the board's device i. They outlive this object, and answer everything before they go.
    HardwareSegments(SegmentMaker& processor, std::vector<SegmentMaker*> devices, std::shared_ptr<HardwareBoard> board);
    ~HardwareSegments() override;

    Ticket index(SegmentSource source, IndexDepth depth, Urgency urgency, Done<MediaIndex> done) override;
    Ticket segment(SegmentSource source, SegmentSpec spec, Urgency urgency, Done<std::string> done) override;
    // By the processor, whose segments are the same wherever they are made.
    Ticket ladder(SegmentSource source, SegmentSpec spec, Urgency urgency,
                  Done<std::vector<std::string>> done) override;
    Ticket subtitles(SegmentSource source, SubtitleWish wish, Urgency urgency, Done<std::string> done) override;
    Ticket sprites(SegmentSource source, SpriteWish wish, Urgency urgency, Done<core::Image> done) override;
    void cancel(Ticket ticket) override;
    void withdraw(Ticket ticket) override;

private:
    class Desk;
    const std::shared_ptr<Desk> desk_;
};

}  // namespace marea::server
