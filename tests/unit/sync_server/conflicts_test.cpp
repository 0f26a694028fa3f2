#include <set>

#include "server/apps/sync/synchandlers.h"
#include "syncfixture.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using sync::test::valueOf;

sync::Value num(std::int64_t number) {
    return sync::Value(number);
}

// Two devices that named one list, or rated one film, without knowing of each other.
class ConflictsTest : public SyncTest {
protected:
    void both(const sync::RecordKey& key, const std::string& cell, const sync::Value& first, const sync::Value& later) {
        meet(one);
        meet(two);
        one.replica.edit(key, {{cell, first}}, clock->now());
        two.replica.edit(key, {{cell, later}}, clock->now() + 1);
        meet(one);
        meet(two);
    }
    std::vector<SyncService::Question> all() { return service().questions("ana", 0, 50, true)->list; }

    TestDevice one{1}, two{2};
};

TEST_F(ConflictsTest, WhatTheStrategyDecidedIsToldAndCanStillBeChosen) {
    both(item(1), "rating", num(2), num(9));
    EXPECT_EQ(state("ana", film).rating, 9);
    const auto list = all();
    ASSERT_EQ(list.size(), 1u);
    EXPECT_FALSE(list[0].asks);
    EXPECT_EQ(list[0].conflict.sides[list[0].shown].value, num(9));
    EXPECT_TRUE(service().questions("ben", 0, 50, true)->list.empty());
    ASSERT_TRUE(service().answer(actor("ana"), list[0].id, 1 - list[0].shown));
    EXPECT_EQ(state("ana", film).rating, 2);
    EXPECT_TRUE(all().empty());
    meet(two);
    EXPECT_EQ(valueOf(two.replica, item(1), "rating"), num(2));
    expectReplayed();
}

TEST_F(ConflictsTest, WhoHasNoDeviceIsToldOfNothingAndKeepsNoRecords) {
    rate("ana", film, 5);
    EXPECT_TRUE(all().empty());
    EXPECT_TRUE(service().keepShown(actor("ana")));
    EXPECT_EQ(text("SELECT count(*) FROM sync_absorbed"), "0");
    EXPECT_EQ(text("SELECT count(*) FROM sync_records"), "0");
}

TEST_F(ConflictsTest, WhereOneStoppedIsNoQuestionUnlessSomebodyWishesIt) {
    both(item(1), "position", num(2000), num(9000));
    EXPECT_TRUE(all().empty());
    run("INSERT INTO preferences VALUES ('ana', '', '{\"sync.item\":\"ask_me\"}', 0)");
    EXPECT_EQ(all().size(), 1u);
}

TEST_F(ConflictsTest, AllAreDismissedAtOnceAndNothingIsOtherwise) {
    both(item(1), "rating", num(2), num(9));
    both(item(2), "favourite", true, false);
    both(item(3), "rating", num(4), num(5));
    EXPECT_EQ(all().size(), 3u);
    ASSERT_TRUE(service().keepShown(actor("ben")));
    EXPECT_EQ(all().size(), 3u) << "of whoever asks alone";
    ASSERT_TRUE(service().keepShown(actor("ana")));
    EXPECT_TRUE(all().empty());
    EXPECT_EQ(state("ana", film).rating, 9);
    EXPECT_EQ(state("ana", mediaId(3)).rating, 5);
    expectReplayed();
}

TEST_F(ConflictsTest, WhoKeepsBothHasBothLists) {
    run("INSERT INTO preferences VALUES ('ana', '', '{\"sync.playlist\":\"keep_both\"}', 0)");
    const sync::RecordKey key{"playlist", makeList("ana", {mediaId(1), mediaId(2)}, "List")};
    both(key, "name", std::string("By one"), std::string("By two"));
    EXPECT_EQ(text("SELECT count(*) FROM playlists WHERE owner_id = 'ana'"), "2");
    EXPECT_EQ(text("SELECT name FROM playlists WHERE id = '" + key.id + "'"), "By two");
    const core::Id other = text("SELECT id FROM playlists WHERE id <> '" + key.id + "'");
    EXPECT_EQ(text("SELECT name FROM playlists WHERE id = '" + other + "'"), "By one (Device 1)");
    EXPECT_EQ(titles("ana", other), (std::vector<core::Id>{mediaId(1), mediaId(2)}));
    meet(one);
    EXPECT_NE(one.replica.find({"playlist", other}), nullptr);
    expectReplayed();
    // Taken away, it is not made again.
    one.replica.remove({"playlist", other}, clock->now());
    meet(one);
    one.replica.edit(key, {{"description", std::string("x")}}, clock->now());
    meet(one);
    EXPECT_EQ(text("SELECT count(*) FROM playlists WHERE owner_id = 'ana'"), "1");
    expectReplayed();
}

