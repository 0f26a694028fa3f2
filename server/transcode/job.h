#pragma once

#include <array>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/executor.h"
#include "core/io/prober.h"
#include "server/transcode/protocol.h"

namespace marea::server {

// From most to least urgent.
enum class Level { Requested, Interactive, Next, Prefetch, Scan, Batch };
constexpr std::size_t levelCount = 6;

// Nobody waits for it yet: it may not take every worker.
constexpr bool isBackground(Level level) {
    return level == Level::Prefetch || level == Level::Scan || level == Level::Batch;
}

// What somebody watches, or waits for.
constexpr bool isForViewers(Level level) {
    return level != Level::Scan && level != Level::Batch;
}

// One thing to be done by a worker, and whom to tell.
struct Job {
    template <class T>
    using Done = std::function<void(core::Result<T>)>;

    Request request;
    core::FileHandle file;
    std::vector<core::FileHandle> beside;  // as many as the request says
    std::string fingerprint;               // of the file, where a worker keeps it open for the next job; else empty
    std::variant<Done<core::MediaInfo>, Done<core::Image>, Done<MediaIndex>, Done<std::string>,
                 Done<core::LoudnessPart>, Done<std::vector<std::string>>, Done<std::vector<double>>>
        done;
    Level level = Level::Scan;
    std::chrono::milliseconds timeout{0};  // from its start in the worker
    bool alone = false;     // has a worker to itself: long work, or one that was being worked on when a worker died
    bool unwanted = false;  // called off after it was sent
    int blamed = 0;         // workers that died or were ended over it
    int requeued = 0;       // times that it was sent, and its worker ended without being at it

    void closeFiles() {
        file = {};
        beside.clear();
    }
};

using JobPtr = std::unique_ptr<Job>;

// Tells the caller, on the executor.
void finish(const core::Executor& executor, JobPtr job, Reply reply);
void finish(const core::Executor& executor, JobPtr job, core::Error error);

// The most urgent first, each level in order of arrival. Not thread-safe.
class JobQueue {
public:
    void push(JobPtr job) { list(*job).push_back(std::move(job)); }
    void pushFront(JobPtr job) { list(*job).push_front(std::move(job)); }
    const Job* front() const;
    JobPtr pop();           // null when empty
    JobPtr take(JobId id);  // null when it is not here

private:
    std::deque<JobPtr>& list(const Job& job) { return levels_[static_cast<std::size_t>(job.level)]; }

    std::array<std::deque<JobPtr>, levelCount> levels_;
};

}  // namespace marea::server
