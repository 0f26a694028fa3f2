#include "server/apps/library/playlistexchange.h"

#include <algorithm>
#include <unordered_map>

#include "core/library/text.h"

namespace marea::server {

namespace {

using core::Error;
using core::Id;
using core::Result;
using core::unexpected;
using core::db::Row;
using core::db::Session;
using core::library::PlaylistFileEntry;

// How many parts two paths have in common at their ends.
std::size_t commonEnd(std::string_view a, std::string_view b) {
    const auto x = core::library::pathParts(a), y = core::library::pathParts(b);
    std::size_t common = 0;
    while (common < x.size() && common < y.size() && x[x.size() - 1 - common] == y[y.size() - 1 - common]) {
        ++common;
    }
    return common;
}

Result<void> matchIds(Session& session, const Viewer& viewer, const std::vector<PlaylistFileEntry>& entries,
                      std::vector<Id>& found) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (entries[i].id.empty()) {
            continue;
        }
        const auto known = session.first(
            "SELECT 1 FROM media_items i WHERE ?1 = ?1 AND i.id = ?2 AND i.status <> 'missing'" + visible(viewer),
            {viewer.userId, entries[i].id}, [](const Row&) { return true; });
        if (!known) {
            return unexpected<Error>(known.error());
        }
        found[i] = *known ? entries[i].id : Id();
    }
    return {};
}

// One look at every file, whatever the number of entries: the path that ends most alike is it.
Result<void> matchPaths(Session& session, const Viewer& viewer, const std::vector<PlaylistFileEntry>& entries,
                        std::vector<Id>& found) {
    std::unordered_multimap<std::string, std::size_t> wanted;  // file name → entries
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (found[i].empty() && !entries[i].location.empty()) {
            wanted.emplace(core::library::fileName(entries[i].location), i);
        }
    }
    if (wanted.empty()) {
        return {};
    }
    struct Likeness {
        std::size_t parts = 0, times = 0;
    };
    std::vector<Likeness> best(entries.size());
    auto done = session.each(
        "SELECT f.path, f.item_id FROM media_files f WHERE ?1 = ?1 AND f.item_id IS NOT NULL AND f.state <> 'missing'" +
            visibleItem(viewer, "f.item_id"),
        {viewer.userId}, [&](const Row& row) {
            const auto [from, to] = wanted.equal_range(std::string(core::library::fileName(row.text(0))));
            for (auto it = from; it != to; ++it) {
                const std::size_t parts = commonEnd(entries[it->second].location, row.text(0));
                Likeness& likeness = best[it->second];
                likeness.times = parts > likeness.parts ? 1 : likeness.times + (parts == likeness.parts);
                if (parts > likeness.parts) {
                    likeness.parts = parts;
                    found[it->second] = row.string(1);
                }
            }
            return true;
        });
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (best[i].times > 1) {  // "01.flac" is in every album: its tags may tell
            found[i].clear();
        }
    }
    return done;
}

bool sameArtist(const std::string& told, const Row& row) {
    const std::string folded = core::library::searchText(told);
    return folded.empty() || folded == core::library::searchText(row.text(1)) ||
           folded == core::library::searchText(row.text(2));
}

Result<void> matchTags(Session& session, const Viewer& viewer, const std::vector<PlaylistFileEntry>& entries,
                       std::vector<Id>& found) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (!found[i].empty() || entries[i].title.empty()) {
            continue;
        }
        const std::string key = core::library::sortKey(core::library::sortTitle(entries[i].title));
        auto done = session.each(
            "SELECT i.id, coalesce(i.artist, ''), coalesce(i.album_artist, '') FROM media_items i WHERE ?1 = ?1 AND "
            "i.kind IN ('track', 'movie', 'episode', 'video', 'audiobook') AND i.sort_key = ?2 AND "
            "i.status <> 'missing'" +
                visible(viewer) + " ORDER BY i.num LIMIT 200",
            {viewer.userId, key}, [&](const Row& row) {
                found[i] = sameArtist(entries[i].artist, row) ? row.string(0) : Id();
                return found[i].empty();
            });
        if (!done) {
            return done;
        }
    }
    return {};
}

}  // namespace

Result<std::vector<Id>> matchedTitles(Session& session, const Viewer& viewer,
                                      const std::vector<PlaylistFileEntry>& entries) {
    std::vector<Id> found(entries.size());
    auto done = matchIds(session, viewer, entries, found)
                    .and_then([&] { return matchPaths(session, viewer, entries, found); })
                    .and_then([&] { return matchTags(session, viewer, entries, found); });
    return done ? Result<std::vector<Id>>(std::move(found)) : unexpected<Error>(done.error());
}

Result<std::vector<PlaylistFileEntry>> entriesForOthers(Session& session, const std::vector<Id>& titles) {
    std::vector<PlaylistFileEntry> entries;
    for (const Id& title : titles) {
        auto done = session.each(
            "SELECT i.title, coalesce(i.artist, ''), coalesce(i.album, ''), i.duration, f.path FROM media_items i "
            "JOIN media_files f ON f.item_id = i.id AND f.state <> 'missing' WHERE i.id = ?1 AND i.status <> 'missing' "
            "ORDER BY f.state <> 'ok', f.part, f.width * f.height DESC, f.size DESC, f.path LIMIT 1",
            {title}, [&](const Row& row) {
                entries.push_back({title, row.string(4), row.string(0), row.string(1), row.string(2), row.real(3)});
                return true;
            });
        if (!done) {
            return unexpected<Error>(done.error());
        }
    }
    return entries;
}

}  // namespace marea::server
