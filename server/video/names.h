#pragma once

#include <string>
#include <string_view>

#include "core/media/mediainfo.h"

namespace marea::server {

// Words for people: "H.264", "DTS-HD Master Audio", "Matroska", "HDR10". Unknown names come back as they are.
std::string codecWords(const core::StreamInfo& stream);
std::string containerWords(std::string_view container);
std::string hdrWords(const core::StreamInfo& stream);
std::string bitrateWords(std::int64_t bitsPerSecond);  // "12 Mbit/s", "2.5 Mbit/s", "320 kbit/s"

// The kind of a subtitle codec as capabilities name it: "srt", "webvtt", "ass", "pgs", "vobsub", "dvb"; else "".
std::string_view subtitleKind(std::string_view codec);
bool isPictureSubtitle(std::string_view kind);

}  // namespace marea::server
