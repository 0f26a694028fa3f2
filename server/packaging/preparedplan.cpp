#include "server/packaging/preparedplan.h"

#include "server/packaging/deliveryplan.h"
#include "server/packaging/presentation.h"

namespace marea::server {

using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

void add(std::vector<PreparedRendition>& list, const std::vector<TrackSpec>& tracks, const core::MediaInfo& file,
         const MediaIndex& index, SegmentFormat format) {
    const auto described = describeRendition(tracks, file, index);
    if (!described || described->cuts.empty()) {
        return;  // manifests leave it out, too
    }
    const double seconds = toSeconds(described->cuts.back().to - described->cuts.front().from);
    list.push_back({described->name, format, static_cast<int>(described->cuts.size()),
                    static_cast<std::int64_t>(static_cast<double>(described->bandwidth.average) * seconds / 8)});
}

}  // namespace

Result<std::vector<PreparedRendition>> planPrepared(const core::MediaInfo& file, const MediaIndex& index,
                                                    const core::Capabilities& client, const StreamChoice& choice) {
    const StreamProfile& profile = profileOf(choice);
    const core::Capabilities kept = limited(client, profile);
    Decision decision = decide(file, kept, choice);
    if (!decision.playable()) {
        return fail(ErrorCode::Unprocessable, decision.unplayable);
    }
    if (!decision.video) {
        return fail(ErrorCode::Unprocessable, "There is no picture to encode. Music is made while it plays.");
    }
    decision.video->mode = decision.mode = DeliveryMode::Transcode;
    const Delivery delivery = planDelivery(file, index, kept, decision, choice);
    const bool muxed = delivery.protocol == StreamProtocol::HlsTs;
    std::vector<PreparedRendition> list;
    for (const TrackSpec& video : delivery.plan.video) {
        std::vector<TrackSpec> tracks{video};
        if (muxed && !delivery.plan.audio.empty()) {
            tracks.push_back(delivery.plan.audio.front());
        }
        add(list, tracks, file, index, muxed ? SegmentFormat::MpegTs : SegmentFormat::Mp4);
    }
    if (list.empty()) {
        return fail(ErrorCode::Unprocessable, "Nothing that such a player takes can be made of this file.");
    }
    for (const TrackSpec& audio : muxed ? std::vector<TrackSpec>() : delivery.plan.audio) {
        add(list, {audio}, file, index, SegmentFormat::Mp4);
    }
    return list;
}

}  // namespace marea::server
