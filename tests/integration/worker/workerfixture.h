#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "server/transcode/workerpool.h"

namespace marea::server::test {

std::string workerPath();
std::string unrulyWorkerPath();

core::FileHandle openFile(const std::string& path);
core::FileHandle fileWith(std::string_view bytes);  // unnamed, in memory or a temporary folder

// A folder that goes with its object.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    const std::string& path() const { return path_; }
    std::string write(const std::string& name, std::string_view bytes) const;

private:
    std::string path_;
};

// Runs tasks on a thread of its own, as the server's executors do.
class TaskThread {
public:
    TaskThread();
    ~TaskThread();
    core::Executor executor();

private:
    struct State;
    std::shared_ptr<State> state_;
    std::thread thread_;
};

template <class T>
class Waiter {
public:
    std::function<void(core::Result<T>)> done() {
        return [state = state_](core::Result<T> result) {
            const std::lock_guard lock(state->mutex);
            state->result = std::move(result);
            state->changed.notify_all();
        };
    }
    core::Result<T> wait() {
        std::unique_lock lock(state_->mutex);
        if (!state_->changed.wait_for(lock, std::chrono::seconds(240), [&] { return state_->result.has_value(); }))
            return core::fail(core::ErrorCode::Internal, "no answer within four minutes");
        return *state_->result;
    }

private:
    struct State {
        std::mutex mutex;
        std::condition_variable changed;
        std::optional<core::Result<T>> result;
    };
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

// A pool on real processes, and blocking calls on it.
class PoolUnderTest {
public:
    explicit PoolUnderTest(WorkerPoolOptions options);
    explicit PoolUnderTest(int count = 1);

    core::Result<core::MediaInfo> probe(core::FileHandle file, const std::string& name);
    core::Result<core::MediaInfo> probe(const std::string& path);
    core::Result<core::Image> image(core::FileHandle file, const std::string& name, int maxEdge);
    void waitFor(const std::function<bool(const WorkerPoolStatus&)>& condition);

    TaskThread thread;
    WorkerPool pool;
};

// A film of `seconds` with a keyframe in every second and a tone, made with the ffmpeg command; empty when there is
// none, or it has not these encoders.
std::string makeFilm(const TemporaryFolder& folder, int seconds, const std::string& size = "320x180");

std::string fileName(const std::string& path);

// Runs a program by its arguments; its exit code, 127 when it is not there. What it prints goes to /dev/null.
int run(const std::vector<std::string>& arguments);

}  // namespace marea::server::test
