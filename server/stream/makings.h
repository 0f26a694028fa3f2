#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/id.h"
#include "server/stream/segmentcache.h"
#include "server/stream/streamstatus.h"
#include "server/transcode/segmentmaker.h"

namespace marea::server {

struct MakingsOptions {
    std::size_t perUser = 24;   // makings that one user waits for; more is ErrorCode::Busy
    std::size_t overall = 256;  // makings at all; more is ErrorCode::Unavailable
    std::size_t ahead = 16;     // of them, begun before anybody asked
    // What cost a worker its life or its time is not tried again for this long, however often a player asks.
    std::chrono::milliseconds failureStays{30'000};
};

// Gets things from the cache, or has them made, once however many ask: the others wait for the same making. What is
// made ahead goes to the front as soon as somebody asks, and is called off when nobody is left who might.
//
// Thread-safe. `done` comes exactly once, on the caller's thread when the cache has it, else where the maker's comes.
class Makings : public std::enable_shared_from_this<Makings> {
public:
    using Urgency = SegmentMaker::Urgency;
    using Bytes = std::shared_ptr<const std::string>;
    using Done = std::function<void(core::Result<SegmentCache::Entry>)>;
    // Asks the maker. Called without a lock, perhaps a second time when the urgency has risen.
    using Start =
        std::function<core::Result<SegmentMaker::Ticket>(Urgency urgency, SegmentMaker::Done<std::string> done)>;
    using Waiter = std::uint64_t;
    // Held as long as somebody might want it; the cache keeps it that long. Must not outlive the cache.
    using Interest = std::shared_ptr<void>;

    Makings(MakingsOptions options, SegmentCache& cache, SegmentMaker& maker);

    // What is given back says who waits, for giveUp.
    Waiter get(const CacheKey& key, const core::Id& user, Start start, Done done);
    // Answered with Cancelled, and called off when nobody else wants it; where it is only wanted at some time
    // (Urgency::Batch) it is begun anew as that. Nothing when it was answered already.
    void giveUp(const CacheKey& key, Waiter waiter);
    // Null when it is there already, or too much is under way.
    Interest ahead(const CacheKey& key, Urgency urgency, Start start);

    SegmentCache& cache() { return cache_; }
    MakingsStatus status() const;

private:
    using Clock = std::chrono::steady_clock;
    struct Flight {
        std::uint64_t id = 0;
        Start start;
        Urgency urgency = Urgency::Requested;  // as the maker was last told, or is next
        Urgency ahead = Urgency::Batch;        // of those who are interested and do not wait, the most urgent
        std::optional<SegmentMaker::Ticket> ticket;
        int attempt = 0;         // answers to earlier ones no longer count
        bool calledOff = false;  // the maker was told to cancel
        std::size_t interested = 0;
        std::map<Waiter, Done> waiting;
        core::Id user;  // whose limit it counts in; empty: made ahead
        std::optional<core::Result<Bytes>> result;
        Clock::time_point began = Clock::now();
    };
    using Flights = std::map<CacheKey, Flight>;

    core::Result<void> admit(const CacheKey& key, const core::Id& user);
    void rememberFailure(const CacheKey& key, const core::Error& error);
    void join(std::unique_lock<std::mutex> lock, Flight& flight, Waiter waiter, Done done);
    void begin(const CacheKey& key);
    void finished(const CacheKey& key, int attempt, core::Result<std::string> result);
    bool startsAgain(Flight& flight, const core::Result<std::string>& result) const;
    void settle(std::unique_lock<std::mutex> lock, const CacheKey& key, core::Result<Bytes> result, bool fresh);
    void letGo(const CacheKey& key, std::uint64_t flight);
    void release(Flight& flight);
    void callOff(std::unique_lock<std::mutex> lock, Flight& flight, void (SegmentMaker::*how)(SegmentMaker::Ticket));

    const MakingsOptions options_;
    SegmentCache& cache_;
    SegmentMaker& maker_;

    mutable std::mutex mutex_;  // guards all below
    Flights flights_;
    std::uint64_t lastFlight_ = 0;
    Waiter lastWaiter_ = 0;
    std::map<core::Id, std::size_t> perUser_;
    std::map<CacheKey, std::pair<core::Error, Clock::time_point>> failures_;  // and until when they stay
    MakingsStatus counts_;
};

}  // namespace marea::server
