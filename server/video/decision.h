#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/media/capabilities.h"
#include "core/media/mediainfo.h"
#include "core/media/rungmeasure.h"
#include "server/video/reasons.h"
#include "server/video/streamprofile.h"

namespace marea::server {

// From best to worst; the mode of a whole is the worst of its streams.
enum class DeliveryMode { Direct, Remux, Transcode };
const char* name(DeliveryMode mode);  // "direct", "remux", "transcode"

struct StreamDecision {
    int index = -1;  // the chosen stream
    DeliveryMode mode = DeliveryMode::Direct;
    std::vector<std::string> reasons;  // why not better, in words for people; empty when direct
    std::vector<Reason> why = {};      // the same, with what they are known by
    void because(Reason reason);       // once
};

// Direct: the client draws it from the file. Burn: a picture subtitle that it cannot draw, so it goes into the video
// when it is chosen. None: not to be had yet.
enum class SubtitleMode { Direct, Burn, None };
const char* name(SubtitleMode mode);

struct SubtitleDecision {
    int index = -1;
    std::string format;  // "srt", "ass", "pgs", …; the codec's name where there is no such kind
    SubtitleMode mode = SubtitleMode::None;
};

// What becomes of a sound's loudness on its way: a constant gain, and less between loud and quiet.
struct SoundChange {
    int stream = -1;
    double gain = 0;       // dB, in tenths
    double mixedGain = 0;  // the same, where it is mixed to fewer channels, which may be louder
    bool night = false;

    bool any() const { return gain != 0 || mixedGain != 0 || night; }
};

// What the user chose, by stream index. No audio: the file's default. No subtitle: none.
struct StreamChoice {
    std::optional<int> audio, subtitle;
    std::vector<SoundChange> sound = {};  // of any of the audio streams
    StreamProfilePtr profile = {};        // null: the default one
    // What was measured of the picture; empty: nothing yet.
    std::vector<core::RungMeasure> rungs = {};
};
const StreamProfile& profileOf(const StreamChoice& choice);
// Nothing changes for streams that it does not name.
SoundChange soundChange(const StreamChoice& choice, int stream);

struct Decision {
    DeliveryMode mode = DeliveryMode::Direct;
    std::optional<StreamDecision> video, audio;
    std::vector<SubtitleDecision> subtitles;
    bool soundLeftOut = false;  // the picture plays without its sound, which nobody can decode; audio says why
    std::string unplayable;     // in words, when neither the client nor the server can play it: no mode helps then

    bool playable() const { return unplayable.empty(); }
    std::vector<std::string> reasons() const;  // of all streams, each once
};

// How `file` gets to a client. Video, audio and subtitles are decided apart: neither an audio codec nor a subtitle
// that the client can draw costs work on the video. Pure.
Decision decide(const core::MediaInfo& file, const core::Capabilities& client, const StreamChoice& choice = {});

// Which of several versions of one title suits the client: one that plays with the least work, then the best picture
// and sound. nullopt when there is none that plays at all.
std::optional<std::size_t> bestVersion(const std::vector<core::MediaInfo>& versions, const core::Capabilities& client);

// The stream that plays without a choice; nullopt when there is none of that kind.
std::optional<std::size_t> defaultVideo(const core::MediaInfo& file);
std::optional<std::size_t> defaultAudio(const core::MediaInfo& file);
// Of sounds in the languages that are wanted first, where there are any.
std::optional<std::size_t> defaultAudio(const core::MediaInfo& file, const LanguageChoice& languages);

}  // namespace marea::server
