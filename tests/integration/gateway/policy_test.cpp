#include <openssl/x509.h>

#include <mutex>

#include "fixture.h"
#include "server/gateway/selfsigned.h"

namespace marea::server::test {
namespace {

class Recorder final : public Auditor {
public:
    void record(AuditedRequest request) override {
        const std::lock_guard lock(mutex_);
        records_.push_back(std::move(request));
    }
    std::vector<AuditedRequest> records() const {
        const std::lock_guard lock(mutex_);
        return records_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<AuditedRequest> records_;
};

class Policies : public GatewayFixture {
protected:
    Policies() {
        const auto answer = [](const Request&) { return Response::empty(); };
        addRoute(Method::Get, "/free", answer);
        addRoute(Method::Delete, "/things/{id}", answer, Access::Owner);
        addRoute(Method::Post, "/login", [](const Request& request) {
            return request.body.find("right") != std::string::npos
                       ? Response::empty()
                       : Response::problem(core::Error{core::ErrorCode::Unauthorized, "", "Not so."});
        });
        addRoute(Method::Get, "/user", answer, Access::User);
        options.trustedProxies = {"127.0.0.1"};
        options.auditor = &recorder;
        options.policies.resize(3);
        options.policies[1].audit = "thing.remove";
        options.policies[2].audit = "login";
        options.policies[2].auditField = "username";
    }
    // As through the proxy, for a client of that address.
    static std::string from(const char* address, const std::string& line, const std::string& fields = {},
                            const std::string& body = {}) {
        return line + " HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: " + address + "\r\n" + fields +
               "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    }

    Recorder recorder;
};

TEST_P(Policies, AddressesThatAskTooOftenWait) {
    options.rates.perAddress = 1;
    start();
    const auto client = connect();
    int allowed = 0;
    Answer last;
    do {
        client->send(from("192.0.2.1", "GET /free"));
        last = client->receive();
        allowed += last.status == 204 ? 1 : 0;
    } while (last.status == 204 && allowed < 1000);
    EXPECT_EQ(last.status, 429);
    EXPECT_GE(allowed, TokenBuckets::kBurstSeconds);
    EXPECT_GE(std::stoi(last.field("retry-after")), 1);
    client->send(from("192.0.2.2", "GET /free"));
    EXPECT_EQ(client->receive().status, 204);
    client->send("GET /free HTTP/1.1\r\nHost: x\r\n\r\n");  // the proxy itself
    EXPECT_EQ(client->receive().status, 204);
    EXPECT_EQ(gateway->stats().rateRefusals, 1U);
}

TEST_P(Policies, UsersThatAskTooOftenWaitWhereverTheyAre) {
    options.rates.perUser = 1;
    start();
    const auto client = connect();
    int allowed = 0, status = 0;
    do {
        const std::string address = "192.0.2." + std::to_string(1 + allowed % 200);
        client->send(from(address.c_str(), "GET /user", "Authorization: Bearer member\r\n"));
        status = client->receive().status;
        allowed += status == 204 ? 1 : 0;
    } while (status == 204 && allowed < 1000);
    EXPECT_EQ(status, 429);
    client->send(from("192.0.2.1", "GET /user", "Authorization: Bearer owner\r\n"));
    EXPECT_EQ(client->receive().status, 204);
}

TEST_P(Policies, WhatIsDoneIsRecordedWithWhoAndWhat) {
    start();
    const auto client = connect();
    client->send(from("192.0.2.9", "DELETE /things/7", "Authorization: Bearer owner\r\n"));
    const Answer done = client->receive();
    EXPECT_EQ(done.status, 204);
    client->send(from("192.0.2.9", "DELETE /things/8", "Authorization: Bearer member\r\n"));
    EXPECT_EQ(client->receive().status, 403);
    client->send(from("192.0.2.9", "DELETE /things/9"));  // nobody in particular: not worth a row
    EXPECT_EQ(client->receive().status, 401);
    client->send(from("192.0.2.9", "GET /free"));
    EXPECT_EQ(client->receive().status, 204);
    const auto records = recorder.records();
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].action, "thing.remove");
    EXPECT_EQ(records[0].userId, "u-owner");
    EXPECT_EQ(records[0].username, "owner");
    EXPECT_EQ(records[0].subject, "7");
    EXPECT_EQ(records[0].peer, "192.0.2.9");
    EXPECT_EQ(records[0].requestId, done.field("x-request-id"));
    EXPECT_EQ(records[0].status, 204);
    EXPECT_EQ(records[1].username, "member");
    EXPECT_EQ(records[1].status, 403);
}

TEST_P(Policies, LogInsAreRecordedByTheNameThatWasTypedAndNothingElse) {
    start();
    const auto client = connect();
    for (const char* body : {R"({"username": "ann", "password": "right"})", R"({"username": "ann", "password": "no"})",
                             "username=bea&password=no"}) {
        client->send(from("192.0.2.9", "POST /login", "", body));
        client->receive();
    }
    const auto records = recorder.records();
    ASSERT_EQ(records.size(), 3U);
    EXPECT_EQ(records[0].subject, "ann");
    EXPECT_EQ(records[0].status, 204);
    EXPECT_EQ(records[1].status, 401);
    EXPECT_EQ(records[2].subject, "bea");
    EXPECT_EQ(records[2].userId, "");
}

TEST_P(Policies, PagesOfOtherOriginsReadNothingUnlessTheyMay) {
    options.corsOrigins = {"https://player.example"};
    start();
    const auto client = connect();
    client->send(from("192.0.2.9", "GET /free", "Origin: https://player.example\r\n"));
    const Answer may = client->receive();
    EXPECT_EQ(may.field("access-control-allow-origin"), "https://player.example");
    EXPECT_EQ(may.field("vary"), "Origin");
    EXPECT_EQ(may.field("access-control-allow-credentials"), "");
    for (const char* other : {"https://evil.example", "https://player.example.evil.example", "null", "*"}) {
        client->send(from("192.0.2.9", "GET /free", std::string("Origin: ") + other + "\r\n"));
        const Answer closed = client->receive();
        EXPECT_EQ(closed.status, 204);
        EXPECT_EQ(closed.field("access-control-allow-origin"), "") << other;
    }
    const std::string asks = "Access-Control-Request-Method: DELETE\r\n";
    client->send(from("192.0.2.9", "OPTIONS /things/7", "Origin: https://player.example\r\n" + asks));
    const Answer preflight = client->receive();
    EXPECT_EQ(preflight.status, 204);
    EXPECT_NE(preflight.field("access-control-allow-methods").find("DELETE"), std::string::npos);
    EXPECT_NE(preflight.field("access-control-allow-headers").find("Authorization"), std::string::npos);
    client->send(from("192.0.2.9", "OPTIONS /things/7", "Origin: https://evil.example\r\n" + asks));
    const Answer refused = client->receive();
    EXPECT_EQ(refused.status, 405);
    EXPECT_EQ(refused.field("access-control-allow-origin"), "");
}

TEST_P(Policies, RulesRefuseBeforeAnythingElseIsLookedAt) {
    options.rules = defaultRules();
    RequestRule home;
    home.name = "home";
    home.paths = {"/us*"};
    home.from = {*addressRange("192.168.0.0/16")};
    home.notFrom = true;
    RequestRule large;
    large.name = "large";
    large.bodyOver = 100;
    large.status = 413;
    options.rules.push_back(home);
    options.rules.push_back(large);
    start();
    const auto client = connect();
    client->send(from("192.0.2.9", "GET /user"));
    EXPECT_EQ(client->receive().status, 403);
    client->send(from("192.168.7.7", "GET /user"));
    EXPECT_EQ(client->receive().status, 401);
    client->send(from("192.0.2.9", "GET /%2e%2e/free"));
    EXPECT_EQ(client->receive().status, 400);
    client->send(from("192.0.2.9", "TRACE /free"));
    EXPECT_EQ(client->receive().status, 501);
    client->send(from("192.0.2.9", "GET /free"));
    EXPECT_EQ(client->receive().status, 204);
    EXPECT_EQ(gateway->stats().ruleRefusals, 2U);  // what is malformed anyway comes to no rule
    client->send(from("192.0.2.9", "POST /login", "", std::string(101, 'x')));
    EXPECT_EQ(client->receive().status, 413);
}

TEST_P(Policies, WhatMayChangeChangesForConnectionsThatAreThere) {
    RequestRule closed;
    closed.name = "closed";
    closed.paths = {"/user"};
    start();
    const auto client = connect();
    const auto ask = [&](const char* line) {
        client->send(from("192.0.2.9", line, "Origin: https://player.example\r\n"));
        return client->receive();
    };
    EXPECT_EQ(ask("GET /user").status, 401);
    gateway->change({options.rates, {closed}, {"https://player.example"}, {"127.0.0.1"}});
    while (ask("GET /user").status == 401) {
    }
    EXPECT_EQ(ask("GET /user").status, 403);
    EXPECT_EQ(ask("GET /free").field("access-control-allow-origin"), "https://player.example");
    const auto refused = gateway->stats().ruleRefusals;
    EXPECT_GE(refused, 2U);
    gateway->change({options.rates, {}, {}, {}});
    while (ask("GET /user").status == 403) {
    }
    EXPECT_EQ(ask("GET /user").status, 401);
    EXPECT_EQ(ask("GET /free").field("access-control-allow-origin"), "");
    EXPECT_GE(gateway->stats().ruleRefusals, refused);  // counters never go back
}

TEST_P(Policies, AnswersCarryTheFieldsThatKeepBrowsersSafe) {
    options.strictTransport = true;
    start();
    const auto client = connect();
    client->send("GET /free HTTP/1.1\r\nHost: x\r\n\r\n");
    const Answer answer = client->receive();
    EXPECT_EQ(answer.field("x-content-type-options"), "nosniff");
    EXPECT_EQ(answer.field("x-frame-options"), "DENY");
    EXPECT_EQ(answer.field("referrer-policy"), "no-referrer");
    EXPECT_EQ(answer.field("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    EXPECT_EQ(answer.field("cross-origin-resource-policy"), "same-origin");
    EXPECT_EQ(answer.field("access-control-allow-origin"), "");
    EXPECT_EQ(answer.field("strict-transport-security"), GetParam() ? "max-age=31536000" : "");
}

std::string serialOf(SSL* ssl) {
    X509* certificate = SSL_get1_peer_certificate(ssl);
    const ASN1_INTEGER* serial = X509_get0_serialNumber(certificate);
    std::string bytes(reinterpret_cast<const char*>(serial->data), static_cast<std::size_t>(serial->length));
    X509_free(certificate);
    return bytes;
}

TEST_P(Policies, ANewCertificateIsTakenWhileConnectionsGoOn) {
    if (!GetParam()) {
        start();
        EXPECT_TRUE(gateway->reloadTls());  // nothing to do
        return;
    }
    const SelfSigned files{(folder / "own.pem").string(), (folder / "own.key").string()};
    ASSERT_TRUE(ensureSelfSigned(files, {"localhost", "127.0.0.1", "bad,name"}));
    options.certificateFile = files.certificateFile;
    options.keyFile = files.keyFile;
    start();
    const auto before = connect();
    const std::string serial = serialOf(before->ssl());
    const auto pin = certificatePin(files.certificateFile);
    ASSERT_TRUE(pin);
    EXPECT_TRUE(pin->starts_with("sha256//") && pin->size() == 52) << *pin;

    std::filesystem::resize_file(files.certificateFile, 20);  // half written
    EXPECT_FALSE(gateway->reloadTls());
    EXPECT_EQ(serialOf(connect()->ssl()), serial);

    std::filesystem::remove(files.certificateFile);
    ASSERT_TRUE(ensureSelfSigned(files, {"localhost"}));  // for the same key
    ASSERT_TRUE(gateway->reloadTls());
    EXPECT_EQ(certificatePin(files.certificateFile).value_or(""), *pin);
    EXPECT_NE(serialOf(connect()->ssl()), serial);
    before->send("GET /free HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(before->receive().status, 204);
    const auto kept = std::filesystem::status(files.keyFile).permissions();
    EXPECT_EQ(kept & std::filesystem::perms::all,
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

INSTANTIATE_TEST_SUITE_P(Over, Policies, ::testing::Bool(), schemeName);

}  // namespace
}  // namespace marea::server::test
