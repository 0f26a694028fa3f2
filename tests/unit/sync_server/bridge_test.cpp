#include <random>

#include "server/apps/sync/synced.h"
#include "syncfixture.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using sync::test::kDay;
using sync::test::valueOf;

sync::Value num(std::int64_t number) {
    return sync::Value(number);
}

TEST(Synced, TitlesThatAreInAListTwiceHaveTwoNames) {
    const core::Id media = "0190a000-0000-7000-8000-000000000001", other = "0190a000-0000-7000-8000-000000000002";
    const std::vector<PlaylistEntry> rows{{"b", media, "", 1, 7}, {"a", media, "", 2, 5}, {"c", other, "", 3, 5}};
    EXPECT_EQ(entryNames(rows, {}), (std::vector<std::string>{media + "~b", media, other}));
    EXPECT_EQ(entryNames(rows, {media + "~a"}), (std::vector<std::string>{media, media + "~a", other})) << "as known";
    const std::vector<PlaylistEntry> atOnce{{"b", media, "", 1, 5}, {"a", media, "", 2, 5}};
    EXPECT_EQ(entryNames(atOnce, {}), (std::vector<std::string>{media, media + "~a"}));
    EXPECT_EQ(entryNames({rows[0]}, {media, media + "~b"}), std::vector<std::string>{media + "~b"});
    EXPECT_EQ(namedEntry(media)->mediaId, media);
    EXPECT_EQ(namedEntry(media + "~" + other)->id, other);
    for (const std::string& wrong : {std::string("song"), media + "~", media + "~x", std::string()}) {
        EXPECT_FALSE(namedEntry(wrong)) << wrong;
    }
}

TEST(Synced, ValuesThatNoTitleCanHaveCountAsAbsent) {
    sync::Replica device(sync::test::replicaId(1));
    const sync::RecordKey key{"item", "x"};
    device.edit(key, {{"rating", num(11)}, {"favourite", std::string("yes")}, {"position", num(-1)}}, 1);
    const SyncedItem item = syncedItem(*device.find(key), sync::Strategy::LastWriteWins);
    EXPECT_EQ(item.rating, std::nullopt);
    EXPECT_FALSE(item.favourite);
    EXPECT_EQ(item.position, std::nullopt);
}

TEST_F(SyncTest, WhatWasThereBeforeTheFirstDeviceIsTakenAlong) {
    rate("ana", film, 7);
    UserChange more;
    more.favourite = true;
    more.position = 61.5;
    change("ana", film, more);
    run("INSERT INTO events(user_id, seq, at, type, version, media_id, data) VALUES ('ana', 3, 5, 'PLAYED', 1, '" +
        film + "', '{\"counted\":true}')");
    run("UPDATE user_library SET play_count = 1, last_played_at = 5 WHERE user_id = 'ana'");
    const core::Id list = makeList("ana", {mediaId(3), mediaId(2)}, "Evening");
    TestDevice device(1);
    meet(device);
    EXPECT_EQ(valueOf(device.replica, item(1), "rating"), num(7));
    EXPECT_EQ(valueOf(device.replica, item(1), "favourite"), sync::Value(true));
    EXPECT_EQ(valueOf(device.replica, item(1), "position"), num(61500));
    EXPECT_EQ(device.replica.find(item(1))->counters.at("plays").total(), 1);
    EXPECT_EQ(valueOf(device.replica, {"playlist", list}, "name"), sync::Value(std::string("Evening")));
    EXPECT_EQ(orderOf(device.replica, {"playlist", list}), (std::vector<std::string>{mediaId(3), mediaId(2)}));
    const std::uint64_t place = device.since.after;
    pull(device);
    EXPECT_EQ(device.since.after, place) << "nothing new, nothing written";
}

