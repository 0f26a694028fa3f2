#include "server/apps/identity/viewerrights.h"

#include <set>

#include "identityfixture.h"

namespace marea::server {
namespace {

// A viewer's statement over media_items, as every part makes them.
class ViewerRightsTest : public IdentityTest {
protected:
    void SetUp() override {
        IdentityTest::SetUp();
        run("INSERT INTO users VALUES ('own', 'Own', 'own', '', 'owner', 0), ('mem', 'Mem', 'mem', '', 'member', 0), "
            "('kid', 'Kid', 'kid', '', 'child', 0)");
        run("INSERT INTO libraries VALUES ('films', 'Films', '/films', 0, NULL, NULL), ('home', 'Home', '/home', 0, "
            "NULL, NULL)");
        add("old", "films", "18");
        add("young", "films", "6");
        add("unrated", "films", "NULL");
        add("private", "home", "0");
    }
    void add(const std::string& id, const std::string& library, const std::string& age) {
        run("INSERT INTO media_items(id, library_id, kind, identity, title, sort_title, sort_key, added_at, age, "
            "unrated) VALUES ('" +
            id + "', '" + library + "', 'movie', '" + id + "', 'T', 'T', 't', 0, " + age + ", " + age + " IS NULL)");
    }
    void run(const std::string& sql) {
        auto done = database->write([&](core::db::Session& db) { return db.run(sql); });
        ASSERT_TRUE(done) << sql << done.error().detail;
    }
    void runAndNote(const std::string& sql) {
        ASSERT_TRUE(database->write(
            [&](core::db::Session& db) { return db.run(sql).and_then([&] { return ViewerRights::note(db); }); }));
    }
    std::set<std::string> sees(const Viewer& viewer) {
        std::set<std::string> ids, again;
        EXPECT_TRUE(database->read([&](core::db::Session& db) {
            return db
                .each("SELECT i.id FROM media_items i WHERE ?1=?1" + visible(viewer), {viewer.userId},
                      [&](const core::db::Row& row) { return ids.insert(row.string(0)).second; })
                .and_then([&] {
                    return db.each("SELECT m.id FROM media_items m WHERE ?1=?1" + visibleItem(viewer, "m.id"),
                                   {viewer.userId},
                                   [&](const core::db::Row& row) { return again.insert(row.string(0)).second; });
                });
        }));
        EXPECT_EQ(ids, again);
        return ids;
    }
    using Ids = std::set<std::string>;
};

TEST_F(ViewerRightsTest, OwnersAndMembersSeeEverythingAndChildrenNothingUntilToldOtherwise) {
    ViewerRights viewers(*database);
    const Ids all = {"old", "young", "unrated", "private"};
    EXPECT_EQ(sees(viewers.of("own")), all);
    EXPECT_EQ(sees(viewers.of("mem")), all);
    EXPECT_EQ(visible(viewers.of("mem")), "");  // the statements that there were before
    EXPECT_EQ(sees(viewers.of("kid")), Ids());
    EXPECT_EQ(sees(viewers.of("nobody")), Ids());
    EXPECT_EQ(sees(Viewer()), Ids());
}

TEST_F(ViewerRightsTest, MembersHaveTheLibrariesThatWereGranted) {
    ViewerRights viewers(*database);
    run("INSERT INTO user_rights(user_id, all_libraries) VALUES ('mem', 0)");
    run("INSERT INTO library_grants VALUES ('mem', 'home'), ('kid', 'films')");
    EXPECT_EQ(sees(viewers.of("mem")), Ids{"private"});
}

TEST_F(ViewerRightsTest, ChildrenSeeWhatIsForTheirAge) {
    ViewerRights viewers(*database);
    run("INSERT INTO user_rights(user_id, all_libraries, age_limit) VALUES ('kid', 0, 6)");
    run("INSERT INTO library_grants VALUES ('kid', 'films')");
    EXPECT_EQ(sees(viewers.of("kid")), Ids{"young"});
    run("UPDATE user_rights SET age_limit = 17, unrated = 1");
    viewers.changed();
    EXPECT_EQ(sees(viewers.of("kid")), (Ids{"young", "unrated"}));
    run("UPDATE user_rights SET age_limit = 18, unrated = 0, all_libraries = 1");
    viewers.changed();
    EXPECT_EQ(sees(viewers.of("kid")), (Ids{"young", "old", "private"}));
    run("UPDATE user_rights SET age_limit = 0");
    viewers.changed();
    EXPECT_EQ(sees(viewers.of("kid")), Ids{"private"});
}

// What a library is granted to is asked of the database each time; what else somebody may see is kept until it is
// noted.
TEST_F(ViewerRightsTest, ChangesOfOtherProcessesAreTakenInWhenTheyWereNoted) {
    ViewerRights viewers(*database);
    int told = 0;
    viewers.onChange([&] { ++told; });
    ASSERT_TRUE(viewers.refresh());
    EXPECT_EQ(viewers.of("mem").allLibraries, true);
    runAndNote("INSERT INTO user_rights(user_id, all_libraries) VALUES ('mem', 0)");
    EXPECT_EQ(viewers.of("mem").allLibraries, true);
    ASSERT_TRUE(viewers.refresh());
    EXPECT_EQ(viewers.of("mem").allLibraries, false);
    EXPECT_EQ(told, 1);
    ASSERT_TRUE(viewers.refresh());
    EXPECT_EQ(told, 1);
    runAndNote("INSERT INTO library_grants VALUES ('mem', 'films')");
    EXPECT_EQ(sees(viewers.of("mem")), (Ids{"old", "young", "unrated"}));
    runAndNote("DELETE FROM libraries WHERE id = 'home'");
    runAndNote("DELETE FROM users WHERE id = 'mem'");
    ASSERT_TRUE(viewers.refresh());
    EXPECT_EQ(sees(viewers.of("mem")), Ids());
}

TEST_F(ViewerRightsTest, AStreamTokenIsItsLogInsPerson) {
    ViewerRights viewers(*database);
    run("INSERT INTO user_rights(user_id, all_libraries) VALUES ('mem', 0)");
    run("INSERT INTO library_grants VALUES ('mem', 'home')");
    run("INSERT INTO logins(id, user_id, device_name, created_at, last_seen_at, expires_at) VALUES ('tv', 'mem', 'tv', "
        "0, 0, 9999999999999)");
    EXPECT_EQ(sees(viewers.of(Principal{{}, "tv", {}, {}})), Ids{"private"});
    EXPECT_EQ(sees(viewers.of(Principal{{}, "gone", {}, {}})), Ids());
    EXPECT_EQ(sees(viewers.of(Principal{"mem", "tv", "mem", "member"})), Ids{"private"});
    EXPECT_TRUE(viewers.of(Principal{"server", "server", "command line", "owner"}).seesAll());
}

}  // namespace
}  // namespace marea::server
