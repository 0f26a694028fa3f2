// The client on real sockets: what it sends, and what it makes of servers that mean no good.
#include <gtest/gtest.h>

#include <filesystem>
#include <future>

#include "core/db/sqlite.h"
#include "server/gateway/selfsigned.h"
#include "server/gateway/server.h"
#include "server/outbound/client.h"
#include "tests/support/rawserver.h"

namespace marea::server {
namespace {

using core::ErrorCode;
using core::Result;
using test::RawServer;

std::string page(const std::string& head, const std::string& body = {}) {
    return "HTTP/1.1 " + head + "\r\n\r\n" + body;
}

std::string shortly(std::string body, const std::string& more = {}) {
    return page("200 OK\r\nContent-Length: " + std::to_string(body.size()) + more, body);
}

class OutboundNet : public ::testing::Test {
protected:
    void SetUp() override { start({*addressRange("127.0.0.0/8")}); }
    void TearDown() override { net.reset(); }

    void start(std::vector<AddressRange> allowed, const std::string& certificates = {}) {
        net.reset();
        auto made = NetOutbound::create({AddressRules(std::move(allowed)), certificates, "Marea/test (contact)"});
        ASSERT_TRUE(made) << made.error().detail;
        net = std::move(*made);
    }
    std::future<Result<OutboundAnswer>> begin(OutboundRequest request) {
        auto promise = std::make_shared<std::promise<Result<OutboundAnswer>>>();
        net->send(std::move(request), [promise](Result<OutboundAnswer> done) { promise->set_value(std::move(done)); });
        return promise->get_future();
    }
    Result<OutboundAnswer> ask(OutboundRequest request) {
        if (request.patience == OutboundRequest().patience) {
            request.patience = 120'000;  // slow machines are no mistake
        }
        return begin(std::move(request)).get();
    }
    Result<OutboundAnswer> answerTo(const std::string& reply, bool stays = false, std::size_t most = 1000) {
        RawServer server([&](const std::string&) { return reply; }, stays);
        OutboundRequest request{.url = server.url()};
        request.mostBytes = most;
        return ask(request);
    }
    static ErrorCode codeOf(const Result<OutboundAnswer>& outcome) {
        return outcome ? ErrorCode::Internal : outcome.error().code;
    }

