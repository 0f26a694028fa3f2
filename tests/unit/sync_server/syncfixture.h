#pragma once

#include <gtest/gtest.h>

#include <map>

#include "core/base/id.h"
#include "server/apps/library/history.h"
#include "server/apps/library/playlists.h"
#include "server/apps/library/replay.h"
#include "server/apps/sync/syncservice.h"
#include "sync/merge/playlist.h"
#include "tests/unit/sync_records/recordsfixture.h"

namespace marea::server {

class SyncClock final : public core::Clock {
public:
    core::TimeMs now() const override { return time; }
    core::TimeMs time = sync::test::kNow;
};

// A device in memory that exchanges with the service as a program would, without a network.
struct TestDevice {
    sync::Replica replica;
    sync::Since since;
    std::uint64_t given = 0;

    explicit TestDevice(int number) : replica(sync::test::replicaId(number)) {}
};

// A server's database with two users who have a sign-in each, and a film by its id.
class SyncTest : public sync::test::RecordsTest {
protected:
    void SetUp() override {
        RecordsTest::SetUp();
        for (const char* user : {"ana", "ben"}) {
            const std::string name(user);
            run("INSERT INTO users VALUES ('" + name + "', '" + name + "', '" + name + "', '', 'member', 0)");
            run("INSERT INTO logins(id, user_id, device_name, created_at, last_seen_at, expires_at) VALUES ('login-" +
                name + "', '" + name + "', 'tv', 0, 0, 9999999999999)");
        }
    }
    void run(const std::string& sql) {
        auto done = database->write([&](core::db::Session& session) { return session.run(sql); });
        ASSERT_TRUE(done) << done.error().detail;
    }
    std::string text(const std::string& sql) {
        return database
            ->readValue<std::string>([&](core::db::Session& session) -> core::Result<std::string> {
                return session.first(sql, {}, [](const core::db::Row& row) { return row.string(0); })->value_or("none");
            })
            .value_or("error");
    }

    SyncService service() { return SyncService(*database, clock); }
    static LibraryActor actor(const std::string& user) { return {user, "login-" + user}; }

    void change(const std::string& user, const core::Id& media, const UserChange& change) {
        clock->time += 1000;
        auto done = database->write([&](core::db::Session& session) -> core::Result<void> {
            const auto state = changeUserState(session, actor(user), media, change, clock->now());
            return state ? core::Result<void>() : core::unexpected<core::Error>(state.error());
        });
        ASSERT_TRUE(done) << done.error().detail;
    }
    void rate(const std::string& user, const core::Id& media, int rating) {
        UserChange wish;
        wish.rating = rating;
        change(user, media, wish);
    }
    UserState state(const std::string& user, const core::Id& media) {
        return database
            ->readValue<UserState>([&](core::db::Session& session) { return userState(session, user, media); })
            .value();
    }

    void meet(TestDevice& device, const std::string& user = "ana") {
        SyncService one = service();
        DeviceWish wish;
        wish.replica = device.replica.writer().replica;
        wish.name = "Device " + std::to_string(device.replica.writer().replica[15]);
        ASSERT_TRUE(one.add(actor(user), wish));
        push(device, user);
        pull(device, user);
    }
    void push(TestDevice& device, const std::string& user = "ana") {
        for (bool more = true; more;) {
            const sync::Changes changes = device.replica.changesAfter({device.given, 0}, 3);
            const auto taken = service().take(actor(user), changes);
            ASSERT_TRUE(taken) << taken.error().text << taken.error().detail;
            device.given = taken->upTo;
            more = changes.more;
        }
    }
    void pull(TestDevice& device, const std::string& user = "ana") {
        for (bool more = true; more;) {
            const auto page = service().changes(user, device.since, 3, device.replica.writer().replica);
            ASSERT_TRUE(page) << page.error().text << page.error().detail;
            ASSERT_TRUE(device.replica.receive(*page, clock->now()));
            device.since = {page->upTo, page->horizon};
            more = page->more;
        }
    }

    // The events alone still tell the library.
    void expectReplayed(const std::string& user = "ana") {
        auto replayed =
            database->writeValue<Replayed>([&](core::db::Session& session) { return replayEvents(session, user); });
        ASSERT_TRUE(replayed);
        EXPECT_TRUE(replayed->differences.empty()) << replayed->differences.front();
    }

    core::Id makeList(const std::string& user, const std::vector<core::Id>& media, const std::string& name = "List") {
        clock->time += 1000;
        Playlist wish;
        wish.name = name;
        return database
            ->writeValue<Playlist>([&](core::db::Session& session) {
                return createPlaylist(session, actor(user), wish, media, clock->now());
            })
            .value()
            .id;
    }
    std::vector<PlaylistEntry> rows(const std::string& user, const core::Id& id) {
        return database
            ->readValue<std::vector<PlaylistEntry>>(
                [&](core::db::Session& session) { return playlistEntries(session, user, id, std::nullopt, 10'000); })
            .value_or(std::vector<PlaylistEntry>());
    }
    std::vector<core::Id> titles(const std::string& user, const core::Id& id) {
        std::vector<core::Id> list;
        for (const PlaylistEntry& row : rows(user, id)) {
            list.push_back(row.mediaId);
        }
        return list;
    }

    static core::Id mediaId(int number) {
        char text[40];
        std::snprintf(text, sizeof text, "0190a000-0000-7000-8000-%012d", number);
        return text;
    }
    static sync::RecordKey item(int number) { return {"item", mediaId(number)}; }

    const core::Id film = mediaId(1);
    std::shared_ptr<SyncClock> clock = std::make_shared<SyncClock>();
};

inline std::vector<std::string> orderOf(const sync::Replica& replica, const sync::RecordKey& key) {
    std::vector<std::string> order;
    if (const sync::Record* record = replica.find(key)) {
        for (const sync::Entry& entry : sync::entriesOf(*record)) {
            order.push_back(entry.id);
        }
    }
    return order;
}

}  // namespace marea::server
