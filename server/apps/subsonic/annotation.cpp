#include <algorithm>
#include <cmath>
#include <set>

#include "server/apps/subsonic/handlers.h"

namespace marea::server::subsonic {

using core::Error;
using core::ErrorCode;
using core::fail;
using core::Id;
using core::Result;
using core::unexpected;

namespace {

constexpr std::size_t kMostAtOnce = 1000;
// Seconds: how long something of unknown length plays at the most, and how much longer anything may, with pauses.
constexpr double kUnknownLength = 600, kPauses = 60;

// What is named by any of the three parameters, all of it there.
Result<std::vector<Item>> named(const Call& call, std::initializer_list<const char*> parameters) {
    std::set<Id> wanted;
    for (const char* name : parameters) {
        const auto ids = call.parameters.ids(name, kMostAtOnce);
        if (!ids) {
            return unexpected<Error>(ids.error());
        }
        wanted.insert(ids->begin(), ids->end());
    }
    if (wanted.empty()) {
        return fail(ErrorCode::Invalid, "The parameter \"id\" is missing.");
    }
    auto items = call.parts.catalog.items(call.who().userId, {wanted.begin(), wanted.end()});
    return items && items->size() != wanted.size() ? fail(ErrorCode::NotFound, "There is nothing with this id.")
                                                   : std::move(items);
}

Done change(const Call& call, const std::vector<Item>& items, const UserChange& wish) {
    for (const Item& item : items) {
        if (auto done = call.parts.playback.change(call.actor(), item.id, wish); !done) {
            return unexpected<Error>(done.error());
        }
    }
    return {};
}

Done favourite(const Call& call, bool wish) {
    const auto items = named(call, {"id", "albumId", "artistId"});
    UserChange change_;
    change_.favourite = wish;
    return items ? change(call, *items, change_) : unexpected<Error>(items.error());
}

void nowPlaying(const Call& call, const Item& item) {
    const core::TimeMs now = call.parts.clock->now();
    const double length = item.duration > 0 ? item.duration : kUnknownLength;
    call.parts.playing.put({call.who().userId, call.who().sessionId, item.id, call.who().username, call.client, now,
                            now + std::llround((length + kPauses) * 1000)});
    if (call.parts.began) {
        call.parts.began(call.who().userId, item.id);
    }
}

Done heard(const Call& call, const Item& item, core::TimeMs at) {
    call.parts.playing.stopped(call.who().sessionId, item.id);
    const auto done = call.parts.playback.listened({call.actor(), item.id, item.duration, at});
    return done ? Done() : unexpected<Error>(done.error());
}

// When each was played, in milliseconds: as the player says, but not in the future.
Result<std::vector<core::TimeMs>> timesOf(const Call& call, std::size_t count) {
    const core::TimeMs now = call.parts.clock->now();
    std::vector<core::TimeMs> times(count, now);
    const std::vector<std::string> given = call.parameters.all("time");
    for (std::size_t i = 0; i < std::min(count, given.size()); ++i) {
        const auto time = Parameters({{"time", given[i]}}).integer("time", now, 0, now);
        if (!time) {
            return unexpected<Error>(time.error());
        }
        times[i] = *time;
    }
    return times;
}

}  // namespace

Done star(const Call& call, Element&) {
    return favourite(call, true);
}

Done unstar(const Call& call, Element&) {
    return favourite(call, false);
}

// Five stars are ten of ours; none takes the rating away.
Done setRating(const Call& call, Element&) {
    const auto stars = call.parameters.requiredInteger("rating", 0, 6);
    if (!stars || *stars > 5) {
        return stars ? fail(ErrorCode::Invalid, "There are five stars.") : unexpected<Error>(stars.error());
    }
    const auto items = named(call, {"id"});
    UserChange wish;
    wish.rating = static_cast<int>(*stars) * 2;
    return items ? change(call, *items, wish) : unexpected<Error>(items.error());
}

Done scrobble(const Call& call, Element&) {
    const auto ids = call.parameters.ids("id", kMostAtOnce);
    const auto songs = ids ? call.songs(*ids) : unexpected<Error>(ids.error());
    const auto times = songs ? timesOf(call, ids->size()) : unexpected<Error>(songs.error());
    if (!times) {
        return unexpected<Error>(times.error());
    }
    if (ids->empty() || songs->size() != ids->size()) {
        return ids->empty() ? fail(ErrorCode::Invalid, "The parameter \"id\" is missing.")
                            : fail(ErrorCode::NotFound, "There is no such song.");
    }
    const bool over = call.parameters.flag("submission").value_or(true);
    for (std::size_t i = 0; i < ids->size(); ++i) {
        const Entry& song = (*songs)[i];
        if (!song.part.empty() && (!over || song.partNumber != song.parts)) {
            continue;  // a book is heard with its last part
        }
        if (auto done = over ? heard(call, song.item, (*times)[i]) : (nowPlaying(call, song.item), Done()); !done) {
            return done;
        }
    }
    return {};
}

}  // namespace marea::server::subsonic
