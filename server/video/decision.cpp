#include "server/video/decision.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>

#include "core/media/accessibility.h"
#include "core/media/dynamicrange.h"
#include "server/video/besidestreams.h"
#include "server/video/names.h"

namespace marea::server {

namespace {

using core::Capabilities;
using core::HdrKind;
using core::MediaInfo;
using core::StreamInfo;
using core::StreamKind;

// Known by name, but with no decoder in any libav that we build with: neither mpv nor a transcode helps.
constexpr std::array<std::string_view, 5> undecodable = {"vvc", "ac4", "mpegh_3d_audio", "evc", "xhe-aac"};

bool decodable(const StreamInfo& stream) {
    return !stream.codec.empty() && stream.codec != "none" && stream.codec != "unknown" &&
           std::find(undecodable.begin(), undecodable.end(), stream.codec) == undecodable.end();
}

template <class List, class T>
bool contains(const List& list, const T& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

bool isVideo(const StreamInfo& stream) {
    return stream.kind == StreamKind::Video && !stream.attachedPicture;
}

void worsen(StreamDecision& decision, DeliveryMode mode, Reason reason) {
    decision.mode = std::max(decision.mode, mode);
    decision.because(std::move(reason));
}

// The file around the streams: whether the client takes it as it is.
void checkContainer(StreamDecision& decision, const MediaInfo& file, const Capabilities& client) {
    if (!contains(client.protocols, "progressive")) {
        worsen(decision, DeliveryMode::Remux,
               !client.notWhole.empty() ? reasons::isProtected() : reasons::segmentsOnly(client));
        return;
    }
    const bool taken =
        client.anything || contains(client.containers, "*") || contains(client.containers, file.container);
    if (!taken) {
        worsen(decision, DeliveryMode::Remux, reasons::container(client, file.container));
    }
}

// A codec that plays in other containers but not in this one.
void checkCombination(StreamDecision& decision, const MediaInfo& file, const StreamInfo& stream,
                      const Capabilities& client) {
    const bool vorbisInMp4 = file.container == "mp4" && stream.codec == "vorbis";
    if (vorbisInMp4 && !client.selectsTracks) {
        worsen(decision, DeliveryMode::Remux, reasons::combination(client, stream, file.container));
    }
}

const core::VideoCapability* videoCapability(const Capabilities& client, const StreamInfo& stream) {
    for (const auto& can : client.video) {
        const bool profile = can.profiles.empty() || stream.profile.empty() || contains(can.profiles, stream.profile);
        if ((can.codec == stream.codec || can.codec == "*") && profile) {
            return &can;
        }
    }
    return nullptr;
}

bool fits(const StreamInfo& video, const Capabilities& client) {
    int width = video.width, height = video.height;
    if (video.rotation == 90 || video.rotation == 270) {
        std::swap(width, height);
    }
    return (client.maxWidth == 0 || width <= client.maxWidth) && (client.maxHeight == 0 || height <= client.maxHeight);
}

// Other screens take Dolby Vision's base layer, where it has one.
bool showsHdr(const StreamInfo& video, const Capabilities& client) {
    const auto shows = [&](HdrKind kind) { return contains(client.hdr, kind); };
    const auto showsRange = [&](HdrKind kind) { return kind == HdrKind::None || shows(kind); };
    switch (video.hdr) {
        case HdrKind::None:
            return true;
        case HdrKind::Hdr10Plus:  // its metadata are optional to use
            return shows(HdrKind::Hdr10Plus) || shows(HdrKind::Hdr10);
        case HdrKind::DolbyVision:
            return shows(HdrKind::DolbyVision) || (core::hasBaseLayer(video) && showsRange(core::decodedRange(video)));
        default:
            return shows(video.hdr);
    }
}

void checkDecoder(StreamDecision& decision, const StreamInfo& video, const Capabilities& client) {
    const auto* can = videoCapability(client, video);
    if (!can) {
        const bool codecKnown = std::any_of(client.video.begin(), client.video.end(),
                                            [&](const auto& known) { return known.codec == video.codec; });
        worsen(decision, DeliveryMode::Transcode, reasons::decoder(client, video, codecKnown));
        return;
    }
    if (can->maxLevel > 0 && video.level > can->maxLevel) {
        worsen(decision, DeliveryMode::Transcode, reasons::level(client, video));
    }
    if (video.bitDepth > can->maxBitDepth) {
        worsen(decision, DeliveryMode::Transcode, reasons::bitDepth(client, video));
    }
    if (video.interlaced && !can->interlaced) {
        worsen(decision, DeliveryMode::Transcode, reasons::interlaced(client));
    }
    if (video.inBandSets && !can->inBandSets) {
        worsen(decision, DeliveryMode::Remux, reasons::inBandSets(client));
    }
}

// Megabits of the whole file where a stream does not say its own.
std::int64_t bitrateOf(const MediaInfo& file, const StreamInfo& stream) {
    return std::max(stream.bitrate, file.bitrate);
}

constexpr double kMeasuredRate = 1.001;  // how much more a measured rate may say

StreamDecision decideVideo(const MediaInfo& file, const StreamInfo& video, const Capabilities& client) {
    StreamDecision decision{video.index, DeliveryMode::Direct, {}};
    checkContainer(decision, file, client);
    checkCombination(decision, file, video, client);
    if (!client.anything) {
        checkDecoder(decision, video, client);
    }
    if (!showsHdr(video, client)) {
        worsen(decision, DeliveryMode::Transcode, reasons::hdr(client, video));
    }
    if (!fits(video, client)) {
        worsen(decision, DeliveryMode::Transcode, reasons::size(client, video));
    }
    if (client.maxFrameRate > 0 && video.frameRate > client.maxFrameRate * kMeasuredRate) {
        worsen(decision, DeliveryMode::Transcode, reasons::frameRate(client, video));
    }
    if (client.maxBitrate > 0 && bitrateOf(file, video) > client.maxBitrate) {
        worsen(decision, DeliveryMode::Transcode, reasons::filmBitrate(bitrateOf(file, video), client.maxBitrate));
    }
    return decision;
}

// Bits a second. Of lossless sound of which nothing is said, about what is left when it is packed.
std::int64_t soundRate(const StreamInfo& audio) {
    constexpr std::array<std::string_view, 6> lossless = {"flac", "alac", "truehd", "mlp", "wavpack", "tta"};
    const bool large =
        contains(lossless, audio.codec) || audio.codec.starts_with("pcm_") || audio.profile == "dts-hd ma";
    constexpr int leastDepth = 16, keptPercent = 60;
    return audio.bitrate > 0 || !large ? audio.bitrate
                                       : std::int64_t{audio.sampleRate} * audio.channels *
                                             std::max(audio.bitDepth, leastDepth) * keptPercent / 100;
}

// The picture is encoded then, and leaves the sound a tenth (videoladder.cpp). A little more does no harm.
bool takesThePicturesPart(const MediaInfo& file, const StreamInfo& audio, const Capabilities& client) {
    return client.maxBitrate > 0 && file.bitrate > client.maxBitrate && soundRate(audio) > client.maxBitrate / 8;
}

void checkAudioDecoder(StreamDecision& decision, const StreamInfo& audio, const Capabilities& client) {
    const auto can = std::find_if(client.audio.begin(), client.audio.end(),
                                  [&](const auto& known) { return known.codec == audio.codec || known.codec == "*"; });
    if (can == client.audio.end()) {
        worsen(decision, DeliveryMode::Transcode, reasons::decoder(client, audio));
    } else if (audio.channels > can->maxChannels) {
        worsen(decision, DeliveryMode::Transcode, reasons::channels(client, audio, can->maxChannels));
    }
}

// Only what is decoded can be made louder.
void checkLoudness(StreamDecision& decision, const SoundChange& change) {
    if (change.gain != 0 || change.mixedGain != 0) {
        worsen(decision, DeliveryMode::Transcode, reasons::loudness());
    }
    if (change.night) {
        worsen(decision, DeliveryMode::Transcode, reasons::night());
    }
}

StreamDecision decideAudio(const MediaInfo& file, const StreamInfo& audio, const Capabilities& client, bool alone) {
    StreamDecision decision{audio.index, DeliveryMode::Direct, {}};
    checkContainer(decision, file, client);
    checkCombination(decision, file, audio, client);
    if (!client.anything) {
        checkAudioDecoder(decision, audio, client);
    }
    const auto usual = defaultAudio(file);
    if (!client.selectsTracks && usual && file.streams[*usual].index != audio.index) {
        worsen(decision, DeliveryMode::Remux, reasons::trackChoice(client));
    }
    if (alone && client.maxBitrate > 0 && bitrateOf(file, audio) > client.maxBitrate) {
        worsen(decision, DeliveryMode::Transcode, reasons::soundBitrate(bitrateOf(file, audio), client.maxBitrate));
    }
    if (!alone && takesThePicturesPart(file, audio, client)) {
        worsen(decision, DeliveryMode::Transcode, reasons::filmBitrate(file.bitrate, client.maxBitrate));
    }
    return decision;
}

SubtitleDecision decideSubtitle(const StreamInfo& stream, const Capabilities& client) {
    SubtitleDecision decision;
    decision.index = stream.index;
    const std::string_view kind = subtitleKind(stream.codec);
    decision.format = kind.empty() ? stream.codec : std::string(kind);
    const bool picture = isPictureSubtitle(kind);
    // Of a file beside, one address is all that a client gets: VobSub has two files.
    const bool beside = isBeside(stream.index);
    const bool draws = contains(client.subtitles, kind) && !(beside && kind == "vobsub");
    const bool libav = client.anything || contains(client.containers, "*");  // takes text of any kind
    if ((client.selectsTracks || beside) && (draws || (libav && !picture))) {
        decision.mode = SubtitleMode::Direct;
    } else if (picture && !draws) {
        decision.mode = SubtitleMode::Burn;
    }
    return decision;
}

const StreamInfo* streamAt(const MediaInfo& file, StreamKind kind, std::optional<int> index) {
    for (const StreamInfo& stream : file.streams) {
        if (index && stream.index == *index && stream.kind == kind) {
            return &stream;
        }
    }
    return nullptr;
}

const StreamInfo* chosenAudio(const MediaInfo& file, const StreamChoice& choice) {
    if (const StreamInfo* chosen = streamAt(file, StreamKind::Audio, choice.audio)) {
        return chosen;
    }
    const auto usual = defaultAudio(file, profileOf(choice).audio.languages);
    return usual ? &file.streams[*usual] : nullptr;
}

// What a policy makes of subtitles that were chosen. Only what the server can draw is drawn.
SubtitleMode afterPolicy(SubtitleMode mode, BurnPolicy policy, bool drawable) {
    if (policy == BurnPolicy::Always && drawable) {
        return SubtitleMode::Burn;
    }
    return policy == BurnPolicy::Never && mode == SubtitleMode::Burn ? SubtitleMode::None : mode;
}

// A chosen picture subtitle that the client cannot draw is the one case where a subtitle costs work on the video.
void decideSubtitles(Decision& decision, const MediaInfo& file, const Capabilities& client,
                     const StreamChoice& choice) {
    for (const StreamInfo& stream : file.streams) {
        if (stream.kind != StreamKind::Subtitle) {
            continue;
        }
        SubtitleDecision its = decideSubtitle(stream, client);
        const bool needed = its.mode == SubtitleMode::Burn;
        const bool chosen = choice.subtitle && *choice.subtitle == stream.index;
        const BurnPolicy policy = profileOf(choice).subtitles.burn;
        if (chosen || policy == BurnPolicy::Never) {
            its.mode = afterPolicy(its.mode, policy, !subtitleKind(stream.codec).empty());
        }
        if (chosen && decision.video && its.mode == SubtitleMode::Burn) {
            worsen(*decision.video, DeliveryMode::Transcode,
                   needed ? reasons::pictureSubtitles(client, stream) : reasons::profileSubtitles());
        }
        decision.subtitles.push_back(std::move(its));
    }
}

std::string whyUnplayable(const MediaInfo& file, const StreamInfo* video, const StreamInfo* audio) {
    if (file.encrypted) {
        return "This file is protected against copying and cannot be played.";
    }
    if (!video && !audio) {
        return "There is neither picture nor sound in this file.";
    }
    for (const StreamInfo* stream : {video, audio}) {
        if (stream && !decodable(*stream)) {
            return std::string(stream == video ? "The picture" : "The sound") + " is in " + codecWords(*stream) +
                   ", which nothing here can decode yet.";
        }
    }
    return {};
}

// What a stream that the client decodes by itself costs nothing for, even where the server could not decode it.
bool clientDecodes(const Capabilities& client, const StreamInfo* video, const StreamInfo* audio) {
    const auto named = [](const auto& list, const StreamInfo* stream) {
        return !stream || decodable(*stream) ||
               std::any_of(list.begin(), list.end(), [&](const auto& can) { return can.codec == stream->codec; });
    };
    return named(client.video, video) && named(client.audio, audio);
}

// A picture is worth playing also where nobody can decode its sound, unless just this sound was asked for. Only for a
// player that passes over such a stream by itself.
bool playsWithoutSound(const MediaInfo& file, const Capabilities& client, const StreamChoice& choice,
                       const StreamInfo* video, const StreamInfo* audio) {
    return client.anything && !file.encrypted && video && audio && !choice.audio && clientDecodes(client, video, {}) &&
           !clientDecodes(client, nullptr, audio);
}

MediaInfo withoutAudio(MediaInfo file) {
    std::erase_if(file.streams, [](const StreamInfo& stream) { return stream.kind == StreamKind::Audio; });
    return file;
}

std::optional<std::size_t> defaultOf(const MediaInfo& file, bool (*wanted)(const StreamInfo&),
                                     const LanguageChoice& languages = {}) {
    std::optional<std::size_t> best;
    const auto rank = [&](std::size_t i) {
        const StreamInfo& stream = file.streams[i];
        return std::tuple(decodable(stream), !stream.commentary && !core::describesVideo(stream),
                          languages.order.size() - place(languages, stream.language), stream.isDefault);
    };
    for (std::size_t i = 0; i < file.streams.size(); ++i) {
        if (wanted(file.streams[i]) && (!best || rank(i) > rank(*best))) {
            best = i;
        }
    }
    return best;
}

}  // namespace

const char* name(DeliveryMode mode) {
    return mode == DeliveryMode::Direct ? "direct" : mode == DeliveryMode::Remux ? "remux" : "transcode";
}

const char* name(SubtitleMode mode) {
    return mode == SubtitleMode::Direct ? "direct" : mode == SubtitleMode::Burn ? "burn" : "none";
}

void StreamDecision::because(Reason reason) {
    if (!contains(reasons, reason.text)) {
        reasons.push_back(reason.text);
        why.push_back(std::move(reason));
    }
}

std::vector<std::string> Decision::reasons() const {
    std::vector<std::string> all;
    for (const auto* stream : {&video, &audio}) {
        if (*stream) {
            for (const std::string& reason : (*stream)->reasons) {
                if (!contains(all, reason)) {
                    all.push_back(reason);
                }
            }
        }
    }
    return all;
}

SoundChange soundChange(const StreamChoice& choice, int stream) {
    const auto its = std::find_if(choice.sound.begin(), choice.sound.end(),
                                  [&](const SoundChange& change) { return change.stream == stream; });
    return its == choice.sound.end() ? SoundChange{stream} : *its;
}

std::optional<std::size_t> defaultVideo(const MediaInfo& file) {
    return defaultOf(file, isVideo);
}

std::optional<std::size_t> defaultAudio(const MediaInfo& file) {
    return defaultAudio(file, {});
}

std::optional<std::size_t> defaultAudio(const MediaInfo& file, const LanguageChoice& languages) {
    return defaultOf(
        file, [](const StreamInfo& stream) { return stream.kind == StreamKind::Audio; }, languages);
}

const StreamProfile& profileOf(const StreamChoice& choice) {
    return choice.profile ? *choice.profile : *builtInProfiles().front();
}

Decision decide(const MediaInfo& file, const Capabilities& client, const StreamChoice& choice) {
    Decision decision;
    const auto videoAt = defaultVideo(file);
    const StreamInfo* video = videoAt ? &file.streams[*videoAt] : nullptr;
    const StreamInfo* audio = chosenAudio(file, choice);
    if (playsWithoutSound(file, client, choice, video, audio)) {
        decision = decide(withoutAudio(file), client, choice);
        decision.audio = StreamDecision{audio->index, DeliveryMode::Direct, {}};
        decision.audio->because(reasons::noSound(*audio, whyUnplayable(file, nullptr, audio)));
        decision.soundLeftOut = true;
        return decision;
    }
    if (file.encrypted || (!video && !audio) || !clientDecodes(client, video, audio)) {
        decision.unplayable = whyUnplayable(file, video, audio);
    }
    if (video) {
        decision.video = decideVideo(file, *video, client);
    }
    if (audio) {
        decision.audio = decideAudio(file, *audio, client, !video);
        checkLoudness(*decision.audio, soundChange(choice, audio->index));
    }
    decideSubtitles(decision, file, client, choice);
    for (const auto* stream : {&decision.video, &decision.audio}) {
        if (*stream) {
            decision.mode = std::max(decision.mode, (*stream)->mode);
        }
    }
    return decision;
}

std::optional<std::size_t> bestVersion(const std::vector<MediaInfo>& versions, const Capabilities& client) {
    const auto rank = [&](std::size_t i) {
        const MediaInfo& file = versions[i];
        const Decision decision = decide(file, client);
        const auto videoAt = defaultVideo(file);
        const auto audioAt = defaultAudio(file);
        const StreamInfo none;
        const StreamInfo& video = videoAt ? file.streams[*videoAt] : none;
        const StreamInfo& audio = audioAt ? file.streams[*audioAt] : none;
        return std::tuple(decision.playable(), !decision.soundLeftOut, -static_cast<int>(decision.mode),
                          std::int64_t{video.width} * video.height, video.hdr != HdrKind::None, audio.channels,
                          bitrateOf(file, video));
    };
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < versions.size(); ++i) {
        if (!best || rank(i) > rank(*best)) {
            best = i;
        }
    }
    return best && std::get<0>(rank(*best)) ? best : std::nullopt;
}

}  // namespace marea::server
