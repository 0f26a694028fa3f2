#include <algorithm>
#include <thread>

#include "server/transcode/poolloop.h"

// What the pool does when workers die, hang, do not start, or are no longer needed.
namespace marea::server {
namespace {

using namespace std::chrono_literals;
using core::Error;
using core::ErrorCode;

constexpr int maxRequeued = 8;  // against a worker that dies without being at any job, again and again
constexpr int maxStartFailures = 3;

}  // namespace

core::Error poolStopped() {
    return {ErrorCode::Cancelled, "worker pool stopped", "The server is shutting down"};
}

core::Error noLongerWanted() {
    return {ErrorCode::Cancelled, "no longer wanted", "No longer wanted"};
}

// Waits longer each time; jobs are not kept waiting for a program that does not start.
void WorkerPool::Loop::startFailed() {
    ++startFailures_;
    nextStart_ = Clock::now() + std::min<std::chrono::milliseconds>(30s, 50ms * (1 << std::min(startFailures_, 10)));
    if (startFailures_ < maxStartFailures)
        return;
    while (JobPtr job = queue_.pop()) {
        --waiting(*job);
        finish(executor_, std::move(job),
               Error{ErrorCode::Unavailable, "worker does not start", "The media worker cannot be started"});
    }
}

void WorkerPool::Loop::checkClock(WorkerLink& link) {
    const bool starting = link.state() == WorkerLink::State::Starting;
    if (link.state() == WorkerLink::State::Dead || (!starting && link.inFlight().empty()))
        return;
    if (Clock::now() - link.since() < (starting ? options_.startTimeout : link.timeout()))
        return;
    ++counts_.timeouts;
    link.kill();
    receive(link);  // what it had answered before
    hung_.push_back(&link);
}

void WorkerPool::Loop::buryDead() {
    const auto isGone = [&](const std::unique_ptr<WorkerLink>& link) {
        return link->state() == WorkerLink::State::Dead ||
               std::find(hung_.begin(), hung_.end(), link.get()) != hung_.end();
    };
    for (std::size_t i = 0; i < links_.size();) {
        if (!isGone(links_[i])) {
            ++i;
            continue;
        }
        const std::unique_ptr<WorkerLink> dead = std::move(links_[i]);
        links_.erase(links_.begin() + static_cast<std::ptrdiff_t>(i));
        bury(*dead);
    }
    hung_.clear();
}

void WorkerPool::Loop::bury(WorkerLink& link) {
    const bool hung = std::find(hung_.begin(), hung_.end(), &link) != hung_.end();
    ++counts_.deaths;
    if (link.inFlight().empty() && link.sandbox().empty())
        startFailed();
    WorkerLink::Leftover left = link.takeJobs(hung);
    logDeath(link, left.culprit.get(), hung);
    giveBack(std::move(left.innocent));
    if (left.culprit)
        blame(std::move(left.culprit), hung);
    if (!link.process().reap())
        zombies_.push_back(std::move(link.process()));
}

void WorkerPool::Loop::logDeath(WorkerLink& link, const Job* culprit, bool hung) {
    const std::string name = culprit ? nameOf(culprit->request) : std::string();
    logger_->warning("worker.ended", {{"pid", static_cast<std::int64_t>(link.id())},
                                      {"timeout", hung},
                                      {"started", !link.sandbox().empty()},
                                      {"file", name}});
}

void WorkerPool::Loop::blame(JobPtr job, bool hung) {
    if (job->unwanted)
        return putBack(std::move(job));
    if (++job->blamed < options_.tries) {
        ++counts_.retries;
        job->alone = true;
        putBack(std::move(job));
        return;
    }
    giveUp(std::move(job),
           hung ? Error{ErrorCode::Timeout, "worker ended after its time-out", "Reading the file takes too long"}
                : Error{ErrorCode::Unavailable, "worker died twice", "The file made the media worker crash"});
}

void WorkerPool::Loop::giveUp(JobPtr job, core::Error error) {
    ++counts_.answered;
    refreshStatus();
    finish(executor_, std::move(job), std::move(error));
}

// Nothing that was called off is begun a second time.
void WorkerPool::Loop::putBack(JobPtr job) {
    if (job->unwanted)
        return giveUp(std::move(job), noLongerWanted());
    ++waiting(*job);
    queue_.pushFront(std::move(job));
}

void WorkerPool::Loop::giveBack(std::deque<JobPtr> jobs) {
    while (!jobs.empty()) {
        JobPtr job = std::move(jobs.back());
        jobs.pop_back();
        if (++job->requeued > maxRequeued) {
            giveUp(std::move(job),
                   Error{ErrorCode::Unavailable, "workers keep ending", "The media worker keeps crashing"});
            continue;
        }
        putBack(std::move(job));
    }
}

void WorkerPool::Loop::reapZombies() {
    std::vector<WorkerProcess> left;
    for (WorkerProcess& zombie : zombies_) {
        if (!zombie.reap())
            left.push_back(std::move(zombie));
    }
    zombies_.swap(left);
}

void WorkerPool::Loop::finishAll() {
    takeArrivals();
    for (auto& link : links_) {
        link->kill();
        WorkerLink::Leftover left = link->takeJobs(true);
        if (left.culprit)
            finish(executor_, std::move(left.culprit), poolStopped());
        for (JobPtr& job : left.innocent)
            finish(executor_, std::move(job), poolStopped());
        zombies_.push_back(std::move(link->process()));
    }
    links_.clear();
    while (JobPtr job = queue_.pop())
        finish(executor_, std::move(job), poolStopped());
    for (auto& level : waiting_)
        level = 0;
    // A killed process ends at once unless the kernel holds it (a dead network mount); then init gets it.
    for (int i = 0; i < 100 && !zombies_.empty(); ++i) {
        reapZombies();
        if (!zombies_.empty())
            std::this_thread::sleep_for(5ms);
    }
    refreshStatus();
}

}  // namespace marea::server
