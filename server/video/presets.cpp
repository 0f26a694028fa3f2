#include "server/video/capabilities.h"

namespace marea::server {

namespace {

using core::AudioCapability;
using core::Capabilities;
using core::HdrKind;
using core::VideoCapability;

std::vector<AudioCapability> audio(std::initializer_list<const char*> codecs, int maxChannels) {
    std::vector<AudioCapability> list;
    for (const char* codec : codecs) {
        list.push_back({codec, maxChannels});
    }
    return list;
}

// 8 bit and 4:2:0 only: what every build of a browser takes.
VideoCapability h264(int maxLevel) {
    return {"h264", {"baseline", "constrained baseline", "extended", "main", "high"}, maxLevel, 8};
}

// Browsers show both fields at once: combs.
VideoCapability browserVideo(VideoCapability video, bool hev1 = true) {
    video.interlaced = false;
    video.inBandSets = hev1;
    return video;
}

Capabilities anything(const char* name) {
    Capabilities all;
    all.protocols = {"progressive", "hls", "dash"};
    all.anything = true;
    all.selectsTracks = true;
    all.subtitles = {"webvtt", "srt", "ass", "pgs", "vobsub", "dvb"};
    all.hdr = {HdrKind::Hdr10, HdrKind::Hdr10Plus, HdrKind::Hlg, HdrKind::DolbyVision};
    all.protection = {"aes-128"};
    all.name = name;
    return all;
}

// As measured with Debian's build: no HEVC, AC-3, E-AC-3 or DTS; neither Matroska nor MPEG-TS as a plain file.
Capabilities chromium() {
    Capabilities can;
    can.protocols = {"progressive", "hls", "dash"};
    can.containers = {"mp4", "webm", "mp3", "flac", "ogg", "wav"};
    can.video = {browserVideo(h264(62)),
                 {"vp8", {}, 0, 8},
                 {"vp9", {"profile 0", "profile 2"}, 0, 10},
                 {"av1", {"main"}, 0, 10}};
    can.audio = audio({"aac", "mp3", "opus", "flac", "vorbis", "pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_f32le"}, 8);
    can.subtitles = {"webvtt"};
    can.protection = {"clearkey-cenc", "clearkey-cbcs", "aes-128"};
    can.hdr = {HdrKind::Hdr10, HdrKind::Hlg};  // it maps the tones by itself on an SDR screen
    can.name = "The browser";
    return can;
}

Capabilities firefox() {
    Capabilities can = chromium();
    can.video = {browserVideo(h264(52)), {"vp8", {}, 0, 8}, {"vp9", {"profile 0"}, 0, 8}, {"av1", {"main"}, 0, 8}};
    can.hdr = {};
    return can;
}

Capabilities safari() {
    Capabilities can;
    can.protocols = {"progressive", "hls"};
    can.containers = {"mp4", "mp3", "flac", "wav"};
    can.video = {browserVideo(h264(52)), browserVideo({"hevc", {"main", "main 10"}, 183, 10}, false)};
    can.audio = audio({"aac", "xhe-aac", "mp3", "alac", "ac3", "eac3", "flac", "pcm_s16le", "pcm_s24le"}, 8);
    can.subtitles = {"webvtt"};
    can.hdr = {HdrKind::Hdr10, HdrKind::Hlg, HdrKind::DolbyVision};
    can.protection = {"aes-128"};
    can.name = "The browser";
    return can;
}

// RFC 8216 players of old: H.264 up to level 4.1 and stereo AAC, in HLS alone.
Capabilities basicHls() {
    Capabilities can;
    can.protocols = {"hls"};
    can.video = {h264(41)};
    can.audio = audio({"aac", "mp3"}, 2);
    can.subtitles = {"webvtt"};
    can.protection = {"aes-128"};
    return can;
}

}  // namespace

std::optional<Capabilities> capabilityPreset(std::string_view name) {
    if (name == "mpv") {
        return anything("mpv");
    }
    if (name == "vlc") {
        return anything("VLC");
    }
    if (name == "chromium") {
        return chromium();
    }
    if (name == "firefox") {
        return firefox();
    }
    if (name == "safari") {
        return safari();
    }
    if (name == "basic-hls") {
        return basicHls();
    }
    return std::nullopt;
}

}  // namespace marea::server
