#pragma once

#include <string>
#include <string_view>

namespace marea::server {

// The demuxers that may run, by FFmpeg's names: containers and elementary streams of real media, each of which reads
// nothing but the bytes it is given. No playlist, concatenation, image sequence, script or network format.
bool isAllowedDemuxer(std::string_view name);
const char* allowedDemuxers();  // comma-separated, as AVFormatContext::format_whitelist

// The demuxer for a file's first bytes where they leave no doubt; null otherwise.
const char* demuxerForMagic(std::string_view head);
// The demuxer that a file's extension promises, for contents that say little; null when unknown.
const char* demuxerForExtension(std::string_view extension);

// Marea's name for a container, from FFmpeg's demuxer name and the major brand or doc type where there is one.
std::string containerName(std::string_view demuxer, std::string_view codecOrExtension);

}  // namespace marea::server
