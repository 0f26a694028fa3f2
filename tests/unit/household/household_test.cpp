#include "server/apps/household/household.h"

#include "tests/unit/identity/identityfixture.h"

namespace marea::server {
namespace {

using core::ErrorCode;

// A household on a real database: Ana owns it.
class HouseholdTest : public IdentityTest {
protected:
    void SetUp() override {
        IdentityTest::SetUp();
        viewers = std::make_unique<ViewerRights>(*database);
        household = std::make_unique<Household>(*database, *identity, *viewers, clock, core::makeNullLogger());
        viewers->onChange([this] { ++changes; });
        owner = identity->bearer(setUp().accessToken)->userId;
        run("INSERT INTO libraries VALUES ('01900000-0000-7000-8000-000000000001', 'Films', '/films', 0, NULL, NULL)");
    }
    void run(const std::string& sql) {
        auto done = database->write([&](core::db::Session& db) { return db.run(sql); });
        ASSERT_TRUE(done) << sql << done.error().detail;
    }
    MemberWish named(const std::string& name, const std::string& role = "member") {
        MemberWish wish;
        wish.username = name;
        wish.password = "battery staple";
        wish.role = role;
        return wish;
    }
    core::Id added(const MemberWish& wish) {
        const auto made = household->add(wish, owner, {});
        EXPECT_TRUE(made) << made.error().text;
        return made ? made->member.id : core::Id();
    }
    static MemberWish role(const std::string& role) {
        MemberWish wish;
        wish.role = role;
        return wish;
    }
    const core::Id films = "01900000-0000-7000-8000-000000000001";
    core::Id owner;
    int changes = 0;
    std::unique_ptr<ViewerRights> viewers;
    std::unique_ptr<Household> household;
};

TEST_F(HouseholdTest, WhoIsAddedSignsInAndSeesWhatWasGranted) {
    MemberWish wish = named("Kim", "child");
    wish.libraries = std::vector<core::Id>{films};
    wish.ageLimit = 12;
    const auto made = household->add(wish, owner, {});
    ASSERT_TRUE(made) << made.error().text;
    EXPECT_EQ(made->member.rights.libraries, std::optional(std::vector<core::Id>{films}));
    EXPECT_EQ(made->member.devices, 0);
    ASSERT_TRUE(login("battery staple", "kim"));
    EXPECT_EQ(household->member(made->member.id)->devices, 1);
    const Viewer viewer = viewers->of(made->member.id);
    EXPECT_EQ(viewer.ageLimit, 12);
    EXPECT_FALSE(viewer.allLibraries);
    EXPECT_EQ(household->members()->size(), 2u);
}

TEST_F(HouseholdTest, NamesAreTakenOnceAndLibrariesAreKnown) {
    added(named("Ben"));
    EXPECT_EQ(household->add(named("BEN"), owner, {}).error().code, ErrorCode::Conflict);
    MemberWish wish = named("Eve");
    wish.libraries = std::vector<core::Id>{"01900000-0000-7000-8000-000000000009"};
    EXPECT_EQ(household->add(wish, owner, {}).error().code, ErrorCode::Unprocessable);
    wish = named("Eve");
    wish.password = "short";
    EXPECT_FALSE(household->add(wish, owner, {}));
    EXPECT_EQ(household->members()->size(), 2u);  // nothing is left of those
}

TEST_F(HouseholdTest, ARequestThatIsSentAgainMakesNobodyNew) {
    const auto first = household->add(named("Ben"), owner, "key-1");
    const auto again = household->add(named("ben"), owner, "key-1");
    ASSERT_TRUE(again);
    EXPECT_TRUE(first->isNew);
    EXPECT_FALSE(again->isNew);
    EXPECT_EQ(again->member.id, first->member.id);
    EXPECT_EQ(household->add(named("Eve"), owner, "key-1").error().code, ErrorCode::Conflict);
    ASSERT_TRUE(household->remove(first->member.id));
    EXPECT_TRUE(household->add(named("Eve"), owner, "key-1")->isNew);
}

TEST_F(HouseholdTest, RightsHoldAtOnceAndSignNobodyOut) {
    const core::Id ben = added(named("Ben"));
    const auto tokens = login("battery staple", "ben");
    EXPECT_TRUE(viewers->of(ben).seesAll());
    const int before = changes;
    MemberWish wish;
    wish.libraries = std::vector<core::Id>();
    ASSERT_TRUE(household->change(ben, wish));
    EXPECT_EQ(changes, before + 1);
    EXPECT_FALSE(viewers->of(ben).allLibraries);
    EXPECT_TRUE(identity->bearer(tokens->accessToken));
    EXPECT_EQ(household->change(core::newId(), wish).error().code, ErrorCode::NotFound);
}

// What is under way to them may be of what they had.
TEST_F(HouseholdTest, ItIsToldFromWhomSomethingWasTakenAndFromNobodyElse) {
    const core::Id ben = added(named("Ben"));
    std::vector<core::Id> told;
    household->onTakenAway([&](const core::Id& user) {
        EXPECT_FALSE(viewers->of(user).allLibraries) << "it is gone by then";
        told.push_back(user);
    });
    MemberWish wish;
    wish.libraries = std::vector<core::Id>{films};
    ASSERT_TRUE(household->change(ben, wish));
    EXPECT_EQ(told, std::vector<core::Id>{ben});
    ASSERT_TRUE(household->change(ben, wish));  // as it is
    wish.libraries = std::optional<std::vector<core::Id>>();
    ASSERT_TRUE(household->change(ben, wish));  // more
    EXPECT_EQ(told.size(), 1U);
}

TEST_F(HouseholdTest, ANewRoleOrPasswordSignsOutEverywhere) {
    const core::Id ben = added(named("Ben"));
    auto tokens = login("battery staple", "ben");
    ASSERT_TRUE(household->change(ben, role("child")));
    EXPECT_FALSE(identity->bearer(tokens->accessToken));
    EXPECT_EQ(household->member(ben)->rights.ageLimit, 6);
    EXPECT_FALSE(household->member(ben)->rights.libraries);  // what a member had stays; the limit of age is new
    tokens = login("battery staple", "ben");
    EXPECT_EQ(identity->bearer(tokens->accessToken)->role, "child");
    MemberWish wish;
    wish.password = "another staple";
    ASSERT_TRUE(household->change(ben, wish));
    EXPECT_FALSE(identity->bearer(tokens->accessToken));
    EXPECT_FALSE(login("battery staple", "ben"));
    EXPECT_TRUE(login("another staple", "ben"));
}

TEST_F(HouseholdTest, TheLastOwnerStays) {
    EXPECT_EQ(household->change(owner, role("member")).error().code, ErrorCode::Conflict);
    EXPECT_EQ(household->remove(owner).error().code, ErrorCode::Conflict);
    EXPECT_EQ(household->member(owner)->role, "owner");
    const core::Id eve = added(named("Eve", "owner"));
    ASSERT_TRUE(household->change(owner, role("member")));
    EXPECT_EQ(household->remove(eve).error().code, ErrorCode::Conflict);
}

TEST_F(HouseholdTest, WhoIsRemovedLeavesNothing) {
    const core::Id ben = added(named("Ben"));
    const auto tokens = login("battery staple", "ben");
    run("INSERT INTO user_library(user_id, media_id, rating) VALUES ('" + ben + "', 'film', 8)");
    run("INSERT INTO library_grants VALUES ('" + ben + "', '" + films + "')");
    run("INSERT INTO preferences VALUES ('" + ben + "', '', '{}', 0)");
    ASSERT_TRUE(household->remove(ben));
    EXPECT_FALSE(identity->bearer(tokens->accessToken));
    EXPECT_FALSE(login("battery staple", "ben"));
    EXPECT_EQ(household->remove(ben).error().code, ErrorCode::NotFound);
    for (const char* table : {"user_library", "library_grants", "preferences", "logins", "user_rights"}) {
        const auto left = database->readValue<bool>([&](core::db::Session& db) -> core::Result<bool> {
            return db
                .first("SELECT 1 FROM " + std::string(table) + " WHERE user_id = ?1", {ben},
                       [](const core::db::Row&) { return true; })
                ->has_value();
        });
        EXPECT_FALSE(*left) << table;
    }
}

TEST_F(HouseholdTest, SettingsAreKept) {
    EXPECT_EQ(*household->settings(), HouseholdSettings());
    ASSERT_TRUE(household->changeSettings(R"({"share_purchases":"members"})"));
    ASSERT_TRUE(household->changeSettings(R"({"max_streams":3})"));
    EXPECT_EQ(household->settings()->sharePurchases, "members");
    EXPECT_EQ(household->settings()->maxStreams, 3);
    EXPECT_FALSE(household->changeSettings(R"({"max_streams":-3})"));
}

}  // namespace
}  // namespace marea::server
