#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace marea::server {

// How loud a sound is, as far as it is known: LUFS, and peaks as amplitudes.
struct MusicLoudness {
    std::optional<double> track, trackPeak, album, albumPeak;
    bool operator==(const MusicLoudness&) const = default;
};

// What a file of music says of itself.
struct MusicTags {
    std::string title, artist, album, albumArtist, date;
    std::vector<std::string> genres;
    int track = 0, disc = 0;  // 0: unknown
    MusicLoudness loudness;
};

// The same sound after a constant gain in dB. `known` false: after something that changes its loudness otherwise.
MusicLoudness louder(const MusicLoudness& loudness, double gain, bool known);

// Comments of FLAC (ReplayGain 2.0, to -18 LUFS), and of Opus (R128_TRACK_GAIN, to -23 LUFS: RFC 7845 section 5.2.1),
// as the packet of Vorbis I section 5 without its framing bit.
enum class GainTags { ReplayGain, R128 };
std::string vorbisComment(const MusicTags& tags, GainTags gains);

// An ID3v2.4 tag, with ReplayGain 2.0 in TXXX frames.
std::string id3Tag(const MusicTags& tags);

}  // namespace marea::server
