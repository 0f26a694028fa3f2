#include "fixture.h"

namespace marea::server::test {
namespace {

class WordCheck final : public RequestCheck {
public:
    std::optional<core::Error> query(const Request& request) const override {
        return judge(request.queryValue("word").value_or(""));
    }
    std::optional<core::Error> body(const Request& request) const override { return judge(request.body); }

private:
    static std::optional<core::Error> judge(std::string_view text) {
        return text == "bad" ? std::optional(core::Error{core::ErrorCode::Invalid, {}, "“/word” must be good."})
                             : std::nullopt;
    }
};

class Checks : public GatewayFixture {
protected:
    Checks() {
        const auto handler = [this](const Request& request) {
            ++handled;
            return Response::text(200, "text/plain", "took " + request.body);
        };
        addRoute(Method::Get, "/free", handler);
        addRoute(Method::Get, "/checked", handler);
        addRoute(Method::Post, "/checked", handler);
        addRoute(Method::Get, "/user", handler, Access::User);
        const RoutePolicy checked{std::make_shared<WordCheck>()};
        options.policies = {{}, checked, checked, checked};
        start();
    }
    static std::string get(const std::string& target) { return "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n"; }
    static std::string post(const std::string& target, const std::string& body) {
        return "POST " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(body.size()) +
               "\r\n\r\n" + body;
    }

    std::atomic<int> handled = 0;
};

TEST_P(Checks, RefuseWhatTheirRouteDoesNotTakeBeforeItsHandler) {
    const auto client = connect();
    for (const std::string& request : {get("/checked?word=bad"), post("/checked", "bad")}) {
        client->send(request);
        const Answer refused = client->receive();
        EXPECT_EQ(refused.status, 400);
        EXPECT_EQ(refused.field("content-type"), "application/problem+json");
        EXPECT_NE(refused.body.find("urn:marea:error:invalid"), std::string::npos) << refused.body;
        EXPECT_NE(refused.body.find("“/word” must be good."), std::string::npos) << refused.body;
        EXPECT_NE(refused.body.find("request_id"), std::string::npos) << refused.body;
    }
    EXPECT_EQ(handled, 0);
    client->send(post("/checked", "good"));
    EXPECT_EQ(client->receive().body, "took good");  // on the same connection
    client->send(get("/checked?word=good"));
    EXPECT_EQ(client->receive().status, 200);
    client->send(get("/free?word=bad"));
    EXPECT_EQ(client->receive().status, 200);
}

TEST_P(Checks, ComeAfterTheQuestionWhoAsks) {
    const auto client = connect();
    client->send(get("/user?word=bad"));
    EXPECT_EQ(client->receive().status, 401);
    client->send("GET /user?word=bad HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer member\r\n\r\n");
    EXPECT_EQ(client->receive().status, 400);
    EXPECT_EQ(handled, 0);
}

TEST_P(Checks, LookAtAQueryBeforeABodyIsTaken) {
    const auto client = connect();
    client->send("POST /checked?word=bad HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\nonly some");
    const Answer refused = client->receive();
    EXPECT_EQ(refused.status, 400);
    EXPECT_EQ(refused.field("connection"), "close");
}

INSTANTIATE_TEST_SUITE_P(Gateway, Checks, ::testing::Bool(), schemeName);

}  // namespace
}  // namespace marea::server::test
