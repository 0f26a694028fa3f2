#include "oauthfixture.h"

namespace marea::server {
namespace {

namespace json = core::json;

constexpr const char* kClients = "/api/v1/admin/clients";

TEST_F(OAuthTest, ClientsAreListedAddedAndRemoved) {
    auto items = jsonOf(call(Method::Get, kClients)).at("items").as_array();
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].at("id"), "marea");
    EXPECT_EQ(items[0].at("built_in"), true);
    const Response added = call(Method::Post, kClients, {},
                                R"({"name":"Player","redirect_uris":["https://app.example/cb","org.app:/cb"]})");
    ASSERT_EQ(added.status, 201) << bodyOf(added);
    const std::string id = text(jsonOf(added), "id");
    items = jsonOf(call(Method::Get, kClients)).at("items").as_array();
    ASSERT_EQ(items.size(), 2U);
    EXPECT_EQ(items[1].at("redirect_uris").as_array().size(), 2U);
    const std::string path = std::string(kClients) + "/" + id;
    EXPECT_EQ(call(Method::Delete, path).status, 204);
    EXPECT_EQ(call(Method::Delete, path).status, 404);
    EXPECT_EQ(call(Method::Delete, std::string(kClients) + "/marea").status, 409);
}

TEST_F(OAuthTest, WhatIsNoClientIsRefused) {
    for (const char* body : {"[]", "{", R"({"name":1})", R"({"name":""})", R"({"name":"a\nb"})", R"({"name":" a"})",
                             R"({"name":"a","redirect_uris":"x"})", R"({"name":"a","redirect_uris":[1]})",
                             R"({"name":"a","redirect_uris":["http://app.example/"]})", R"({"name":"a","more":1})",
                             R"({"name":"a","redirect_uris":[],"more":1})", R"({"redirect_uris":[]})"}) {
        EXPECT_EQ(call(Method::Post, kClients, {}, body).status, 400) << body;
    }
    json::array many(11, json::value("https://app.example/"));
    EXPECT_EQ(
        call(Method::Post, kClients, {}, json::serialize(json::object{{"name", "a"}, {"redirect_uris", many}})).status,
        400);
}

TEST_F(OAuthTest, ARegisteredClientSignsInAndIsOutWhenItIsRemoved) {
    const auto client = oauth->clients().add("Player", {"https://app.example/cb"});
    ASSERT_TRUE(client) << client.error().text;
    const auto request = asked("https://app.example/cb", client->id);
    const Response page = consent(request);
    EXPECT_NE(bodyOf(page).find("Allow Player?"), std::string::npos);
    const std::string code = parameter(send(page, "/oauth/authorize", "allow"), "code");
    const auto tokens = jsonOf(exchange(code, kVerifier, "https://app.example/cb", client->id));
    const std::string refresh = text(tokens, "refresh_token");
    EXPECT_FALSE(identity->refresh(refresh)) << "not without its name";
    const auto next = identity->refresh(refresh, client->id);
    ASSERT_TRUE(next);
    ASSERT_TRUE(oauth->clients().remove(client->id));
    EXPECT_FALSE(identity->bearer(next->accessToken));
    EXPECT_FALSE(identity->refresh(next->refreshToken, client->id));
    EXPECT_TRUE(identity->bearer(owner.accessToken));
    EXPECT_EQ(call(Method::Get, "/oauth/authorize", request).status, 400);
}

}  // namespace
}  // namespace marea::server
