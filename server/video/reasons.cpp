#include "server/video/reasons.h"

#include <cmath>

#include "server/video/names.h"

namespace marea::server::reasons {

using core::Capabilities;
using core::StreamInfo;

namespace {

std::string atStart(const Capabilities& client) {
    return client.name.empty() ? "Your player" : client.name;
}

std::string inside(const Capabilities& client) {
    return client.name.empty() ? "your player" : client.name;
}

// "The film is 12 Mbit/s and your limit is 8": the unit once where both have the same.
std::string limitWords(std::string_view what, std::int64_t bitrate, std::int64_t limit) {
    const std::string is = bitrateWords(bitrate);
    std::string allowed = bitrateWords(limit);
    const std::string unit = is.substr(is.find(' '));
    if (allowed.ends_with(unit)) {
        allowed.resize(allowed.size() - unit.size());
    }
    return std::string(what) + " is " + is + " and your limit is " + allowed;
}

Reason overLimit(std::string_view what, const char* code, std::int64_t bitrate, std::int64_t limit) {
    return {limitWords(what, bitrate, limit),
            code,
            {{"bitrate", std::to_string(bitrate)}, {"limit", std::to_string(limit)}}};
}

}  // namespace

Reason segmentsOnly(const Capabilities& client) {
    return {atStart(client) + " takes streams in segments only, not whole files",
            "segments_only",
            {{"player", client.name}}};
}

Reason isProtected() {
    return {"This title is protected: it goes out encrypted, in segments", "protected"};
}

Reason container(const Capabilities& client, std::string_view container) {
    const std::string words = containerWords(container);
    return {atStart(client) + " cannot open " + words + " files",
            "no_container",
            {{"player", client.name}, {"container", words}}};
}

Reason combination(const Capabilities& client, const StreamInfo& stream, std::string_view container) {
    const std::string codec = codecWords(stream), words = containerWords(container);
    return {atStart(client) + " cannot play " + codec + " inside " + words + " files",
            "no_combination",
            {{"player", client.name}, {"codec", codec}, {"container", words}}};
}

Reason decoder(const Capabilities& client, const StreamInfo& stream, bool profileAlone) {
    const std::string codec = codecWords(stream), text = atStart(client) + " has no " + codec + " decoder";
    if (!profileAlone) {
        return {text, "no_decoder", {{"player", client.name}, {"codec", codec}}};
    }
    return {text + " in its profile \"" + stream.profile + "\"",
            "no_decoder_profile",
            {{"player", client.name}, {"codec", codec}, {"profile", stream.profile}}};
}

Reason level(const Capabilities& client, const StreamInfo& video) {
    const std::string codec = codecWords(video);
    return {"The picture's " + codec + " level is too high for " + inside(client),
            "level_too_high",
            {{"player", client.name}, {"codec", codec}}};
}

Reason bitDepth(const Capabilities& client, const StreamInfo& video) {
    const std::string codec = codecWords(video), bits = std::to_string(video.bitDepth);
    return {atStart(client) + " cannot play " + codec + " with " + bits + " bits a colour",
            "too_many_bits",
            {{"player", client.name}, {"codec", codec}, {"bits", bits}}};
}

Reason interlaced(const Capabilities& client) {
    return {
        atStart(client) + " shows pictures in fields (interlaced) with combs", "interlaced", {{"player", client.name}}};
}

Reason inBandSets(const Capabilities& client) {
    return {
        atStart(client) + " takes HEVC in MP4 files only as hvc1, and this is hev1", "hev1", {{"player", client.name}}};
}

Reason hdr(const Capabilities& client, const StreamInfo& video) {
    const std::string words = hdrWords(video);
    return {"The film is in " + words + ", which " + inside(client) + " cannot show",
            "no_hdr",
            {{"player", client.name}, {"hdr", words}}};
}

Reason size(const Capabilities& client, const StreamInfo& video) {
    const std::string is = std::to_string(video.width) + "×" + std::to_string(video.height);
    const std::string limit = std::to_string(client.maxWidth ? client.maxWidth : video.width) + "×" +
                              std::to_string(client.maxHeight ? client.maxHeight : video.height);
    return {"The picture is " + is + " and your limit is " + limit, "too_large", {{"size", is}, {"limit", limit}}};
}

Reason frameRate(const Capabilities& client, const StreamInfo& video) {
    const std::string rate = std::to_string(std::lround(video.frameRate)), limit = std::to_string(client.maxFrameRate);
    return {"The picture changes " + rate + " times a second and your limit is " + limit,
            "too_fast",
            {{"rate", rate}, {"limit", limit}}};
}

Reason filmBitrate(std::int64_t bitrate, std::int64_t limit) {
    return overLimit("The film", "film_over_limit", bitrate, limit);
}

Reason soundBitrate(std::int64_t bitrate, std::int64_t limit) {
    return overLimit("The sound", "sound_over_limit", bitrate, limit);
}

Reason channels(const Capabilities& client, const StreamInfo& audio, int most) {
    const std::string has = std::to_string(audio.channels), limit = std::to_string(most);
    return {"The sound has " + has + " channels and " + inside(client) + " takes " + limit,
            "too_many_channels",
            {{"player", client.name}, {"channels", has}, {"limit", limit}}};
}

Reason loudness() {
    return {"The loudness is brought to that of other titles", "loudness"};
}

Reason night() {
    return {"Loud and quiet are brought together for the night", "night"};
}

Reason trackChoice(const Capabilities& client) {
    return {atStart(client) + " cannot choose among the audio tracks of a file",
            "no_track_choice",
            {{"player", client.name}}};
}

Reason pictureSubtitles(const Capabilities& client, const StreamInfo& subtitle) {
    const std::string codec = codecWords(subtitle);
    return {"The chosen subtitles are pictures (" + codec + ") that " + inside(client) + " cannot draw",
            "picture_subtitles",
            {{"player", client.name}, {"codec", codec}}};
}

Reason profileSubtitles() {
    return {"The chosen subtitles are drawn into the picture, as this profile wants it", "profile_subtitles"};
}

Reason noSound(const StreamInfo& audio, std::string_view why) {
    return {"There will be no sound: " + std::string(why), "no_sound", {{"codec", codecWords(audio)}}};
}

Reason uncut() {
    return {"It cannot go out in segments as it is", "uncut"};
}

Reason unread() {
    return {"The file has not been read through yet", "unread"};
}

Reason apartFromSound() {
    return {"It goes apart from the sound", "apart_from_sound"};
}

Reason apartFromPicture() {
    return {"It goes apart from the picture", "apart_from_picture"};
}

}  // namespace marea::server::reasons
