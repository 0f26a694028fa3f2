// Signing in by the browser: what is asked, what is believed, and what is not.
#include <gtest/gtest.h>

#include <QTcpSocket>

#include "app/api/codesignin.h"
#include "tests/unit/app/doubles.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

class ByBrowser : public testing::Test {
protected:
    void SetUp() override {
        http.on("GET /.well-known/oauth-authorization-server", 200, {{L("issuer"), L("http://casa:8470")}});
        http.on("POST /oauth/token", 200, tokens("a1"));
        session.setBrowser([this](const QUrl& url) {
            opened << url;
            return browser;
        });
        session.start(L("casa"), {});
        ASSERT_TRUE(QTest::qWaitFor([&] { return session.state() == SessionViewModel::State::Ask; }));
    }
    bool begin() {
        session.signInByBrowser();
        return QTest::qWaitFor([&] { return !opened.isEmpty(); });
    }
    QString asked(const char* key) { return QUrlQuery(opened.last()).queryItemValue(L(key), QUrl::FullyDecoded); }
    // The browser's request to the program; its status line.
    QByteArray come(const QString& target) {
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(QUrl(asked("redirect_uri")).port()));
        if (!QTest::qWaitFor([&] { return socket.state() == QAbstractSocket::ConnectedState; }))
            return "no connection";
        socket.write("GET " + target.toUtf8() + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        QByteArray got;
        (void)QTest::qWaitFor([&] { return (got += socket.readAll()).contains("</body>") || got.contains("<p>"); });
        return got.left(got.indexOf("\r\n"));
    }
    QString callback(const QString& more) {
        return QStringLiteral("/callback?iss=http://casa:8470&state=") + asked("state") + QLatin1Char('&') + more;
    }

    World world;
    FakeHttp& http = world.http;
    SessionViewModel& session = *world.context.session();
    QList<QUrl> opened;
    bool browser = true;
};

TEST_F(ByBrowser, ACodeIsExchangedByWhomAskedForIt) {
    ASSERT_TRUE(begin());
    EXPECT_EQ(opened.first().path().toStdString(), "/oauth/authorize");
    EXPECT_EQ(asked("client_id").toStdString(), "marea");
    EXPECT_EQ(asked("code_challenge_method").toStdString(), "S256");
    EXPECT_TRUE(session.withBrowser());
    EXPECT_EQ(come(callback(L("code=c1"))).toStdString(), "HTTP/1.1 200 OK");
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.state() == SessionViewModel::State::SignedIn; }));
    core::HttpRequest exchange;
    for (const auto& request : http.asked)
        if (request.url.path() == L("/oauth/token"))
            exchange = request;
    const QUrlQuery form(QString::fromUtf8(exchange.body));
    const auto value = [&](const char* key) { return form.queryItemValue(L(key), QUrl::FullyDecoded); };
    EXPECT_EQ(value("code").toStdString(), "c1");
    EXPECT_EQ(value("redirect_uri"), asked("redirect_uri"));
    EXPECT_EQ(codeChallenge(value("code_verifier")), asked("code_challenge"));
    EXPECT_EQ(world.secrets.kept[L("refresh-token@casa:8470")].toStdString(), "r2") << "kept as by a password";
    EXPECT_EQ(come(callback(L("code=c2"))).toStdString(), "no connection") << "the port is closed behind it";
}

TEST_F(ByBrowser, WhatWasNotBegunHereIsNotBelieved) {
    ASSERT_TRUE(begin());
    for (const QString& wrong : {QStringLiteral("/callback?code=c&state=x&iss=http://casa:8470"),
                                 QStringLiteral("/callback?code=c&state=%1&iss=http://evil").arg(asked("state")),
                                 QStringLiteral("/callback?code=c&state=%1").arg(asked("state"))})
        EXPECT_EQ(come(wrong).toStdString(), "HTTP/1.1 400 Bad Request") << wrong.toStdString();
    EXPECT_EQ(come(L("/favicon.ico")).toStdString(), "HTTP/1.1 404 Not Found");
    EXPECT_EQ(http.count("POST", L("/oauth/token")), 0);
    EXPECT_TRUE(session.withBrowser()) << "the right one may still come";
    EXPECT_EQ(come(callback(L("code=c1"))).toStdString(), "HTTP/1.1 200 OK");
}

TEST_F(ByBrowser, ARefusalIsToldInWords) {
    ASSERT_TRUE(begin());
    come(callback(L("error=access_denied")));
    ASSERT_TRUE(QTest::qWaitFor([&] { return !session.busy(); }));
    EXPECT_FALSE(session.errorText().isEmpty());
    EXPECT_FALSE(session.noBrowser());
    EXPECT_EQ(session.state(), SessionViewModel::State::Ask);
}

TEST_F(ByBrowser, WhereNoneOpensThereIsThePassword) {
    browser = false;
    session.signInByBrowser();
    ASSERT_TRUE(QTest::qWaitFor([&] { return session.noBrowser() && !session.busy(); }));
    EXPECT_FALSE(session.errorText().isEmpty());
    session.signIn(L("marina"), L("secret"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return session.state() == SessionViewModel::State::SignedIn; }));
}

TEST_F(ByBrowser, ItCanBeCalledOff) {
    ASSERT_TRUE(begin());
    session.openBrowserAgain();
    EXPECT_EQ(opened.size(), 2);
    EXPECT_EQ(opened[0], opened[1]);
    session.cancelBrowser();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !session.busy(); }));
    EXPECT_FALSE(session.withBrowser());
    EXPECT_TRUE(session.errorText().isEmpty());
    EXPECT_EQ(come(callback(L("code=c1"))).toStdString(), "no connection");
}

TEST(CodeChallenge, IsThatOfTheStandard) {  // RFC 7636, appendix B
    EXPECT_EQ(codeChallenge(L("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")).toStdString(),
              "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

}  // namespace
}  // namespace marea::app::test
