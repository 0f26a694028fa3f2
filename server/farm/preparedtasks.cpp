#include "server/farm/preparedtasks.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace marea::server {

namespace {

// Pieces with the same are made from the same pictures.
using Pictures = std::tuple<int, std::int32_t, std::int32_t, Ticks, Ticks>;

const VideoEncoding* pictureOf(const SegmentSpec& spec) {
    const bool alone = spec.tracks.size() == 1 && spec.format == SegmentFormat::Mp4 && spec.number >= 0;
    return alone ? std::get_if<VideoEncoding>(&spec.tracks.front().encoding) : nullptr;
}

Pictures picturesOf(const SegmentSpec& spec, const VideoEncoding& encoding) {
    return {spec.tracks.front().stream, encoding.frameRate.num, encoding.frameRate.den, spec.from, spec.to};
}

}  // namespace

std::vector<PreparedTask> preparedTasks(const std::vector<std::vector<StreamService::Piece>>& renditions) {
    std::vector<PreparedTask> tasks;
    std::map<Pictures, std::size_t> ladders;
    for (const auto& pieces : renditions) {
        for (const StreamService::Piece& piece : pieces) {
            const VideoEncoding* picture = pictureOf(piece.spec);
            if (!picture) {
                tasks.push_back({{piece.key}, piece.spec, false});
                continue;
            }
            const auto [known, isNew] = ladders.try_emplace(picturesOf(piece.spec, *picture), tasks.size());
            if (!isNew && tasks[known->second].keys.size() < SegmentMaker::kMaxRungs) {
                tasks[known->second].keys.push_back(piece.key);
                tasks[known->second].spec.tracks.push_back(piece.spec.tracks.front());
            } else {
                known->second = tasks.size();
                tasks.push_back({{piece.key}, piece.spec, true});
            }
        }
    }
    const auto time = [](const PreparedTask& task) {
        return std::pair(task.spec.number != SegmentSpec::kInit, task.spec.from);
    };
    std::stable_sort(tasks.begin(), tasks.end(),
                     [&](const PreparedTask& a, const PreparedTask& b) { return time(a) < time(b); });
    return tasks;
}

}  // namespace marea::server
