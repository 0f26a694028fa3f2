#include "server/apps/library/delivery.h"

#include <algorithm>

#include "server/audio/musicfile.h"
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
                                         const Reason& why, const Reason& whyEncoded = reasons::uncut()) {
    if (!decision || tracks.empty()) {
        return std::nullopt;
    }
    decision->index = tracks.front().stream;
    const bool copied = std::holds_alternative<CopyEncoding>(tracks.front().encoding);
    const DeliveryMode mode = copied ? DeliveryMode::Remux : DeliveryMode::Transcode;
    if (mode > decision->mode && mode == DeliveryMode::Transcode) {
        decision->because(whyEncoded);
    } else if (decision->reasons.empty()) {
        decision->because(why);
    }
    decision->mode = mode;
    return decision;
}

struct MusicKind {
    const char* codec;
    const char* container;  // as capabilities name it; null: what plays the codec takes the file
    int mostKbit;           // more is no better; 0: it has no bitrate
    int leastKbit;
};
// Best first, of those that one can jump in.
constexpr MusicKind musicKinds[] = {{"opus", "ogg", 192, 24}, {"mp3", nullptr, 320, 32}, {"flac", "flac", 0, 0}};

bool plays(const MusicKind& kind, const core::Capabilities& client) {
    const bool decodes = std::any_of(client.audio.begin(), client.audio.end(), [&](const core::AudioCapability& audio) {
        return audio.codec == kind.codec || audio.codec == "*";
    });
    const bool opens = !kind.container ||
                       std::any_of(client.containers.begin(), client.containers.end(),
                                   [&](const std::string& known) { return known == kind.container || known == "*"; });
    return decodes && opens;
}

std::optional<AudioEncoding> musicEncoding(const MusicKind& kind, const core::MediaInfo& file,
                                           const core::StreamInfo& source, const core::Capabilities& client) {
    if (!plays(kind, client)) {
        return std::nullopt;
    }
    const int channels = source.channels == 1 ? 1 : 2;
    if (kind.mostKbit == 0) {
        return client.maxBitrate == 0 ? audioEncoding(file, source.index, kind.codec, channels) : std::nullopt;
    }
    int kbit = kind.mostKbit;
    if (client.maxBitrate > 0) {
        kbit = static_cast<int>(std::min<std::int64_t>(kbit, client.maxBitrate / 1000));
    }
    for (; kbit >= kind.leastKbit; --kbit) {
        auto encoding = isMusicBitrate(kind.codec, channels, kbit)
                            ? audioEncoding(file, source.index, kind.codec, channels, kbit)
                            : std::nullopt;
        if (encoding) {
            return encoding;
        }
    }
    return std::nullopt;
}

