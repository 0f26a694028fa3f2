#include "app/api/codesignin.h"

#include <array>
#include <QCryptographicHash>
#include <QRandomGenerator>
#include <QTcpSocket>

namespace marea::app {
namespace {

using core::ErrorCode;
using core::Result;
using L = QLatin1String;

constexpr int kPatienceMs = 5 * 60 * 1000;
constexpr qint64 kMostOfARequest = 16 * 1024;
constexpr auto kBase64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

QString randomText() {
    std::array<quint32, 8> words{};
    QRandomGenerator::system()->generate(words.begin(), words.end());
    return QString::fromLatin1(QByteArray(reinterpret_cast<const char*>(words.data()), sizeof words).toBase64(kBase64));
}

// In a time that says nothing of where they differ.
bool same(const QString& a, const QString& b) {
    const auto left = a.toUtf8(), right = b.toUtf8();
    if (left.size() != right.size())
        return false;
    unsigned different = 0;
    for (qsizetype i = 0; i < left.size(); ++i)
        different |= static_cast<unsigned char>(left[i] ^ right[i]);
    return different == 0;
}

void answer(QTcpSocket* socket, const char* status, const QString& text) {
    const auto body = QStringLiteral(
                          "<!doctype html><meta charset=utf-8><title>Marea</title>"
                          "<body style='font:16px sans-serif;margin:20vh auto;max-width:26em'><p>%1</p>")
                          .arg(text.toHtmlEscaped())
                          .toUtf8();
    socket->write("HTTP/1.1 " + QByteArray(status) +
                  "\r\nContent-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
                  "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nConnection: close\r\n"
                  "Content-Length: " +
                  QByteArray::number(body.size()) + "\r\n\r\n" + body);
    socket->disconnectFromHost();
}

}  // namespace

QString codeChallenge(const QString& verifier) {
    return QString::fromLatin1(
        QCryptographicHash::hash(verifier.toLatin1(), QCryptographicHash::Sha256).toBase64(kBase64));
}

CodeSignIn::CodeSignIn(ApiClient& api, Browser browser, QObject* parent)
    : QObject(parent), api_(api), browser_(std::move(browser)) {
    patience_.setSingleShot(true);
    patience_.setInterval(kPatienceMs);
    connect(&patience_, &QTimer::timeout, this, [this] { finish(core::fail(ErrorCode::Timeout, "nobody signed in")); });
    connect(&server_, &QTcpServer::newConnection, this, &CodeSignIn::onConnection);
}

QString CodeSignIn::redirectUri() const {
    return QStringLiteral("http://127.0.0.1:%1/callback").arg(server_.serverPort());
}

QUrl CodeSignIn::page() const {
    QUrlQuery query;
    query.addQueryItem(L("response_type"), L("code"));
    query.addQueryItem(L("client_id"), L("marea"));
    query.addQueryItem(L("redirect_uri"), redirectUri());
    query.addQueryItem(L("code_challenge"), codeChallenge(verifier_));
    query.addQueryItem(L("code_challenge_method"), L("S256"));
    query.addQueryItem(L("state"), state_);
    QUrl url = api_.absolute(QStringLiteral("/oauth/authorize"));
    url.setQuery(query);
    return url;
}

// Who answers is asked first: an answer that names another server is none (RFC 9207).
Reply<Tokens> CodeSignIn::start() {
    cancel();
    promise_ = std::make_shared<QPromise<Result<Tokens>>>();
    promise_->start();
    auto future = promise_->future();
    deliver(api_.issuer(), this, [this, mine = promise_](const Result<QString>& issuer) {
        if (promise_ != mine)
            return;
        issuer ? listen(*issuer) : finish(tl::make_unexpected(issuer.error()));
    });
    return future;
}

void CodeSignIn::listen(const QString& issuer) {
    issuer_ = issuer;
    state_ = randomText();
    verifier_ = randomText();
    if (!server_.listen(QHostAddress::LocalHost, 0) || !openAgain())
        return finish(core::fail(ErrorCode::Unavailable, "no browser"));
    patience_.start();
}

bool CodeSignIn::openAgain() {
    return server_.isListening() && browser_(page());
}

void CodeSignIn::cancel() {
    finish(core::fail(ErrorCode::Cancelled, "called off"));
}

void CodeSignIn::onConnection() {
    while (auto* socket = server_.nextPendingConnection()) {
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onRequest(socket); });
    }
}

void CodeSignIn::onRequest(QTcpSocket* socket) {
    if (socket->bytesAvailable() > kMostOfARequest)
        return socket->abort();
    const auto head = socket->peek(kMostOfARequest);
    if (!head.contains("\r\n\r\n"))
        return;
    socket->readAll();
    const auto line = head.left(head.indexOf("\r\n")).split(' ');
    const QUrl target(QString::fromLatin1(line.value(1)));
    if (line.value(0) != "GET" || target.path() != L("/callback"))
        return answer(socket, "404 Not Found", tr("There is nothing here."));
    onAnswer(QUrlQuery(target), socket);
}

void CodeSignIn::onAnswer(const QUrlQuery& given, QTcpSocket* socket) {
    const auto value = [&](const char* key) { return given.queryItemValue(L(key), QUrl::FullyDecoded); };
    if (!promise_ || !same(value("state"), state_) || value("iss") != issuer_)  // not of what was begun here
        return answer(socket, "400 Bad Request", tr("This sign-in was not begun here. Begin anew in Marea."));
    if (const auto code = value("code"); !code.isEmpty()) {
        answer(socket, "200 OK", tr("You are signed in. Go back to Marea; this page can be closed."));
        return exchange(code);
    }
    answer(socket, "200 OK", tr("You did not sign in. This page can be closed."));
    finish(core::fail(ErrorCode::Forbidden, "denied"));
}

void CodeSignIn::exchange(const QString& code) {
    const auto redirect = redirectUri();
    server_.close();
    patience_.stop();
    deliver(api_.exchangeCode(code, verifier_, redirect), this, [this, mine = promise_](const Result<Tokens>& tokens) {
        if (promise_ == mine)
            finish(tokens);
    });
}

void CodeSignIn::finish(const Result<Tokens>& tokens) {
    server_.close();
    patience_.stop();
    if (const auto promise = std::exchange(promise_, nullptr)) {
        promise->addResult(tokens);
        promise->finish();
    }
}

}  // namespace marea::app
