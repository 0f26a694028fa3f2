#include "server/packaging/deliveryplan.h"

#include <algorithm>
#include <array>

#include "server/packaging/codecstring.h"
#include "server/packaging/rendition.h"
#include "server/packaging/timegrid.h"

namespace marea::server {

namespace {

using core::AudioCapability;
using core::Capabilities;
using core::MediaInfo;
using core::StreamInfo;
using core::StreamKind;
using core::VideoCapability;

// A copy that can be cut only into longer pieces than this starts too slowly: it is encoded instead.
constexpr Ticks longestCopy = 30 * kTicksPerSecond;
constexpr Ticks latestSound = kTicksPerSecond / 4;  // after the title's start
constexpr std::size_t mostAudio = 16, mostText = 24;
constexpr int leastLadderHeight = 480;  // what is lower is for small pictures and slow lines

template <class List, class T>
bool contains(const List& list, const T& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

StreamProtocol protocolFor(const Capabilities& client) {
    for (const std::string& protocol : client.protocols) {
        if (protocol == "dash" && !client.anything) {
            return StreamProtocol::Dash;
        }
        if (protocol == "hls") {
            // libav of these days cannot seek in HLS of MP4, and players that know no MP4 are too old for it.
            const bool mp4 = contains(client.containers, "mp4") && !client.anything;
            return mp4 ? StreamProtocol::Hls : StreamProtocol::HlsTs;
        }
    }
    return StreamProtocol::None;
}

class Planner {
public:
    Planner(const MediaInfo& file, const MediaIndex& index, const Capabilities& client, StreamProtocol protocol,
            const StreamChoice& choice)
        : file_(file), index_(index), client_(client), protocol_(protocol), choice_(choice) {}

    std::vector<TrackSpec> video(const StreamDecision& decision, std::optional<int> burn) const {
        const TrackSpec copy{decision.index, CopyEncoding{}};
        if (decision.mode != DeliveryMode::Transcode && copies(copy)) {
            return {copy};
        }
        const StreamInfo* source = findStream(file_, decision.index);
        return source ? ladder(*source, burn) : std::vector<TrackSpec>();
    }

    // The chosen first, then the others as they come in the file.
    std::vector<TrackSpec> audio(const Decision& decision) const {
        std::vector<TrackSpec> list;
        if (!decision.audio || decision.soundLeftOut) {
            return list;
        }
        addAudio(list, decision.audio->index, decision.audio->mode, decision.video.has_value());
        for (const StreamInfo& stream : file_.streams) {
            if (stream.kind == StreamKind::Audio && stream.index != decision.audio->index && list.size() < mostAudio) {
                const Decision its = decide(file_, client_, {stream.index, {}, choice_.sound});
                if (its.playable() && its.audio && !its.soundLeftOut) {
                    addAudio(list, stream.index, its.audio->mode, decision.video.has_value());
                }
            }
        }
        return list;
    }

    std::vector<int> subtitles() const {
        std::vector<int> list;
        for (const StreamInfo& stream : file_.streams) {
            if (stream.kind == StreamKind::Subtitle && isTextSubtitle(stream.codec) && list.size() < mostText) {
                list.push_back(stream.index);
            }
        }
        return list;
    }

private:
    bool carries(const TrackSpec& track) const {
        return protocol_ != StreamProtocol::HlsTs || fitsTransportStream(track, file_);
    }

    // Browsers that take MP3 as a file refuse it inside MP4 segments (Chromium's MediaSource).
    bool isMp3InMp4(const StreamInfo& source) const {
        return source.codec == "mp3" && protocol_ != StreamProtocol::HlsTs && !client_.anything;
    }

    // Browsers show no picture before its sound, where the sound begins late: an encoded one has silence there.
    bool beginsTooLate(const TrackIndex& track) const {
        return track.kind == StreamKind::Audio && track.start > latestSound && !client_.anything;
    }

    bool copies(const TrackSpec& track) const {
        const StreamInfo* source = findStream(file_, track.stream);
        const TrackIndex* indexed = findTrack(index_, track.stream);
        if (!source || !indexed || !canCopy(*source) || !carries(track) || indexed->codecString.empty() ||
            isMp3InMp4(*source) || beginsTooLate(*indexed)) {
            return false;
        }
        const auto grid = segmentGrid({track}, file_, index_);
        return !grid.empty() &&
               std::all_of(grid.begin(), grid.end(), [](const Cut& c) { return c.length() <= longestCopy; });
    }

    // What is encoded fastest comes first.
    const VideoCapability* videoTarget(std::string_view& codec) const {
        static const VideoCapability any{"h264", {}, 0, 8};
        codec = "h264";
        if (client_.anything) {
            return &any;
        }
        for (const char* name : {"h264", "vp9", "hevc", "av1"}) {
            for (const VideoCapability& can : client_.video) {
                if ((can.codec == name || can.codec == "*") &&
                    carries({-1, VideoEncoding{name, 0, 0, {}, 0, false, {}}})) {
                    codec = name;
                    return &can;
                }
            }
        }
        return nullptr;
    }

    bool fits(const VideoEncoding& video, const VideoCapability& can) const {
        const std::int64_t sound = client_.maxBitrate / 10;
        return (client_.maxWidth == 0 || video.width <= client_.maxWidth) &&
               (client_.maxHeight == 0 || video.height <= client_.maxHeight) &&
               (client_.maxBitrate == 0 || video.bitrate + sound <= client_.maxBitrate) &&
               (can.maxLevel == 0 || encodedLevel(video) <= can.maxLevel);
    }

    // All that fit down to 480; of those below only the best, where nothing else fits. Where nothing fits at all, the
    // least.
    std::vector<TrackSpec> ladder(const StreamInfo& source, std::optional<int> burn) const {
        std::string_view codec;
        const VideoCapability* can = videoTarget(codec);
        std::vector<TrackSpec> list;
        std::optional<VideoEncoding> least;
        for (const int height : can ? heights(source) : std::vector<int>()) {
            const bool toneMap = source.hdr != core::HdrKind::None;
            auto encoding = videoEncoding(file_, source.index, codec, height, toneMap, burn);
            if (encoding && fits(*encoding, *can) && (height >= leastLadderHeight || list.empty())) {
                list.push_back({source.index, *encoding});
            }
            least = encoding ? encoding : least;
        }
        if (list.empty() && least) {
            list.push_back({source.index, *least});
        }
        return list;
    }

    void addAudio(std::vector<TrackSpec>& list, int stream, DeliveryMode mode, bool besideVideo) const {
        const TrackSpec copy{stream, CopyEncoding{}};
        if (mode != DeliveryMode::Transcode && copies(copy)) {
            list.push_back(copy);
        } else if (const auto encoding = encodedAudio(stream, besideVideo)) {
            list.push_back({stream, changed(*encoding, soundChange(choice_, stream), *findStream(file_, stream))});
        }
    }

    int mostChannels(std::string_view codec) const {
        int most = client_.anything ? 6 : 0;
        for (const AudioCapability& can : client_.audio) {
            most = can.codec == codec || can.codec == "*" ? std::max(most, can.maxChannels) : most;
        }
        return carries({-1, AudioEncoding{std::string(codec), 2, 48'000, 0, 0}}) ? most : 0;
    }

    // AAC where the client has it; 5.1 where both sides have it, else stereo.
    std::optional<AudioEncoding> encodedAudio(int stream, bool besideVideo) const {
        for (const char* codec : {"aac", "opus", "mp3", "flac"}) {
            const int most = mostChannels(codec);
            for (const int channels : {6, 2, 1}) {
                if (channels > most) {
                    continue;
                }
                if (const auto encoding = withinLimit(stream, codec, channels, besideVideo)) {
                    return encoding;
                }
            }
        }
        return std::nullopt;
    }

    // With a picture the sound has a tenth of the limit, as `fits` leaves it.
    std::optional<AudioEncoding> withinLimit(int stream, std::string_view codec, int channels, bool besideVideo) const {
        const auto usual = audioEncoding(file_, stream, codec, channels);
        const std::int64_t limit = besideVideo ? client_.maxBitrate / 10 : client_.maxBitrate;
        if (!usual || limit == 0 || usual->bitrate <= limit) {
            return usual;
        }
        for (const int kbit : {384, 320, 256, 192, 160, 128, 96, 64}) {
            const auto less = audioEncoding(file_, stream, codec, channels, kbit);
            if (less && less->bitrate <= limit && kbit >= 48 * channels) {
                return less;
            }
        }
        return channels > 2 ? std::nullopt : audioEncoding(file_, stream, codec, channels, channels * 48);
    }

    const MediaInfo& file_;
    const MediaIndex& index_;
    const Capabilities& client_;
    StreamProtocol protocol_;
    const StreamChoice& choice_;
};

// A picture to be copied, that only MP4 carries.
bool onlyInMp4(const StreamDecision& video, const MediaInfo& file, const MediaIndex& index,
               const Capabilities& client) {
    const StreamChoice none;
    const TrackSpec copy{video.index, CopyEncoding{}};
    return video.mode != DeliveryMode::Transcode && !fitsTransportStream(copy, file) &&
           Planner(file, index, client, StreamProtocol::Hls, none).video(video, {}) == std::vector{copy};
}

// The subtitle that only drawing into the picture shows.
std::optional<int> burned(const Decision& decision, const StreamChoice& choice) {
    for (const SubtitleDecision& subtitle : decision.subtitles) {
        if (choice.subtitle == subtitle.index && subtitle.mode == SubtitleMode::Burn) {
            return subtitle.index;
        }
    }
    return std::nullopt;
}

}  // namespace

const char* name(StreamProtocol protocol) {
    switch (protocol) {
        case StreamProtocol::Hls:
        case StreamProtocol::HlsTs:
            return "hls";
        case StreamProtocol::Dash:
            return "dash";
        case StreamProtocol::None:
            break;
    }
    return "";
}

bool isTextSubtitle(std::string_view codec) {
    constexpr std::array<std::string_view, 7> text = {"subrip", "srt", "webvtt", "ass", "ssa", "mov_text", "text"};
    return contains(text, codec);
}

Delivery planDelivery(const MediaInfo& file, const MediaIndex& index, const Capabilities& client,
                      const Decision& decision, const StreamChoice& choice, const std::vector<std::string>& sidecars) {
    Delivery delivery{protocolFor(client), {}};
    if (!decision.playable() || delivery.protocol == StreamProtocol::None) {
        return {};
    }
    // MPEG-TS here is a picture with its sound; one without the other comes in MP4, and so does a picture that the
    // client takes and MPEG-TS does not.
    if (delivery.protocol == StreamProtocol::HlsTs && (!decision.video || !decision.audio || decision.soundLeftOut ||
                                                       onlyInMp4(*decision.video, file, index, client))) {
        delivery.protocol = StreamProtocol::Hls;
    }
    const Planner planner(file, index, client, delivery.protocol, choice);
    delivery.plan.audio = planner.audio(decision);
    if (decision.video) {
        delivery.plan.video = planner.video(*decision.video, burned(decision, choice));
    }
    if (decision.video ? delivery.plan.video.empty() : delivery.plan.audio.empty()) {
        return {};
    }
    if (delivery.protocol == StreamProtocol::HlsTs) {
        delivery.protocol = delivery.plan.audio.empty() ? StreamProtocol::Hls : delivery.protocol;
        delivery.plan.audio.resize(std::min<std::size_t>(delivery.plan.audio.size(), 1));  // it is in the same segments
    }
    // libav shows no subtitles of HLS; its players take them as files.
    if (!client.anything && contains(client.subtitles, "webvtt")) {
        const auto most = static_cast<std::ptrdiff_t>(std::min(sidecars.size(), mostText));
        delivery.plan.subtitles = planner.subtitles();
        delivery.plan.sidecars = {sidecars.begin(), sidecars.begin() + most};
    }
    return delivery;
}

}  // namespace marea::server
