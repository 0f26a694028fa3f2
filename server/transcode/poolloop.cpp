#include "server/transcode/poolloop.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>

namespace marea::server {
namespace {

using namespace std::chrono_literals;
using core::Error;
using core::ErrorCode;

constexpr int maxBlame = 2;     // one retry
constexpr int maxRequeued = 8;  // against a worker that dies without being at any job, again and again
constexpr int maxStartFailures = 3;
constexpr auto pipelineSpan = 30ms;  // work sent ahead to one worker, so that an urgent job never waits long

Error cancelled() {
    return {ErrorCode::Cancelled, "worker pool stopped", "The server is shutting down"};
}

}  // namespace

WorkerPool::Loop::Loop(WorkerPoolOptions options, core::Executor executor, std::shared_ptr<core::Logger> logger)
    : options_(std::move(options)),
      executor_(std::move(executor)),
      logger_(logger ? std::move(logger) : core::makeNullLogger()) {
    int ends[2] = {-1, -1};
    if (::pipe(ends) == 0) {
        wakeRead_ = ends[0];
        wakeWrite_ = ends[1];
        for (const int end : ends) {
            ::fcntl(end, F_SETFD, FD_CLOEXEC);
            ::fcntl(end, F_SETFL, O_NONBLOCK);
        }
    }
    thread_ = std::thread([this] { run(); });
}

void WorkerPool::Loop::submit(JobPtr job) {
    if (!job->file) {
        finish(executor_, std::move(job), Error{ErrorCode::Invalid, "no descriptor", "The file is not open"});
        return;
    }
    if (waiting_.fetch_add(1) >= options_.maxQueued) {
        --waiting_;
        finish(executor_, std::move(job),
               Error{ErrorCode::Busy, "worker queue full", "Too many files are being read at once; try again later"});
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        if (!stopping_) {
            arrivals_.push_back(std::move(job));
        }
    }
    if (job) {
        --waiting_;
        finish(executor_, std::move(job), cancelled());
        return;
    }
    wake();
}

void WorkerPool::Loop::wake() {
    if (wakePending_.exchange(true))
        return;
    const char byte = 0;
    [[maybe_unused]] const ssize_t sent = ::write(wakeWrite_, &byte, 1);
}

WorkerPoolStatus WorkerPool::Loop::status() const {
    const std::lock_guard lock(mutex_);
    WorkerPoolStatus now = status_;
    now.queued = waiting_;
    return now;
}

void WorkerPool::Loop::stop() {
    const std::lock_guard only(stopMutex_);
    if (!thread_.joinable())
        return;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake();
    thread_.join();
    ::close(wakeRead_);
    ::close(wakeWrite_);
}

void WorkerPool::Loop::run() {
    for (;;) {
        takeArrivals();
        {
            const std::lock_guard lock(mutex_);
            if (stopping_)
                break;
        }
        startMissing();
        dispatch();
        refreshStatus();
        wait();
        for (auto& link : links_)
            checkClock(*link);
        buryDead();
        reapZombies();
    }
    finishAll();
}

void WorkerPool::Loop::takeArrivals() {
    std::vector<JobPtr> arrived;
    {
        const std::lock_guard lock(mutex_);
        arrived.swap(arrivals_);
    }
    for (JobPtr& job : arrived)
        queue_.push(std::move(job));
}

void WorkerPool::Loop::startMissing() {
    while (links_.size() < static_cast<std::size_t>(options_.count) && Clock::now() >= nextStart_)
        startOne();
}

void WorkerPool::Loop::startOne() {
    auto process = WorkerProcess::start(options_.programPath, options_.arguments);
    ++counts_.starts;
    if (!process) {
        logger_->error("worker.start_failed", {{"detail", process.error().detail}});
        startFailed();
        return;
    }
    links_.push_back(std::make_unique<WorkerLink>(std::move(*process)));
}

// Waits longer each time; jobs are not kept waiting for a program that does not start.
void WorkerPool::Loop::startFailed() {
    ++startFailures_;
    nextStart_ = Clock::now() + std::min<std::chrono::milliseconds>(30s, 50ms * (1 << std::min(startFailures_, 10)));
    if (startFailures_ < maxStartFailures)
        return;
    while (JobPtr job = queue_.pop()) {
        --waiting_;
        finish(executor_, std::move(job),
               Error{ErrorCode::Unavailable, "worker does not start", "The media worker cannot be started"});
    }
}

// How many jobs to send ahead to one worker: as much as it does in a short while.
std::size_t WorkerPool::Loop::depth() const {
    const double fit = std::chrono::duration<double>(pipelineSpan).count() / averageJob_;
    return std::clamp<std::size_t>(static_cast<std::size_t>(fit), 1, options_.maxPipelined);
}

WorkerLink* WorkerPool::Loop::idlest(bool alone) const {
    WorkerLink* best = nullptr;
    for (const auto& link : links_) {
        const std::size_t most = alone ? 1 : depth();
        if (link->state() != WorkerLink::State::Ready || link->busyAlone() || link->inFlight().size() >= most)
            continue;
        if (!best || link->inFlight().size() < best->inFlight().size())
            best = link.get();
    }
    return best;
}

void WorkerPool::Loop::dispatch() {
    while (const Job* next = queue_.front()) {
        WorkerLink* link = idlest(next->alone);
        if (!link)
            break;
        --waiting_;
        link->assign(queue_.pop());
    }
    for (auto& link : links_)
        link->flush();
}

int WorkerPool::Loop::waitTime() const {
    const auto now = Clock::now();
    auto until = now + 1h;
    if (links_.size() < static_cast<std::size_t>(options_.count))
        until = std::min(until, nextStart_);
    if (!zombies_.empty())
        until = std::min(until, now + 20ms);
    for (const auto& link : links_) {
        // A worker goes on to its next job without telling us; so look a few times within one time-out.
        if (link->state() == WorkerLink::State::Starting)
            until = std::min(until, now + std::max<std::chrono::milliseconds>(options_.startTimeout / 4, 1ms));
        else if (!link->inFlight().empty())
            until = std::min(until, now + std::max<std::chrono::milliseconds>(options_.jobTimeout / 8, 1ms));
    }
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - now).count();
    return static_cast<int>(std::max<long long>(left, 0));
}