TEST_F(SyncTest, ChangesOfADeviceAreEventsOfTheLibrary) {
    TestDevice device(1);
    device.replica.edit(item(1), {{"rating", num(9)}, {"watched", true}, {"position", num(5000)}}, clock->now());
    device.replica.count(item(1), "plays", 3, clock->now());
    const core::Id list = core::newId(1);
    sync::Record none{{"playlist", list}, {}, {}, {}};
    auto writes = sync::appended(none, {mediaId(2), mediaId(1)}, sync::runTag(sync::test::replicaId(1), 1));
    writes.push_back({"name", std::string("Road")});
    device.replica.edit(none.key, writes, clock->now());
    clock->time += 5000;
    meet(device);
    const UserState is = state("ana", film);
    EXPECT_EQ(is.rating, 9);
    EXPECT_TRUE(is.watched);
    EXPECT_EQ(is.position, 5.0);
    EXPECT_EQ(is.playCount, 3);
    EXPECT_EQ(titles("ana", list), (std::vector<core::Id>{mediaId(2), mediaId(1)}));
    EXPECT_EQ(text("SELECT name FROM playlists WHERE owner_id = 'ana'"), "Road");
    EXPECT_EQ(text("SELECT at FROM events WHERE type = 'RATED'"), std::to_string(sync::test::kNow))
        << "when it was done, not when it came";
    expectReplayed();
    const std::string events = text("SELECT count(*) FROM events");
    meet(device);
    EXPECT_EQ(text("SELECT count(*) FROM events"), events) << "the same again changes nothing";
    EXPECT_EQ(state("ben", film).rating, std::nullopt);
}

TEST_F(SyncTest, WhatHappensOnTheServerAndOnADeviceAtOnceIsOrderedByItsTime) {
    TestDevice early(1), late(2);
    meet(early);
    meet(late);
    early.replica.edit(item(1), {{"rating", num(3)}}, clock->now() + 500);
    rate("ana", film, 6);
    late.replica.edit(item(2), {{"rating", num(3)}}, clock->now() + 5000);
    rate("ana", mediaId(2), 6);
    clock->time += 3 * kDay;  // all of it comes together much later
    meet(early);
    meet(late);
    EXPECT_EQ(state("ana", film).rating, 6) << "the server's was later";
    EXPECT_EQ(state("ana", mediaId(2)).rating, 3) << "the device's was later";
    const auto noted = history("ana");
    EXPECT_TRUE(noted.empty()) << "both stand side by side, nothing is gone";
    rate("ana", film, 8);
    meet(early);
    EXPECT_EQ(valueOf(early.replica, item(1), "rating"), num(8)) << "knew of both";
    EXPECT_FALSE(early.replica.find(item(1))->cells.at("rating").isContested());
    EXPECT_EQ(history("ana").size(), 2u);
    expectReplayed();
}

TEST_F(SyncTest, UndoingGoesToDevicesAndWhatTheySayCanBeUndone) {
    TestDevice device(1);
    rate("ana", film, 4);
    meet(device);
    device.replica.edit(item(1), {{"rating", num(9)}}, clock->now());
    meet(device);
    ASSERT_EQ(state("ana", film).rating, 9);
    clock->time += 1000;
    ASSERT_TRUE(database->writeValue<Undone>(
        [&](core::db::Session& session) { return undo(session, actor("ana"), std::nullopt, clock->now()); }));
    meet(device);
    EXPECT_EQ(state("ana", film).rating, 4);
    EXPECT_EQ(valueOf(device.replica, item(1), "rating"), num(4));
    expectReplayed();
}

TEST_F(SyncTest, PositionsThatAreSavedOnTheServerReachDevicesThoughTheyAreNoEvents) {
    TestDevice device(1);
    meet(device);
    ASSERT_TRUE(database->write([&](core::db::Session& session) {
        return savePosition(session, {actor("ana"), film, 12.25, false, clock->now()});
    }));
    pull(device);
    EXPECT_EQ(valueOf(device.replica, item(1), "position"), num(12250));
    UserChange back;
    back.position = 3;
    change("ana", film, back);
    pull(device);
    EXPECT_EQ(valueOf(device.replica, item(1), "position"), num(3000)) << "moved by hand";
}

