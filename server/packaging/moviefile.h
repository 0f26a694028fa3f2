#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/media/mediainfo.h"
#include "server/packaging/filetags.h"
#include "server/packaging/segment.h"
#include "server/packaging/subtitles/cue.h"

namespace marea::server {

// A whole MP4 file (ISO/IEC 14496-12) out of the segments of its tracks, laid out before a byte of it is written: what
// players need first stands in front, and behind it the segments' samples as they are. Pure.

struct MovieSample {
    std::int64_t at = 0;       // of decoding, in the track's unit, with the shift of presentation
    std::int32_t offset = 0;   // of presentation, from there
    std::uint32_t length = 0;  // in the track's unit
    std::uint32_t size = 0;    // bytes
    bool isSync = true;
};
// What a segment holds, and where its samples' bytes stand in it, one behind the other.
struct MovieChunk {
    std::vector<MovieSample> samples;
    std::uint64_t offset = 0, size = 0;
};
// Of a segment as workers write them (CMAF). Corrupt when it is none.
core::Result<MovieChunk> readChunk(std::string_view segment);

struct MovieTrack {
    core::StreamKind kind = core::StreamKind::Video;  // or audio
    std::string init;                                 // its initialisation segment
    std::string webmHead = {};                        // and that in WebM, for such files
    std::vector<MovieChunk> chunks;                   // in order
    std::optional<Ticks> end;  // of what is presented, where the last sample holds more than that
    std::string language;      // BCP 47; empty: unknown
    std::string title;
    bool isDefault = true;
};
// Cues as timed text (tx3g): one track of its own.
struct MovieText {
    std::vector<Cue> cues;  // as settle() leaves them
    std::string language, title;
    bool isForced = false, isDefault = false;
};

struct Movie {
    std::vector<MovieTrack> tracks;
    std::vector<MovieText> texts;
    std::vector<core::Chapter> chapters;
    FileTags tags;
};

// The file: `head`, then the bytes of the chunks in that order.
struct MovieLayout {
    struct Piece {
        std::size_t track = 0, chunk = 0;
    };
    std::string head;
    std::vector<Piece> pieces;
    std::uint64_t size = 0;  // bytes of it all
};
// Corrupt when an initialisation segment is none; Unprocessable when a track is empty.
core::Result<MovieLayout> layOut(const Movie& movie);

}  // namespace marea::server
