#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace marea::server {

// Counts of many rows, kept for a while or until a scan changes something, so that turning pages does not count again
// each time. Thread-safe.
class CountCache {
public:
    std::optional<std::int64_t> find(const std::string& key) const {
        const std::lock_guard lock(mutex_);
        const auto found = counts_.find(key);
        const bool fresh = found != counts_.end() && std::chrono::steady_clock::now() < found->second.until;
        return fresh ? std::optional(found->second.count) : std::nullopt;
    }
    void put(const std::string& key, std::int64_t count, std::chrono::seconds fresh = std::chrono::seconds(5)) {
        const std::lock_guard lock(mutex_);
        if (counts_.size() >= kMost) {
            counts_.clear();
        }
        counts_[key] = {count, std::chrono::steady_clock::now() + fresh};
    }
    void clear() {
        const std::lock_guard lock(mutex_);
        counts_.clear();
    }

private:
    struct Entry {
        std::int64_t count = 0;
        std::chrono::steady_clock::time_point until;
    };
    static constexpr std::size_t kMost = 1000;
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Entry> counts_;
};

}  // namespace marea::server
