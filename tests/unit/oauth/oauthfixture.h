#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/apps/oauth/oauth.h"
#include "server/gateway/target.h"
#include "tests/unit/identity/identityfixture.h"

namespace marea::server {

// RFC 7636 appendix B.
inline constexpr const char* kVerifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
inline constexpr const char* kChallenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
inline constexpr const char* kRedirect = "http://127.0.0.1:5000/callback";
inline constexpr const char* kBase = "http://music.example:8470";

// The routes as values, with a browser's cookie: no socket.
class OAuthTest : public IdentityTest {
protected:
    void SetUp() override {
        IdentityTest::SetUp();
        oauth = std::make_unique<OAuth>(*database, *identity, clock, core::makeNullLogger());
        oauth->addRoutes(router, pool);
        owner = setUp();
    }

    Response call(Method method, const std::string& path, const Parameters& fields = {}, std::string body = "") {
        Router::Match match = router.match(method, path);
        EXPECT_NE(match.route, nullptr) << path;
        Request request;
        request.method = method;
        request.path = path;
        request.params = match.params;
        request.peer = kPeer;
        request.requestId = "r1";
        request.headers.set("Host", "music.example:8470");
        request.headers.set("Content-Type", body.empty() ? "application/x-www-form-urlencoded" : "application/json");
        request.headers.set("Accept-Language", language);
        if (!cookie.empty()) {
            request.headers.set("Cookie", "other=1; " + cookie);
        }
        request.principal = identity->bearer(owner.accessToken).value_or(Principal{});
        if (method == Method::Get) {
            request.query = fields;
        } else {
            request.body = body.empty() ? encodedQuery(fields) : std::move(body);
        }
        std::mutex mutex;
        std::condition_variable answered;
        std::optional<Response> answer;
        match.route->handler(std::move(request), Reply([&](Response response) {
                                 const std::lock_guard lock(mutex);
                                 answer = std::move(response);
                                 answered.notify_one();
                             }));
        std::unique_lock lock(mutex);
        answered.wait(lock, [&] { return answer.has_value(); });
        if (const auto set = answer->headers.find("set-cookie")) {
            cookie = std::string(set->substr(0, set->find(';')));
        }
        return std::move(*answer);
    }

    static std::string bodyOf(const Response& response) { return std::get<std::string>(response.body); }
    static core::json::object jsonOf(const Response& response) {
        return core::json::parse(bodyOf(response)).as_object();
    }
    static std::string text(const core::json::object& object, const char* key) {
        return std::string(object.at(key).as_string());
    }
    static std::string errorOfAnswer(const Response& response) { return text(jsonOf(response), "error"); }
    static std::string location(const Response& response) {
        return std::string(response.headers.find("location").value_or(""));
    }
    // The parameters that a redirect brings.
    static std::string parameter(const Response& response, std::string_view name) {
        const std::string target = location(response);
        const auto query = decodeQuery(std::string_view(target).substr(target.find('?') + 1));
        return query ? std::string(onlyValue(*query, name)) : std::string();
    }
    // The value of a page's hidden field, unescaped as far as ours need it.
    static std::string hidden(const Response& page, const std::string& name) {
        const std::string html = bodyOf(page), start = "name=\"" + name + "\" value=\"";
        const auto at = html.find(start);
        if (at == std::string::npos) {
            return {};
        }
        std::string value = html.substr(at + start.size(), html.find('"', at + start.size()) - at - start.size());
        for (auto amp = value.find("&amp;"); amp != std::string::npos; amp = value.find("&amp;", amp + 1)) {
            value.erase(amp + 1, 4);
        }
        return value;
    }

    static Parameters asked(const std::string& redirect = kRedirect, const std::string& client = "marea") {
        return {{"response_type", "code"},         {"client_id", client},
                {"redirect_uri", redirect},        {"code_challenge", kChallenge},
                {"code_challenge_method", "S256"}, {"state", "my state&"}};
    }
    // A page's form as a browser sends it.
    Response send(const Response& page, const std::string& path, const std::string& action, Parameters more = {}) {
        more.emplace_back("form_token", hidden(page, "form_token"));
        for (const char* name : {"request", "user_code", "link"}) {
            if (const std::string value = hidden(page, name); !value.empty()) {
                more.emplace_back(name, value);
            }
        }
        more.emplace_back("action", action);
        return call(Method::Post, path, more);
    }
    static Parameters credentials(const std::string& password = "correct horse") {
        return {{"username", "ana"}, {"password", password}};
    }
    // The consent page of a browser in which Ana has signed in.
    Response consent(const Parameters& request) {
        const Response page = call(Method::Get, "/oauth/authorize", request);
        const Response signedIn = send(page, "/oauth/authorize", "sign-in", credentials());
        EXPECT_EQ(signedIn.status, 303) << bodyOf(page);
        return call(Method::Get, "/oauth/authorize", request);
    }
    std::string code(const Parameters& request = asked()) {
        const Response answer = send(consent(request), "/oauth/authorize", "allow");
        EXPECT_EQ(answer.status, 303);
        return parameter(answer, "code");
    }
    Response exchange(const std::string& code, const std::string& verifier = kVerifier,
                      const std::string& redirect = kRedirect, const std::string& client = "marea") {
        return call(Method::Post, "/oauth/token",
                    {{"grant_type", "authorization_code"},
                     {"code", code},
                     {"redirect_uri", redirect},
                     {"client_id", client},
                     {"code_verifier", verifier}});
    }

    // How the device of that log-in is called.
    std::string deviceOf(const Principal& who) {
        const auto devices = identity->devices(who.userId);
        for (const Login& login : *devices) {
            if (login.id == who.sessionId) {
                return login.deviceName;
            }
        }
        return {};
    }

    std::string cookie, language = "en";
    TokenPair owner;
    Router router;
    WorkPool pool{2, 16};
    std::unique_ptr<OAuth> oauth;
};

}  // namespace marea::server
