#include "server/packaging/videoladder.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "core/media/dynamicrange.h"
#include "server/packaging/codecstring.h"
#include "server/packaging/rendition.h"
#include "server/packaging/rungplan.h"

namespace marea::server {

namespace {

using core::StreamInfo;
using core::VideoCapability;

constexpr int leastLadderHeight = 480;  // what is lower is for small pictures and slow lines

template <class List, class T>
bool contains(const List& list, const T& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

constexpr int kHdrDepth = 10;  // bits a colour that HDR is encoded with

// The profiles that HDR is encoded in: FFmpeg's names in lower case.
bool carriesHdr(std::string_view codec, const VideoCapability& can) {
    const std::string_view profile = codec == "hevc" ? "main 10" : codec == "vp9" ? "profile 2" : "main";
    return codec != "h264" && (can.profiles.empty() || contains(can.profiles, profile));
}

class VideoLadder {
public:
    explicit VideoLadder(const LadderWish& wish)
        : file_(wish.file),
          client_(wish.client),
          protocol_(wish.protocol),
          choice_(wish.choice),
          profile_(profileOf(wish.choice)) {}

    // All that fit down to 480; of those below only the best, where nothing else fits. Where nothing fits at all, the
    // least. A smaller picture that takes as many bits as a larger one is of no use, nor, where it was measured how
    // few are enough, one below what everybody's line takes.
    std::vector<TrackSpec> rungs(const StreamInfo& source, std::optional<int> burn) const {
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

private:
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
                    !carries(protocol_, {-1, VideoEncoding{std::string(name), 0, 0, {}, 0, false, {}}}, file_)) {
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

    const core::MediaInfo& file_;
    const core::Capabilities& client_;
    StreamProtocol protocol_;
    const StreamChoice& choice_;
    const StreamProfile& profile_;
};

}  // namespace

bool carries(StreamProtocol protocol, const TrackSpec& track, const core::MediaInfo& file) {
    return protocol == StreamProtocol::HlsTs      ? fitsTransportStream(track, file)
           : protocol == StreamProtocol::DashWebm ? fitsWebm(track, file)
                                                  : true;
}

std::vector<TrackSpec> videoLadder(const LadderWish& wish, const StreamInfo& source, std::optional<int> burn) {
    return VideoLadder(wish).rungs(source, burn);
}

std::vector<std::string_view> likedFirst(const std::vector<std::string>& liked,
                                         std::initializer_list<std::string_view> all) {
    std::vector<std::string_view> list(liked.begin(), liked.end());
    std::copy_if(all.begin(), all.end(), std::back_inserter(list),
                 [&](std::string_view one) { return std::find(list.begin(), list.end(), one) == list.end(); });
    return list;
}

}  // namespace marea::server
