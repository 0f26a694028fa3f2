#include "server/apps/library/replay.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "server/apps/library/libraryevents.h"

namespace marea::server {

namespace {

using core::Error;
using core::Id;
using core::Result;
using core::unexpected;
using core::db::Row;
using core::db::Session;

constexpr std::size_t kPage = 1000;  // events in memory at once

// The tables that follow from events. Rows name their table, so that they can stand in one list.
struct ReadTable {
    std::string_view rows, clear;
};
constexpr std::array<ReadTable, 4> kReadTables = {
    {{"SELECT json_object('table', 'user_library', 'media_id', media_id, 'rating', rating, 'watched', watched, "
      "'favourite', favourite, 'play_count', play_count, 'last_played_at', last_played_at, 'updated_at', updated_at) "
      "FROM user_library WHERE user_id = ?1",
      "DELETE FROM user_library WHERE user_id = ?1"},
     {"SELECT json_object('table', 'playlists', 'id', id, 'name', name, 'description', description, 'visibility', "
      "visibility, 'rules', rules, 'revision', revision, 'created_at', created_at, 'updated_at', updated_at) "
      "FROM playlists WHERE owner_id = ?1",
      "DELETE FROM playlists WHERE owner_id = ?1"},
     {"SELECT json_object('table', 'playlist_entries', 'playlist_id', e.playlist_id, 'id', e.id, 'media_id', "
      "e.media_id, 'rank', e.rank, 'added_by', e.added_by, 'added_at', e.added_at) "
      "FROM playlists p JOIN playlist_entries e ON e.playlist_id = p.id WHERE p.owner_id = ?1",
      "DELETE FROM playlist_entries WHERE playlist_id IN (SELECT id FROM playlists WHERE owner_id = ?1)"},
     {"SELECT json_object('table', 'owned_titles', 'media_id', media_id, 'order_id', order_id, 'owned_at', owned_at) "
      "FROM owned_titles WHERE user_id = ?1",
      "DELETE FROM owned_titles WHERE user_id = ?1"}}};

Result<std::vector<LibraryEvent>> eventsAfter(Session& session, const Id& userId, std::int64_t after) {
    std::vector<LibraryEvent> page;
    auto done = eachEvent(session, userId, after, [&](const LibraryEvent& event) {
        page.push_back(event);
        return page.size() < kPage;
    });
    return done ? Result<std::vector<LibraryEvent>>(std::move(page)) : unexpected<Error>(done.error());
}

Result<std::int64_t> projectAll(Session& session, const Id& userId) {
    std::int64_t events = 0;
    for (std::int64_t last = 0;;) {
        const auto page = eventsAfter(session, userId, last);
        if (!page) {
            return unexpected<Error>(page.error());
        }
        if (page->empty()) {
            return events;
        }
        for (const LibraryEvent& event : *page) {
            if (auto done = project(session, event); !done) {
                return unexpected<Error>(done.error());
            }
        }
        events += static_cast<std::int64_t>(page->size());
        last = page->back().seq;
    }
}

std::vector<std::string> differencesOf(const std::vector<std::string>& there, const std::vector<std::string>& told) {
    std::vector<std::string> missing, extra, differences;
    std::set_difference(told.begin(), told.end(), there.begin(), there.end(), std::back_inserter(missing));
    std::set_difference(there.begin(), there.end(), told.begin(), told.end(), std::back_inserter(extra));
    for (const std::string& row : extra) {
        differences.push_back("- " + row);
    }
    for (const std::string& row : missing) {
        differences.push_back("+ " + row);
    }
    return differences;
}

Result<void> copyEvents(Session& scratch, const Id& userId, const std::vector<LibraryEvent>& events) {
    auto done = scratch.run("INSERT INTO users VALUES (?1, ?1, ?1, '', 'member', 0)", {userId});
    for (std::size_t i = 0; done && i < events.size(); ++i) {
        const auto appended = append(scratch, events[i]);
        done = appended ? Result<void>() : unexpected<Error>(appended.error());
    }
    return done;
}

}  // namespace

Result<std::vector<std::string>> libraryRows(Session& session, const Id& userId) {
    std::vector<std::string> rows;
    for (const ReadTable& table : kReadTables) {
        auto done = session.each(table.rows, {userId}, [&](const Row& row) {
            rows.push_back(row.string(0));
            return true;
        });
        if (!done) {
            return unexpected<Error>(done.error());
        }
    }
    std::sort(rows.begin(), rows.end());
    return rows;
}

Result<Replayed> replayEvents(Session& session, const Id& userId) {
    const auto before = libraryRows(session, userId);
    auto done = before ? Result<void>() : unexpected<Error>(before.error());
    for (const ReadTable& table : kReadTables) {
        done = done ? session.run(table.clear, {userId}) : done;
    }
    const auto events = done ? projectAll(session, userId) : unexpected<Error>(done.error());
    const auto after = events ? libraryRows(session, userId) : unexpected<Error>(events.error());
    return after ? Result<Replayed>(Replayed{*events, differencesOf(*before, *after)})
                 : unexpected<Error>(after.error());
}

Result<Replayed> checkEvents(core::db::Database& database, core::db::Database& scratch, const Id& userId) {
    std::vector<std::string> there;
    std::vector<LibraryEvent> events;
    auto done = database.read([&](Session& session) -> Result<void> {
        auto rows = libraryRows(session, userId);
        if (!rows) {
            return unexpected<Error>(rows.error());
        }
        there = std::move(*rows);
        return eachEvent(session, userId, 0, [&](const LibraryEvent& event) {
            events.push_back(event);
            return true;
        });
    });
    if (!done) {
        return unexpected<Error>(done.error());
    }
    return scratch.writeValue<Replayed>([&](Session& session) -> Result<Replayed> {
        auto told = copyEvents(session, userId, events).and_then([&] { return replayEvents(session, userId); });
        const auto rows = told ? libraryRows(session, userId) : unexpected<Error>(told.error());
        return rows ? Result<Replayed>(Replayed{told->events, differencesOf(there, *rows)})
                    : unexpected<Error>(rows.error());
    });
}

}  // namespace marea::server
