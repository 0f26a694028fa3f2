#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "core/base/executor.h"
#include "core/base/json.h"
#include "core/base/log.h"
#include "core/base/result.h"
#include "server/farm/jobqueue.h"

namespace marea::server {

struct FarmRunnerOptions {
    std::string owner;                            // who takes the leases: unique; "": a new id
    int slots = 1;                                // jobs at once, of one urgency and above
    core::TimeMs lease = 60'000;                  // how long a job stays ours without a sign of life
    std::chrono::milliseconds heartbeat{15'000};  // between two signs of life
    std::chrono::milliseconds poll{5'000};        // for jobs that others added
    std::chrono::milliseconds purge{3'600'000};   // between two looks for old finished jobs
    core::TimeMs keepDone = core::TimeMs{7} * 24 * 3600 * 1000;
    core::TimeMs keepFailed = core::TimeMs{7} * 24 * 3600 * 1000;
};

// What a handler knows of its job while it works on it. Thread-safe; may outlive the runner.
class JobContext {
public:
    virtual ~JobContext() = default;
    virtual void progress(double part) = 0;  // 0 to 1; told to the queue with the next sign of life
    // The job was called off, its lease lost, or the runner stops: what comes of the work no longer counts.
    virtual bool cancelled() const = 0;
    // `call` comes once when that happens, on the runner's thread, or now if it has happened. It must not block.
    virtual void onCancel(std::function<void()> call) = 0;
};

struct FarmStatus {
    JobCounts counts;                         // in the whole queue, seconds old
    int running = 0;                          // here
    std::uint64_t done = 0, failedTries = 0;  // here, since the start
};

// Works off a queue: a few jobs at once, each by the handler of its kind. One thread of its own takes jobs, tells the
// queue that they live, and writes down what came of them; handlers are begun on the executor. Jobs more urgent than
// those that run begin beside them, never behind them (leastUrgentToBegin() in jobrules.h).
class FarmRunner {
public:
    using Done = std::function<void(core::Result<core::json::value>)>;
    // Must not wait for long: it starts the work and returns; `done` comes when that ended, from any thread. A `done`
    // that is dropped without having been called is a failure.
    using Handler = std::function<void(const Job& job, std::shared_ptr<JobContext> context, Done done)>;

    FarmRunner(JobQueue& queue, core::Executor executor, std::shared_ptr<core::Logger> logger,
               FarmRunnerOptions options);
    ~FarmRunner();  // stops first
    FarmRunner(const FarmRunner&) = delete;
    FarmRunner& operator=(const FarmRunner&) = delete;

    void handle(std::string kind, Handler handler);  // before start()
    void start();
    // Nothing new is begun; what runs is told to stop and given back to the queue at once. Idempotent.
    void stop();

    FarmStatus status() const;

private:
    class Loop;
    std::shared_ptr<Loop> loop_;
};

}  // namespace marea::server
