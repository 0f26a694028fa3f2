#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <variant>

#include "core/base/executor.h"
#include "core/io/prober.h"
#include "server/transcode/protocol.h"

namespace marea::server {

// One thing to be done by a worker, and whom to tell.
struct Job {
    Request request;
    core::FileHandle file;
    std::variant<core::Prober::Done<core::MediaInfo>, core::Prober::Done<core::Image>> done;
    bool interactive = false;
    bool alone = false;  // a suspect: it was being worked on when a worker died
    int blamed = 0;      // workers that died or were ended over it
    int requeued = 0;    // times that it was sent, and its worker ended without being at it
};

using JobPtr = std::unique_ptr<Job>;

// Tells the caller, on the executor.
void finish(const core::Executor& executor, JobPtr job, Reply reply);
void finish(const core::Executor& executor, JobPtr job, core::Error error);

// Interactive jobs first, each kind in order of arrival. Not thread-safe.
class JobQueue {
public:
    void push(JobPtr job) { list(*job).push_back(std::move(job)); }
    void pushFront(JobPtr job) { list(*job).push_front(std::move(job)); }
    const Job* front() const;
    JobPtr pop();  // null when empty
    std::size_t size() const { return interactive_.size() + scan_.size(); }

private:
    std::deque<JobPtr>& list(const Job& job) { return job.interactive ? interactive_ : scan_; }

    std::deque<JobPtr> interactive_, scan_;
};

}  // namespace marea::server
