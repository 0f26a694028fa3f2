#include "app/devices/devicethread.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <QCoreApplication>
#include <thread>

namespace marea::app {

namespace {

constexpr int kLookEveryMs = 500;
constexpr int kStoodStillMs = 4 * kLookEveryMs;
// Of silence, when nobody wants anything of the device any more: before its jobs are waited for, and while they are.
constexpr std::chrono::milliseconds kSilentBefore{2000}, kSilentMeanwhile{20'000};

}  // namespace

// Shared with the thread, which may outlive everything else.
struct DeviceThread::State {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::function<void()>> jobs;
    bool ended = false, finished = false;
    std::thread thread;

    void loop() {
        while (true) {
            std::function<void()> job;
            {
                std::unique_lock lock(mutex);
                changed.wait(lock, [this] { return ended || !jobs.empty(); });
                if (jobs.empty()) {
                    finished = true;
                    changed.notify_all();
                    return;
                }
                job = std::move(jobs.front());
                jobs.pop_front();
            }
            job();
        }
    }
    bool hasFinished(std::chrono::milliseconds within) {
        std::unique_lock lock(mutex);
        return changed.wait_for(lock, within, [this] { return finished; });
    }
    // What waits is done before, or dropped where nobody is there to do it.
    void end(bool drop) {
        std::deque<std::function<void()>> dropped;  // its end is outside the lock: what they own may take its time
        const std::lock_guard lock(mutex);
        ended = true;
        if (drop)
            dropped.swap(jobs);
        changed.notify_all();
    }
};

DeviceThread::DeviceThread(QObject* parent) : QObject(parent) {
    watcher_.setInterval(kLookEveryMs);
    connect(&watcher_, &QTimer::timeout, this, &DeviceThread::watch);
    start();
}

DeviceThread::~DeviceThread() {
    bool silent = pulse_->silentFor() > kSilentBefore;
    *alive_ = false;
    state_->end(silent);
    while (!silent && !state_->hasFinished(std::chrono::milliseconds(50)))
        silent = pulse_->silentFor() > std::min(patience_, kSilentMeanwhile);
    if (silent) {
        state_->end(true);
        state_->thread.detach();
    } else {
        state_->thread.join();
    }
}

void DeviceThread::start() {
    pulse_ = std::make_shared<Pulse>();
    alive_ = std::make_shared<bool>(true);
    state_ = std::make_shared<State>();
    state_->thread = std::thread([state = state_] { state->loop(); });
}

DeviceThread::Home DeviceThread::home() const {
    return [alive = std::weak_ptr<bool>(alive_)](std::function<void()> what) {
        QMetaObject::invokeMethod(
            qApp,
            [alive, what = std::move(what)] {
                if (const auto here = alive.lock(); here && *here)
                    what();
            },
            Qt::QueuedConnection);
    };
}

void DeviceThread::post(std::function<void()> job) {
    {
        const std::lock_guard lock(state_->mutex);
        state_->jobs.push_back(std::move(job));
    }
    state_->changed.notify_all();
    watcher_.start();
    sinceLook_.start();
}

// A program that was stopped, or busy, did not hear the device meanwhile.
void DeviceThread::watch() {
    if (sinceLook_.hasExpired(kStoodStillMs))
        pulse_->waitAnew();
    sinceLook_.start();
    if (pulse_->silentFor() < patience_)
        return;
    watcher_.stop();
    leave();
    Q_EMIT abandoned();
}

void DeviceThread::leave() {
    *alive_ = false;
    state_->end(true);
    state_->thread.detach();
    start();
}

}  // namespace marea::app
