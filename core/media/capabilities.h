#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/media/mediainfo.h"

namespace marea::core {

// What a client can play: the `capabilities` of a playback request. An empty list means "none of it"; a codec or
// container of "*" (never taken from the wire) means whatever libav decodes.
struct VideoCapability {
    std::string codec;
    std::vector<std::string> profiles;  // empty: any
    int maxLevel = 0;                   // 0: any
    int maxBitDepth = 8;
    bool interlaced = true;  // fields are put together as they should be
    bool inBandSets = true;  // HEVC in MP4 also as "hev1"
};

struct AudioCapability {
    std::string codec;
    int maxChannels = 2;
};

struct Capabilities {
    std::vector<std::string> protocols;   // "progressive", "hls", "dash"
    std::vector<std::string> containers;  // names as in MediaInfo::container
    std::vector<VideoCapability> video;
    std::vector<AudioCapability> audio;
    std::vector<std::string> subtitles;   // "webvtt", "srt", "ass", "pgs", "vobsub", "dvb"
    std::vector<HdrKind> hdr;             // kinds beyond SDR
    std::vector<std::string> protection;  // of protected titles, the best first: "clearkey-cenc", "aes-128", …
    std::int64_t maxBitrate = 0;          // bits per second; 0: no limit
    int maxWidth = 0, maxHeight = 0;      // 0: no limit
    int maxFrameRate = 0;                 // pictures a second; 0: no limit
    bool anything = false;                // the mpv preset: plays whatever libav decodes
    bool selectsTracks = false;           // can play any audio track of a file, and draw subtitles inside it
    std::string notWhole;                 // why it gets no whole file, in words; empty: because it takes none
    std::string name;                     // as said in reasons: "The browser"; empty: "Your player"
};

}  // namespace marea::core
