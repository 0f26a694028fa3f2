#include "server/packaging/deliveryplan.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>

#include "core/media/dynamicrange.h"
#include "server/packaging/codecstring.h"
#include "server/packaging/rendition.h"
#include "server/packaging/rungplan.h"
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

StreamProtocol protocolFor(const Capabilities& client, const StreamProfile& profile) {
    const bool cmaf = contains(profile.formats, "cmaf"), transport = contains(profile.formats, "mpegts");
    for (const std::string& protocol : client.protocols) {
        if (protocol == "dash" && !client.anything && cmaf) {
            return StreamProtocol::Dash;
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

// The liked ones, and behind them those that are left.
std::vector<std::string_view> likedFirst(const std::vector<std::string>& liked,
                                         std::initializer_list<std::string_view> all) {
    std::vector<std::string_view> list(liked.begin(), liked.end());
    std::copy_if(all.begin(), all.end(), std::back_inserter(list),
                 [&](std::string_view one) { return !contains(list, one); });
    return list;
}

constexpr int kHdrDepth = 10;  // bits a colour that HDR is encoded with

// The profiles that HDR is encoded in: FFmpeg's names in lower case.
bool carriesHdr(std::string_view codec, const VideoCapability& can) {
    const std::string_view profile = codec == "hevc" ? "main 10" : codec == "vp9" ? "profile 2" : "main";
    return codec != "h264" && (can.profiles.empty() || contains(can.profiles, profile));
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
        return source ? ladder(*source, burn) : std::vector<TrackSpec>();
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

    struct Target {
        std::string_view codec;
        const VideoCapability* can = nullptr;
        std::optional<int> burn = {};
    };

    // What the profile likes best of what the client takes; else whatever it takes. HDR is kept where that goes.
    Target videoTarget(const StreamInfo& source) const {
        static const VideoCapability any{"h264", {}, 0, 8}, anyHdr{"hevc", {}, 0, 10};
        if (client_.anything) {
            const bool hdr = showsHdr(source, "hevc", anyHdr);
            return hdr ? Target{"hevc", &anyHdr} : Target{"h264", &any};
        }
        Target best;
        for (const std::string_view name : likedFirst(profile_.video.codecs, {"h264", "vp9", "hevc", "av1"})) {
            for (const VideoCapability& can : client_.video) {
                if ((can.codec != name && can.codec != "*") ||
                    !carries({-1, VideoEncoding{std::string(name), 0, 0, {}, 0, false, {}}})) {
                    continue;
                }
                if (showsHdr(source, name, can)) {
                    return {name, &can};
                }
                best = best.can ? best : Target{name, &can};
            }
        }
        return best;
    }

    bool fits(const VideoEncoding& video, const VideoCapability& can) const {
        const std::int64_t sound = client_.maxBitrate / 10;
        return (client_.maxWidth == 0 || video.width <= client_.maxWidth) &&
               (client_.maxHeight == 0 || video.height <= client_.maxHeight) &&
               (client_.maxBitrate == 0 || video.bitrate + sound <= client_.maxBitrate) &&
               (can.maxLevel == 0 || encodedLevel(video) <= can.maxLevel);
    }

    // The source's HDR, or that of its base layer, in a new encoding.
    bool showsHdr(const StreamInfo& source, std::string_view codec, const VideoCapability& can) const {
        return can.maxBitDepth >= kHdrDepth && carriesHdr(codec, can) &&
               contains(client_.hdr, core::decodedRange(source));
    }

    struct Step {
        int height = 0;
        VideoEncoding encoding;
    };

    // HDR is kept where both ends take it, else mapped.
    std::optional<Step> step(const StreamInfo& source, const Rung& rung, const Target& target) const {
        const std::int64_t most = bitrateInShape(rung.bitrate, rung.height, source);
        const std::int64_t kbit = enoughBits(most, rung.height, choice_.rungs) / 1000 / kKbitStep * kKbitStep;
        const VideoTuning tuning{
            static_cast<int>(std::clamp<std::int64_t>(kbit, kLeastKbit, kMostKbit)),
            client_.maxFrameRate > 0 ? std::min(client_.maxFrameRate, kMostFrameRate) : kMostFrameRate,
            static_cast<BitrateMode>(profile_.video.mode)};
        const bool hdr = core::decodedRange(source) != core::HdrKind::None;
        for (const bool toneMap : {false, true}) {
            if (toneMap || !hdr || showsHdr(source, target.codec, *target.can)) {
                auto encoding =
                    videoEncoding(file_, source.index, target.codec, rung.height, toneMap && hdr, target.burn, tuning);
                if (encoding) {
                    return Step{rung.height, std::move(*encoding)};
                }
            }
        }
        return std::nullopt;
    }

    // The profile's rungs of this picture, the best of them its own size where a larger one is among the profile's.
    std::vector<Rung> rungsOf(const StreamInfo& source) const {
        const std::vector<int> classes = heights(source);
        std::vector<Rung> rungs = profile_.video.rungs;
        const auto first =
            std::find_if(rungs.begin(), rungs.end(), [&](const Rung& rung) { return isHeightOf(rung.height, source); });
        const auto above = first - rungs.begin();
        if (above > 0 && !classes.empty() && (first == rungs.end() || first->height != classes.front())) {
            Rung& larger = rungs[static_cast<std::size_t>(above - 1)];
            const auto usual = std::find_if(heightClasses().begin(), heightClasses().end(),
                                            [&](const HeightClass& one) { return one.height == classes.front(); });
            larger = {classes.front(), std::min(larger.bitrate, usual->bitrate)};
        }
        std::erase_if(rungs, [&](const Rung& rung) { return !isHeightOf(rung.height, source); });
        return rungsOfUse(std::move(rungs), choice_.rungs);
    }

    // Half of what the least rung of a usual ladder takes: lines that this is too much for have no ladder anyway.
    std::int64_t forEverybody() const {
        std::int64_t bitrate = profile_.video.rungs.front().bitrate;
        for (const Rung& rung : profile_.video.rungs) {
            bitrate = rung.height >= leastLadderHeight ? rung.bitrate : bitrate;
        }
        return bitrate / 2;
    }

    // All that fit down to 480; of those below only the best, where nothing else fits. Where nothing fits at all, the
    // least. A smaller picture that takes as many bits as a larger one is of no use, nor, where it was measured how
    // few are enough, one below what everybody's line takes.
    std::vector<TrackSpec> ladder(const StreamInfo& source, std::optional<int> burn) const {
        Target target = videoTarget(source);
        target.burn = burn;
        std::vector<TrackSpec> list;
        std::optional<VideoEncoding> least;
        std::int64_t most = std::numeric_limits<std::int64_t>::max();
        const std::int64_t easy = forEverybody();
        for (const Rung& rung : target.can ? rungsOf(source) : std::vector<Rung>()) {
            const auto made = step(source, rung, target);
            const bool ofUse =
                made && made->encoding.bitrate < most && (made->height >= leastLadderHeight || list.empty());
            if (ofUse && fits(made->encoding, *target.can)) {
                list.push_back({source.index, made->encoding});
                most = made->encoding.bitrate * 9 / 10;
                if (!choice_.rungs.empty() && made->encoding.bitrate <= easy) {
                    break;
                }
            }
            least = made ? made->encoding : least;
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
