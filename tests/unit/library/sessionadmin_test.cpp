#include "server/apps/library/sessionadmin.h"

#include "doubles.h"
#include "server/apps/library/librarytitles.h"
#include "server/apps/library/sessionlicences.h"

namespace marea::server {
namespace {

class SessionAdminTest : public LibraryTest {
protected:
    SessionAdmin admin() {
        return SessionAdmin(*service, *database,
                            [this](const PlaybackSession& session) { told.push_back(session.id); });
    }
    Response end(const core::Id& id, const std::string& reason = {}) {
        Request asked = request({}, {{"id", id}});
        if (!reason.empty()) {
            asked.query = {{"reason", reason}};
        }
        return admin().end(asked);
    }
    Principal player{"ana", "login-1", "ana", "owner"};
    std::vector<core::Id> told;
};

TEST_F(SessionAdminTest, WhoPlaysWhatIsListedWithNames) {
    EXPECT_TRUE(json(admin().list(request())).at("items").as_array().empty());
    const core::Id session = startPlaying(film);
    EXPECT_EQ(report(session, 61), 204);
    const auto page = json(admin().list(request()));
    ASSERT_EQ(page.at("items").as_array().size(), 1U);
    const auto& one = page.at("items").at(0);
    EXPECT_EQ(one.at("id"), core::json::value(session));
    EXPECT_EQ(one.at("username"), "Ana");
    EXPECT_EQ(one.at("device"), "tv");
    EXPECT_EQ(one.at("title"), "Film");
    EXPECT_EQ(one.at("mode"), "direct");
    EXPECT_EQ(one.at("protocol"), "progressive");
    EXPECT_EQ(one.at("position"), 61.0);
    EXPECT_EQ(one.at("duration"), 1000.0);
}

TEST_F(SessionAdminTest, WhatIsEndedSaysWhyAndSendsNoMore) {
    const core::Id session = startPlaying(film);
    LibraryTitles titles(*service, media);
    ASSERT_TRUE(titles.open(player, film, film + "-file"));
    EXPECT_EQ(report(session, 61), 204);
    EXPECT_EQ(end(session, "Bed time").status, 204);
    EXPECT_EQ(told, std::vector<core::Id>{session});
    EXPECT_TRUE(json(admin().list(request())).at("items").as_array().empty());
    EXPECT_EQ(service->state("ana", film)->position, 61.0);  // nothing is lost

    const Response said = playback().report(request(R"({"position":62,"state":"playing"})", {{"id", session}}));
    EXPECT_EQ(said.status, 404);
    EXPECT_NE(std::string(json(said).at("detail").as_string()).find("Bed time"), std::string::npos);
    EXPECT_EQ(json(said).at("code"), kEndedByOwner);
    EXPECT_EQ(json(said).at("message"), "Bed time");
    const auto refused = titles.open(player, film, film + "-file");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, core::ErrorCode::Forbidden);
    Request direct = request({}, {{"title", film}, {"file", film + "-file.mp4"}});
    EXPECT_EQ(FileHandlers(*service, media).direct(direct).status, 403);

    startPlaying(film);  // anew, which was not forbidden
    EXPECT_TRUE(titles.open(player, film, film + "-file"));
}

TEST_F(SessionAdminTest, WhatIsEndedGetsNoKeys) {
    const core::Id session = startPlaying(film);
    SessionLicences licences(*service, media);
    const Principal stream{{}, "login-1", {}, {}};
    ASSERT_TRUE(licences.check({stream, film, true}));
    ASSERT_TRUE(licences.check({player, film, false}));
    EXPECT_EQ(end(session, "Bed time").status, 204);
    for (const LicenceWish& wish : {LicenceWish{stream, film, true}, LicenceWish{player, film, false}}) {
        const auto refused = licences.check(wish);
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, core::ErrorCode::Forbidden);
        EXPECT_NE(refused.error().text.find("Bed time"), std::string::npos);
    }
    EXPECT_TRUE(licences.check({{"ana", "login-2", {}, {}}, film, true})) << "on another device";

    startPlaying(film);
    EXPECT_TRUE(licences.check({stream, film, true}));
}

TEST_F(SessionAdminTest, OtherDevicesAndTitlesAreUntouched) {
    addFilm("other", 500);
    const core::Id session = startPlaying(film), second = startPlaying("other");
    EXPECT_EQ(end(session).status, 204);
    EXPECT_TRUE(service->maySend("login-1", "other"));
    EXPECT_TRUE(service->maySend("login-2", film));
    EXPECT_FALSE(service->maySend("login-1", film));
    EXPECT_TRUE(service->find(second));
    EXPECT_EQ(end(session).status, 404);
    EXPECT_EQ(end("nothing").status, 404);
}

TEST_F(SessionAdminTest, LimitsHoldFromWhenTheyAreSet) {
    startPlaying(film);
    service->setLimits({1000, 1, 10, 10});
    const Response response = playback().start(request(R"({"capabilities":{"preset":"mpv"}})", {{"id", film}}));
    EXPECT_EQ(response.status, 429);
}

TEST(EndedPlaybacks, TheLatestFewAreKept) {
    EndedPlaybacks ended;
    for (std::size_t i = 0; i <= EndedPlaybacks::kMost; ++i) {
        ended.add("s" + std::to_string(i), "l", "m" + std::to_string(i), "why");
    }
    EXPECT_FALSE(ended.whyEnded("s0"));
    EXPECT_FALSE(ended.whyRefused("l", "m0"));
    EXPECT_EQ(ended.whyEnded("s1"), "why");
    ended.begun("l", "m1");
    EXPECT_FALSE(ended.whyRefused("l", "m1"));
    EXPECT_EQ(ended.whyEnded("s1"), "why");
}

}  // namespace
}  // namespace marea::server
