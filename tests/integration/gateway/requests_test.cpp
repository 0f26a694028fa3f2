#include <future>
#include <stdexcept>
#include <thread>

#include "fixture.h"

namespace marea::server::test {
namespace {

class Requests : public GatewayFixture {
protected:
    Requests() {
        options.maxHeaderBytes = 4096;
        addRoute(Method::Get, "/hello", [](const Request& request) {
            return Response::text(200, "text/plain",
                                  "hello " + std::string(request.queryValue("name").value_or("you")));
        });
        addRoute(
            Method::Post, "/echo",
            [](const Request& request) { return Response::text(200, "text/plain", request.body); }, Access::Public,
            1000);
        addRoute(Method::Get, "/peer",
                 [](const Request& request) { return Response::text(200, "text/plain", request.peer); });
        addRoute(Method::Get, "/large",
                 [](const Request&) { return Response::text(200, "text/plain", std::string(3'000'000, 'x')); });
        addRoute(
            Method::Get, "/user",
            [](const Request& request) { return Response::text(200, "text/plain", request.principal->username); },
            Access::User);
        addRoute(
            Method::Get, "/owner", [](const Request&) { return Response::empty(); }, Access::Owner);
        addRoute(Method::Get, "/throws", [](const Request&) -> Response { throw std::runtime_error("oops"); });
        router->add(Route{Method::Get, "/dropped", Access::Public, [](Request, Reply) {}});
        router->add(Route{Method::Get, "/elsewhere", Access::Public, [](Request, Reply reply) {
                              std::thread([moved = std::make_shared<Reply>(std::move(reply))] {
                                  (*moved)(Response::empty());
                              }).detach();
                          }});
        router->add(Route{Method::Get, "/pooled", Access::Public, pooled(*pool, [](const Request&) {
                              return Response::text(200, "text/plain", "from the pool");
                          })});
        router->add(Route{Method::Get, "/pooled/throws", Access::Public,
                          pooled(*pool, [](const Request&) -> Response { throw std::runtime_error("oops"); })});
        addRoute(Method::Get, "/latin", [](const Request&) {
            return Response::json(200, core::json::object{{"name", "Caf\xE9 \"1\".mkv"}});
        });
        start();
    }
    // Sends raw bytes on a new connection; the answer's status, 0 when it just ends.
    int statusOf(std::string_view bytes) {
        const auto client = connect();
        client->send(bytes);
        return client->receive().status;
    }
};

// RFC 9112 section 6.3: where a body ends that is framed in an unknown way, nobody knows; a request inside it that
// were answered would be smuggled past a proxy.
TEST_P(Requests, NothingAfterABodyOfUnclearFramingIsARequest) {
    for (const char* fields : {"Transfer-Encoding: xchunked", "Transfer-Encoding: chunked, chunked",
                               "Transfer-Encoding: identity\r\nTransfer-Encoding: identity"}) {
        const auto client = connect();
        client->send(std::string("POST /echo HTTP/1.1\r\nHost: x\r\n") + fields +
                     "\r\n\r\nGET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
        const Answer refused = client->receive();
        EXPECT_GE(refused.status, 400) << fields;
        EXPECT_EQ(refused.field("connection"), "close") << fields;
        EXPECT_EQ(client->receive().status, 0) << fields;
    }
}

TEST_P(Requests, WhatIsPipelinedBehindARefusedRequestIsAnswered) {
    const auto client = connect();
    client->send(
        "GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\nGET /user HTTP/1.1\r\nHost: x\r\n\r\n"
        "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(client->receive().status, 404);
    EXPECT_EQ(client->receive().status, 401);
    EXPECT_EQ(client->receive().body, "hello you");
}

// A file's name on disk may be any bytes; RFC 8259 section 8.1 allows no other text than UTF-8.
TEST_P(Requests, JsonIsUtf8WhateverAHandlerPutsIntoIt) {
    EXPECT_EQ(connect()->get("/latin").body, "{\"name\":\"Caf\xEF\xBF\xBD \\\"1\\\".mkv\"}");
}

TEST_P(Requests, KeepsAliveAndNamesEveryRequest) {
    const auto client = connect();
    const Answer first = client->get("/hello?name=w%C3%B6rld"), second = client->get("/hello");
    EXPECT_EQ(first.body, "hello wörld");
    EXPECT_EQ(second.body, "hello you");
    EXPECT_EQ(first.field("x-request-id").size(), 16U);
    EXPECT_NE(first.field("x-request-id"), second.field("x-request-id"));
    EXPECT_NE(client->get("/hello", "X-Request-Id: mine\r\n").field("x-request-id"), "mine");
    client->send("GET /hello HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
    EXPECT_EQ(client->receive().field("connection"), "close");
    EXPECT_TRUE(client->ended());
}

TEST_P(Requests, Http10EndsUnlessAskedToStay) {
    const auto client = connect();
    client->send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(client->receive().field("connection"), "keep-alive");
    client->send("GET /hello HTTP/1.0\r\n\r\n");
    EXPECT_EQ(client->receive().body, "hello you");
    EXPECT_TRUE(client->ended());
}

TEST_P(Requests, BodiesInAnyFraming) {
    const auto client = connect();
    client->send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\n\r\nhello");
    EXPECT_EQ(client->receive().body, "hello");
    client->send(
        "POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nHost: "
        "trailer\r\n\r\n");
    EXPECT_EQ(client->receive().body, "hello");
    client->send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_EQ(client->receive().status, 100);
    client->send("hello");
    EXPECT_EQ(client->receive().body, "hello");
}

TEST_P(Requests, ArriveByteByByte) {
    const auto client = connect();
    for (const char byte : std::string("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\nhi")) {
        ASSERT_TRUE(client->send({&byte, 1}));
    }
    EXPECT_EQ(client->receive().body, "hi");
}

TEST_P(Requests, LimitsAnswerAndEnd) {
    EXPECT_EQ(statusOf("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 1001\r\n\r\n"), 413);
    EXPECT_EQ(statusOf("POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3e9\r\n" +
                       std::string(1001, 'x')),
              413);
    EXPECT_EQ(statusOf("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 1001\r\nExpect: 100-continue\r\n\r\n"), 413);
    EXPECT_EQ(statusOf("GET /hello HTTP/1.1\r\nHost: t\r\nX: " + std::string(8000, 'x') + "\r\n\r\n"), 431);
    std::string many = "GET /hello HTTP/1.1\r\nHost: t\r\n";
    for (int i = 0; i < 500; ++i) {
        many += "X-" + std::to_string(i) + ": value\r\n";
    }
    EXPECT_EQ(statusOf(many + "\r\n"), 431);
    EXPECT_EQ(statusOf("GET /" + std::string(100'000, 'a')), 431);
    const auto client = connect();
    client->send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 1000\r\n\r\n" + std::string(1000, 'x'));
    EXPECT_EQ(client->receive().body.size(), 1000U);
}

TEST_P(Requests, MalformedOnesAreRefusedWithAProblem) {
    const std::pair<std::string, int> cases[] = {
        {"GET /hello HTTP/1.1\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {"GET /hello HTTP/1.1\nHost: a\n\n", 400},
        {"GET /hello HTTP/1.1\r\nHost : a\r\n\r\n", 400},
        {"GET /hello HTTP/2.0\r\nHost: a\r\n\r\n", 400},
        {"GET /a/../hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"GET /%2e%2e/hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"GET //hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"GET /hello?%FF HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"GET hello HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"GET http://a/hello HTTP/1.1\r\nHost: a\r\n\r\n", 200},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx", 400},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 1\r\n\r\n0\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n", 400},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400},
        {"POST /echo HTTP/1.1\r\nHost: a\r\nExpect: magic\r\nContent-Length: 0\r\n\r\n", 417},
        {"PATCH /hello HTTP/1.1\r\nHost: a\r\n\r\n", 405},
        {"BREW /hello HTTP/1.1\r\nHost: a\r\n\r\n", 405},
        {"OPTIONS /hello HTTP/1.1\r\nHost: a\r\n\r\n", 405},
        {"GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n", 404},
        {std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 11), 400},
    };
    for (const auto& [bytes, status] : cases) {
        const auto client = connect();
        client->send(bytes);
        const Answer answer = client->receive();
        EXPECT_EQ(answer.status, status) << bytes;
        if (status >= 400) {
            EXPECT_EQ(answer.field("content-type"), "application/problem+json") << bytes;
            EXPECT_NE(answer.body.find("\"request_id\""), std::string::npos) << bytes;
        }
    }
    EXPECT_EQ(connect()->get("/hello").status, 200);
}

TEST_P(Requests, EveryKindOfAccessRefuses) {
    const auto client = connect();
    const Answer anonymous = client->get("/user");
    EXPECT_EQ(anonymous.status, 401);
    EXPECT_EQ(anonymous.field("www-authenticate"), "Bearer realm=\"marea\"");
    EXPECT_EQ(client->get("/user", "Authorization: Bearer wrong\r\n").field("www-authenticate"),
              "Bearer realm=\"marea\", error=\"invalid_token\"");
    EXPECT_EQ(client->get("/user", "Authorization: Basic bWVtYmVy\r\n").status, 401);
    EXPECT_EQ(client->get("/user", "Authorization: Bearer member\r\n").body, "member");
    EXPECT_EQ(client->get("/user", "authorization: bearer member\r\n").body, "member");
    EXPECT_EQ(client->get("/user", "Authorization: Bearer throws\r\n").status, 500);
    EXPECT_EQ(client->get("/owner").status, 401);
    EXPECT_EQ(client->get("/owner", "Authorization: Bearer member\r\n").status, 403);
    EXPECT_EQ(client->get("/owner", "Authorization: Bearer owner\r\n").status, 204);
    EXPECT_EQ(client->get("/hello", "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n").status, 400);
}

TEST_P(Requests, HandlersThatFailAnswer500) {
    const auto client = connect();
    EXPECT_EQ(client->get("/dropped").status, 500);
    EXPECT_EQ(client->get("/throws").status, 500);
    EXPECT_EQ(client->get("/pooled/throws").status, 500);
    EXPECT_EQ(client->get("/hello").status, 200);
}

TEST_P(Requests, AnswersComeFromAnyThread) {
    const auto client = connect();
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(client->get("/elsewhere").status, 204);
        EXPECT_EQ(client->get("/pooled").body, "from the pool");
    }
}

TEST_P(Requests, LargeBodiesFromMemory) {
    const auto client = connect();
    EXPECT_EQ(client->get("/large").body, std::string(3'000'000, 'x'));
    EXPECT_EQ(client->get("/hello").status, 200);
}

TEST_P(Requests, SlowHeadsAreRefused) {
    options.headerTimeoutSeconds = 1;
    restart();
    // Again where this test was itself too slow to send the beginning in time.
    EXPECT_TRUE(eventually([&] {
        const auto client = connect();
        client->send("GET /hello HTT");
        return client->receive().status == 408 && client->ended();
    }));
    EXPECT_TRUE(connect()->ended()) << "nothing at all is not waited for either";
    EXPECT_TRUE(eventually([&] { return gateway->stats().openConnections == 0; }));
}

TEST_P(Requests, SlowBodiesAreRefused) {
    options.bodyTimeoutSeconds = 1;
    restart();
    const auto client = connect();
    client->send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 100\r\n\r\nsome");
    EXPECT_EQ(client->receive().status, 408);
    EXPECT_TRUE(client->ended());
}

TEST_P(Requests, IdleConnectionsAreEnded) {
    options.idleTimeoutSeconds = 1;
    restart();
    const auto client = connect();
    EXPECT_EQ(client->get("/hello").status, 200);
    EXPECT_TRUE(client->ended());
    EXPECT_TRUE(eventually([&] { return gateway->stats().openConnections == 0; }));
}

TEST_P(Requests, ATrickledHeaderDoesNotExtendItsTime) {
    options.headerTimeoutSeconds = 1;
    restart();
    const auto client = connect();
    client->send("GET /hello HTTP/1.1\r\n");
    EXPECT_TRUE(eventually([&] { return !client->send("X: y\r\n") || gateway->stats().openConnections == 0; }));
}

TEST_P(Requests, ForwardedAddressesNeedATrustedProxy) {
    EXPECT_EQ(connect()->get("/peer", "X-Forwarded-For: 9.9.9.9\r\n").body, "127.0.0.1");
    options.trustedProxies = {"127.0.0.1"};
    restart();
    EXPECT_EQ(connect()->get("/peer", "X-Forwarded-For: 6.6.6.6, 9.9.9.9\r\n").body, "9.9.9.9");
    // Some proxies add a field of their own below what the client sent.
    EXPECT_EQ(connect()->get("/peer", "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 9.9.9.9\r\n").body, "9.9.9.9");
}

TEST_P(Requests, ASecondGatewayOnThePortIsRefused) {
    GatewayOptions same = options;
    same.port = gateway->port();
    Gateway second(same, router, nullptr, *pool, nullptr);
    const auto started = second.start();
    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().code, core::ErrorCode::Io);
}

INSTANTIATE_TEST_SUITE_P(Over, Requests, ::testing::Bool(), schemeName);

}  // namespace
}  // namespace marea::server::test