TEST_F(ConflictsTest, TheAccountVouchesForTheCertificatesOfItsOwnDevicesAlone) {
    const std::string first(64, 'a'), second(64, 'b');
    const auto idOf = [](const TestDevice& device) { return device.replica.writer().replica; };
    EXPECT_EQ(service().pair(actor("ana"), idOf(one), first).error().code, ErrorCode::Conflict) << "not registered";
    meet(one);
    meet(two);
    EXPECT_TRUE(service().pair(actor("ana"), idOf(one), first)->empty());
    const auto others = service().pair(actor("ana"), idOf(two), second);
    ASSERT_TRUE(others);
    ASSERT_EQ(others->size(), 1u);
    EXPECT_EQ(others->front().certificate, first);
    EXPECT_EQ(others->front().name, "Device 1");
    EXPECT_EQ(service().pair(actor("ben"), idOf(one), second).error().code, ErrorCode::Conflict);
    EXPECT_EQ(service().pair({"ana", "another-login"}, idOf(one), second).error().code, ErrorCode::Conflict);
    meet(one);
    EXPECT_EQ(service().pair(actor("ana"), idOf(two), second)->front().certificate, first) << "syncing keeps it";
}

TEST_F(ConflictsTest, ADeviceThatTakesANewIdLeavesTheListUnderItsOldOne) {
    meet(one);
    meet(two);
    const auto id = [](int number) { return core::idText(sync::test::replicaId(number)); };
    const std::string body = R"({"id":")" + id(7) + R"(","name":"One","replaces":[")" + id(1) + R"("]})";
    const auto wish = parseDevice(body);
    ASSERT_TRUE(wish) << wish.error().text;
    run("INSERT INTO logins(id, user_id, device_name, created_at, last_seen_at, expires_at) VALUES ('other', 'ana', "
        "'tv', 0, 0, 9999999999999)");
    const auto ids = [&] {
        std::set<core::Id> list;
        const auto all = service().devices("ana");
        for (const sync::SyncLink& link : all->devices) {
            list.insert(core::idText(link.replica));
        }
        return list;
    };
    ASSERT_TRUE(service().add({"ana", "other"}, *wish));
    EXPECT_EQ(ids(), (std::set{id(1), id(2), id(7)})) << "another sign-in has no say in it";
    ASSERT_TRUE(service().add({"ben", "login-ben"}, *wish));
    EXPECT_EQ(ids().size(), 3u);
    ASSERT_TRUE(service().add(actor("ana"), *wish));
    EXPECT_EQ(ids(), (std::set{id(2), id(7)}));
    ASSERT_TRUE(service().add(actor("ana"), *wish)) << "as often as it likes";
    EXPECT_FALSE(parseDevice(R"({"id":")" + id(7) + R"(","name":"One","replaces":["x"]})"));
}

TEST_F(ConflictsTest, AValueKeepsTheNameOfItsDevice) {
    const auto told = [&] {
        SyncService syncs = service();
        Request request;
        request.query.emplace_back("all", "true");
        request.principal = Principal{"ana", "login-ana", "ana", "member"};
        const Response said = SyncHandlers(syncs, {}).conflicts(request);
        const auto* body = std::get_if<std::string>(&said.body);
        return body ? *body : std::string();
    };
    const auto says = [&](const std::string& name, bool isServer) {
        const std::string server = isServer ? R"(,"server":true)" : R"(,"server":false)";
        return told().find(R"("name":)" + name + server) != std::string::npos;
    };
    both(item(1), "rating", num(2), num(9));
    DeviceWish wish{sync::test::replicaId(7), "Device 1", "desktop", {sync::test::replicaId(1)}};
    ASSERT_TRUE(service().add(actor("ana"), wish));
    EXPECT_TRUE(says(R"("Device 1")", false)) << "which has another id by now: " << told();
    run("DELETE FROM logins WHERE id = 'login-ana'");
    EXPECT_EQ(text("SELECT count(*) FROM sync_links WHERE owner_id = 'ana'"), "0");
    EXPECT_TRUE(says(R"("Device 1")", false) && says(R"("Device 2")", false)) << "which are signed out: " << told();
    ASSERT_TRUE(service().add(actor("ben"), {sync::test::replicaId(8), "Tablet", "desktop"}));
    ASSERT_TRUE(
        service().add(actor("ben"), {sync::test::replicaId(9), "Tablet", "desktop", {sync::test::replicaId(8)}}));
    EXPECT_EQ(text("SELECT name FROM sync_names WHERE owner_id = 'ben'"), "Tablet");
    run("DELETE FROM users WHERE id = 'ben'");
    EXPECT_EQ(text("SELECT count(*) FROM sync_names WHERE owner_id = 'ben'"), "0");
}

TEST_F(ConflictsTest, TheServersValueIsTheServersAlsoAfterABackupWasPutBack) {
    meet(one);
    rate("ana", film, 5);
    one.replica.edit(item(1), {{"rating", num(2)}}, clock->now() + 1);
    meet(one);
    const auto before = core::idBytes(service().devices("ana")->server).value();
    ASSERT_TRUE(database->write([](core::db::Session& session) { return sync::renewReplicas(session); }));
    const auto page = service().questions("ana", 0, 50, true);
    ASSERT_TRUE(page);
    ASSERT_EQ(page->list.size(), 1u);
    EXPECT_NE(page->servers, std::vector<sync::ReplicaId>{before});
    EXPECT_EQ(std::count(page->servers.begin(), page->servers.end(), before), 1);
}

}  // namespace
}  // namespace marea::server
