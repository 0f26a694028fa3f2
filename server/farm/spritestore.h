#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>

#include "core/base/result.h"
#include "core/io/filehandle.h"
#include "server/packaging/segment.h"
#include "server/stream/leastused.h"
#include "server/stream/spriteplan.h"
#include "server/stream/streamstatus.h"

namespace marea::server {

// Sheets of thumbnails made ahead, as files: <folder>/<fingerprint>/<sheet>.jpg, and a meta.json that says by which
// plan they were made, so that those of an earlier plan are not given out. Files come to be by a rename, after their
// bytes are on the disk. A set that is being made is given out as far as it goes, and goes on after a restart. The
// sheets keep within a bound: those that nobody looked at for longest go first, and are made on demand from then on, as
// their set counts as made. A sheet that was handed out stays readable when it goes. What was there before is counted
// by a thread of the store's own. Several processes may use one folder. Calls block on the disk; thread-safe, with one
// maker for each fingerprint.
class SpriteStore {
public:
    // Its own folder, made when it is needed.
    explicit SpriteStore(std::string folder, std::int64_t maxBytes = std::int64_t{10} << 30);
    ~SpriteStore();
    SpriteStore(const SpriteStore&) = delete;
    SpriteStore& operator=(const SpriteStore&) = delete;

    bool complete(std::string_view fingerprint, const SpritePlan& plan) const;
    // What is there of another plan goes.
    core::Result<void> begin(std::string_view fingerprint, const SpritePlan& plan);
    bool contains(std::string_view fingerprint, std::size_t sheet) const;
    core::Result<void> keep(std::string_view fingerprint, std::size_t sheet, std::string_view jpeg);
    core::Result<void> end(std::string_view fingerprint);  // all sheets are there

    struct Sheet {
        core::FileHandle file;
        std::int64_t size = 0;
    };
    std::optional<Sheet> open(std::string_view fingerprint, const SpritePlan& plan, std::size_t sheet);

    // The sheet of exactly that wish.
    std::optional<Sheet> find(std::string_view fingerprint, const SpritePlan& plan, const SpriteWish& wish);

    // Sets of other fingerprints than these go. How many.
    std::size_t sweep(const std::set<std::string>& fingerprints);

    SpriteStoreStatus status() const;
    void waitUntilCounted();  // for tests

private:
    std::string setOf(std::string_view fingerprint) const;
    std::string sheetOf(std::string_view fingerprint, std::size_t sheet) const;
    bool isOfPlan(const std::string& set, const SpritePlan& plan, bool alsoBeingMade) const;
    void count();
    void removeSet(const std::string& set);
    void makeRoom(std::int64_t needed);  // under the mutex

    const std::string folder_;
    std::atomic<bool> stopping_ = false;
    mutable std::mutex mutex_;  // guards the two below
    LeastUsed files_;           // sheets, by their paths
    std::uint64_t evicted_ = 0;
    std::thread counter_;
};

}  // namespace marea::server
