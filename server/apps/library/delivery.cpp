#include "server/apps/library/delivery.h"

#include <algorithm>

#include "server/audio/mp3file.h"
#include "server/packaging/deliveryplan.h"
#include "server/packaging/finergrid.h"
#include "server/packaging/rendition.h"
#include "server/packaging/timegrid.h"
#include "server/video/mimetype.h"

namespace marea::server {

using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

bool takes(const core::Capabilities& client, const char* protocol) {
    return std::find(client.protocols.begin(), client.protocols.end(), protocol) != client.protocols.end();
}

std::vector<std::string> textSidecars(const ItemDetail& item) {
    std::vector<std::string> ids;
    for (const Sidecar& sidecar : item.sidecars) {
        if (sidecar.kind == SidecarKind::Subtitle && sidecar.format != "idx" && sidecar.format != "sub" &&
            sidecar.format != "sup") {
            ids.push_back(sidecar.id);
        }
    }
    return ids;
}

// What becomes of a stream that was decided on by itself, when it goes out in segments: at least repackaged, and
// encoded where it cannot be cut, or no player takes it so.
std::optional<StreamDecision> inSegments(std::optional<StreamDecision> decision, const std::vector<TrackSpec>& tracks,
                                         const char* why) {
    if (!decision || tracks.empty()) {
        return std::nullopt;
    }
    decision->index = tracks.front().stream;
    const bool copied = std::holds_alternative<CopyEncoding>(tracks.front().encoding);
    const DeliveryMode mode = copied ? DeliveryMode::Remux : DeliveryMode::Transcode;
    if (mode > decision->mode && mode == DeliveryMode::Transcode) {
        decision->reasons.emplace_back("It cannot go out in segments as it is");
    } else if (decision->reasons.empty()) {
        decision->reasons.emplace_back(why);
    }
    decision->mode = mode;
    return decision;
}

void name(PlaybackDelivery& delivery, const Delivery& made, const core::MediaInfo& file) {
    const DeliveryPlan& plan = made.plan;
    if (made.protocol == StreamProtocol::HlsTs) {
        std::vector<TrackSpec> muxed;
        for (const auto* tracks : {&plan.video, &plan.audio}) {
            if (!tracks->empty()) {
                muxed.push_back(tracks->front());
            }
        }
        delivery.renditions = {finerName(muxed, file, plan.finerFrom)};
        delivery.format = SegmentFormat::MpegTs;
        return;
    }
    for (const auto* tracks : {&plan.video, &plan.audio}) {
        if (!tracks->empty()) {
            delivery.renditions.push_back(finerName({tracks->front()}, file, plan.finerFrom));
        }
    }
}

}  // namespace

std::string protectedPath(const ProtectionKind& kind) {
    return "e/" + name(kind) + "/";
}

PlaybackDelivery directDelivery(const ItemFile& file, const PlaybackPlan& plan) {
    PlaybackDelivery delivery;
    delivery.path = "direct/" + file.id + "." + (file.extension.empty() ? extension(file.info) : file.extension);
    delivery.mimeType = mimeType(file.info);
    delivery.mode = plan.decision.mode;
    delivery.video = plan.decision.video;
    delivery.audio = plan.decision.audio;
    return delivery;
}

bool takesSegments(const core::Capabilities& client) {
    return takes(client, "hls") || takes(client, "dash");
}

bool takesMp3(const core::Capabilities& client, const PlaybackPlan& plan) {
    const bool plays = std::any_of(client.audio.begin(), client.audio.end(),
                                   [](const core::AudioCapability& audio) { return audio.codec == "mp3"; });
    return plays && takes(client, "progressive") && !plan.decision.video && plan.decision.audio;
}

Result<PlaybackDelivery> mp3Delivery(const ItemDetail& item, const PlaybackRequest& request, const PlaybackPlan& plan) {
    const ItemFile& file = item.files[plan.file];
    const int stream = plan.decision.audio->index;
    const core::StreamInfo* source = findStream(file.info, stream);
    int kbit = Mp3File::kMostKbit;
    while (request.client.maxBitrate > 0 && kbit > 0 &&
           (!Mp3File::isBitrate(kbit) || kbit * std::int64_t{1000} > request.client.maxBitrate)) {
        kbit -= 8;
    }
    const int channels = source && source->channels == 1 ? 1 : 2;
    auto encoding = audioEncoding(file.info, stream, "mp3", channels, kbit);
    if (encoding && source) {
        encoding = changed(*encoding, soundChange(streamChoice(file, request), stream), *source);
    }
    if (!encoding || !Mp3File::isBitrate(kbit)) {
        return fail(ErrorCode::Unprocessable, "Nothing that your player takes can be made of this file.");
    }
    PlaybackDelivery delivery;
    delivery.path = "m/" + file.id + "/" + renditionName(TrackSpec{stream, *encoding}, file.info) + "/audio.mp3";
    delivery.mimeType = "audio/mpeg";
    delivery.mode = DeliveryMode::Transcode;
    delivery.audio = plan.decision.audio;
    delivery.audio->mode = DeliveryMode::Transcode;
    return delivery;
}

Result<PlaybackDelivery> segmentDelivery(const ItemDetail& item, const PlaybackRequest& request,
                                         const PlaybackPlan& plan, const MediaIndex& index, Ticks start) {
    const ItemFile& file = item.files[plan.file];
    Delivery made =
        planDelivery(file.info, index, request.client, plan.decision, streamChoice(file, request), textSidecars(item));
    if (made.protocol == StreamProtocol::None || made.plan.empty()) {
        return fail(ErrorCode::Unprocessable, "Nothing that your player takes can be made of this file.");
    }
    const bool dash = made.protocol == StreamProtocol::Dash, ts = made.protocol == StreamProtocol::HlsTs;
    made.plan.finerFrom = finerFrom(made.plan.video, file.info, index, start);
    PlaybackDelivery delivery;
    delivery.protocol = name(made.protocol);
    delivery.mimeType = dash ? "application/dash+xml" : "application/vnd.apple.mpegurl";
    delivery.path = delivery.protocol + "/" + file.id + "/" + planText(made.plan, file.info) + "/" +
                    (dash ? "manifest.mpd"
                     : ts ? "ts.m3u8"
                          : "master.m3u8");
    delivery.video = inSegments(plan.decision.video, made.plan.video, "It goes apart from the sound");
    delivery.audio = inSegments(plan.decision.audio, made.plan.audio, "It goes apart from the picture");
    for (const auto* stream : {&delivery.video, &delivery.audio}) {
        delivery.mode = *stream ? std::max(delivery.mode, (*stream)->mode) : delivery.mode;
    }
    name(delivery, made, file.info);
    return delivery;
}

}  // namespace marea::server
