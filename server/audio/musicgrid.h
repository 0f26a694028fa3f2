#pragma once

#include <vector>

#include "server/audio/musicfile.h"

namespace marea::server {

// Frames of one size, in pieces: those of a whole sound, or from one of them on.
struct MusicGrid {
    struct Run {
        int number = 0;
        Cut time;
        std::int64_t skipped = 0, count = 0;  // frames of the piece that stand before the file, and in it
    };
    std::int64_t first = 0;    // the frame that holds the file's first sample; frame 0 begins at time 0
    std::int64_t samples = 0;  // of the sound in the file
    std::int64_t inFirst = 0;  // samples of that frame before the first one
    std::vector<Run> runs;     // beginning `leadIn` frames before the first

    std::int64_t frames() const;  // with those that lead in
    const Run& run(int number) const { return runs[static_cast<std::size_t>(number - runs.front().number)]; }
};
MusicGrid musicGrid(const MusicWish& wish, int leadIn);

}  // namespace marea::server
