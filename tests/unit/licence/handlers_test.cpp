#include "doubles.h"
#include "server/apps/licence/clearkey.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using Kind = ProtectionTarget::Kind;
namespace json = core::json;

class HandlersTest : public LicenceTest {
protected:
    HandlersTest() {
        EXPECT_TRUE(
            protection.choose({Kind::Media, "film"}, {ProtectionScheme::Aes128, ProtectionScheme::Cenc}, "ana"));
        gate.open = "film";
    }
    Request request(std::string body, std::vector<std::pair<std::string, std::string>> params) {
        Request made;
        made.body = std::move(body);
        made.params = std::move(params);
        made.principal = Principal{"ana", "login-1", "ana", "owner"};
        return made;
    }
    static std::string wish(const Key128& id) {
        return "{\"kids\":[\"" + base64Url(id) + "\"],\"type\":\"temporary\"}";
    }
    static std::string bodyOf(const Response& response) {
        const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body);
        const auto* own = std::get_if<std::string>(&response.body);
        return shared ? **shared : own ? *own : "";
    }
    Response key(const char* title, const char* kind) {
        return handlers.key(request("", {{"title", title}, {"protection", kind}}));
    }

    MasterKeyFile master{folder.string()};
    TitleKeyStore keys{*database, master, clock};
    ProtectionStore protection{*database, clock};
    FakeGate gate;
    LicenceHandlers handlers{keys, protection, gate};
};

TEST_F(HandlersTest, AKeyIsSixteenBytesThatNobodyKeeps) {
    const Response response = key("film", "aes-128");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.headers.find("cache-control"), "no-store");
    const auto expected = keys.key("film", ProtectionScheme::Aes128)->value;
    EXPECT_EQ(bodyOf(response), std::string(expected.begin(), expected.end()));
    EXPECT_TRUE(gate.asked.back().streamToken);
}

TEST_F(HandlersTest, KeysAreGivenAsTheTitleGoesOutOnly) {
    EXPECT_EQ(key("film", "identity-cenc").status, 200);
    EXPECT_EQ(key("film", "clearkey-cenc").status, 404);  // by licence alone
    EXPECT_EQ(key("film", "identity-cbcs").status, 404);  // not chosen for it
    EXPECT_EQ(key("film", "rot13").status, 404);
    EXPECT_EQ(key("other", "aes-128").status, 404);  // goes out in the clear
    gate.open = "other";
    EXPECT_EQ(key("film", "aes-128").status, 404);
}

TEST_F(HandlersTest, ALicenceHasTheKeysThatWereAskedFor) {
    const ContentKey wanted = keys.key("film", ProtectionScheme::Cenc).value();
    const Response response =
        handlers.streamClearKey(request(wish(wanted.id), {{"title", "film"}, {"protection", "clearkey-cenc"}}));
    ASSERT_EQ(response.status, 200) << bodyOf(response);
    EXPECT_EQ(response.headers.find("cache-control"), "no-store");
    const auto licence = json::parse(bodyOf(response));
    ASSERT_EQ(licence.at("keys").as_array().size(), 1U);
    EXPECT_EQ(licence.at("keys").at(0).at("kty"), "oct");
    EXPECT_EQ(licence.at("keys").at(0).at("kid"), json::value(base64Url(wanted.id)));
    EXPECT_EQ(licence.at("keys").at(0).at("k"), json::value(base64Url(wanted.value)));
    EXPECT_EQ(licence.at("type"), "temporary");
    EXPECT_EQ(handlers.clearKey(request(wish(wanted.id), {})).status, 200);
    EXPECT_FALSE(gate.asked.back().streamToken);
}

