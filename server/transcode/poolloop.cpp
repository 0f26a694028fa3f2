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

constexpr auto pipelineSpan = 30ms;  // work sent ahead to one worker, so that an urgent job never waits long
constexpr auto watchingSpan = 60s;   // so long after a request, somebody is watching

bool isWatching(Level level) {
    return level == Level::Requested || level == Level::Next || level == Level::Prefetch;
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
    nextStart_ = Clock::now() + options_.ease;
    thread_ = std::thread([this] { run(); });
}

void WorkerPool::Loop::submit(JobPtr job, core::Result<void> allowed) {
    if (!allowed) {
        finish(executor_, std::move(job), std::move(allowed.error()));
        return;
    }
    if (!job->file) {
        finish(executor_, std::move(job), Error{ErrorCode::Invalid, "no descriptor", "The file is not open"});
        return;
    }
    if (!reserve(*job)) {
        finish(executor_, std::move(job),
               Error{ErrorCode::Busy, "worker queue full", "Too many files are being read at once; try again later"});
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        if (!stopping_) {
            arrivals_.push_back(std::move(job));
            wake();  // in here: stop() closes the pipe
        }
    }
    if (job) {
        --waiting(*job);
        finish(executor_, std::move(job), poolStopped());
    }
}

// A place among those that wait. Each level has its own, so that what is less urgent never keeps out what is more.
bool WorkerPool::Loop::reserve(const Job& job) {
    const std::size_t most = job.alone ? options_.maxWaitingSegments : options_.maxQueued;
    if (waiting(job).fetch_add(1) < most)
        return true;
    --waiting(job);
    return false;
}

void WorkerPool::Loop::cancel(JobId job, bool alsoBegun) {
    const std::lock_guard lock(mutex_);
    if (stopping_)
        return;
    unwanted_.push_back({job, alsoBegun});
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
    for (const auto& level : waiting_)
        now.queued += level;
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
    std::vector<Unwanted> unwanted;
    {
        const std::lock_guard lock(mutex_);
        arrived.swap(arrivals_);
        unwanted.swap(unwanted_);
    }
    if (!arrived.empty() && counts_.starts == 0)
        nextStart_ = Clock::now();
    for (JobPtr& job : arrived) {
        if (isWatching(job->level))
            watched_ = Clock::now();
        queue_.push(std::move(job));
    }
    for (const Unwanted& one : unwanted) {
        JobPtr job = queue_.take(one.job);
        if (!job) {
            if (one.alsoBegun)
                callOff(one.job);
            continue;
        }
        --waiting(*job);
        ++counts_.cancelled;
        refreshStatus();
        finish(executor_, std::move(job), noLongerWanted());
    }
}

// Whoever is at it is told, and answers soon.
void WorkerPool::Loop::callOff(JobId job) {
    for (auto& link : links_) {
        if (link->callOff(job))
            ++counts_.cancelled;
    }
}

void WorkerPool::Loop::startMissing() {
    while (lacksWorkers() && Clock::now() >= nextStart_)
        startOne(false);
}

std::size_t WorkerPool::Loop::workers(bool forBatch) const {
    return static_cast<std::size_t>(
        std::count_if(links_.begin(), links_.end(), [&](const auto& link) { return link->isForBatch() == forBatch; }));
}

// For a job that found none: those for batch work come when they are needed, and stay.
void WorkerPool::Loop::startForBatch() {
    const bool isStarting = std::any_of(links_.begin(), links_.end(), [](const auto& link) {
        return link->isForBatch() && link->state() == WorkerLink::State::Starting;
    });
    const std::size_t most = std::max<std::size_t>(static_cast<std::size_t>(options_.count), 2) - 1;
    if (!isStarting && workers(true) < most && Clock::now() >= nextStart_)
        startOne(true);
}

