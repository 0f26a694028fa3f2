#include "server/apps/profiles/profiles.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <future>

#include "core/db/sqlite.h"

namespace marea::server {
namespace {

using core::ErrorCode;

StreamProfile named(std::string name, int maxHeight = 0) {
    StreamProfile profile = *builtInProfiles().front();
    profile.name = std::move(name);
    profile.video.maxHeight = maxHeight;
    return profile;
}

class ProfilesTest : public testing::Test {
protected:
    ProfilesTest() {
        char name[] = "/tmp/marea-profiles-XXXXXX";
        folder = ::mkdtemp(name);
        database = *core::db::openSqlite((folder / "marea.db").string(), {}, core::makeNullLogger());
        restart();
    }
    ~ProfilesTest() override {
        profiles.reset();
        database.reset();
        std::filesystem::remove_all(folder);
    }
    void restart(std::vector<StreamProfile> ofFile = {}) {
        profiles = std::make_unique<Profiles>(*database, std::move(ofFile), std::make_shared<core::SystemClock>(),
                                              core::makeNullLogger(), pool);
        ASSERT_TRUE(profiles->load());
    }
    int heightOf(const char* name) {
        const auto found = profiles->find(name);
        return found ? found->video.maxHeight : -1;
    }
    Response call(Method method, const std::string& path, std::string body = {}) {
        Router router;
        profiles->addRoutes(router);
        Router::Match match = router.match(method, path);
        Request request;
        request.body = std::move(body);
        request.params = std::move(match.params);
        std::promise<Response> answer;
        match.route->handler(std::move(request), Reply([&](Response made) { answer.set_value(std::move(made)); }));
        return answer.get_future().get();
    }
    static core::json::value json(const Response& response) {
        const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body);
        return core::json::parse(shared ? **shared : std::get<std::string>(response.body));
    }

    std::filesystem::path folder;
    std::unique_ptr<core::db::Database> database;
    WorkPool pool{1, 16};
    std::unique_ptr<Profiles> profiles;
};

TEST_F(ProfilesTest, OwnersChangesOutliveTheServer) {
    EXPECT_EQ(heightOf("den"), -1);
    ASSERT_TRUE(profiles->add(named("den", 720)));
    EXPECT_EQ(profiles->add(named("den")).error().code, ErrorCode::Conflict);
    restart();
    EXPECT_EQ(heightOf("den"), 720);
    ASSERT_TRUE(profiles->replace(named("den", 480)));
    restart();
    EXPECT_EQ(heightOf("den"), 480);
    ASSERT_TRUE(profiles->remove("den"));
    EXPECT_EQ(profiles->remove("den").error().code, ErrorCode::NotFound);
    EXPECT_EQ(profiles->replace(named("den")).error().code, ErrorCode::NotFound);
    restart();
    EXPECT_EQ(heightOf("den"), -1);
}

TEST_F(ProfilesTest, TheServersOwnCanBeChangedAndComeBack) {
    EXPECT_EQ(profiles->remove("default").error().code, ErrorCode::Conflict);
    EXPECT_EQ(profiles->add(named("default", 720)).error().code, ErrorCode::Conflict);
    ASSERT_TRUE(profiles->replace(named("default", 720)));
    EXPECT_EQ(heightOf("default"), 720);
    EXPECT_EQ(profiles->entry("default")->origin, Profiles::Origin::Owner);
    ASSERT_TRUE(profiles->remove("default"));
    EXPECT_EQ(heightOf("default"), 0);
    EXPECT_EQ(profiles->all().front().profile->name, "default");
}

TEST_F(ProfilesTest, TheFilesGoBeforeAllAndAreChangedThere) {
    ASSERT_TRUE(profiles->add(named("den", 720)));
    restart({named("den", 240), named("default", 1080)});
    EXPECT_EQ(heightOf("den"), 240);
    EXPECT_EQ(heightOf("default"), 1080);
    EXPECT_EQ(profiles->replace(named("den")).error().code, ErrorCode::Conflict);
    EXPECT_EQ(profiles->remove("den").error().code, ErrorCode::Conflict);
    restart();
    EXPECT_EQ(heightOf("den"), 720) << "the owner's is still there";
}

TEST_F(ProfilesTest, WhatCannotBeReadIsLeftOut) {
    ASSERT_TRUE(database->write([](core::db::Session& session) {
        return session.run("INSERT INTO stream_profiles VALUES ('old', '{\"colour\":1}', 0)");
    }));
    restart();
    EXPECT_EQ(heightOf("old"), -1);
    EXPECT_EQ(heightOf("default"), 0);
}

TEST_F(ProfilesTest, AreEditedOverHttp) {
    Response made = call(Method::Post, "/api/v1/admin/profiles", R"({"name":"den","video":{"max_height":720}})");
    ASSERT_EQ(made.status, 201);
    EXPECT_EQ(made.headers.find("Location"), "/api/v1/admin/profiles/den");
    auto body = json(made);
    EXPECT_EQ(body.at("id"), "den");
    EXPECT_EQ(body.at("origin"), "owner");
    body.at("video").as_object()["max_height"] = 480;  // as it was got, with one change
    const Response put = call(Method::Put, "/api/v1/admin/profiles/den", core::json::serialize(body));
    EXPECT_EQ(put.status, 200);
    EXPECT_EQ(json(call(Method::Get, "/api/v1/admin/profiles/den")).at("video").at("max_height"), 480);
    EXPECT_EQ(json(call(Method::Get, "/api/v1/admin/profiles")).at("items").as_array().size(), 3u);
    EXPECT_EQ(json(call(Method::Get, "/api/v1/profiles")).at("items").as_array().at(0).at("name"), "default");
    EXPECT_EQ(call(Method::Post, "/api/v1/admin/profiles", R"({"name":"den"})").status, 409);
    EXPECT_EQ(call(Method::Post, "/api/v1/admin/profiles", R"({"name":"x","video":{"rungs":[]}})").status, 400);
    EXPECT_EQ(call(Method::Put, "/api/v1/admin/profiles/den", R"({"name":"other"})").status, 400);
    EXPECT_EQ(call(Method::Put, "/api/v1/admin/profiles/nothing", "{}").status, 404);
    EXPECT_EQ(call(Method::Delete, "/api/v1/admin/profiles/den").status, 204);
    EXPECT_EQ(call(Method::Delete, "/api/v1/admin/profiles/den").status, 404);
    EXPECT_EQ(call(Method::Delete, "/api/v1/admin/profiles/mobile").status, 409);
}

}  // namespace
}  // namespace marea::server