    std::unique_ptr<NetOutbound> net;
};

TEST_F(OutboundNet, SendsWhatItIsGiven) {
    RawServer server([](const std::string&) { return shortly("hello", "\r\nETag: \"1\""); });
    OutboundRequest request{.method = Method::Post, .url = server.url("/a%20b?c=d")};
    request.headers = {{"Authorization", "Token secret"}, {"Content-Type", "application/json"}};
    request.body = "{}";
    const auto outcome = ask(request);
    ASSERT_TRUE(outcome) << outcome.error().detail;
    EXPECT_EQ(outcome->status, 200);
    EXPECT_EQ(outcome->body, "hello");
    EXPECT_EQ(outcome->headers.find("etag"), "\"1\"");
    const std::string sent = server.requests().at(0);
    EXPECT_TRUE(sent.starts_with("POST /a%20b?c=d HTTP/1.1\r\n")) << sent;
    EXPECT_NE(sent.find("User-Agent: Marea/test (contact)\r\n"), std::string::npos);
    EXPECT_NE(sent.find("Authorization: Token secret\r\n"), std::string::npos);
    EXPECT_NE(sent.find("Host: 127.0.0.1:"), std::string::npos);
    EXPECT_TRUE(sent.ends_with("\r\n\r\n{}"));
}

TEST_F(OutboundNet, TakesEveryFormOfBody) {
    EXPECT_EQ(answerTo(page("200 OK\r\nTransfer-Encoding: chunked", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"))->body,
              "abcde");
    EXPECT_EQ(answerTo(page("200 OK", "to the end"))->body, "to the end");
    EXPECT_EQ(answerTo("HTTP/1.0 204 Nothing\r\n\r\n")->status, 204);
    EXPECT_EQ(answerTo(page("103 Early Hints\r\nLink: </a>") + shortly("after"))->body, "after");
    EXPECT_EQ(answerTo(shortly("one") + shortly("two"))->body, "one");
}

TEST_F(OutboundNet, BodiesHaveABound) {
    EXPECT_EQ(codeOf(answerTo(page("200 OK\r\nContent-Length: 99999999999"), true)), ErrorCode::TooLarge);
    EXPECT_EQ(codeOf(answerTo(page("200 OK", std::string(300'000, 'x')), true)), ErrorCode::TooLarge) << "without end";
    std::string chunks;
    for (int i = 0; i < 100; ++i) {
        chunks += "20\r\n" + std::string(32, 'x') + "\r\n";
    }
    EXPECT_EQ(codeOf(answerTo(page("200 OK\r\nTransfer-Encoding: chunked", chunks), true)), ErrorCode::TooLarge);
    EXPECT_EQ(answerTo(shortly(std::string(1000, 'x')))->body.size(), 1000u);
    EXPECT_EQ(codeOf(answerTo(shortly(std::string(1001, 'x')))), ErrorCode::TooLarge);
}

TEST_F(OutboundNet, LiesAreNoAnswers) {
    const std::vector<std::string> lies{page("200 OK\r\nContent-Length: 10", "short"),
                                        page("200 OK\r\nContent-Length: -1", "x"),
                                        page("200 OK\r\nContent-Length: 1\r\nContent-Length: 2", "xy"),
                                        page("200 OK\r\nTransfer-Encoding: chunked", "zz\r\n"),
                                        page("200 OK\r\nTransfer-Encoding: chunked", "5\r\nab"),
                                        page("200 OK\r\nTransfer-Encoding: chunked", "FFFFFFFFFFFFFFFFF\r\nab"),
                                        page("200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2", "\x1f\x8b"),
                                        "HTTP/1.1 200 OK\r\nX: " + std::string(100'000, 'x'),
                                        "HTTP/2 200\r\n\r\n",
                                        "SSH-2.0-OpenSSH\r\n",
                                        std::string("\0\0\0\0", 4),
                                        "",
                                        "HTTP/1.1 999999 OK\r\n\r\n",
                                        page("100 Continue") + page("100 Continue") + page("100 Continue") +
                                            page("100 Continue") + page("100 Continue")};
    for (const std::string& lie : lies) {
        const auto outcome = answerTo(lie);
        EXPECT_EQ(codeOf(outcome), ErrorCode::Corrupt) << lie.substr(0, 80);
    }
}

TEST_F(OutboundNet, SilenceHasAnEnd) {
    RawServer server([](const std::string&) { return "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"; }, true);
    OutboundRequest request{.url = server.url()};
    request.patience = 300;
    EXPECT_EQ(codeOf(ask(request)), ErrorCode::Timeout);
}

TEST_F(OutboundNet, PrivateAddressesAreNotCalled) {
    RawServer server([](const std::string&) { return shortly("secret"); });
    start({});
    EXPECT_EQ(codeOf(ask({.url = server.url()})), ErrorCode::Forbidden);
    const std::string port = server.url().substr(server.url().rfind(':'));
    // What a name leads to is what counts; so do other ways of writing the address.
    for (const char* host : {"localhost", "127.1", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "[::1]", "0.0.0.0"}) {
        for (const char* scheme : {"http://", "https://"}) {
            const auto outcome = ask({.url = std::string(scheme) + host + port});
            EXPECT_FALSE(outcome) << scheme << host;
        }
    }
    EXPECT_TRUE(server.requests().empty());
}

TEST_F(OutboundNet, WhatCannotBeReachedSaysSo) {
    std::string url;
    {
        RawServer server([](const std::string&) { return ""; });
        url = server.url();
    }
    EXPECT_EQ(codeOf(ask({.url = url})), ErrorCode::Unavailable);
    EXPECT_EQ(codeOf(ask({.url = "ftp://127.0.0.1/"})), ErrorCode::Invalid);
}

TEST_F(OutboundNet, EndsWhatIsUnderWay) {
    RawServer server([](const std::string&) { return ""; }, true);
    auto waiting = begin({.url = server.url()});
    std::promise<void> late;
    net->after(600'000, [&] { late.set_value(); });
    net->stop();
    EXPECT_EQ(codeOf(waiting.get()), ErrorCode::Cancelled);
    late.get_future().get();
    EXPECT_EQ(codeOf(begin({.url = server.url()}).get()), ErrorCode::Cancelled);
}

// A server with a certificate of its own.
class OutboundTls : public OutboundNet {
protected:
    void SetUp() override {
        std::string pattern = (std::filesystem::temp_directory_path() / "marea-outbound-XXXXXX").string();
        ASSERT_NE(mkdtemp(pattern.data()), nullptr);
        folder = pattern;
        ASSERT_TRUE(ensureSelfSigned(files(), {"localhost"}));
        auto router = std::make_shared<Router>();
        router->add({Method::Get, "/", Access::Public,
                     inlined([](const Request&) { return Response::text(200, "text/plain", "over TLS"); })});
        GatewayOptions options;
        options.port = 0;
        options.certificateFile = files().certificateFile;
        options.keyFile = files().keyFile;
        options.threads = 1;
        gateway = std::make_unique<Gateway>(std::move(options), router, nullptr, pool, core::makeNullLogger());
        ASSERT_TRUE(gateway->start());
    }
    void TearDown() override {
        OutboundNet::TearDown();
        gateway.reset();
        std::filesystem::remove_all(folder);
    }
    SelfSigned files() const { return {folder + "/certificate.pem", folder + "/key.pem"}; }
    std::string url(const std::string& host) const {
        return "https://" + host + ":" + std::to_string(gateway->port()) + "/";
    }

    std::string folder;
    WorkPool pool{1, 16};
    std::unique_ptr<Gateway> gateway;
};

TEST_F(OutboundTls, CertificatesAreChecked) {
    start({*addressRange("127.0.0.0/8"), *addressRange("::1")});
    EXPECT_EQ(codeOf(ask({.url = url("localhost")})), ErrorCode::Unavailable) << "nobody vouches for it";
    start({*addressRange("127.0.0.0/8"), *addressRange("::1")}, files().certificateFile);
    const auto outcome = ask({.url = url("localhost")});
    ASSERT_TRUE(outcome) << outcome.error().detail;
    EXPECT_EQ(outcome->body, "over TLS");
    EXPECT_EQ(codeOf(ask({.url = url("127.0.0.1")})), ErrorCode::Unavailable) << "it is for another name";
}

TEST_F(OutboundTls, CertificatesThatCannotBeReadStopTheStart) {
    const auto made = NetOutbound::create({AddressRules(), folder + "/none.pem", "Marea"});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, ErrorCode::Invalid);
}

}  // namespace
}  // namespace marea::server
