#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "server/audio/musictags.h"
#include "server/packaging/timegrid.h"

namespace marea::server {

// Which file of music: a whole sound, or what of it comes from a time on.
struct MusicWish {
    std::string codec;   // "mp3", "opus", "flac"
    Ticks duration = 0;  // of the whole, as the index has it
    int channels = 2, sampleRate = 48'000;
    std::int64_t bitrate = 0;  // bits per second; 0 for lossless codecs
    Ticks from = 0;            // where the file begins
    MusicTags tags;
};

// A file of music that is made while it is sent, out of the same pieces (SegmentFormat::Raw) whatever its beginning,
// for whoever asks. Where the codec allows it, it is laid out before a frame is made: its length is known, and any part
// of it can be asked for. A value, but for its kind.
class MusicFile {
public:
    // A run of frames that is made at once.
    struct Piece {
        int number = 0;
        Cut time;                            // what of the sound it holds, with what stands before the first sample
        std::uint64_t offset = 0, size = 0;  // in the file; 0 where the file's length is not known
    };

    virtual ~MusicFile() = default;

    virtual const char* mimeType() const = 0;
    // Bytes. nullopt: not known before all is made; its pieces follow on each other.
    std::optional<std::uint64_t> size() const { return size_; }
    const std::string& header() const { return header_; }  // stands in front of the pieces
    // What tells it from a file of the same frames that says other things of itself.
    virtual std::string tag() const { return header_; }
    const std::vector<Piece>& pieces() const { return pieces_; }
    // The one with the byte at `offset`; nullptr in the header and past the end.
    const Piece* pieceAt(std::uint64_t offset) const;
    // What stands in a piece's place, out of the frames as they were made. Internal: they are not what was asked for.
    virtual core::Result<std::string> bytes(const Piece& piece, std::string frames) const = 0;
    // The same file with its length, now that all pieces are made: `sizes` in bytes, of their frames as they were made.
    // nullptr when that says nothing.
    virtual std::shared_ptr<const MusicFile> ofSizes(const std::vector<std::uint64_t>& sizes) const;

protected:
    std::optional<std::uint64_t> size_;
    std::string header_;
    std::vector<Piece> pieces_;
};
using MusicFilePtr = std::shared_ptr<const MusicFile>;

// nullptr when there is no such file: another codec or bitrate, more channels than it takes, or nothing from there on.
MusicFilePtr musicFile(const MusicWish& wish);

// How long before time 0 the first piece begins, so that decoders have settled when the music does.
Ticks musicLeadIn(std::string_view codec);

// The bitrates of whole kbit/s that there are files of: those of the standard's table for MP3, 24 to 510 for Opus.
bool isMusicBitrate(std::string_view codec, int channels, int kbit);

}  // namespace marea::server
