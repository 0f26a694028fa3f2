#pragma once

#include <vector>

#include "server/stream/streamservice.h"

namespace marea::server {

// What is asked of a worker at once: pieces of the same stretch of a film, all of them encodings of one picture where
// there are several. `spec.tracks[i]` is kept under `keys[i]`.
struct PreparedTask {
    std::vector<CacheKey> keys;
    SegmentSpec spec;
    bool isLadder = false;  // by SegmentMaker::ladder, even where one is left
};

// The pieces of several renditions as tasks, heads first, then as they come in the film. Pure.
std::vector<PreparedTask> preparedTasks(const std::vector<std::vector<StreamService::Piece>>& renditions);

}  // namespace marea::server