void WorkerPool::Loop::wait() {
    std::vector<pollfd> polled{{wakeRead_, POLLIN, 0}};
    for (const auto& link : links_)
        polled.push_back({link->socket(), static_cast<short>(link->wantsToWrite() ? POLLIN | POLLOUT : POLLIN), 0});
    if (::poll(polled.data(), polled.size(), waitTime()) <= 0)
        return;
    if (polled[0].revents) {
        std::array<char, 64> bytes;
        while (::read(wakeRead_, bytes.data(), bytes.size()) > 0) {
        }
        // After reading, or the byte of a wake() in between would be lost and the flag would stay; and before
        // takeArrivals(), which sees what such a wake() was about.
        wakePending_ = false;
    }
    for (std::size_t i = 0; i < links_.size(); ++i) {
        if (polled[i + 1].revents & POLLOUT)
            links_[i]->flush();
        if (polled[i + 1].revents & ~POLLOUT)
            receive(*links_[i]);
    }
}

void WorkerPool::Loop::receive(WorkerLink& link) {
    const bool starting = link.state() == WorkerLink::State::Starting;
    std::vector<WorkerLink::Answer> answers = link.receive();
    if (starting && link.state() == WorkerLink::State::Ready) {
        startFailures_ = 0;
        logger_->debug("worker.ready", {{"pid", static_cast<std::int64_t>(link.id())}, {"sandbox", link.sandbox()}});
    }
    if (!answers.empty()) {
        const auto now = Clock::now();
        const double took = std::chrono::duration<double>(now - std::exchange(lastAnswer_, now)).count();
        averageJob_ = 0.8 * averageJob_ + 0.2 * std::min(took / static_cast<double>(answers.size()), 1.0);
        averageJob_ = std::max(averageJob_, 1e-5);
    }
    for (auto& answer : answers)
        answered(std::move(answer));
}

void WorkerPool::Loop::answered(WorkerLink::Answer answer) {
    ++counts_.answered;
    finish(executor_, std::move(answer.job), std::move(answer.reply));
}

void WorkerPool::Loop::checkClock(WorkerLink& link) {
    const bool starting = link.state() == WorkerLink::State::Starting;
    if (link.state() == WorkerLink::State::Dead || (!starting && link.inFlight().empty()))
        return;
    if (Clock::now() - link.since() < (starting ? options_.startTimeout : options_.jobTimeout))
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
    if (++job->blamed < maxBlame) {
        ++counts_.retries;
        ++waiting_;
        job->alone = true;
        queue_.pushFront(std::move(job));
        return;
    }
    ++counts_.answered;
    finish(executor_, std::move(job),
           hung ? Error{ErrorCode::Timeout, "worker ended after its time-out", "Reading the file takes too long"}
                : Error{ErrorCode::Unavailable, "worker died twice", "The file made the media worker crash"});
}

void WorkerPool::Loop::giveBack(std::deque<JobPtr> jobs) {
    while (!jobs.empty()) {
        JobPtr job = std::move(jobs.back());
        jobs.pop_back();
        if (++job->requeued > maxRequeued) {
            ++counts_.answered;
            finish(executor_, std::move(job),
                   Error{ErrorCode::Unavailable, "workers keep ending", "The media worker keeps crashing"});
            continue;
        }
        ++waiting_;
        queue_.pushFront(std::move(job));
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

void WorkerPool::Loop::refreshStatus() {
    counts_.ready = 0;
    counts_.inFlight = 0;
    counts_.processes.clear();
    for (const auto& link : links_) {
        counts_.ready += link->state() == WorkerLink::State::Ready;
        counts_.inFlight += link->inFlight().size();
        counts_.processes.push_back(link->id());
    }
    const std::lock_guard lock(mutex_);
    status_ = counts_;
}

void WorkerPool::Loop::finishAll() {
    takeArrivals();
    for (auto& link : links_) {
        link->kill();
        WorkerLink::Leftover left = link->takeJobs(true);
        if (left.culprit)
            finish(executor_, std::move(left.culprit), cancelled());
        for (JobPtr& job : left.innocent)
            finish(executor_, std::move(job), cancelled());
        zombies_.push_back(std::move(link->process()));
    }
    links_.clear();
    while (JobPtr job = queue_.pop())
        finish(executor_, std::move(job), cancelled());
    waiting_ = 0;
    // A killed process ends at once unless the kernel holds it (a dead network mount); then init gets it.
    for (int i = 0; i < 100 && !zombies_.empty(); ++i) {
        reapZombies();
        if (!zombies_.empty())
            std::this_thread::sleep_for(5ms);
    }
    refreshStatus();
}

}  // namespace marea::server
