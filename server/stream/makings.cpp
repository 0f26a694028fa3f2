#include "server/stream/makings.h"

#include <algorithm>
#include <utility>

namespace marea::server {

using core::ErrorCode;
using core::fail;
using core::Result;

namespace {

SegmentCache::Entry entryOf(const Makings::Bytes& bytes) {
    return {{}, static_cast<std::int64_t>(bytes->size()), bytes};
}

Result<SegmentCache::Entry> entryOf(const Result<Makings::Bytes>& result) {
    return result ? Result<SegmentCache::Entry>(entryOf(*result)) : core::unexpected<core::Error>(result.error());
}

}  // namespace

Makings::Makings(MakingsOptions options, SegmentCache& cache, SegmentMaker& maker)
    : options_(options), cache_(cache), maker_(maker) {}

Makings::Waiter Makings::get(const CacheKey& key, const core::Id& user, Start start, Done done) {
    if (auto entry = cache_.find(key)) {
        done(std::move(*entry));
        return 0;
    }
    std::unique_lock lock(mutex_);
    const Waiter waiter = ++lastWaiter_;
    if (const auto found = flights_.find(key); found != flights_.end()) {
        ++counts_.joined;
        join(std::move(lock), found->second, waiter, std::move(done));
        return waiter;
    }
    if (auto admitted = admit(key, user); !admitted) {
        lock.unlock();
        done(core::unexpected<core::Error>(admitted.error()));
        return waiter;
    }
    Flight& flight = flights_[key];
    flight.id = ++lastFlight_;
    flight.start = std::move(start);
    flight.user = user;
    flight.waiting.emplace(waiter, std::move(done));
    ++perUser_[user];
    lock.unlock();
    begin(key);
    return waiter;
}

void Makings::giveUp(const CacheKey& key, Waiter waiter) {
    std::unique_lock lock(mutex_);
    const auto found = flights_.find(key);
    const auto its =
        found == flights_.end() ? decltype(Flight::waiting)::node_type() : found->second.waiting.extract(waiter);
    if (!its) {
        return;
    }
    Flight& flight = found->second;
    const bool isForLater = flight.interested > 0 && flight.ahead == Urgency::Batch && flight.urgency != flight.ahead;
    if (flight.waiting.empty() && !flight.result && (flight.interested == 0 || isForLater)) {
        if (isForLater) {
            release(flight);
            flight.urgency = flight.ahead;
        }
        callOff(std::move(lock), flight, &SegmentMaker::cancel);
    } else {
        lock.unlock();
    }
    its.mapped()(fail(ErrorCode::Cancelled, "Nobody waits for this any more."));
}

Makings::Interest Makings::ahead(const CacheKey& key, Urgency urgency, Start start) {
    if (cache_.contains(key)) {
        return nullptr;
    }
    std::unique_lock lock(mutex_);
    auto found = flights_.find(key);
    const bool fresh = found == flights_.end();
    if (fresh) {
        if (flights_.size() >= options_.ahead || failures_.contains(key)) {
            return nullptr;
        }
        found = flights_.try_emplace(key).first;
        found->second.id = ++lastFlight_;
        found->second.start = std::move(start);
        found->second.urgency = urgency;
    }
    ++found->second.interested;
    found->second.ahead = std::min(found->second.ahead, urgency);
    const std::uint64_t flight = found->second.id;
    lock.unlock();
    Interest interest(this, [key, flight, pin = cache_.pin(key), weak = weak_from_this()](void*) {
        if (const auto self = weak.lock()) {
            self->letGo(key, flight);
        }
    });
    if (fresh) {
        begin(key);
    }
    return interest;
}

Result<void> Makings::admit(const CacheKey& key, const core::Id& user) {
    if (const auto failed = failures_.find(key); failed != failures_.end()) {
        if (Clock::now() < failed->second.second) {
            return core::unexpected<core::Error>(failed->second.first);
        }
        failures_.erase(failed);
    }
    const auto mine = perUser_.find(user);
    if (mine != perUser_.end() && mine->second >= options_.perUser) {
        return fail(ErrorCode::Busy, "You are asking for too much at once. Try again in a moment.");
    }
    if (flights_.size() >= options_.overall) {
        return fail(ErrorCode::Unavailable, "The server is converting as much as it can. Try again in a moment.");
    }
    return {};
}

void Makings::rememberFailure(const CacheKey& key, const core::Error& error) {
    constexpr std::size_t most = 10'000;
    if (error.code != ErrorCode::Unavailable && error.code != ErrorCode::Timeout && error.code != ErrorCode::Corrupt) {
        return;  // says nothing about the file
    }
    const auto now = Clock::now();
    if (failures_.size() >= most) {
        std::erase_if(failures_, [&](const auto& one) { return one.second.second <= now; });
    }
    if (failures_.size() < most) {
        failures_[key] = {error, now + options_.failureStays};
    }
}

void Makings::join(std::unique_lock<std::mutex> lock, Flight& flight, Waiter waiter, Done done) {
    if (flight.result) {  // made, and on its way to the disk
        const Result<Bytes> result = *flight.result;
        lock.unlock();
        return done(entryOf(result));
    }
    flight.waiting.emplace(waiter, std::move(done));
    if (flight.urgency != Urgency::Requested && !flight.calledOff) {
        callOff(std::move(lock), flight, &SegmentMaker::withdraw);  // to be asked for again, ahead of others
    }
}

// The maker answers Cancelled, and finished() then starts again if somebody waits.
void Makings::callOff(std::unique_lock<std::mutex> lock, Flight& flight,
                      void (SegmentMaker::*how)(SegmentMaker::Ticket)) {
    if (!flight.ticket) {
        return;  // being asked for right now: begin() looks again
    }
    flight.calledOff = true;
    const SegmentMaker::Ticket ticket = *flight.ticket;
    lock.unlock();
    (maker_.*how)(ticket);
}

void Makings::begin(const CacheKey& key) {
    // Between the look at the disk and the flight another one may have landed.
    if (auto entry = cache_.contains(key) ? cache_.find(key) : std::nullopt) {
        std::unique_lock lock(mutex_);
        auto waiting = std::move(flights_.at(key).waiting);
        settle(std::move(lock), key, Bytes(), false);
        for (auto& [waiter, done] : waiting) {
            auto own = entry->file ? entry->file.duplicate() : core::FileHandle();
            done(own ? Result<SegmentCache::Entry>(SegmentCache::Entry{std::move(*own), entry->size, entry->bytes})
                     : core::unexpected<core::Error>(own.error()));
        }
        return;
    }
    std::unique_lock lock(mutex_);
    Flight& flight = flights_.at(key);
    if (!flight.waiting.empty()) {
        flight.urgency = Urgency::Requested;
    }
    const int attempt = ++flight.attempt;
    const Urgency urgency = flight.urgency;
    const Start start = flight.start;
    flight.ticket.reset();
    flight.calledOff = false;
    lock.unlock();
    auto ticket = start(urgency, [self = shared_from_this(), key, attempt](Result<std::string> result) {
        self->finished(key, attempt, std::move(result));
    });
    if (!ticket) {
        return finished(key, attempt, core::unexpected<core::Error>(ticket.error()));
    }
    lock.lock();
    const auto found = flights_.find(key);
    if (found == flights_.end() || found->second.attempt != attempt || found->second.result) {
        return;  // answered already
    }
    Flight& begun = found->second;
    begun.ticket = *ticket;
    const bool somebody = !begun.waiting.empty();
    const bool isLess = begun.urgency != urgency;  // who waited has gone meanwhile
    begun.urgency = somebody ? urgency : begun.urgency;
    if (!somebody && (begun.interested == 0 || isLess)) {
        callOff(std::move(lock), begun, &SegmentMaker::cancel);
    } else if (somebody && urgency != Urgency::Requested) {
        callOff(std::move(lock), begun, &SegmentMaker::withdraw);
    }
}

bool Makings::startsAgain(Flight& flight, const Result<std::string>& result) const {
    return !result && result.error().code == ErrorCode::Cancelled && flight.calledOff &&
           (!flight.waiting.empty() || flight.interested > 0);
}

void Makings::finished(const CacheKey& key, int attempt, Result<std::string> result) {
    std::unique_lock lock(mutex_);
    const auto found = flights_.find(key);
    if (found == flights_.end() || found->second.attempt != attempt || found->second.result) {
        return;
    }
    if (startsAgain(found->second, result)) {
        lock.unlock();
        return begin(key);
    }
    settle(std::move(lock), key,
           result ? Result<Bytes>(std::make_shared<const std::string>(std::move(*result)))
                  : core::unexpected<core::Error>(result.error()),
           true);
}

// Those who wait have it before the disk does.
void Makings::settle(std::unique_lock<std::mutex> lock, const CacheKey& key, Result<Bytes> result, bool fresh) {
    Flight& flight = flights_.at(key);
    const auto waiting = std::exchange(flight.waiting, {});
    if (fresh) {
        flight.result = result;
        ++(result ? counts_.made : counts_.failed);
        if (!result) {
            rememberFailure(key, result.error());
        }
        counts_.seconds += result ? std::chrono::duration<double>(Clock::now() - flight.began).count() : 0;
        lock.unlock();
        for (const auto& [waiter, done] : waiting) {
            done(entryOf(result));
        }
        if (result) {
            cache_.keep(key, *result);
        }
        lock.lock();
    }
    const auto done = flights_.find(key);
    release(done->second);
    flights_.erase(done);
}

// It counts for nobody any more.
void Makings::release(Flight& flight) {
    if (const auto mine = perUser_.find(flight.user); mine != perUser_.end() && --mine->second == 0) {
        perUser_.erase(mine);
    }
    flight.user.clear();
}

void Makings::letGo(const CacheKey& key, std::uint64_t flight) {
    std::unique_lock lock(mutex_);
    const auto found = flights_.find(key);
    if (found == flights_.end() || found->second.id != flight || --found->second.interested > 0) {
        return;
    }
    if (found->second.waiting.empty() && !found->second.result) {
        callOff(std::move(lock), found->second, &SegmentMaker::cancel);
    }
}

MakingsStatus Makings::status() const {
    const std::lock_guard lock(mutex_);
    MakingsStatus status = counts_;
    status.underWay = flights_.size();
    return status;
}

}  // namespace marea::server
