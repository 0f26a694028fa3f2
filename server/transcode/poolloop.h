#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "server/transcode/job.h"
#include "server/transcode/workerlink.h"
#include "server/transcode/workerpool.h"

namespace marea::server {

// The pool's thread: starts workers, hands out jobs, reads answers, watches the clock, replaces the dead.
class WorkerPool::Loop {
public:
    Loop(WorkerPoolOptions options, core::Executor executor, std::shared_ptr<core::Logger> logger);
    ~Loop() { stop(); }

    void submit(JobPtr job);
    WorkerPoolStatus status() const;
    void stop();
    const WorkerPoolOptions& options() const { return options_; }
    JobId nextId() { return ++lastId_; }

private:
    using Clock = WorkerLink::Clock;
    using Links = std::vector<std::unique_ptr<WorkerLink>>;

    void run();
    void wake();
    void takeArrivals();
    void startMissing();
    void startOne();
    void dispatch();
    WorkerLink* idlest(bool alone) const;
    std::size_t depth() const;
    void wait();
    int waitTime() const;
    void receive(WorkerLink& link);
    void answered(WorkerLink::Answer answer);
    void checkClock(WorkerLink& link);
    void buryDead();
    void bury(WorkerLink& link);
    void logDeath(WorkerLink& link, const Job* culprit, bool hung);
    void blame(JobPtr job, bool hung);
    void giveBack(std::deque<JobPtr> jobs);
    void startFailed();
    void reapZombies();
    void refreshStatus();
    void finishAll();

    const WorkerPoolOptions options_;
    const core::Executor executor_;
    const std::shared_ptr<core::Logger> logger_;

    mutable std::mutex mutex_;  // guards the three below
    std::vector<JobPtr> arrivals_;
    bool stopping_ = false;
    WorkerPoolStatus status_;
    std::atomic<std::size_t> waiting_{0};  // arrivals and queue
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
    double averageJob_ = 0.01;  // seconds, moving
    Clock::time_point lastAnswer_{};
    int wakeRead_ = -1, wakeWrite_ = -1;
    std::atomic<bool> wakePending_{false};
    std::thread thread_;
};

}  // namespace marea::server
