#include "server/packaging/deliveryplan.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "server/packaging/rendition.h"
#include "server/packaging/timegrid.h"
#include "server/packaging/videoladder.h"

namespace marea::server {

namespace {

using core::AudioCapability;
using core::Capabilities;
using core::MediaInfo;
using core::StreamInfo;
using core::StreamKind;

// A copy that can be cut only into longer pieces than this starts too slowly: it is encoded instead.
constexpr Ticks longestCopy = 30 * kTicksPerSecond;
constexpr Ticks latestSound = kTicksPerSecond / 4;  // after the title's start
constexpr std::size_t mostAudio = 16, mostText = 24;

template <class List, class T>
bool contains(const List& list, const T& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

template <class Can>
bool decodes(const std::vector<Can>& list, std::string_view codec) {
    return std::any_of(list.begin(), list.end(),
                       [&](const Can& can) { return can.codec == codec || can.codec == "*"; });
}

// What goes into MP4 as well comes in MP4, unless the profile likes WebM better or the client takes nothing else.
StreamProtocol dashFor(const Capabilities& client, const StreamProfile& profile) {
    const bool webm =
        contains(client.containers, "webm") && decodes(client.video, "vp9") && decodes(client.audio, "opus");
    const bool mp4 = contains(client.containers, "mp4") || !webm;
    for (const std::string& format : profile.formats) {
        if (format == "webm" && webm) {
            return StreamProtocol::DashWebm;
        }
        if (format == "cmaf" && mp4) {
            return StreamProtocol::Dash;
        }
    }
    return StreamProtocol::None;
}

StreamProtocol protocolFor(const Capabilities& client, const StreamProfile& profile) {
    const bool cmaf = contains(profile.formats, "cmaf"), transport = contains(profile.formats, "mpegts");
    for (const std::string& protocol : client.protocols) {
        const auto dash = protocol == "dash" && !client.anything ? dashFor(client, profile) : StreamProtocol::None;
        if (dash != StreamProtocol::None) {
            return dash;
        }
        if (protocol == "hls") {
            // libav of these days cannot seek in HLS of MP4, and players that know no MP4 are too old for it.
            const bool mp4 = contains(client.containers, "mp4") && !client.anything;
            return cmaf && (mp4 || !transport) ? StreamProtocol::Hls : StreamProtocol::HlsTs;
        }
    }
    return StreamProtocol::None;
}

// Those in the languages that come, in the order of these; else as they are.
std::vector<const StreamInfo*> inOrder(std::vector<const StreamInfo*> streams, const LanguageChoice& languages) {
    const auto at = [&](const StreamInfo* stream) { return place(languages, stream->language); };
    std::stable_sort(streams.begin(), streams.end(),
                     [&](const StreamInfo* a, const StreamInfo* b) { return at(a) < at(b); });
    if (languages.onlyThese && !streams.empty() && at(streams.front()) < languages.order.size()) {
        std::erase_if(streams, [&](const StreamInfo* stream) { return at(stream) == languages.order.size(); });
    }
    return streams;
}

std::vector<const StreamInfo*> streamsOf(const MediaInfo& file, StreamKind kind) {
    std::vector<const StreamInfo*> streams;
    for (const StreamInfo& stream : file.streams) {
        if (stream.kind == kind) {
            streams.push_back(&stream);
        }
    }
    return streams;
}

class Planner {
public:
    Planner(const MediaInfo& file, const MediaIndex& index, const Capabilities& client, StreamProtocol protocol,
            const StreamChoice& choice)
        : file_(file),
          index_(index),
          client_(client),
          protocol_(protocol),
          choice_(choice),
          profile_(profileOf(choice)) {}

    std::vector<TrackSpec> video(const StreamDecision& decision, std::optional<int> burn) const {
        const TrackSpec copy{decision.index, CopyEncoding{}};
        if (decision.mode != DeliveryMode::Transcode && copies(copy)) {
            return {copy};
        }
        const StreamInfo* source = findStream(file_, decision.index);
        return source ? videoLadder({file_, client_, protocol_, choice_}, *source, burn) : std::vector<TrackSpec>();
    }

    // The chosen first, then the others as they come in the file.
    std::vector<TrackSpec> audio(const Decision& decision) const {
        std::vector<TrackSpec> list;
        if (!decision.audio || decision.soundLeftOut) {
            return list;
        }
        addAudio(list, decision.audio->index, decision.audio->mode, decision.video.has_value());
        for (const StreamInfo* stream : inOrder(streamsOf(file_, StreamKind::Audio), profile_.audio.languages)) {
            if (stream->index != decision.audio->index && list.size() < mostAudio) {
                const Decision its = decide(file_, client_, {stream->index, {}, choice_.sound});
                if (its.playable() && its.audio && !its.soundLeftOut) {
                    addAudio(list, stream->index, its.audio->mode, decision.video.has_value());
                }
            }
        }
        return list;
    }

    std::vector<int> subtitles() const {
        std::vector<int> list;
        for (const StreamInfo* stream : inOrder(streamsOf(file_, StreamKind::Subtitle), profile_.subtitles.languages)) {
            if (isTextSubtitle(stream->codec) && list.size() < mostText) {
                list.push_back(stream->index);
            }
        }
        return list;
    }

private:
    bool carries(const TrackSpec& track) const { return marea::server::carries(protocol_, track, file_); }

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
        most = std::min(most, profile_.audio.maxChannels);
        return carries({-1, AudioEncoding{std::string(codec), 2, 48'000, 0, 0}}) ? most : 0;
    }

    // What the profile likes best of what the client takes; as many channels as both sides have, else stereo.
    std::optional<AudioEncoding> encodedAudio(int stream, bool besideVideo) const {
        for (const std::string_view codec : likedFirst(profile_.audio.codecs, {"aac", "opus", "mp3", "flac"})) {
            const int most = mostChannels(codec);
            for (const int channels : {8, 6, 2, 1}) {
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
        const std::int64_t line = besideVideo ? client_.maxBitrate / 10 : client_.maxBitrate;
        const std::int64_t wanted = profile_.audio.maxBitrate;
        const std::int64_t limit = line > 0 && wanted > 0 ? std::min(line, wanted) : std::max(line, wanted);
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
    const StreamProfile& profile_;
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
        case StreamProtocol::DashWebm:
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
    const StreamProfile& profile = profileOf(choice);
    Delivery delivery{protocolFor(client, profile), {}};
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
    if (!client.anything && profile.subtitles.text && contains(client.subtitles, "webvtt")) {
        const auto most = static_cast<std::ptrdiff_t>(std::min(sidecars.size(), mostText));
        delivery.plan.subtitles = planner.subtitles();
        delivery.plan.sidecars = {sidecars.begin(), sidecars.begin() + most};
    }
    return delivery;
}

}  // namespace marea::server