TEST_F(HandlersTest, OneTitlesTokenGetsNoOthersKeys) {
    ASSERT_TRUE(protection.choose({Kind::Media, "other"}, {ProtectionScheme::Cenc}, "ana"));
    const ContentKey own = keys.key("film", ProtectionScheme::Cenc).value(),
                     foreign = keys.key("other", ProtectionScheme::Cenc).value(),
                     whole = keys.key("film", ProtectionScheme::Aes128).value();
    const auto status = [&](const std::string& body) {
        return handlers.streamClearKey(request(body, {{"title", "film"}, {"protection", "clearkey-cenc"}})).status;
    };
    EXPECT_EQ(status(wish(own.id)), 200);
    EXPECT_EQ(status(wish(foreign.id)), 404);
    EXPECT_EQ(status(wish(whole.id)), 404);
    EXPECT_EQ(status(wish(Key128{1, 2, 3})), 404);
    EXPECT_EQ(status("{\"kids\":[\"" + base64Url(own.id) + "\",\"" + base64Url(foreign.id) + "\"]}"), 404);
    EXPECT_EQ(handlers.clearKey(request(wish(foreign.id), {})).status, 404);  // the gate says no
}

TEST_F(HandlersTest, OwnersChooseAndSeeWhereAChoiceComesFrom) {
    int changes = 0;
    ProtectionHandlers choices(protection, [&](const ProtectionTarget&, const Principal&) { ++changes; });
    const auto put = [&](const char* body) { return choices.put(Kind::Media, request(body, {{"id", "series"}})); };
    EXPECT_EQ(put(R"({"protected":true})").status, 200);
    const auto seen = json::parse(bodyOf(choices.get(Kind::Media, request("", {{"id", "episode"}}))));
    EXPECT_EQ(seen.at("protected"), true);
    EXPECT_EQ(seen.at("schemes").as_array().size(), 3U);
    EXPECT_EQ(seen.at("chosen_for"), "series");
    EXPECT_EQ(changes, 1);
    EXPECT_EQ(put(R"({"protected":true,"schemes":["cbcs"]})").status, 200);
    EXPECT_EQ(*protection.of("episode"), ProtectionSchemes{ProtectionScheme::Cbcs});
    for (const char* wrong :
         {R"({})", R"({"protected":"yes"})", R"({"protected":true,"schemes":[]})",
          R"({"protected":true,"schemes":["cbcs","cbcs"]})", R"({"protected":true,"schemes":["x"]})",
          R"({"protected":false,"schemes":["cbcs"]})", R"({"protected":true,"more":1})"}) {
        EXPECT_EQ(put(wrong).status, 400) << wrong;
    }
    EXPECT_EQ(changes, 2);
    EXPECT_EQ(choices.remove(Kind::Media, request("", {{"id", "series"}})).status, 200);
    EXPECT_FALSE(protection.of("episode")->has_value());
    EXPECT_EQ(choices.remove(Kind::Media, request("", {{"id", "gone"}})).status, 404);
}

TEST(ClearKey, RequestsAreReadStrictly) {
    const auto code = [](const char* body) { return parseClearKeyRequest(body).error().code; };
    const auto good = parseClearKeyRequest(R"({"kids":["AAECAwQFBgcICQoLDA0ODw"],"type":"temporary"})");
    ASSERT_TRUE(good);
    EXPECT_EQ(good->ids.front()[15], 15);
    EXPECT_FALSE(good->keep);
    EXPECT_TRUE(parseClearKeyRequest(R"({"kids":["AAECAwQFBgcICQoLDA0ODw"]})"));
    EXPECT_TRUE(parseClearKeyRequest(R"({"kids":["AAECAwQFBgcICQoLDA0ODw"],"type":"persistent-license"})")->keep);
    for (const char* body :
         {"", "[]", "{}", R"({"kids":[]})", R"({"kids":["AAECAwQFBgcICQoLDA0O"]})",
          R"({"kids":["AAECAwQFBgcICQoLDA0ODw=="]})", R"({"kids":["AAECAwQFBgcICQoLDA0O+w"]})", R"({"kids":[1]})",
          R"({"kids":["AAECAwQFBgcICQoLDA0ODw"],"type":"x"})", R"({"kids":["AAECAwQFBgcICQoLDA0ODw"],"more":1})"}) {
        EXPECT_EQ(code(body), ErrorCode::Invalid) << body;
    }
}

}  // namespace
}  // namespace marea::server