void WorkerPool::Loop::startOne(bool forBatch) {
    std::vector<std::string> arguments = options_.arguments;
    if (forBatch)
        arguments.emplace_back(lowPriorityOption);
    auto process = WorkerProcess::start(options_.programPath, arguments);
    ++counts_.starts;
    if (!process) {
        logger_->error("worker.start_failed", {{"detail", process.error().detail}});
        startFailed();
        return;
    }
    links_.push_back(std::make_unique<WorkerLink>(std::move(*process), forBatch));
}

// How many jobs to send ahead to one worker: as much as it does in a short while.
std::size_t WorkerPool::Loop::depth() const {
    const double fit = std::chrono::duration<double>(pipelineSpan).count() / averageJob_;
    return std::clamp<std::size_t>(static_cast<std::size_t>(fit), 1, options_.maxPipelined);
}

// While somebody watches, one worker is kept free of what nobody waits for; from long work always.
std::size_t WorkerPool::Loop::mostInBackground(const Job& job) const {
    const auto all = static_cast<std::size_t>(options_.count);
    const bool watching = watched_ != Clock::time_point{} && Clock::now() - watched_ < watchingSpan;
    return all > 1 && (job.alone || watching) ? all - 1 : all;
}

WorkerLink* WorkerPool::Loop::choose(const Job& job) const {
    std::vector<WorkerView> views;
    views.reserve(links_.size());
    for (const auto& link : links_)
        views.push_back({link->state() == WorkerLink::State::Ready, link->inFlight().size(), link->busyAlone(),
                         link->inBackground(), link->isWarm(job.fingerprint), !link->kept().empty(),
                         link->isForBatch()});
    const ChoiceLimits limits{depth(), mostInBackground(job), options_.batchApart};
    const auto chosen = chooseWorker(views, job.level, job.alone, limits);
    return chosen ? links_[*chosen].get() : nullptr;
}

bool WorkerPool::Loop::mayBeginBatch() const {
    PoolLoad load;
    load.workers = static_cast<std::size_t>(options_.count);
    load.somebodyWaits = queue_.front() && isForViewers(queue_.front()->level);
    for (const auto& link : links_) {
        load.forViewers += link->isForViewers();
        load.atBatch += link->isForBatch() && !link->inFlight().empty();
    }
    return server::mayBeginBatch(load);
}

void WorkerPool::Loop::dispatch() {
    while (const Job* next = queue_.front()) {
        const bool isApart = options_.batchApart && next->level == Level::Batch;
        if (isApart && !mayBeginBatch())
            break;  // looked at again when something ends
        WorkerLink* link = choose(*next);
        if (!link && isApart)
            startForBatch();
        if (!link)
            break;
        assign(*link);
    }
    for (auto& link : links_)
        link->flush();
}

void WorkerPool::Loop::assign(WorkerLink& link) {
    JobPtr job = queue_.pop();
    --waiting(*job);
    if (!job->fingerprint.empty())
        ++(link.isWarm(job->fingerprint) ? counts_.warm : counts_.cold);
    link.assign(std::move(job));
}

int WorkerPool::Loop::waitTime() const {
    const auto now = Clock::now();
    auto until = now + 1h;
    if (lacksWorkers() || (options_.batchApart && queue_.front() && now < nextStart_))
        until = std::min(until, nextStart_);
    if (!zombies_.empty())
        until = std::min(until, now + 20ms);
    for (const auto& link : links_) {
        // A worker goes on to its next job without telling us; so look a few times within one time-out.
        if (link->state() == WorkerLink::State::Starting)
            until = std::min(until, now + std::max<std::chrono::milliseconds>(options_.startTimeout / 4, 1ms));
        else if (!link->inFlight().empty())
            until = std::min(until, now + std::max<std::chrono::milliseconds>(link->timeout() / 8, 1ms));
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
    counts_.answered += answers.size();
    if (!answers.empty())
        refreshStatus();
    for (auto& answer : answers)
        finish(executor_, std::move(answer.job), std::move(answer.reply));
}

// Also before an answer is given: whoever got it finds it counted.
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

}  // namespace marea::server
