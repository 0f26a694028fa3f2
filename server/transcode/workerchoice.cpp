#include "server/transcode/workerchoice.h"

#include <algorithm>
#include <tuple>

namespace marea::server {
namespace {

// Smaller is better.
auto cost(const WorkerView& worker) {
    return std::tuple(worker.inFlight, !worker.warm, worker.keeps);
}

bool hasRoom(const WorkerView& worker, std::size_t most) {
    return worker.ready && !worker.alone && worker.inFlight < most;
}

}  // namespace

std::optional<std::size_t> chooseWorker(const std::vector<WorkerView>& workers, Level level, bool alone,
                                        const ChoiceLimits& limits) {
    const auto inBackground = static_cast<std::size_t>(
        std::count_if(workers.begin(), workers.end(), [](const WorkerView& w) { return w.background && !w.batch; }));
    const bool isApart = limits.batchApart && level == Level::Batch;
    const bool full = isBackground(level) && !isApart && inBackground >= limits.background;
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < workers.size(); ++i) {
        if (!hasRoom(workers[i], alone ? 1 : limits.depth) || (full && !workers[i].background))
            continue;
        if (workers[i].batch != isApart)
            continue;
        if (!best || cost(workers[i]) < cost(workers[*best]))
            best = i;
    }
    return best;
}

bool mayBeginBatch(const PoolLoad& load) {
    return !load.somebodyWaits && 2 * load.forViewers + load.atBatch < load.workers;
}

}  // namespace marea::server
