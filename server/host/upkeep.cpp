#include "server/host/upkeep.h"

namespace marea::server {

Upkeep::Upkeep(std::chrono::milliseconds every, std::function<void()> once) : every_(every), once_(std::move(once)) {}

Upkeep::~Upkeep() {
    stop();
}

void Upkeep::start() {
    thread_ = std::thread([this] { run(); });
}

void Upkeep::startOnce() {
    thread_ = std::thread([this] {
        std::unique_lock lock(mutex_);
        if (isTime(lock)) {
            lock.unlock();
            once_();
        }
    });
}

void Upkeep::askToEnd() {
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
    }
    ending_.notify_all();
}

void Upkeep::stop() {
    askToEnd();
    if (thread_.joinable()) {
        thread_.join();
    }
}

bool Upkeep::isTime(std::unique_lock<std::mutex>& lock) {
    return !ending_.wait_for(lock, every_, [this] { return ended_; });
}

void Upkeep::run() {
    std::unique_lock lock(mutex_);
    while (isTime(lock)) {
        lock.unlock();
        once_();
        lock.lock();
    }
}

}  // namespace marea::server
