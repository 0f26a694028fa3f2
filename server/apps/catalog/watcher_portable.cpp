#ifndef __linux__

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include "server/apps/catalog/watcher.h"

namespace marea::server {

namespace {

class PollingWatcher final : public Watcher {
public:
    PollingWatcher(WatcherOptions options, Callbacks callbacks)
        : options_(options), callbacks_(std::move(callbacks)), thread_([this] { loop(); }) {}
    ~PollingWatcher() override {
        {
            const std::lock_guard lock(mutex_);
            stop_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }
    void add(const std::string& key, const std::string&) override {
        const std::lock_guard lock(mutex_);
        keys_.insert(key);
    }
    void remove(const std::string& key) override {
        const std::lock_guard lock(mutex_);
        keys_.erase(key);
    }

private:
    void loop() {
        std::unique_lock lock(mutex_);
        while (!changed_.wait_for(lock, std::chrono::milliseconds(options_.pollInterval), [this] { return stop_; })) {
            const std::set<std::string> keys = keys_;
            lock.unlock();
            for (const std::string& key : keys) {
                callbacks_.changedAll(key);
            }
            lock.lock();
        }
    }

    WatcherOptions options_;
    Callbacks callbacks_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool stop_ = false;
    std::set<std::string> keys_;
    std::thread thread_;
};

}  // namespace

std::unique_ptr<Watcher> makeWatcher(WatcherOptions options, Watcher::Callbacks callbacks,
                                     std::shared_ptr<core::Logger>) {
    return std::make_unique<PollingWatcher>(options, std::move(callbacks));
}

}  // namespace marea::server

#endif
