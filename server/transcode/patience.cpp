#include "server/transcode/patience.h"

#include <algorithm>

namespace marea::server {

namespace {

constexpr std::int64_t kSlowDisk = 50'000;  // bytes a millisecond

// What may read all of the file: indexes of files without one, and texts, which lie between the pictures.
bool readsAll(const Request& request) {
    return std::holds_alternative<IndexRequest>(request) || std::holds_alternative<SubtitleRequest>(request);
}

}  // namespace

std::chrono::milliseconds patienceFor(const WorkerPoolOptions& options, const Request& request, std::int64_t fileSize) {
    if (const auto* ladder = std::get_if<LadderRequest>(&request))
        return options.segmentTimeout * ladder->spec.tracks.size();
    if (std::holds_alternative<SegmentRequest>(request))
        return options.segmentTimeout;
    const std::chrono::milliseconds reading(readsAll(request) ? std::max<std::int64_t>(fileSize, 0) / kSlowDisk : 0);
    return options.fileTimeout + reading;
}

}  // namespace marea::server
