#include <condition_variable>
#include <mutex>

#include "identityfixture.h"

namespace marea::server {
namespace {

namespace json = core::json;

// The routes as values: no socket.
class IdentityRoutesTest : public IdentityTest {
protected:
    void SetUp() override {
        IdentityTest::SetUp();
        identity->addRoutes(router, pool);
    }

    Response call(Method method, const std::string& path, std::string body = "", std::string token = "") {
        Router::Match match = router.match(method, path);
        EXPECT_NE(match.route, nullptr) << path;
        Request request;
        request.method = method;
        request.path = path;
        request.params = match.params;
        request.body = std::move(body);
        request.peer = kPeer;
        request.requestId = "r1";
        request.headers.set("Host", "music.example:8470");
        request.headers.set("Content-Type", "application/json");
        if (!token.empty()) {
            request.principal = *identity->bearer(token);
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
        return std::move(*answer);
    }
    static json::object bodyOf(const Response& response) {
        return json::parse(std::get<std::string>(response.body)).as_object();
    }
    static std::string text(const json::object& object, const char* key) {
        return std::string(object.at(key).as_string());
    }
    json::object setUpByRoute() {
        const Response response = call(Method::Post, "/api/v1/setup",
                                       json::serialize(json::object{{"code", identity->setupCode()},
                                                                    {"username", "Ana"},
                                                                    {"password", "correct horse"},
                                                                    {"device_name", "Laptop"}}));
        EXPECT_EQ(response.status, 201);
        EXPECT_EQ(response.headers.find("cache-control"), "no-store");
        return bodyOf(response);
    }

    Router router;
    WorkPool pool{2, 16};
};

TEST_F(IdentityRoutesTest, FromSetupToDevices) {
    EXPECT_TRUE(bodyOf(call(Method::Get, "/api/v1/server")).at("setup_needed").as_bool());
    EXPECT_EQ(call(Method::Post, "/api/v1/setup", R"({"code":"x","username":"a","password":"b"})").status, 403);
    const auto pair = setUpByRoute();
    EXPECT_EQ(pair.at("expires_in"), 900);
    EXPECT_EQ(pair.at("token_type"), "Bearer");
    EXPECT_FALSE(bodyOf(call(Method::Get, "/api/v1/server")).at("setup_needed").as_bool());
    const std::string access = text(pair, "access_token");

    const auto me = bodyOf(call(Method::Get, "/api/v1/me", "", access));
    EXPECT_EQ(me.at("username"), "Ana");
    EXPECT_EQ(me.at("role"), "owner");
    const auto items = bodyOf(call(Method::Get, "/api/v1/me/devices", "", access)).at("items").as_array();
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0].at("name"), "Laptop");
    EXPECT_EQ(items[0].at("current"), true);

    EXPECT_EQ(items[0].at("client_id"), "marea");
}

TEST_F(IdentityRoutesTest, LogInIsRefusedThenLimited) {
    setUpByRoute();
    const std::string wrong = R"({"username":"ana","password":"wrong"})";
    for (int i = 0; i < 5; ++i) {
        const Response refused = call(Method::Post, "/api/v1/login", wrong);
        EXPECT_EQ(refused.status, 401);
        EXPECT_EQ(bodyOf(refused).at("type"), "urn:marea:error:unauthorized");
    }
    const Response limited = call(Method::Post, "/api/v1/login", wrong);
    EXPECT_EQ(limited.status, 429);
    EXPECT_GT(std::stoi(std::string(*limited.headers.find("retry-after"))), 0);
}

TEST_F(IdentityRoutesTest, MalformedBodiesAre400) {
    for (const char* body : {"", "[]", R"({"username":"a"})", R"({"username":"a","password":"b","more":"c"})",
                             R"({"username":1,"password":"b"})"}) {
        EXPECT_EQ(call(Method::Post, "/api/v1/login", body).status, 400) << body;
    }
}

TEST_F(IdentityRoutesTest, DevicesAreRemoved) {
    const auto pair = setUpByRoute();
    const auto other = *login();
    const core::Id device = identity->bearer(other.accessToken)->sessionId;
    const std::string access = text(pair, "access_token");
    EXPECT_EQ(call(Method::Delete, "/api/v1/me/devices/" + core::newId(), "", access).status, 404);
    EXPECT_EQ(call(Method::Delete, "/api/v1/me/devices/" + device, "", access).status, 204);
    EXPECT_FALSE(identity->bearer(other.accessToken));
}

}  // namespace
}  // namespace marea::server
