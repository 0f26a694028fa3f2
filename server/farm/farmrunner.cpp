#include "server/farm/farmrunner.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

#include "server/farm/jobwork.h"

namespace marea::server {

using core::ErrorCode;
using core::Result;
using Outcome = Result<core::json::value>;

class FarmRunner::Loop : public std::enable_shared_from_this<FarmRunner::Loop> {
public:
    Loop(JobQueue& queue, core::Executor executor, std::shared_ptr<core::Logger> logger, FarmRunnerOptions options)
        : queue_(queue), executor_(std::move(executor)), logger_(std::move(logger)), options_(std::move(options)) {}

    void handle(std::string kind, Handler handler) {
        kinds_.push_back(kind);
        handlers_.emplace(std::move(kind), std::make_shared<const Handler>(std::move(handler)));
    }
    void start();
    void stop();
    FarmStatus status() const;

private:
    using Time = std::chrono::steady_clock::time_point;
    using Key = std::pair<core::Id, std::int64_t>;  // job and number of its lease
    struct Running {
        Job job;
        std::shared_ptr<JobWork> work;
        bool lost = false;  // the lease is no longer ours
        std::optional<Outcome> outcome;
    };
    // Reports that a handler let go of its job when nobody called it.
    struct Answer {
        std::weak_ptr<Loop> loop;
        Key key;
        std::atomic<bool> given = false;

        void give(Outcome outcome) {
            const auto owner = given.exchange(true) ? nullptr : loop.lock();
            if (owner) {
                owner->ended(key, std::move(outcome));
            }
        }
        ~Answer() { give(core::fail(ErrorCode::Internal, "The job was dropped.", "handler gave no answer")); }
    };

    void run();
    void wake(bool look);
    void ended(const Key& key, Outcome outcome);
    void settle();
    Result<bool> write(const Running& one);
    void beat();
    void keepHouse();
    void takeWhatFits();
    std::optional<JobPriority> leastToBegin() const;
    void begin(Job job);
    std::vector<Running> snapshot(bool withOutcome) const;
    static bool due(Time& next, std::chrono::milliseconds every);
    void complain(std::string_view what, const core::Error& error) {
        logger_->error("farm.database_failed", {{"doing", what}, {"detail", error.detail}});
    }

    JobQueue& queue_;
    const core::Executor executor_;
    const std::shared_ptr<core::Logger> logger_;
    const FarmRunnerOptions options_;
    std::vector<std::string> kinds_;
    std::map<std::string, std::shared_ptr<const Handler>> handlers_;
    std::thread thread_;
    std::shared_ptr<void> listening_;
    Time nextBeat_, nextCount_, nextPurge_;  // of the thread alone

    mutable std::mutex mutex_;  // guards all below
    std::condition_variable changed_;
    bool stopping_ = false, woken_ = false;
    bool look_ = false;  // something changed in the queue, perhaps a job of ours was called off
    std::map<Key, Running> running_;
    FarmStatus status_;
};

void FarmRunner::Loop::start() {
    listening_ = queue_.onChange([this] { wake(true); });
    nextBeat_ = std::chrono::steady_clock::now() + options_.heartbeat;
    thread_ = std::thread([this] { run(); });
}

void FarmRunner::Loop::stop() {
    listening_.reset();
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (!thread_.joinable()) {
        return;
    }
    thread_.join();
    settle();
    for (const Running& one : snapshot(false)) {
        auto given = one.lost ? Result<bool>(true) : queue_.giveBack(one.job.lease());
        if (!given) {
            complain("give back", given.error());  // whoever looks next finds the lease run out
        }
        one.work->cancel();
    }
    const std::lock_guard lock(mutex_);
    running_.clear();
}

void FarmRunner::Loop::run() {
    const auto pause = std::min(options_.poll, options_.heartbeat);
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        woken_ = false;
        lock.unlock();
        settle();
        beat();
        takeWhatFits();
        keepHouse();
        lock.lock();
        changed_.wait_for(lock, pause, [this] { return stopping_ || woken_; });
    }
}

void FarmRunner::Loop::wake(bool look) {
    {
        const std::lock_guard lock(mutex_);
        woken_ = true;
        look_ = look_ || look;
    }
    changed_.notify_all();
}

void FarmRunner::Loop::ended(const Key& key, Outcome outcome) {
    {
        const std::lock_guard lock(mutex_);
        const auto found = running_.find(key);
        if (found == running_.end()) {
            return;  // given back at the end
        }
        found->second.outcome = std::move(outcome);
    }
    wake(false);
}

std::vector<FarmRunner::Loop::Running> FarmRunner::Loop::snapshot(bool withOutcome) const {
    std::vector<Running> found;
    const std::lock_guard lock(mutex_);
    for (const auto& [key, one] : running_) {
        if (one.outcome.has_value() == withOutcome) {
            found.push_back(one);
        }
    }
    return found;
}

