#include "server/apps/household/householdrules.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

using Libraries = std::vector<core::Id>;
const core::Id kFilms = "01900000-0000-7000-8000-000000000001";

Rights after(const char* body, const char* oldRole = "", const Rights& before = {}) {
    const auto wish = *oldRole ? parseMemberChange(body) : parseNewMember(body);
    EXPECT_TRUE(wish) << wish.error().text;
    const auto rights = rightsAfter(*wish, oldRole, before);
    EXPECT_TRUE(rights) << body << ": " << rights.error().text;
    return rights.value_or(Rights{});
}
bool goesTogether(const char* body, const char* oldRole) {
    const auto wish = parseMemberChange(body);
    return wish && rightsAfter(*wish, oldRole, usualRights(oldRole)).has_value();
}

TEST(HouseholdRules, NewPeopleHaveWhatIsUsual) {
    const Rights member = after(R"({"username":"Ana","password":"correct horse"})");
    EXPECT_EQ(member, Rights());
    const Rights child = after(R"({"username":"Kim","password":"correct horse","role":"child"})");
    EXPECT_EQ(child.libraries, std::optional(Libraries()));
    EXPECT_EQ(child.ageLimit, 6);
    EXPECT_FALSE(child.unrated);
}

TEST(HouseholdRules, WhatIsAbsentStays) {
    Rights before;
    before.libraries = Libraries{kFilms};
    before.ageLimit = 12;
    before.unrated = true;
    before.maxStreams = 2;
    Rights wanted = before;
    wanted.maxDevices = 3;
    EXPECT_EQ(after(R"({"max_devices":3})", "child", before), wanted);
    wanted.maxStreams.reset();
    wanted.libraries.reset();
    EXPECT_EQ(after(R"({"max_devices":3,"max_streams":null,"libraries":null})", "child", before), wanted);
}

TEST(HouseholdRules, LessIsToldFromMore) {
    const core::Id music = "01900000-0000-7000-8000-000000000002";
    Rights all, both, one, none, child;
    both.libraries = Libraries{kFilms, music};
    one.libraries = Libraries{music};
    none.libraries = Libraries();
    child.ageLimit = 12;
    child.unrated = true;
    for (const auto& [more, less] : {std::pair(all, both), std::pair(both, one), std::pair(one, none)}) {
        EXPECT_TRUE(takesAway(more, less));
        EXPECT_FALSE(takesAway(less, more));
        EXPECT_FALSE(takesAway(more, more));
    }
    Rights younger = child, rated = child;
    younger.ageLimit = 6;
    rated.unrated = false;
    EXPECT_TRUE(takesAway(child, younger));
    EXPECT_FALSE(takesAway(younger, child));
    EXPECT_TRUE(takesAway(child, rated));
    EXPECT_FALSE(takesAway(rated, child));
    Rights streams = one;
    streams.maxStreams = 1;
    EXPECT_FALSE(takesAway(one, streams)) << "it takes nothing that is seen";
}

TEST(HouseholdRules, RolesBringTheirLimitsAndTakeThemAway) {
    Rights before;
    before.libraries = Libraries{kFilms};
    Rights child = after(R"({"role":"child"})", "member", before);
    EXPECT_EQ(child.libraries, before.libraries);
    EXPECT_EQ(child.ageLimit, 6);
    child.unrated = true;
    EXPECT_EQ(after(R"({"role":"member"})", "child", child), before);
    EXPECT_EQ(after(R"({"role":"owner"})", "child", child), Rights());
}

TEST(HouseholdRules, WhatDoesNotGoTogetherIsRefused) {
    EXPECT_FALSE(goesTogether(R"({"age_limit":12})", "member"));
    EXPECT_FALSE(goesTogether(R"({"unrated":false})", "owner"));
    EXPECT_FALSE(goesTogether(R"({"libraries":[]})", "owner"));
    EXPECT_FALSE(goesTogether(R"({"role":"owner","libraries":[]})", "member"));
    EXPECT_FALSE(goesTogether(R"({"role":"member","age_limit":3})", "child"));
    EXPECT_TRUE(goesTogether(R"({"age_limit":0,"unrated":true})", "child"));
    EXPECT_TRUE(goesTogether(R"({"libraries":null})", "owner"));
}

TEST(HouseholdRules, BodiesAreReadStrictly) {
    for (const char* body :
         {"", "[]", "{}", R"({"username":"Ana"})", R"({"username":"Ana","password":"correct horse","x":1})",
          R"({"username":"Ana","password":7})"}) {
        EXPECT_FALSE(parseNewMember(body)) << body;
    }
    for (const char* body : {"", "{}", R"({"username":"Ben"})", R"({"role":"king"})", R"({"libraries":["films"]})",
                             R"({"libraries":"all"})", R"({"age_limit":-1})", R"({"age_limit":99})",
                             R"({"max_devices":0})", R"({"max_streams":"two"})", R"({"unrated":1})"}) {
        EXPECT_FALSE(parseMemberChange(body)) << body;
    }
}

TEST(HouseholdRules, OthersSeeTheNameAlone) {
    Member kim;
    kim.id = kFilms;
    kim.username = "Kim";
    kim.role = "child";
    kim.rights = usualRights("child");
    EXPECT_EQ(core::json::serialize(memberJson(kim, false)),
              R"({"id":"01900000-0000-7000-8000-000000000001","username":"Kim","role":"child"})");
    const auto whole = memberJson(kim, true);
    EXPECT_EQ(whole.at("age_limit").as_int64(), 6);
    EXPECT_TRUE(whole.at("libraries").as_array().empty());
    kim.role = "owner";
    EXPECT_TRUE(memberJson(kim, true).at("age_limit").is_null());
}

TEST(HouseholdRules, SettingsComeBackAsTheyWereKept) {
    const auto settings = changedSettings({}, R"({"share_purchases":"members","max_streams":4,"when_full":"replace"})");
    ASSERT_TRUE(settings);
    EXPECT_EQ(settingsFromText(core::json::serialize(settingsJson(*settings))), *settings);
    EXPECT_EQ(settingsFromText(""), HouseholdSettings());
    EXPECT_EQ(settingsFromText("nonsense"), HouseholdSettings());
    EXPECT_EQ(changedSettings(*settings, R"({"max_streams":null})")->maxStreams, std::nullopt);
    EXPECT_EQ(changedSettings(*settings, R"({"max_streams":null})")->sharePurchases, "members");
    for (const char* body : {R"({"share_purchases":true})", R"({"share_purchases":"friends"})", R"({"when_full":"no"})",
                             R"({"max_streams":0})", R"({"x":1})", ""}) {
        EXPECT_FALSE(changedSettings({}, body)) << body;
    }
}

}  // namespace
}  // namespace marea::server
