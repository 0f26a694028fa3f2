#include "server/apps/licence/licenceproxy.h"

#include <gmock/gmock.h>

#include "doubles.h"
#include "server/protection/keytext.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using testing::ElementsAre;
using testing::HasSubstr;
using Kind = ProtectionTarget::Kind;
namespace json = core::json;

// A provider that answers as the test says.
class FakeProvider final : public Outbound {
public:
    void send(OutboundRequest request, Done done) override {
        asked.push_back(std::move(request));
        done(answer);
    }
    static OutboundAnswer given(int status, std::string body, const char* type = "text/xml") {
        OutboundAnswer answer{status, {}, std::move(body)};
        answer.headers.set("Content-Type", type);
        return answer;
    }
    std::vector<OutboundRequest> asked;
    core::Result<OutboundAnswer> answer = given(200, "LICENCE");
};

class LicenceProxyTest : public LicenceTest {
protected:
    LicenceProxyTest() {
        EXPECT_TRUE(
            protection.choose({Kind::Media, "film"}, {ProtectionScheme::Aes128, ProtectionScheme::Cenc}, "ana"));
        gate.open = "film";
    }
    LicenceProxy make(LicenceProviders providers) {
        const auto sign = [this](std::string_view type, std::string_view payload) {
            types.emplace_back(type);
            return signs ? core::Result<std::string>("signed " + std::string(payload))
                         : core::fail(ErrorCode::Internal, "No key.");
        };
        return LicenceProxy({keys, protection, gate, provider, sign, clock, core::makeNullLogger()},
                            std::move(providers));
    }
    static LicenceProviders providers() {
        LicenceProviders made;
        made.urls = {{OutsideSystem::Widevine, "https://drm.example/widevine?customer=1"},
                     {OutsideSystem::PlayReady, "https://drm.example/playready"}};
        made.issuer = "https://marea.example";
        return made;
    }
    static Request request(std::vector<std::pair<std::string, std::string>> params) {
        Request made;
        made.body = std::string("\x08\x01\x00\xFF", 4);
        made.params = std::move(params);
        made.principal = Principal{"", "login-1", "", ""};
        return made;
    }
    Response ofStream(LicenceProxy& proxy, const Request& request) {
        std::optional<Response> told;
        proxy.ofStream(request, std::make_shared<Reply>([&](Response response) { told = std::move(response); }));
        return told ? std::move(*told) : Response::empty(599);
    }
    Response ofStream(const char* title, const char* kind, const char* system) {
        LicenceProxy proxy = make(providers());
        return ofStream(proxy, request({{"title", title}, {"protection", kind}, {"system", system}}));
    }
    static std::string bodyOf(const Response& response) {
        const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body);
        const auto* own = std::get_if<std::string>(&response.body);
        return shared ? **shared : own ? *own : "";
    }
    static std::string fieldOf(const OutboundRequest& request, std::string_view name) {
        for (const auto& [key, value] : request.headers) {
            if (key == name) {
                return value;
            }
        }
        return {};
    }

    MasterKeyFile master{folder.string()};
    TitleKeyStore keys{*database, master, clock};
    ProtectionStore protection{*database, clock};
    FakeGate gate;
    FakeProvider provider;
    bool signs = true;
    std::vector<std::string> types;
};

TEST_F(LicenceProxyTest, WhoIsEntitledGetsTheProvidersAnswer) {
    const Response response = ofStream("film", "drm-cenc", "widevine");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(bodyOf(response), "LICENCE");
    EXPECT_EQ(response.headers.find("content-type"), "application/octet-stream") << "not as the provider calls it";
    EXPECT_EQ(response.headers.find("cache-control"), "no-store");
    ASSERT_EQ(provider.asked.size(), 1U);
    const OutboundRequest& asked = provider.asked.front();
    EXPECT_EQ(asked.url, "https://drm.example/widevine?customer=1");
    EXPECT_EQ(asked.method, Method::Post);
    EXPECT_EQ(asked.body, std::string("\x08\x01\x00\xFF", 4));
    EXPECT_FALSE(asked.repeatable);
    EXPECT_LE(asked.mostBytes, std::size_t{256} * 1024);
    EXPECT_TRUE(gate.asked.back().streamToken);
    EXPECT_THAT(types, ElementsAre("entitlement+jwt"));
}

