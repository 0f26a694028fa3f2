#pragma once

#include <cstddef>
#include <cstdint>

namespace marea::server {

// What streams cost and keep, for the metrics. Counters count from the start of the server.
struct MakingsStatus {
    std::uint64_t made = 0, failed = 0, joined = 0;  // joined: asked for while being made already
    double seconds = 0;                              // from the first wish to the bytes, all together
    std::size_t underWay = 0;
};

struct SegmentCacheStatus {
    std::int64_t bytes = 0, files = 0;          // on the disk, of what goes when it is not used
    std::int64_t heldBytes = 0, heldFiles = 0;  // of what stays
    std::uint64_t hits = 0, misses = 0, evicted = 0;
    std::uint64_t unsaved = 0;  // refused by the disk
};

struct SpriteStoreStatus {
    std::int64_t bytes = 0, files = 0;  // of sheets of thumbnails on the disk
    std::uint64_t evicted = 0;
};

struct StreamStatus {
    MakingsStatus segments, titles;
    SegmentCacheStatus segmentCache, titleCache;
    std::size_t viewers = 0;
};

}  // namespace marea::server
