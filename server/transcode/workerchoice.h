#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "server/transcode/job.h"

namespace marea::server {

// One worker, as far as handing out work goes.
struct WorkerView {
    bool ready = false;
    std::size_t inFlight = 0;  // jobs sent to it and not answered
    bool alone = false;        // one of them has it to itself
    bool background = false;   // all of them are background work (and there is one)
    bool warm = false;         // has the job's file open
    bool keeps = false;        // has some file open
    bool batch = false;        // is there for batch work alone, at a low priority
};

struct ChoiceLimits {
    std::size_t depth = 1;       // small jobs that may be sent ahead to one worker
    std::size_t background = 1;  // workers that may be at background work at once
    bool batchApart = false;     // batch work has workers of its own
};

// Which worker gets the job now; nullopt: none, it waits. Pure. A job that wants a worker to itself gets an idle one,
// best one that has its file open, then one that keeps none; small jobs go where the least is under way.
std::optional<std::size_t> chooseWorker(const std::vector<WorkerView>& workers, Level level, bool alone,
                                        const ChoiceLimits& limits);

// What a pool is at, as far as beginning batch work goes.
struct PoolLoad {
    std::size_t workers = 1;     // as many as there are cores for
    bool somebodyWaits = false;  // for a job that is more urgent and has not begun
    std::size_t forViewers = 0;  // workers at what somebody watches, or waits for
    std::size_t atBatch = 0;     // workers at batch work
};

// Batch work comes in pieces of seconds. None is begun while something urgent waits, nor where it would have to share
// the cores with what somebody watches, which takes two: for a segment, and for the sound or the segment beside it.
// Pure.
bool mayBeginBatch(const PoolLoad& load);

}  // namespace marea::server
