#include "server/apps/library/home.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "server/apps/library/librarylist.h"

namespace marea::server {

namespace {

using core::Error;
using core::Id;
using core::Result;
using core::unexpected;
using core::db::Row;
using core::db::Session;
using core::db::Value;

using Ids = std::vector<Id>;

constexpr std::int64_t kLooksBack = 500;  // titles seen last, among which series are looked for
// What a library grows by and what is chosen from it: neither the parts of albums and series, nor people.
constexpr std::array<std::string_view, 5> kWhole = {"movie", "series", "video", "album", "audiobook"};

struct Seen {
    Id series;
    std::int64_t season = 0, episode = 0;
};

Result<std::vector<Seen>> seenLast(Session& session, const Id& userId) {
    std::set<Id> known;
    std::vector<Seen> seen;
    auto done = session.each(HomeSql::watchedEpisodes, {userId, kLooksBack}, [&](const Row& row) {
        if (known.insert(row.string(0)).second) {
            seen.push_back({row.string(0), row.integer(1), row.integer(2)});
        }
        return true;
    });
    return done ? Result<std::vector<Seen>>(std::move(seen)) : unexpected<Error>(done.error());
}

struct Ranked {
    std::int64_t rank = 0, num = 0;
    Id id;
};

// The best of all kinds by `sql`, which gives those of one.
Result<Ids> bestOf(Session& session, const Viewer& viewer, const std::string& sql, int limit) {
    std::vector<Ranked> all;
    for (const std::string_view kind : kWhole) {
        auto done = session.each(sql, {viewer.userId, kind, std::int64_t{limit}}, [&](const Row& row) {
            all.push_back({row.integer(1), row.integer(2), row.string(0)});
            return true;
        });
        if (!done) {
            return unexpected<Error>(done.error());
        }
    }
    std::sort(all.begin(), all.end(),
              [](const Ranked& a, const Ranked& b) { return std::tie(a.rank, a.num) > std::tie(b.rank, b.num); });
    Ids ids;
    for (std::size_t i = 0; i < all.size() && i < static_cast<std::size_t>(limit); ++i) {
        ids.push_back(all[i].id);
    }
    return ids;
}

}  // namespace

Result<Ids> continueWatching(Session& session, const Viewer& viewer, int limit) {
    LibraryQuery query;
    query.limit = limit;
    auto page = libraryPage(session, viewer, query);
    return page ? Result<Ids>(std::move(page->ids)) : unexpected<Error>(page.error());
}

Result<Ids> nextUp(Session& session, const Viewer& viewer, int limit) {
    const auto seen = seenLast(session, viewer.userId);
    const std::string next = HomeSql::nextEpisode(viewer);
    if (!seen) {
        return unexpected<Error>(seen.error());
    }
    Ids ids;
    for (std::size_t i = 0; i < seen->size() && ids.size() < static_cast<std::size_t>(limit); ++i) {
        const Seen& last = (*seen)[i];
        auto done = session.each(next, {viewer.userId, last.series, last.season, last.episode}, [&](const Row& row) {
            if (row.real(1) == 0) {
                ids.push_back(row.string(0));
            }
            return false;
        });
        if (!done) {
            return unexpected<Error>(done.error());
        }
    }
    return ids;
}

Result<Ids> recentlyAdded(Session& session, const Viewer& viewer, int limit) {
    return bestOf(session, viewer, HomeSql::recentOfKind(viewer), limit);
}

Result<Ids> popular(Session& session, const Viewer& viewer, int limit) {
    return bestOf(session, viewer, HomeSql::popularOfKind(viewer), limit);
}

}  // namespace marea::server
