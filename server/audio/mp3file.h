#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/packaging/timegrid.h"

namespace marea::server {

// An MP3 file of constant bitrate at 48 kHz, laid out before a frame of it is made, so that its length is known and any
// part of it can be asked for. ISO/IEC 11172-3: each frame holds 1152 samples in exactly 3 bytes × kbit/s, and as they
// are made without a bit reservoir each stands for itself. In front stands a frame that decodes to silence and tells
// players the file's length, how to seek by bytes, and which samples to leave out so that albums have no gaps
// (the "Info" header of Xing and LAME).
class Mp3File {
public:
    // `duration` as the index has it; `kbit` one of 32 … 320 of the standard's table. nullopt when there is no such
    // file.
    static std::optional<Mp3File> of(Ticks duration, int channels, int kbit);
    static constexpr int kMostKbit = 320;
    static bool isBitrate(int kbit);
    static Ticks leadIn();  // how long before 0 the first piece begins: one frame

    std::uint64_t size() const;  // bytes
    std::string header() const;  // the frame in front

    // A run of frames, as it is made at once: what is presented in `time`.
    struct Piece {
        int number = 0;
        Cut time;  // the first begins a frame before 0: decoders have settled when the music begins
        std::uint64_t offset = 0, size = 0;  // in the file
    };
    const std::vector<Piece>& pieces() const { return pieces_; }
    // The one with the byte at `offset`; nullptr in the header and past the end.
    const Piece* pieceAt(std::uint64_t offset) const;

private:
    Mp3File(Ticks duration, int channels, int kbit);

    std::uint64_t frameBytes() const { return static_cast<std::uint64_t>(kbit_) * 3; }

    int channels_, kbit_;
    std::int64_t samples_ = 0, frames_ = 0;  // of the music
    std::vector<Piece> pieces_;
};

}  // namespace marea::server
