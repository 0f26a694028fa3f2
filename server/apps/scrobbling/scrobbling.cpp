#include "server/apps/scrobbling/scrobbling.h"

#include <algorithm>

namespace marea::server {

using core::ErrorCode;
using core::Id;
using core::Result;
using core::TimeMs;
using core::db::Session;

namespace {

constexpr std::int64_t kMostAtOnce = 50, kMostPeople = 20;
constexpr TimeMs kFirstPossible = 1'033'430'400'000;  // services take nothing from before October 2002
constexpr std::size_t kMostRemembered = 10'000, kMostAnswer = 64 * 1024;

std::string placeOfToken(const Id& userId) {
    return "marea scrobbler " + userId;
}

std::string withoutLastSlash(std::string_view address) {
    while (address.ends_with('/')) {
        address.remove_suffix(1);
    }
    return std::string(address);
}

}  // namespace

Result<std::unique_ptr<Scrobbling>> Scrobbling::create(Parts parts, ScrobblingOptions options) {
    auto sealed = SealedTexts::open(options.keyFile);
    if (!sealed) {
        return core::unexpected<core::Error>(sealed.error());
    }
    return std::unique_ptr<Scrobbling>(new Scrobbling(std::move(parts), std::move(options), *sealed));
}

Result<std::string> Scrobbling::allowed(std::string_view address) const {
    const std::string wanted =
        address.empty() && !options_.addresses.empty() ? options_.addresses.front() : withoutLastSlash(address);
    if (std::find(options_.addresses.begin(), options_.addresses.end(), wanted) == options_.addresses.end()) {
        return core::fail(ErrorCode::Forbidden, "The owner of this server has not allowed that service.");
    }
    return wanted;
}

Result<Scrobbling::State> Scrobbling::state(const Id& userId) {
    State state{{}, 0, options_.addresses};
    auto read = parts_.database.read([&](Session& session) -> Result<void> {
        auto found = scrobblestore::find(session, userId);
        auto count = found && *found ? scrobblestore::waitingCount(session, **found) : Result<std::int64_t>(0);
        if (!found || !count) {
            return core::unexpected<core::Error>(found ? count.error() : found.error());
        }
        state.scrobbler = std::move(*found);
        state.waiting = *count;
        return {};
    });
    return read ? Result<State>(std::move(state)) : core::unexpected<core::Error>(read.error());
}

Result<void> Scrobbling::connect(const Id& userId, const std::string& address, const std::string& token) {
    const auto sealed = sealed_.seal(token, placeOfToken(userId));
    auto kept = parts_.database.write(
        [&](Session& session) { return scrobblestore::put(session, userId, address, sealed, parts_.clock->now()); });
    if (kept) {
        parts_.logger->info("scrobbling.connected", {{"user", userId}, {"address", address}});
    }
    return kept;
}

Result<void> Scrobbling::disconnect(const Id& userId) {
    auto removed =
        parts_.database.writeValue<bool>([&](Session& session) { return scrobblestore::remove(session, userId); });
    if (removed && *removed) {
        parts_.logger->info("scrobbling.disconnected", {{"user", userId}});
    }
    return removed ? Result<void>() : core::unexpected<core::Error>(removed.error());
}

std::string Scrobbling::tokenOf(const Scrobbler& scrobbler) const {
    const auto token = sealed_.read(scrobbler.sealed, placeOfToken(scrobbler.userId));
    if (!token) {
        parts_.logger->error("scrobbling.token_unreadable", {{"user", scrobbler.userId}});
    }
    return token.value_or("");
}

OutboundRequest Scrobbling::requestTo(const Scrobbler& scrobbler, const char* path, std::string body) const {
    OutboundRequest request{.method = Method::Post, .url = scrobbler.address + path};
    request.headers = {{"Authorization", "Token " + tokenOf(scrobbler)}, {"Content-Type", "application/json"}};
    request.body = std::move(body);
    request.mostBytes = kMostAnswer;
    request.repeatable = false;  // tries have their times in the database
    return request;
}

void Scrobbling::plays(const Id& userId, const Id& mediaId, const Id& playback) {
    if (options_.addresses.empty()) {
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        if (announced_.size() >= kMostRemembered) {
            announced_.clear();
        }
        if (!announced_.insert(playback).second) {
            return;
        }
    }
    parts_.pool.post([this, userId, mediaId] { tellNowPlaying(userId, mediaId); });
}

// Of the moment: what cannot be told now is not told later.
void Scrobbling::tellNowPlaying(const Id& userId, const Id& mediaId) {
    const auto known = parts_.database.readValue<std::optional<Scrobbler>>(
        [&](Session& session) { return scrobblestore::find(session, userId); });
    if (!known || !*known || !(*known)->paused.empty() || !allowed((*known)->address)) {
        return;
    }
    const auto track = parts_.track(mediaId);
    if (!track || !*track || !isTellable(**track)) {
        return;
    }
    parts_.outbound.send(requestTo(**known, "/1/submit-listens", playingNowBody(**track, options_.version)),
                         [this](Result<OutboundAnswer> answer) {
                             const Telling telling = tellingOf(answer, parts_.clock->now());
                             if (telling.outcome != Telling::Outcome::Told) {
                                 parts_.logger->info("scrobbling.playing_now_not_told", {{"detail", telling.words}});
                             }
                         });
}

void Scrobbling::maintain() {
    if (options_.addresses.empty()) {
        return;
    }
    const auto due = parts_.database.readValue<std::vector<Id>>(
        [&](Session& session) { return scrobblestore::due(session, parts_.clock->now(), kMostPeople); });
    if (!due) {
        parts_.logger->warning("scrobbling.not_read", {{"detail", due.error().detail}});
        return;
    }
    for (const Id& userId : *due) {
        {
            const std::lock_guard lock(mutex_);
            if (!underWay_.insert(userId).second) {
                continue;
            }
        }
        tell(userId);
    }
}

void Scrobbling::done(const Id& userId) {
    const std::lock_guard lock(mutex_);
    underWay_.erase(userId);
}

Result<std::vector<Listen>> Scrobbling::listensOf(const std::vector<WaitingListen>& waiting) {
    std::vector<Listen> listens;
    for (const WaitingListen& one : waiting) {
        const auto track = parts_.track(one.mediaId);
        if (!track && track.error().code != ErrorCode::NotFound) {
            return core::unexpected<core::Error>(track.error());
        }
        if (track && *track && isTellable(**track) && one.at >= kFirstPossible) {
            listens.push_back({one.seq, one.at, **track});
        }
    }
    return listens;
}

// nullopt: nobody, or not allowed any more.
Result<std::optional<Scrobbling::Batch>> Scrobbling::nextBatch(const Id& userId) {
    std::int64_t most = kMostAtOnce;
    {
        const std::lock_guard lock(mutex_);
        most = oneByOne_.contains(userId) ? 1 : kMostAtOnce;
    }
    std::optional<Scrobbler> known;
    WaitingListens waiting;
    auto read = parts_.database.read([&](Session& session) -> Result<void> {
        auto found = scrobblestore::find(session, userId);
        auto listens = found && *found ? scrobblestore::waiting(session, userId, (*found)->toldUntil, most)
                                       : Result<WaitingListens>(WaitingListens());
        if (!found || !listens) {
            return core::unexpected<core::Error>(found ? listens.error() : found.error());
        }
        known = std::move(*found);
        waiting = std::move(*listens);
        return {};
    });
    auto listens = read ? listensOf(waiting.listens) : core::unexpected<core::Error>(read.error());
    if (!listens) {
        return core::unexpected<core::Error>(listens.error());
    }
    const bool goes = known && known->paused.empty() && allowed(known->address);
    return goes ? std::optional(Batch{std::move(*known), std::move(*listens), waiting.until}) : std::nullopt;
}

void Scrobbling::tell(const Id& userId) {
    auto batch = nextBatch(userId);
    if (!batch || !*batch) {
        if (!batch) {
            parts_.logger->warning("scrobbling.not_read", {{"detail", batch.error().detail}});
        }
        done(userId);
        return;
    }
    if ((*batch)->listens.empty()) {
        took(**batch, {Telling::Outcome::Told, {}, {}});
        return;
    }
    std::string body = listensBody((*batch)->listens, options_.version);
    OutboundRequest request = requestTo((*batch)->asOf, "/1/submit-listens", std::move(body));
    parts_.outbound.send(std::move(request), [this, batch = std::move(**batch)](Result<OutboundAnswer> answer) {
        const bool ending = !answer && answer.error().code == ErrorCode::Cancelled;  // nobody failed
        const Telling telling = tellingOf(answer, parts_.clock->now());
        if (ending || !parts_.pool.post([this, batch, telling] { took(batch, telling); })) {
            done(batch.asOf.userId);  // it is told once more
        }
    });
}

void Scrobbling::took(const Batch& batch, const Telling& telling) {
    const Id& userId = batch.asOf.userId;
    if (telling.outcome != Telling::Outcome::Told) {
        parts_.logger->info("scrobbling.not_told", {{"user", userId}, {"detail", telling.words}});
    }
    if (auto noted = note(batch, telling); !noted) {
        parts_.logger->error("scrobbling.not_noted", {{"user", userId}, {"detail", noted.error().detail}});
    }
    done(userId);
}

Result<void> Scrobbling::note(const Batch& batch, const Telling& telling) {
    using Outcome = Telling::Outcome;
    const Scrobbler& asOf = batch.asOf;
    const TimeMs now = parts_.clock->now();
    const auto count = static_cast<std::int64_t>(batch.listens.size());
    if (telling.outcome == Outcome::Refused && count > 1) {  // one of them spoils it: which?
        const std::lock_guard lock(mutex_);
        oneByOne_.insert(asOf.userId);
        return {};
    }
    if (telling.outcome == Outcome::Told && count != 1) {
        const std::lock_guard lock(mutex_);
        oneByOne_.erase(asOf.userId);
    }
    return parts_.database.write([&](Session& session) {
        switch (telling.outcome) {
            case Outcome::Told:
                return scrobblestore::noteTold(session, asOf, batch.until, count, now);
            case Outcome::Refused:
                return scrobblestore::noteTold(session, asOf, batch.until, 0, now);
            case Outcome::Unauthorized:
                return scrobblestore::notePaused(session, asOf, "unauthorized", telling.words);
            default:
                return scrobblestore::noteFailure(
                    session, asOf, telling.words,
                    now + waitAfterFailures(asOf.failures + 1, telling.wait, parts_.dice()));
        }
    });
}

}  // namespace marea::server
