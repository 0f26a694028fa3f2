#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "server/transcode/job.h"
#include "server/transcode/workerchoice.h"
#include "server/transcode/workerlink.h"
#include "server/transcode/workerpool.h"

namespace marea::server {

core::Error poolStopped();
core::Error noLongerWanted();

// The pool's thread: starts workers, hands out jobs, reads answers, watches the clock, replaces the dead.
class WorkerPool::Loop {
public:
    Loop(WorkerPoolOptions options, core::Executor executor, std::shared_ptr<core::Logger> logger);
    ~Loop() { stop(); }

    // `allowed`: an error is told to the caller instead.
    void submit(JobPtr job, core::Result<void> allowed = {});
    void cancel(JobId job, bool alsoBegun);
    WorkerPoolStatus status() const;
    void stop();
    const WorkerPoolOptions& options() const { return options_; }
    JobId nextId() { return ++lastId_; }

private:
    using Clock = WorkerLink::Clock;
    using Links = std::vector<std::unique_ptr<WorkerLink>>;

    void run();
    void wake();
    bool reserve(const Job& job);
    std::atomic<std::size_t>& waiting(const Job& job) { return waiting_[static_cast<std::size_t>(job.level)]; }
    void putBack(JobPtr job);
    void takeArrivals();
    void callOff(JobId job);
    void startMissing();
    void startOne(bool forBatch);
    std::size_t workers(bool forBatch) const;
    bool lacksWorkers() const { return workers(false) < static_cast<std::size_t>(options_.count); }
    bool mayBeginBatch() const;
    void startForBatch();
    void dispatch();
    void assign(WorkerLink& link);
    WorkerLink* choose(const Job& job) const;
    std::size_t depth() const;
    std::size_t mostInBackground(const Job& job) const;
    void wait();
    int waitTime() const;
    void receive(WorkerLink& link);
    void giveUp(JobPtr job, core::Error error);
    void refreshStatus();

    // The end of workers: pooldeaths.cpp.
    void checkClock(WorkerLink& link);
    void buryDead();
    void bury(WorkerLink& link);
    void logDeath(WorkerLink& link, const Job* culprit, bool hung);
    void blame(JobPtr job, bool hung);
    void giveBack(std::deque<JobPtr> jobs);
    void startFailed();
    void reapZombies();
    void finishAll();

    const WorkerPoolOptions options_;
    const core::Executor executor_;
    const std::shared_ptr<core::Logger> logger_;

    mutable std::mutex mutex_;  // guards the four below
    std::vector<JobPtr> arrivals_;
    struct Unwanted {
        JobId job;
        bool alsoBegun;
    };
    std::vector<Unwanted> unwanted_;
    bool stopping_ = false;
    WorkerPoolStatus status_;
    std::array<std::atomic<std::size_t>, levelCount> waiting_{};  // arrivals and queue
    std::atomic<JobId> lastId_{0};
    std::mutex stopMutex_;  // one stop() at a time

    // The thread's own.
    JobQueue queue_;
    Links links_;
    std::vector<WorkerProcess> zombies_;
    std::vector<WorkerLink*> hung_;
    WorkerPoolStatus counts_;
    int startFailures_ = 0;
    Clock::time_point nextStart_{};
    Clock::time_point watched_{};  // when somebody last asked for something to watch; never: the clock's epoch
    double averageJob_ = 0.01;     // seconds, moving
    Clock::time_point lastAnswer_{};
    int wakeRead_ = -1, wakeWrite_ = -1;
    std::atomic<bool> wakePending_{false};
    std::thread thread_;
};

}  // namespace marea::server
