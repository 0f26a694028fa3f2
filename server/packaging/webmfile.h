#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "server/packaging/moviefile.h"

namespace marea::server {

// A whole WebM file (RFC 9559) out of the segments of its tracks, laid out before a byte of it is written: where to
// jump to and how long it lasts stand in front of the pictures. VP9 and Opus, texts as WebVTT, in clusters of a few
// seconds that have all tracks in the order of their times. Pure.
struct WebmLayout {
    struct Block {
        std::uint32_t track = 0, chunk = 0;  // of texts: the cue's number
        std::uint32_t at = 0;                // ms
        std::uint32_t from = 0, size = 0;    // its frame in the chunk's segment
        bool isSync = true;
        std::uint32_t length = 0;   // ms, of texts and of the last of a track; 0: the next one tells
        std::uint32_t discard = 0;  // ns at its end that are not heard
    };
    struct Cluster {
        std::uint32_t at = 0;  // ms
        std::vector<Block> blocks;
        std::uint64_t size = 0;  // bytes, with its head
    };
    std::string head;
    std::vector<Cluster> clusters;  // behind it, one after the other
    std::uint64_t size = 0;         // bytes of it all
};

// Each track has `webmHead` beside `init`. Corrupt when one is none; Unprocessable when a track is empty.
core::Result<WebmLayout> layOutWebm(const Movie& movie);

// The segment of a chunk, as it was read.
using ChunkBytes = std::function<core::Result<std::string_view>(std::size_t track, std::size_t chunk)>;
core::Result<std::string> clusterBytes(const Movie& movie, const WebmLayout::Cluster& cluster, const ChunkBytes& bytes);

}  // namespace marea::server