TEST_F(SyncTest, PlaylistsMergeEntryByEntryInBothDirections) {
    const core::Id list = makeList("ana", {mediaId(1), mediaId(2), mediaId(3)});
    const sync::RecordKey key{"playlist", list};
    TestDevice device(1);
    meet(device);
    const sync::Record& there = *device.replica.find(key);
    device.replica.edit(key, sync::placed(there, {mediaId(9)}, mediaId(1), 77), clock->now());
    device.replica.edit(key, sync::removed(*device.replica.find(key), {mediaId(3)}), clock->now());
    ASSERT_TRUE(database->writeValue<std::vector<core::Id>>([&](core::db::Session& session) {
        return addEntries(session, actor("ana"), list, {mediaId(4), mediaId(2)}, {}, {}, clock->now());
    }));
    meet(device);
    EXPECT_EQ(titles("ana", list), (std::vector<core::Id>{mediaId(1), mediaId(9), mediaId(2), mediaId(4), mediaId(2)}));
    EXPECT_EQ(orderOf(device.replica, key).size(), 5u);
    EXPECT_EQ(orderOf(device.replica, key)[1], mediaId(9));
    expectReplayed();
    device.replica.remove(key, clock->now());
    meet(device);
    EXPECT_EQ(text("SELECT count(*) FROM playlists"), "0");
    expectReplayed();
}

TEST_F(SyncTest, APlaylistDeletedHereAndChangedThereFollowsTheStrategy) {
    const core::Id list = makeList("ana", {mediaId(1)});
    TestDevice device(1);
    meet(device);
    device.replica.edit({"playlist", list}, {{"name", std::string("Mine")}}, clock->now() - 500);
    clock->time += 1000;
    ASSERT_TRUE(database->write(
        [&](core::db::Session& session) { return deletePlaylist(session, actor("ana"), list, {}, clock->now()); }));
    meet(device);
    EXPECT_EQ(text("SELECT count(*) FROM playlists"), "0") << "the deletion was later";
    run("INSERT INTO preferences VALUES ('ana', '', '{\"sync.playlist\":\"ask_me\"}', 0)");
    meet(device);
    EXPECT_EQ(text("SELECT name FROM playlists"), "Mine") << "there until somebody has chosen";
    const auto page = service().questions("ana", 0, 10).value();
    ASSERT_EQ(page.list.size(), 1u);
    EXPECT_EQ(page.list[0].conflict.cell, "life");
    ASSERT_TRUE(service().answer(actor("ana"), page.list[0].id, 0));
    EXPECT_EQ(text("SELECT count(*) FROM playlists"), "0") << "the later side was the deletion";
    expectReplayed();
}

TEST_F(SyncTest, TheIdOfSomebodyElsesPlaylistIsNeitherTakenNorTold) {
    const core::Id theirs = makeList("ben", {mediaId(1)}, "Secret");
    TestDevice device(1);
    device.replica.edit({"playlist", theirs}, {{"name", std::string("Mine now")}}, clock->now());
    device.replica.edit(item(1), {{"rating", num(2)}}, clock->now());
    meet(device);
    device.replica.remove({"playlist", theirs}, clock->now());
    meet(device);
    EXPECT_EQ(text("SELECT name FROM playlists WHERE owner_id = 'ben'"), "Secret");
    EXPECT_EQ(text("SELECT count(*) FROM playlists WHERE owner_id = 'ana'"), "0");
    EXPECT_EQ(state("ana", film).rating, 2) << "the rest came";
}

TEST_F(SyncTest, QuestionsAreAskedWhereTheUserWishesAndAnsweredOnce) {
    TestDevice one(1), two(2);
    meet(one);
    meet(two);
    one.replica.edit(item(1), {{"rating", num(2)}}, clock->now());
    two.replica.edit(item(1), {{"rating", num(9)}}, clock->now() + 1);
    meet(one);
    meet(two);
    EXPECT_TRUE(service().questions("ana", 0, 10)->list.empty()) << "the later one counts, unless somebody wishes else";
    run("INSERT INTO preferences VALUES ('ana', '', '{\"sync.item\":\"ask_me\"}', 0)");
    const auto page = service().questions("ana", 0, 10).value();
    ASSERT_EQ(page.list.size(), 1u);
    EXPECT_EQ(page.list[0].conflict.sides[1].value, num(2));
    EXPECT_EQ(service().answer(actor("ben"), page.list[0].id, 1).error().code, ErrorCode::NotFound);
    EXPECT_EQ(service().answer(actor("ana"), page.list[0].id, 5).error().code, ErrorCode::Invalid);
    ASSERT_TRUE(service().answer(actor("ana"), page.list[0].id, 1));
    EXPECT_EQ(state("ana", film).rating, 2);
    EXPECT_EQ(service().answer(actor("ana"), page.list[0].id, 1).error().code, ErrorCode::NotFound);
    meet(two);
    EXPECT_EQ(valueOf(two.replica, item(1), "rating"), num(2));
    expectReplayed();
}

