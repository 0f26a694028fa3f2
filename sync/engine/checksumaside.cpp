#include "sync/engine/checksumaside.h"

#include <algorithm>
#include <utility>

namespace marea::sync {

namespace {

constexpr std::size_t kBlock = 256 * 1024;
constexpr std::size_t kMostWaiting = 8;

}  // namespace

ChecksumAside::~ChecksumAside() {
    finish();
}

void ChecksumAside::add(std::span<const std::uint8_t> bytes) {
    while (!bytes.empty()) {
        if (filling_.size() == kBlock) {
            handOver();
        }
        filling_.reserve(kBlock);
        const std::size_t count = std::min(bytes.size(), kBlock - filling_.size());
        filling_.insert(filling_.end(), bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(count));
        bytes = bytes.subspan(count);
    }
}

// Gives the full block to the thread and takes one that was summed.
void ChecksumAside::handOver() {
    if (!worker_.joinable()) {
        worker_ = std::thread(&ChecksumAside::work, this);
    }
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return waiting_.size() < kMostWaiting; });
    waiting_.push_back(std::exchange(filling_, {}));
    if (!used_.empty()) {
        filling_ = std::move(used_.back());
        used_.pop_back();
        filling_.clear();
    }
    changed_.notify_all();
}

void ChecksumAside::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        changed_.wait(lock, [this] { return !waiting_.empty() || ended_; });
        if (waiting_.empty()) {
            return;
        }
        Block block = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        sum_.add(block);
        lock.lock();
        used_.push_back(std::move(block));
        changed_.notify_all();
    }
}

void ChecksumAside::finish() {
    if (!worker_.joinable()) {
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        changed_.notify_all();
    }
    worker_.join();
}

std::string ChecksumAside::hex() {
    finish();
    sum_.add(filling_);
    return sum_.hex();
}

}  // namespace marea::sync
