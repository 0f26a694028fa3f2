#include "server/host/upkeep.h"

namespace marea::server {

Upkeep::Upkeep(std::chrono::milliseconds every, std::function<void()> once) : every_(every), once_(std::move(once)) {}

Upkeep::~Upkeep() {
    stop();
}

void Upkeep::start() {
    thread_ = std::thread([this] { run(); });
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

void Upkeep::run() {
    std::unique_lock lock(mutex_);
    while (!ending_.wait_for(lock, every_, [this] { return ended_; })) {
        lock.unlock();
        once_();
        lock.lock();
    }
}

}  // namespace marea::server