TEST_F(LicenceProxyTest, TheEntitlementSaysWhoWhatAndForHowLong) {
    ofStream("film", "drm-cenc", "widevine");
    const std::string token = fieldOf(provider.asked.at(0), "Authorization");
    ASSERT_TRUE(token.starts_with("Bearer signed ")) << token;
    const auto claims = json::parse(token.substr(14)).as_object();
    EXPECT_EQ(claims.at("iss"), "https://marea.example");
    EXPECT_EQ(claims.at("aud"), "drm.example");
    EXPECT_EQ(claims.at("sub"), "login-1");
    EXPECT_EQ(claims.at("device"), "login-1");
    EXPECT_EQ(claims.at("content_id"), "film");
    EXPECT_EQ(claims.at("system"), "widevine");
    ASSERT_EQ(claims.at("kids").as_array().size(), 1U);  // AES-128's is no key of Common Encryption
    EXPECT_EQ(claims.at("kids").at(0), json::value(uuidText(keys.key("film", ProtectionScheme::Cenc)->id)));
    EXPECT_EQ(claims.at("exp").as_int64() - claims.at("iat").as_int64(), 60);
    EXPECT_TRUE(core::isId(claims.at("jti").as_string()));
}

TEST_F(LicenceProxyTest, TheEntitlementSaysOfWhichHouseholdAndWhere) {
    gate.stands = LicenceStanding{"child", true, true, "ES", 3};
    ofStream("film", "drm-cenc", "widevine");
    auto claims = json::parse(fieldOf(provider.asked.at(0), "Authorization").substr(14)).as_object();
    EXPECT_EQ(claims.at("household"),
              (json::object{{"id", "https://marea.example"}, {"role", "child"}, {"shared", true}}));
    EXPECT_EQ(claims.at("region"), "ES");
    EXPECT_EQ(claims.at("max_devices"), 3);
    gate.stands = LicenceStanding{};
    ofStream("film", "drm-cenc", "widevine");
    claims = json::parse(fieldOf(provider.asked.at(1), "Authorization").substr(14)).as_object();
    EXPECT_TRUE(claims.at("region").is_null() && claims.at("max_devices").is_null());
    // What held when it was asked for may hold no longer when it is written down.
    gate.stands = core::fail(ErrorCode::NotFound, "There is no such title.");
    EXPECT_EQ(ofStream("film", "drm-cenc", "widevine").status, 404);
    EXPECT_EQ(provider.asked.size(), 2U);
}

TEST_F(LicenceProxyTest, NoKeyOfAnotherTitleIsEverNamed) {
    const ContentKey own = *keys.key("film", ProtectionScheme::Cenc);
    ofStream("film", "drm-cenc", "widevine");
    const auto claims = json::parse(fieldOf(provider.asked.at(0), "Authorization").substr(14)).as_object();
    for (const json::value& kid : claims.at("kids").as_array()) {
        EXPECT_EQ(kid, json::value(uuidText(own.id)));
    }
    run("UPDATE title_keys SET item_id = 'other' WHERE item_id = 'film'");  // known by heart still, and no longer so
    EXPECT_NE(ofStream("film", "drm-cenc", "widevine").status, 200);
    EXPECT_EQ(provider.asked.size(), 1U);
}

