#include <gtest/gtest.h>

#include "core/base/deliver.h"
#include "core/http/qthttpclient.h"
#include "tests/integration/player/tinyserver.h"
#include "tests/integration/player/waiting.h"

namespace marea::core {
namespace {

using test::TinyAnswer;
using test::TinyRequest;
using test::TinyServer;
using test::waitFor;

struct HttpClientTest : ::testing::Test {
    QtHttpClient http;
    TinyServer server{QByteArray()};

    Result<HttpResponse> send(const HttpRequest& request) {
        const auto future = http.send(request);
        EXPECT_TRUE(waitFor([&] { return future.isFinished(); }));
        return future.resultCount() > 0 ? future.result() : fail(ErrorCode::Cancelled, "none");
    }
};

TEST_F(HttpClientTest, JsonAndTokenGoOutAndJsonComesBack) {
    server.decide = [](const TinyRequest& request) {
        TinyAnswer answer;
        answer.status = 200;
        answer.body = "{\"token\":\"" + request.header("Authorization") + "\",\"type\":\"" +
                      request.header("Content-Type") + "\"}";
        return answer;
    };
    const auto document = jsonOf(send(HttpRequest::json("POST", server.url(), {}, "abc")));
    ASSERT_TRUE(document);
    EXPECT_EQ(document->object()[QLatin1String("token")].toString(), QStringLiteral("Bearer abc"));
    EXPECT_EQ(document->object()[QLatin1String("type")].toString(), QStringLiteral("application/json"));
}

TEST_F(HttpClientTest, ServersAreAskedInTheLanguageOfThePerson) {
    server.decide = [](const TinyRequest& request) {
        TinyAnswer answer;
        answer.status = 200;
        answer.body = "{\"asked\":\"" + request.header("Accept-Language") + "\"}";
        return answer;
    };
    const auto asked = [this] {
        const auto document = jsonOf(send(HttpRequest::get(server.url())));
        return document ? document->object()[QLatin1String("asked")].toString() : QString();
    };
    EXPECT_EQ(asked(), QStringLiteral("en")) << "not in that of the system";
    http.setLanguage("es");
    EXPECT_EQ(asked(), QStringLiteral("es"));
}

TEST_F(HttpClientTest, AProblemBecomesAnErrorWithItsWords) {
    server.decide = [](const TinyRequest&) {
        TinyAnswer answer;
        answer.status = 422;
        answer.body = R"({"title":"No","detail":"This file is broken"})";
        return answer;
    };
    const auto document = jsonOf(send(HttpRequest::get(server.url())));
    ASSERT_FALSE(document);
    EXPECT_EQ(document.error().code, ErrorCode::Unprocessable);
    EXPECT_EQ(document.error().text, "This file is broken");
}

TEST_F(HttpClientTest, AnUnauthorizedAnswerIsAnAnswer) {
    server.decide = [](const TinyRequest&) {
        TinyAnswer answer;
        answer.status = 401;
        answer.headers = {{"WWW-Authenticate", "Bearer"}};
        answer.body = R"({"title":"Sign in first"})";
        return answer;
    };
    const auto response = send(HttpRequest::get(server.url()));
    ASSERT_TRUE(response) << response.error().text;
    EXPECT_EQ(response->status, 401);
    EXPECT_EQ(errorOf(*response).text, "Sign in first");
}

TEST_F(HttpClientTest, NoServerIsSaidInWords) {
    QUrl nowhere = server.url();
    {
        QTcpServer taken;
        ASSERT_TRUE(taken.listen(QHostAddress::LocalHost));
        nowhere.setPort(taken.serverPort());
    }
    const auto response = send(HttpRequest::get(nowhere));
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::Unavailable);
    EXPECT_EQ(response.error().text, "The server is not running, or not at this address");
}

TEST_F(HttpClientTest, ASilentServerTimesOut) {
    server.decide = [](const TinyRequest&) {
        TinyAnswer answer;
        answer.status = 200;
        answer.body = "0123456789";
        answer.stallAfter = 3;
        return answer;
    };
    HttpRequest request = HttpRequest::get(server.url());
    request.timeout = std::chrono::milliseconds(200);
    const auto response = send(request);
    ASSERT_FALSE(response);
    EXPECT_EQ(response.error().code, ErrorCode::Timeout);
}

TEST_F(HttpClientTest, TooMuchIsRefusedAndOddSchemesAreToo) {
    server.decide = [](const TinyRequest&) {
        TinyAnswer answer;
        answer.status = 200;
        answer.body = QByteArray(100'000, 'x');
        return answer;
    };
    HttpRequest request = HttpRequest::get(server.url());
    request.maxBody = 1000;
    EXPECT_EQ(send(request).error().code, ErrorCode::TooLarge);
    EXPECT_EQ(send(HttpRequest::get(QUrl(QStringLiteral("file:///etc/passwd")))).error().code, ErrorCode::Invalid);
}

TEST_F(HttpClientTest, ACancelledRequestDeliversNothing) {
    server.decide = [](const TinyRequest&) {
        TinyAnswer answer;
        answer.stallAfter = 0;
        answer.status = 200;
        answer.body = "x";
        return answer;
    };
    QObject context;
    bool delivered = false;
    auto future = http.send(HttpRequest::get(server.url()));
    deliver(future, &context, [&](const Result<HttpResponse>&) { delivered = true; });
    EXPECT_TRUE(waitFor([&] { return server.requests() == 1; }));
    future.cancel();
    EXPECT_TRUE(waitFor([&] { return future.isFinished(); }));
    QCoreApplication::processEvents();
    EXPECT_FALSE(delivered);
}

TEST_F(HttpClientTest, APausedStreamWaitsAndLosesNothing) {
    const QByteArray body(20'000'000, 'y');
    server.decide = [&](const TinyRequest&) {
        TinyAnswer answer;
        answer.status = 200;
        answer.body = body;
        return answer;
    };
    std::atomic<qint64> got = 0;
    std::atomic<bool> done = false;
    std::atomic<HttpCall*> handle = nullptr;
    HttpSink sink;
    sink.head = [](int, const HttpHeaders&) {};
    sink.data = [&](const QByteArray& piece) {
        got += piece.size();
        if (HttpCall* call = handle.load()) {
            call->setPaused(true);
        }
    };
    sink.done = [&](const Result<void>& result) { done = result.has_value(); };
    const auto call = http.stream(HttpRequest::get(server.url()), sink);
    handle = call.get();
    EXPECT_TRUE(waitFor([&] {
        call->setPaused(false);
        return done.load();
    }));
    EXPECT_EQ(got, body.size());
}

}  // namespace
}  // namespace marea::core
