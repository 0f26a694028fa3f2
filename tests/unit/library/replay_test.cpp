#include "server/apps/library/replay.h"

#include <random>

#include "doubles.h"
#include "server/apps/library/history.h"
#include "server/apps/library/historyhandlers.h"
#include "server/apps/library/playlists.h"

namespace marea::server {
namespace {

// Histories made up by dice: whatever was done, in whatever order, the events tell the same library.
class ReplayTest : public LibraryTest, public testing::WithParamInterface<unsigned> {
protected:
    static constexpr int kSteps = 800, kTitles = 12;

    void SetUp() override {
        for (int i = 0; i < kTitles; ++i) {
            titles.push_back(core::newId(clock->time));
            addFilm(titles.back(), 1000, i % 3 ? "movie" : "track");
        }
    }

    int roll(int most) { return std::uniform_int_distribution<int>(0, most - 1)(dice); }
    const char* user() { return roll(4) ? "ana" : "ben"; }
    const core::Id& title() { return titles[static_cast<std::size_t>(roll(kTitles))]; }

    void rate() {
        const int stars = roll(11);
        const std::string rating = stars ? std::to_string(stars) : "null";
        library().change(request("{\"rating\":" + rating + "}", {{"media_id", title()}}, user()));
    }
    void mark() {
        const char* bodies[] = {R"({"favourite":true})", R"({"favourite":false})", R"({"watched":true})",
                                R"({"watched":false})", R"({"favourite":true,"rating":3,"position":70})"};
        library().change(request(bodies[roll(5)], {{"media_id", title()}}, user()));
    }
    void play() {
        const char* who = user();
        const core::Id session = startPlaying(title(), who);
        for (int i = roll(4); i > 0; --i) {
            report(session, roll(1000), "playing", who);
        }
        report(session, roll(1000), "stopped", who);
    }
    void undo() {
        const char* who = user();
        const std::string body = roll(2) ? "" : "{\"seq\":" + std::to_string(1 + roll(200)) + "}";
        HistoryHandlers(*database, media, clock).undo(request(body, {}, who));
    }
    // Anybody does anything to any list; what they may not is refused.
    void arrange() {
        const LibraryActor who{user(), "login-1"};
        std::vector<core::Id> some(1 + static_cast<std::size_t>(roll(3)), title());
        auto done = database->write([&](core::db::Session& db) -> core::Result<void> {
            auto lists = playlists(db, who.userId, PlaylistsOf::Everybody, {}, 20);
            if (!lists || lists->empty() || (lists->size() < 8 && roll(6) == 0)) {
                Playlist wish;
                wish.name = "List " + std::to_string(roll(100));
                wish.visibility = roll(2) ? "collaborative" : "private";
                auto made = createPlaylist(db, who, wish, some, clock->now());
                return made ? core::Result<void>() : core::unexpected<core::Error>(made.error());
            }
            const core::Id id = (*lists)[static_cast<std::size_t>(roll(static_cast<int>(lists->size())))].id;
            auto entries = playlistEntries(db, who.userId, id, {}, 50);
            if (!entries || entries->empty() || roll(3) == 0) {
                auto added = addEntries(db, who, id, some, {}, {}, clock->now());
                return added ? core::Result<void>() : core::unexpected<core::Error>(added.error());
            }
            const auto any = [&] {
                return (*entries)[static_cast<std::size_t>(roll(static_cast<int>(entries->size())))].id;
            };
            switch (roll(8)) {
                case 0:
                    return removeEntries(db, who, id, {any()}, {}, clock->now());
                case 1: {
                    PlaylistChange change;
                    change.name = "Name " + std::to_string(roll(100));
                    auto changed = changePlaylist(db, who, id, change, {}, clock->now());
                    return changed ? core::Result<void>() : core::unexpected<core::Error>(changed.error());
                }
                case 2:
                    return roll(4) ? core::Result<void>() : deletePlaylist(db, who, id, {}, clock->now());
                default:
                    PlaylistPlace place;
                    place.after = entries->front().id;  // always the same gap: it runs out of room
                    return moveEntry(db, who, id, any(), place, {}, clock->now());
            }
        });
        ASSERT_TRUE(done || done.error().code == core::ErrorCode::Forbidden) << done.error().text;
    }
    void step() {
        switch (roll(12)) {
            case 0:
            case 1:
            case 2:
                return rate();
            case 3:
            case 4:
                return mark();
            case 5:
                return undo();
            case 6:
                return play();
            default:
                return arrange();
        }
    }
    std::vector<std::string> rows(const char* who) {
        return *database->readValue<std::vector<std::string>>(
            [&](core::db::Session& db) { return libraryRows(db, who); });
    }

    std::mt19937 dice{GetParam()};
    std::vector<core::Id> titles;
};

TEST_P(ReplayTest, FromEmptyTablesItIsTheSameLibrary) {
    for (int i = 0; i < kSteps; ++i) {
        clock->time += roll(3) * 1000;  // also several things at once
        step();
    }
    const auto ana = rows("ana"), ben = rows("ben");
    ASSERT_GE(number("SELECT count(*) FROM events"), kSteps / 2) << "seed " << GetParam();
    ASSERT_GE(number("SELECT count(*) FROM events WHERE undoes IS NOT NULL"), kSteps / 40);
    ASSERT_FALSE(ana.empty() || ben.empty());
    ASSERT_GT(number("SELECT count(*) FROM playlist_entries"), 0);
    run("DELETE FROM user_library");
    run("DELETE FROM playlists");
    for (const char* who : {"ana", "ben"}) {
        const auto done = database->writeValue<Replayed>([&](core::db::Session& db) { return replayEvents(db, who); });
        ASSERT_TRUE(done) << done.error().detail;
    }
    EXPECT_EQ(rows("ana"), ana) << "seed " << GetParam();
    EXPECT_EQ(rows("ben"), ben) << "seed " << GetParam();
}

INSTANTIATE_TEST_SUITE_P(Seeds, ReplayTest, testing::Values(1, 2, 3),
                         [](const auto& seed) { return "Seed" + std::to_string(seed.param); });

}  // namespace
}  // namespace marea::server