// Whether the segment of that number is there in every picture that the player may begin with.
bool picturesAreThere(const Delivery& made, const core::MediaInfo& file, int number, const SegmentIsMade& isMade) {
    const bool muxed = made.protocol == StreamProtocol::HlsTs && !made.plan.audio.empty();
    return isMade && std::all_of(made.plan.video.begin(), made.plan.video.end(), [&](const TrackSpec& video) {
               std::vector<TrackSpec> tracks{video};
               if (muxed) {
                   tracks.push_back(made.plan.audio.front());
               }
               return isMade(renditionName(tracks, file), muxed ? SegmentFormat::MpegTs : SegmentFormat::Mp4, number);
           });
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

std::optional<TrackSpec> musicTrack(const ItemDetail& item, const PlaybackRequest& request, const PlaybackPlan& plan) {
    const ItemFile& file = item.files[plan.file];
    if (!takes(request.client, "progressive") || plan.decision.video || !plan.decision.audio) {
        return std::nullopt;
    }
    const int stream = plan.decision.audio->index;
    const core::StreamInfo* source = findStream(file.info, stream);
    for (const MusicKind& kind : musicKinds) {
        const auto encoding = source ? musicEncoding(kind, file.info, *source, request.client) : std::nullopt;
        if (encoding) {
            return TrackSpec{stream,
                             changed(*encoding, soundChange(streamChoice(item, file, request), stream), *source)};
        }
    }
    return std::nullopt;
}

bool prefersFile(const ItemDetail& item, const PlaybackRequest& request, const PlaybackPlan& plan,
                 const TrackSpec& music) {
    const auto& streams = item.files[plan.file].info.streams;
    const auto sounds = std::count_if(streams.begin(), streams.end(), [](const core::StreamInfo& stream) {
        return stream.kind == core::StreamKind::Audio;
    });
    const auto* encoding = std::get_if<AudioEncoding>(&music.encoding);
    return !request.client.anything && plan.decision.mode == DeliveryMode::Transcode && sounds == 1 && encoding &&
           encoding->codec == "opus";
}

PlaybackDelivery musicDelivery(const ItemDetail& item, const PlaybackPlan& plan, const TrackSpec& music) {
    const ItemFile& file = item.files[plan.file];
    const auto& encoding = std::get<AudioEncoding>(music.encoding);
    PlaybackDelivery delivery;
    delivery.path = "m/" + file.id + "/" + renditionName(music, file.info) + "/audio." + encoding.codec;
    delivery.mimeType = encoding.codec == "mp3"    ? "audio/mpeg"
                        : encoding.codec == "opus" ? "audio/ogg; codecs=\"opus\""
                                                   : "audio/flac";
    delivery.mode = DeliveryMode::Transcode;
    delivery.audio = plan.decision.audio;
    delivery.audio->mode = DeliveryMode::Transcode;
    delivery.gain = encoding.gain;
    delivery.night = encoding.night;
    return delivery;
}

Result<PlaybackDelivery> segmentDelivery(const ItemDetail& item, const PlaybackRequest& request,
                                         const PlaybackPlan& plan, const MediaIndex& index, Ticks start,
                                         const SegmentIsMade& isMade) {
    const ItemFile& file = item.files[plan.file];
    Delivery made = planDelivery(file.info, index, request.client, plan.decision, streamChoice(item, file, request),
                                 textSidecars(item));
    if (made.protocol == StreamProtocol::None || made.plan.empty()) {
        return fail(ErrorCode::Unprocessable, "Nothing that your player takes can be made of this file.");
    }
    const bool webm = made.protocol == StreamProtocol::DashWebm, ts = made.protocol == StreamProtocol::HlsTs;
    const bool dash = webm || made.protocol == StreamProtocol::Dash;
    made.plan.finerFrom = finerFrom(made.plan.video, file.info, index, start);
    if (made.plan.finerFrom && picturesAreThere(made, file.info, *made.plan.finerFrom, isMade)) {
        made.plan.finerFrom.reset();
    }
    PlaybackDelivery delivery;
    delivery.protocol = name(made.protocol);
    delivery.mimeType = dash ? "application/dash+xml" : "application/vnd.apple.mpegurl";
    delivery.path = delivery.protocol + "/" + file.id + "/" + planText(made.plan, file.info) + "/" +
                    (webm   ? "webm.mpd"
                     : dash ? "manifest.mpd"
                     : ts   ? "ts.m3u8"
                            : "master.m3u8");
    delivery.video = inSegments(plan.decision.video, made.plan.video, reasons::apartFromSound(),
                                index.isWhole ? reasons::uncut() : reasons::unread());
    delivery.audio = inSegments(plan.decision.audio, made.plan.audio, reasons::apartFromPicture());
    for (const auto* stream : {&delivery.video, &delivery.audio}) {
        delivery.mode = *stream ? std::max(delivery.mode, (*stream)->mode) : delivery.mode;
    }
    if (const auto* audio =
            made.plan.audio.empty() ? nullptr : std::get_if<AudioEncoding>(&made.plan.audio.front().encoding)) {
        delivery.gain = audio->gain;
        delivery.night = audio->night;
    }
    name(delivery, made, file.info);
    delivery.format = webm ? SegmentFormat::WebM : delivery.format;
    return delivery;
}

}  // namespace marea::server