TEST_F(LicenceProxyTest, NobodyElseIsEvenAskedFor) {
    EXPECT_EQ(ofStream("other", "drm-cenc", "widevine").status, 404);      // in the clear
    EXPECT_EQ(ofStream("film", "drm-cbcs", "widevine").status, 404);       // not chosen for it
    EXPECT_EQ(ofStream("film", "clearkey-cenc", "widevine").status, 404);  // has its own licences
    EXPECT_EQ(ofStream("film", "drm-cenc", "fairplay").status, 404);       // takes cbcs alone
    EXPECT_EQ(ofStream("film", "drm-cenc", "clearkey").status, 404);
    ASSERT_TRUE(protection.choose({Kind::Media, "film"}, {ProtectionScheme::Cbcs}, "ana"));
    EXPECT_EQ(ofStream("film", "drm-cbcs", "fairplay").status, 404);  // no provider
    EXPECT_EQ(ofStream("film", "drm-cbcs", "playready").status, 200);
    provider.asked.clear();
    gate.open = "another";
    EXPECT_EQ(ofStream("film", "drm-cbcs", "widevine").status, 404);  // not entitled, or no longer
    signs = false;
    gate.open = "film";
    EXPECT_EQ(ofStream("film", "drm-cbcs", "widevine").status, 500);
    EXPECT_TRUE(provider.asked.empty());
}

TEST_F(LicenceProxyTest, DevicesAskForTheTitleThatTheyPlay) {
    LicenceProxy proxy = make(providers());
    std::optional<Response> told;
    Request wish = request({});
    wish.query = {{"system", "playready"}, {"media_id", "film"}};
    wish.headers.set("Content-Type", "text/xml; charset=utf-8");
    wish.headers.set("SOAPAction", "\"http://schemas.microsoft.com/DRM/2007/03/protocols/AcquireLicense\"");
    const auto ask = [&] {
        proxy.ofDevice(wish, std::make_shared<Reply>([&](Response response) { told = std::move(response); }));
        return told->status;
    };
    EXPECT_EQ(ask(), 200);
    EXPECT_FALSE(gate.asked.back().streamToken);
    EXPECT_EQ(fieldOf(provider.asked.at(0), "Content-Type"), "text/xml; charset=utf-8");
    EXPECT_THAT(fieldOf(provider.asked.at(0), "SOAPAction"), HasSubstr("AcquireLicense"));
    wish.headers.set("SOAPAction", std::string(1000, 'x'));
    EXPECT_EQ(ask(), 200);
    EXPECT_EQ(fieldOf(provider.asked.at(1), "SOAPAction"), "");
    wish.query = {{"system", "playready"}, {"media_id", "other"}};
    EXPECT_EQ(ask(), 404);
    wish.query = {};
    EXPECT_EQ(ask(), 404);
}

TEST_F(LicenceProxyTest, WhatGoesWrongAtTheProviderIsSaidWithoutItsWords) {
    const auto status = [&](core::Result<OutboundAnswer> answer) {
        provider.answer = std::move(answer);
        const Response response = ofStream("film", "drm-cenc", "widevine");
        EXPECT_EQ(bodyOf(response).find("secret"), std::string::npos);
        return response.status;
    };
    EXPECT_EQ(status(FakeProvider::given(403, "secret")), 422);
    EXPECT_EQ(status(FakeProvider::given(204, "")), 422);
    EXPECT_EQ(status(FakeProvider::given(500, "secret")), 503);
    EXPECT_EQ(status(FakeProvider::given(429, "secret")), 503);
    for (const ErrorCode code : {ErrorCode::Timeout, ErrorCode::Unavailable, ErrorCode::TooLarge, ErrorCode::Busy,
                                 ErrorCode::Forbidden, ErrorCode::Corrupt, ErrorCode::Cancelled}) {
        EXPECT_EQ(status(core::fail(code, "It went wrong.", "secret")), 503) << static_cast<int>(code);
    }
}

TEST_F(LicenceProxyTest, ProvidersWithAFieldOfTheirOwnFindTheTokenAlone) {
    LicenceProviders own = providers();
    own.tokenHeader = "X-Entitlement";
    LicenceProxy proxy = make(own);
    ofStream(proxy, request({{"title", "film"}, {"protection", "drm-cenc"}, {"system", "widevine"}}));
    EXPECT_TRUE(fieldOf(provider.asked.at(0), "X-Entitlement").starts_with("signed {"));
    EXPECT_EQ(fieldOf(provider.asked.at(0), "Authorization"), "");
}

}  // namespace
}  // namespace marea::server
