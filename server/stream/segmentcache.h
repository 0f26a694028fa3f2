#pragma once

#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>

#include "core/base/log.h"
#include "core/base/result.h"
#include "core/io/filehandle.h"
#include "server/stream/streamstatus.h"

namespace marea::server {

// 32 hexadecimal digits over everything that decides the content.
using CacheKey = std::string;
CacheKey cacheKey(std::initializer_list<std::string_view> parts);

struct SegmentCacheOptions {
    std::string folder;                                // its own; made when it is not there
    std::int64_t maxBytes = std::int64_t{10} << 30;    // on the disk
    std::int64_t maxUnsaved = std::int64_t{64} << 20;  // in memory, of what the disk refused
};

// Files of bounded total size, the least recently used going first. A key names its content for good, so a file never
// changes. Files come to be by a rename, after their bytes are on the disk; what a crash left half-written is removed
// at the next start, unless it is of another process that still runs. What was there before is counted by a thread of
// the cache's own, found meanwhile all the same. A file that was handed out stays readable when it goes. Calls block on
// the disk; thread-safe.
class SegmentCache {
public:
    struct Entry {
        core::FileHandle file;
        std::int64_t size = 0;
        std::shared_ptr<const std::string> bytes;  // in place of the file when the disk did not take it
    };
    // While one is held, its key does not go. Must not outlive the cache.
    using Pin = std::shared_ptr<void>;

    SegmentCache(SegmentCacheOptions options, std::shared_ptr<core::Logger> logger);
    ~SegmentCache();
    SegmentCache(const SegmentCache&) = delete;
    SegmentCache& operator=(const SegmentCache&) = delete;

    std::optional<Entry> find(const CacheKey& key);
    bool contains(const CacheKey& key) const;  // without counting as a use
    // A disk that is full or broken is logged, and the bytes are kept in memory for a while.
    void keep(const CacheKey& key, std::shared_ptr<const std::string> bytes);
    void remove(const CacheKey& key);
    Pin pin(const CacheKey& key);

    SegmentCacheStatus status() const;
    void waitUntilCounted();  // for tests

private:
    struct Node {
        CacheKey key;
        std::int64_t size = 0;
    };
    using Order = std::list<Node>;  // the most recently used first

    std::string pathOf(const CacheKey& key) const;
    std::optional<Entry> open(const CacheKey& key) const;
    void count();
    void sweepAndList(Order& found);
    core::Result<void> write(const CacheKey& key, const std::string& bytes);
    core::Result<void> writeTemporary(const std::string& temporary, const std::string& bytes);
    void keepInMemory(const CacheKey& key, std::shared_ptr<const std::string> bytes, const core::Error& why);
    // Under the mutex.
    void used(const CacheKey& key, std::int64_t size);
    void dropFromList(const CacheKey& key);
    void makeRoom(std::int64_t needed);

    const SegmentCacheOptions options_;
    const std::shared_ptr<core::Logger> logger_;
    const std::string temporaryPrefix_;
    std::atomic<std::uint64_t> temporaries_{0};
    std::atomic<bool> stopping_{false};

    mutable std::mutex mutex_;  // guards all below
    Order order_;
    std::unordered_map<CacheKey, Order::iterator> known_;
    std::multiset<CacheKey> pinned_;
    std::list<std::pair<CacheKey, std::shared_ptr<const std::string>>> unsaved_;
    std::int64_t unsavedBytes_ = 0;
    SegmentCacheStatus counts_;
    std::int64_t lastComplaint_ = 0;
    std::thread counter_;
};

}  // namespace marea::server