TEST_F(SyncTest, RefusalsAreInWordsAndChangeNothing) {
    TestDevice device(1);
    device.replica.edit(item(1), {{"rating", num(5)}}, clock->now());
    const auto unknown = service().take(actor("ana"), device.replica.changesAfter({}, 10));
    EXPECT_EQ(unknown.error().code, ErrorCode::Conflict);
    meet(device);
    EXPECT_EQ(service().take(actor("ben"), device.replica.changesAfter({}, 10)).error().code, ErrorCode::Conflict)
        << "it is ana's";
    device.replica.edit(item(1), {{"rating", num(6)}}, clock->now() + 11 * kDay);
    const auto ahead = service().take(actor("ana"), device.replica.changesAfter({}, 10));
    ASSERT_FALSE(ahead);
    EXPECT_EQ(ahead.error().code, ErrorCode::Unprocessable);
    EXPECT_NE(ahead.error().text.find("clock"), std::string::npos);
    EXPECT_EQ(state("ana", film).rating, 5);
    SyncService one = service();
    DeviceWish wish;
    wish.name = "one of many";
    for (int i = 2; i < 101; ++i) {
        wish.replica = sync::test::replicaId(i);
        ASSERT_TRUE(one.add(actor("ana"), wish)) << i;
    }
    wish.replica = sync::test::replicaId(200);
    EXPECT_EQ(one.add(actor("ana"), wish).error().code, ErrorCode::Unprocessable);
}

TEST_F(SyncTest, AnAnswerThatWasLostIsAskedForAgainWithoutHarm) {
    TestDevice device(1);
    meet(device);
    device.replica.count(item(1), "plays", 2, clock->now());
    const sync::Changes changes = device.replica.changesAfter({device.given, 0}, 10);
    const auto first = service().take(actor("ana"), changes);
    const auto again = service().take(actor("ana"), changes);
    ASSERT_TRUE(first && again);
    EXPECT_EQ(first->upTo, again->upTo);
    EXPECT_TRUE(first->isNews);
    EXPECT_TRUE(first->isSame);
    EXPECT_FALSE(again->isNews);
    EXPECT_EQ(state("ana", film).playCount, 2);
    sync::Changes later = changes;
    later.after += 100;
    later.upTo += 100;
    EXPECT_EQ(service().take(actor("ana"), later)->upTo, first->upTo) << "after a gap nothing is said to be there";
}

TEST_F(SyncTest, WhoWasAwayForLongerThanDeletionsAreRememberedTakesEverythingAnew) {
    const core::Id list = makeList("ana", {mediaId(1)});
    rate("ana", film, 4);
    TestDevice device(1), other(2);
    meet(device);
    meet(other);
    ASSERT_TRUE(database->write(
        [&](core::db::Session& session) { return deletePlaylist(session, actor("ana"), list, {}, clock->now()); }));
    meet(other);
    clock->time += SyncService::kTombstones + kDay;
    rate("ana", film, 5);
    push(other);
    const auto page = service().changes("ana", device.since, 10, std::nullopt).value();
    EXPECT_TRUE(page.resync);
    EXPECT_EQ(page.after, 0u);
    EXPECT_EQ(page.records.size(), 1u) << "the deletion is forgotten";
}

