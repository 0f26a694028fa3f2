#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/base/json.h"

namespace marea::server {

// What was counted of many rows, kept for a while or until a scan changes something, so that turning pages and opening
// menus do not count again each time. Thread-safe.
class CountCache {
public:
    using Seconds = std::chrono::seconds;

    std::optional<std::int64_t> find(const std::string& key) const { return found(counts_, key); }
    void put(const std::string& key, std::int64_t count, Seconds fresh = Seconds(5)) {
        keep(counts_, key, count, fresh);
    }
    std::optional<core::json::array> findList(const std::string& key) const { return found(lists_, key); }
    void putList(const std::string& key, const core::json::array& list, Seconds fresh) {
        keep(lists_, key, list, fresh);
    }
    void clear() {
        const std::lock_guard lock(mutex_);
        counts_.clear();
        lists_.clear();
    }

private:
    using Clock = std::chrono::steady_clock;
    template <class T>
    struct Entry {
        T value{};
        Clock::time_point until;
    };
    template <class T>
    using Entries = std::unordered_map<std::string, Entry<T>>;

    template <class T>
    std::optional<T> found(const Entries<T>& entries, const std::string& key) const {
        const std::lock_guard lock(mutex_);
        const auto entry = entries.find(key);
        const bool fresh = entry != entries.end() && Clock::now() < entry->second.until;
        return fresh ? std::optional(entry->second.value) : std::nullopt;
    }
    template <class T>
    void keep(Entries<T>& entries, const std::string& key, const T& value, Seconds fresh) {
        const std::lock_guard lock(mutex_);
        if (entries.size() >= kMost) {
            entries.clear();
        }
        entries[key] = {value, Clock::now() + fresh};
    }

    static constexpr std::size_t kMost = 1000;
    mutable std::mutex mutex_;
    Entries<std::int64_t> counts_;
    Entries<core::json::array> lists_;
};

}  // namespace marea::server
