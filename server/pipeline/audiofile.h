#pragma once

#include <optional>

#include "core/media/mediainfo.h"
#include "server/pipeline/mediasource.h"

namespace marea::server {

// The short way for plain audio files (MP3, FLAC, Ogg, Opus, WAV, AIFF, WavPack, APE, Musepack…): tags and properties
// by TagLib from a few kilobytes, no demuxer and no decoder. nullopt when the file is of another kind or TagLib does
// not find all of duration, rate and channels; then libav looks.
std::optional<core::MediaInfo> probeAudioFile(MediaSource& source);

// The bytes of the front cover (else of the first picture) in such a file; empty when there is none.
std::vector<std::uint8_t> audioFileCover(MediaSource& source);

}  // namespace marea::server
