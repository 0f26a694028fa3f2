#include "tests/integration/worker/workerfixture.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#include <deque>
#include <filesystem>
#include <fstream>

#include "tests/support/places.h"

namespace marea::server::test {

std::string workerPath() {
    return tests::builtProgram("/marea-worker");
}
std::string unrulyWorkerPath() {
    return tests::builtProgram("/marea-worker-unruly");
}

core::FileHandle openFile(const std::string& path) {
    return core::FileHandle(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
}

TemporaryFolder::TemporaryFolder() {
    std::string name = std::filesystem::temp_directory_path() / "marea-worker-XXXXXX";
    if (::mkdtemp(name.data()))
        path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty())
        std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryFolder::write(const std::string& name, std::string_view bytes) const {
    const std::string path = path_ + "/" + name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
}

core::FileHandle fileWith(std::string_view bytes) {
    const TemporaryFolder folder;
    return openFile(folder.write("file", bytes));
}

struct TaskThread::State {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::function<void()>> tasks;
    bool ended = false;
};

TaskThread::TaskThread() : state_(std::make_shared<State>()) {
    thread_ = std::thread([state = state_] {
        std::unique_lock lock(state->mutex);
        for (;;) {
            state->changed.wait(lock, [&] { return state->ended || !state->tasks.empty(); });
            if (state->tasks.empty())
                return;
            const auto task = std::move(state->tasks.front());
            state->tasks.pop_front();
            lock.unlock();
            task();
            lock.lock();
        }
    });
}

TaskThread::~TaskThread() {
    {
        const std::lock_guard lock(state_->mutex);
        state_->ended = true;
    }
    state_->changed.notify_all();
    thread_.join();
}

core::Executor TaskThread::executor() {
    return [state = state_](std::function<void()> task) {
        const std::lock_guard lock(state->mutex);
        state->tasks.push_back(std::move(task));
        state->changed.notify_one();
    };
}

PoolUnderTest::PoolUnderTest(WorkerPoolOptions options) : pool(std::move(options), thread.executor(), nullptr) {}

PoolUnderTest::PoolUnderTest(int count)
    : PoolUnderTest([count] {
          WorkerPoolOptions options;
          options.programPath = workerPath();
          options.count = count;
          return options;
      }()) {}

core::Result<core::MediaInfo> PoolUnderTest::probe(core::FileHandle file, const std::string& name) {
    Waiter<core::MediaInfo> waiter;
    pool.probe(std::move(file), name, waiter.done());
    return waiter.wait();
}

core::Result<core::MediaInfo> PoolUnderTest::probe(const std::string& path) {
    return probe(openFile(path), fileName(path));
}

core::Result<core::Image> PoolUnderTest::image(core::FileHandle file, const std::string& name, int maxEdge) {
    Waiter<core::Image> waiter;
    pool.image(std::move(file), name, maxEdge, waiter.done());
    return waiter.wait();
}

void PoolUnderTest::waitFor(const std::function<bool(const WorkerPoolStatus&)>& condition) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(240);
    while (!condition(pool.status())) {
        if (std::chrono::steady_clock::now() > until) {
            ADD_FAILURE() << "the pool did not come to the awaited state";
            return;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

std::string makeFilm(const TemporaryFolder& folder, int seconds, const std::string& size) {
    const std::string path = folder.path() + "/film-" + size + ".mkv";
    const std::string length = std::to_string(seconds);
    const int code = run({"ffmpeg",
                          "-v",
                          "error",
                          "-nostdin",
                          "-y",
                          "-f",
                          "lavfi",
                          "-i",
                          "testsrc2=r=24:s=" + size + ":d=" + length,
                          "-f",
                          "lavfi",
                          "-i",
                          "sine=f=440:r=48000:d=" + length,
                          "-c:v",
                          "libx264",
                          "-preset",
                          "ultrafast",
                          "-g",
                          "24",
                          "-pix_fmt",
                          "yuv420p",
                          "-c:a",
                          "aac",
                          "-ac",
                          "2",
                          path});
    return code == 0 ? path : std::string();
}

std::string fileName(const std::string& path) {
    return std::filesystem::path(path).filename().string();
}

int run(const std::vector<std::string>& arguments) {
    std::vector<char*> argv;
    for (const std::string& argument : arguments)
        argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    pid_t id = -1;
    const int error = ::posix_spawnp(&id, argv[0], &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    int status = 0;
    if (error != 0 || ::waitpid(id, &status, 0) != id)
        return 127;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 126;
}

}  // namespace marea::server::test
