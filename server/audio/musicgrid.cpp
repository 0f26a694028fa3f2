#include "server/audio/musicgrid.h"

#include <algorithm>

namespace marea::server {

std::int64_t MusicGrid::frames() const {
    std::int64_t count = 0;
    for (const Run& run : runs)
        count += run.count;
    return count;
}

MusicGrid musicGrid(const MusicWish& wish, int leadIn) {
    const Rational rate = audioFrameRate(wish.codec, wish.sampleRate);
    const std::int64_t size = audioFrameSize(wish.codec);
    const std::int64_t from = rescale(wish.from, wish.sampleRate, kTicksPerSecond);
    MusicGrid grid;
    grid.first = from / size;
    grid.inFirst = from % size;
    grid.samples = rescale(wish.duration, wish.sampleRate, kTicksPerSecond) - from;
    const std::int64_t sent = grid.first - leadIn;
    int number = 0;
    for (const Cut& cut : unitGrid(rate, wish.duration)) {
        MusicGrid::Run run{number, cut, 0, 0};
        const std::int64_t begin = number == 0 ? -leadIn : firstUnit(cut.from, rate);
        const std::int64_t end = firstUnit(cut.to, rate);
        run.time.from = unitTime(begin, rate);
        run.skipped = std::max<std::int64_t>(0, sent - begin);
        run.count = end - begin - run.skipped;
        if (run.count > 0)
            grid.runs.push_back(run);
        ++number;
    }
    return grid;
}

}  // namespace marea::server
