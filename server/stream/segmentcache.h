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
#include <vector>

#include "core/base/log.h"
#include "core/base/result.h"
#include "core/io/filehandle.h"
#include "server/stream/leastused.h"
#include "server/stream/streamstatus.h"

namespace marea::server {

// 32 hexadecimal digits over everything that decides the content.
using CacheKey = std::string;
CacheKey cacheKey(std::initializer_list<std::string_view> parts);

struct SegmentCacheOptions {
    std::string folder;                                // its own; made when it is not there
    std::int64_t maxBytes = std::int64_t{10} << 30;    // on the disk
    std::int64_t maxUnsaved = std::int64_t{64} << 20;  // in memory, of what the disk refused
    std::vector<CacheKey> held = {};                   // from the start on, as by hold()
    std::string secret = {};  // not empty: everything in the folder lies encrypted with it (core/io/sealedfile.h)
    std::string stale = {};   // a folder that is of no more use: it is removed
};

// Files of bounded total size, the least recently used going first. A key names its content for good, so a file never
// changes. Files come to be by a rename, after their bytes are on the disk; what a crash left half-written is removed
// at the next start, unless it is of another process that still runs. What was there before is counted by a thread of
// the cache's own, found meanwhile all the same. A file that was handed out stays readable when it goes. What is held
// never goes, and counts beside the bound. Calls block on the disk; thread-safe.
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
    // These two without counting as a use.
    bool contains(const CacheKey& key) const { return sizeOf(key).has_value(); }
    std::optional<std::int64_t> sizeOf(const CacheKey& key) const;  // of what is in a file on the disk
    // A disk that is full or broken is logged, and the bytes are kept in memory for a while.
    void keep(const CacheKey& key, std::shared_ptr<const std::string> bytes);
    // Also of keys of which nothing is there yet. As often as one is held it has to be let go; whoever holds it knows
    // that after a restart, the cache does not.
    void hold(const std::vector<CacheKey>& keys);
    void letGo(const std::vector<CacheKey>& keys);
    void remove(const CacheKey& key);
    Pin pin(const CacheKey& key);

    SegmentCacheStatus status() const;
    void waitUntilCounted();  // for tests

private:
    std::string pathOf(const CacheKey& key) const;
    void count();
    std::optional<Entry> opened(const CacheKey& key, std::int64_t& onDisk);
    core::Result<void> write(const CacheKey& key, const std::string& bytes);
    core::Result<void> writeTemporary(const std::string& temporary, const std::string& bytes);
    void keepInMemory(const CacheKey& key, std::shared_ptr<const std::string> bytes, const core::Error& why);
    void makeRoom(std::int64_t needed);  // under the mutex

    const SegmentCacheOptions options_;
    const std::shared_ptr<core::Logger> logger_;
    const std::string temporaryPrefix_;
    std::atomic<std::uint64_t> temporaries_{0};
    std::atomic<bool> stopping_{false};

    mutable std::mutex mutex_;  // guards all below
    LeastUsed files_;
    std::multiset<CacheKey> pinned_;
    std::list<std::pair<CacheKey, std::shared_ptr<const std::string>>> unsaved_;
    std::int64_t unsavedBytes_ = 0;
    SegmentCacheStatus counts_;
    std::int64_t lastComplaint_ = 0;
    std::thread counter_;
};

}  // namespace marea::server