TEST_F(SyncTest, WithThousandsOfTitlesTheFirstDeviceTakesAllOfThem) {
    run("INSERT INTO user_library(user_id, media_id, rating, updated_at) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
        "SELECT i + 1 FROM n WHERE i < 4500) SELECT 'ana', printf('0190a000-0000-7000-8000-%012d', i), 1 + i % 10, i "
        "FROM n");
    std::size_t records = 0;
    sync::Since since;
    for (bool more = true; more;) {
        const auto page = service().changes("ana", since, 1000, std::nullopt).value();
        records += page.records.size();
        since = {page.upTo, page.horizon};
        more = page.more;
    }
    EXPECT_EQ(records, 4500u);
}

// Random lives of three devices and the server, whose people change things on either; then everybody meets.
TEST_F(SyncTest, AfterAllHaveMetTheLibraryAndAllDevicesSayTheSame) {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937_64 random(seed);
        const auto below = [&](std::size_t bound) { return random() % bound; };
        std::vector<TestDevice> devices;
        for (int i = 1; i <= 3; ++i) {
            devices.emplace_back(static_cast<int>(seed) * 10 + i);
        }
        const core::Id list = makeList("ana", {mediaId(1), mediaId(2)});
        const sync::RecordKey key{"playlist", list};
        for (int step = 0; step < 60; ++step) {
            clock->time += 1000 + static_cast<core::TimeMs>(below(60'000));
            const int number = 1 + static_cast<int>(below(4));
            TestDevice& device = devices[below(3)];
            const core::TimeMs skewed = clock->now() + (static_cast<core::TimeMs>(below(6)) - 3) * kDay;
            const sync::Record* known = device.replica.find(key);
            switch (below(9)) {
                case 0:
                    rate("ana", mediaId(number), static_cast<int>(below(11)));
                    break;
                case 1:
                    device.replica.edit(item(number), {{"rating", num(1 + static_cast<int>(below(10)))}}, skewed);
                    break;
                case 2:
                    device.replica.count(item(number), "plays", 1, skewed);
                    break;
                case 3:
                    static_cast<void>(database->writeValue<std::vector<core::Id>>([&](core::db::Session& session) {
                        return addEntries(session, actor("ana"), list, {mediaId(number)}, {}, {}, clock->now());
                    }));
                    break;
                case 4:
                    if (known) {
                        device.replica.edit(key, sync::placed(*known, {mediaId(number + 10)}, std::nullopt, random()),
                                            skewed);
                    }
                    break;
                case 5:
                    if (known) {
                        device.replica.edit(key, sync::removed(*known, {mediaId(number)}), skewed);
                    }
                    break;
                case 6: {
                    UserChange wish;
                    wish.watched = below(2) == 0;
                    change("ana", mediaId(number), wish);
                    break;
                }
                default:
                    meet(device);
            }
            ASSERT_FALSE(HasFatalFailure());
        }
        for (int round = 0; round < 2; ++round) {
            for (TestDevice& device : devices) {
                meet(device);
                ASSERT_FALSE(HasFatalFailure());
            }
        }
        const sync::Replica server = RecordsTest::whole("ana");
        for (const TestDevice& device : devices) {
            ASSERT_EQ(device.replica.records().size(), server.records().size());
            for (const auto& [one, held] : server.records()) {
                ASSERT_EQ(held.record, *device.replica.find(one)) << one.kind << " " << one.id;
            }
        }
        for (int number = 1; number <= 4; ++number) {
            const sync::Record* record = server.find(item(number));
            if (!record) {
                continue;
            }
            const SyncedItem says = syncedItem(*record, sync::Strategy::LastWriteWins);
            const UserState is = state("ana", mediaId(number));
            EXPECT_EQ(is.rating, says.rating);
            EXPECT_EQ(is.watched, says.watched);
            EXPECT_EQ(is.playCount, says.plays);
        }
        std::vector<core::Id> said;
        for (const std::string& name : orderOf(server, key)) {
            said.push_back(namedEntry(name)->mediaId);
        }
        EXPECT_EQ(titles("ana", list), said);
        expectReplayed();
        if (HasFailure()) {
            return;
        }
    }
}

}  // namespace
}  // namespace marea::server
