#pragma once

#include "server/audio/musicfile.h"

namespace marea::server {

// A FLAC file (RFC 9639) of frames of 4608 samples. How long it is in bytes is known when all of it is made, how many
// samples it has before. Pieces come packed (packedframes.h); frames are numbered by their place in the file. One
// that begins in the middle does so with a whole frame: up to 0.1 s early.
MusicFilePtr flacFile(const MusicWish& wish);

// The frame with another number (section 9.1.5), and so with other checksums. Empty when it is no frame of a constant
// size.
std::string renumbered(std::string_view frame, std::uint64_t number);

}  // namespace marea::server