Result<bool> FarmRunner::Loop::write(const Running& one) {
    if (one.lost) {
        return true;
    }
    if (*one.outcome) {
        logger_->debug("farm.job_done", {{"kind", one.job.kind}, {"job", one.job.id}});
        return queue_.finish(one.job.lease(), **one.outcome);
    }
    const core::Error& error = one.outcome->error();
    logger_->warning("farm.job_failed", {{"kind", one.job.kind},
                                         {"job", one.job.id},
                                         {"attempt", one.job.attempts},
                                         {"error", name(error.code)},
                                         {"detail", error.detail}});
    return queue_.fail(one.job.lease(), error);
}

void FarmRunner::Loop::settle() {
    for (const Running& one : snapshot(true)) {
        if (auto written = write(one); !written) {
            complain("finish", written.error());  // once more at the next look
            continue;
        }
        one.work->ended();
        const std::lock_guard lock(mutex_);
        if (!one.lost) {
            ++(*one.outcome ? status_.done : status_.failedTries);
        }
        running_.erase(Key(one.job.id, one.job.leases));
        nextCount_ = {};
    }
}

bool FarmRunner::Loop::due(Time& next, std::chrono::milliseconds every) {
    const Time now = std::chrono::steady_clock::now();
    if (now < next) {
        return false;
    }
    next = now + every;
    return true;
}

void FarmRunner::Loop::beat() {
    bool look = false;
    {
        const std::lock_guard lock(mutex_);
        look = std::exchange(look_, false);
    }
    if (!due(nextBeat_, options_.heartbeat) && !look) {
        return;
    }
    for (const Running& one : snapshot(false)) {
        auto state = one.lost ? Result<LeaseState>(LeaseState::Held)
                              : queue_.heartbeat(one.job.lease(), options_.lease, one.work->progress());
        if (!state) {
            complain("heartbeat", state.error());
        } else if (*state != LeaseState::Held) {
            {
                const std::lock_guard lock(mutex_);
                running_.at(Key(one.job.id, one.job.leases)).lost = true;
            }
            one.work->cancel();
        }
    }
}

void FarmRunner::Loop::keepHouse() {
    if (due(nextPurge_, options_.purge)) {
        if (auto purged = queue_.purge(options_.keepDone, options_.keepFailed); !purged) {
            complain("purge", purged.error());
        }
    }
    if (due(nextCount_, options_.poll)) {
        if (auto counts = queue_.counts()) {
            const std::lock_guard lock(mutex_);
            status_.counts = *counts;
        }
    }
}

std::optional<JobPriority> FarmRunner::Loop::leastToBegin() const {
    RunningJobs running{};
    const std::lock_guard lock(mutex_);
    for (const auto& [key, one] : running_) {
        ++running[static_cast<std::size_t>(one.job.priority)];
    }
    return stopping_ ? std::nullopt : leastUrgentToBegin(running, options_.slots);
}

void FarmRunner::Loop::takeWhatFits() {
    if (kinds_.empty()) {
        return;  // it counts and purges, and leaves the work to others
    }
    if (auto due = queue_.somethingDue(); due && !*due) {
        return;
    }
    while (const auto least = leastToBegin()) {
        auto job = queue_.take(options_.owner, options_.lease, kinds_, *least);
        if (!job) {
            complain("take", job.error());
        }
        if (!job || !*job) {
            return;
        }
        begin(std::move(**job));
    }
}

void FarmRunner::Loop::begin(Job job) {
    const auto work = std::make_shared<JobWork>();
    const auto answer = std::make_shared<Answer>();
    answer->loop = weak_from_this();
    answer->key = Key(job.id, job.leases);
    const auto handler = handlers_.at(job.kind);
    {
        const std::lock_guard lock(mutex_);
        running_.emplace(answer->key, Running{job, work, false, std::nullopt});
    }
    executor_([job = std::move(job), work, answer, handler] {
        if (work->cancelled()) {
            return answer->give(core::fail(ErrorCode::Cancelled, "Called off."));
        }
        try {
            (*handler)(job, work, [answer](Outcome outcome) { answer->give(std::move(outcome)); });
        } catch (const std::exception& error) {
            answer->give(core::fail(ErrorCode::Internal, "Something went wrong.", error.what()));
        }
    });
}

FarmStatus FarmRunner::Loop::status() const {
    const std::lock_guard lock(mutex_);
    FarmStatus status = status_;
    status.running = static_cast<int>(running_.size());
    return status;
}

FarmRunner::FarmRunner(JobQueue& queue, core::Executor executor, std::shared_ptr<core::Logger> logger,
                       FarmRunnerOptions options) {
    if (options.owner.empty()) {
        options.owner = core::newId();
    }
    loop_ = std::make_shared<Loop>(queue, std::move(executor), std::move(logger), std::move(options));
}

FarmRunner::~FarmRunner() {
    stop();
}

void FarmRunner::handle(std::string kind, Handler handler) {
    loop_->handle(std::move(kind), std::move(handler));
}

void FarmRunner::start() {
    loop_->start();
}

void FarmRunner::stop() {
    loop_->stop();
}

FarmStatus FarmRunner::status() const {
    return loop_->status();
}

}  // namespace marea::server
