#include "app/api/eventstream.h"

#include <algorithm>
#include <QCryptographicHash>
#include <QJsonDocument>
#include <QSslCertificate>
#include <QSslError>

#include "core/base/deliver.h"

namespace marea::app {
namespace {

using L = QLatin1String;

constexpr int kFirstPause = 1000, kLongestPause = 60'000;

QString textOf(const QJsonObject& message) {
    return QString::fromUtf8(QJsonDocument(message).toJson(QJsonDocument::Compact));
}

}  // namespace

EventStream::EventStream(ApiClient& api, QObject* parent) : EventChannel(parent), api_(api) {
    again_.setSingleShot(true);
    connect(&again_, &QTimer::timeout, this, &EventStream::connectNow);
    connect(&socket_, &QWebSocket::textMessageReceived, this, &EventStream::onText);
    connect(&socket_, &QWebSocket::disconnected, this, &EventStream::onClosed);
    connect(&socket_, &QWebSocket::sslErrors, this, &EventStream::onTlsErrors);
}

void EventStream::onTlsErrors(const QList<QSslError>& errors) {
    const bool known = std::all_of(errors.begin(), errors.end(), [this](const QSslError& error) {
        return trusted_(api_.server(), error.certificate().digest(QCryptographicHash::Sha256));
    });
    if (known)
        socket_.ignoreSslErrors();
}

int EventStream::pauseAfter(int failures) {
    return std::min(kLongestPause, kFirstPause << std::clamp(failures - 1, 0, 6));
}

void EventStream::start() {
    stop();
    wanted_ = true;
    connectNow();
}

void EventStream::stop() {
    wanted_ = greeted_ = false;
    ++generation_;
    failures_ = 0;
    last_.reset();
    again_.stop();
    socket_.abort();
}

void EventStream::send(const QJsonObject& message) {
    if (greeted_)
        socket_.sendTextMessage(textOf(message));
}

void EventStream::connectNow() {
    deliver(api_.eventTicket(), this, [this, generation = generation_](const core::Result<QString>& ticket) {
        if (generation != generation_)
            return;
        if (ticket)
            return open(*ticket);
        if (ticket.error().code != core::ErrorCode::NotFound)  // a server that has no events yet is left alone
            onClosed();
    });
}

void EventStream::open(const QString& ticket) {
    QUrl url = api_.absolute(QStringLiteral("/api/v1/events"));
    url.setScheme(url.scheme() == L("https") ? L("wss") : L("ws"));
    QUrlQuery query;
    query.addQueryItem(L("ticket"), ticket);
    if (last_)
        query.addQueryItem(L("since"), QString::number(*last_));
    url.setQuery(query);
    socket_.open(url);
}

void EventStream::onText(const QString& text) {
    const QJsonObject message = QJsonDocument::fromJson(text.toUtf8()).object();
    const QString type = message[L("type")].toString();
    if (type == L("hello"))
        return onHello(message);
    if (type == L("library"))
        last_ = message[L("seq")].toInteger();
    Q_EMIT this->message(message);
}

void EventStream::onHello(const QJsonObject& hello) {
    failures_ = 0;
    greeted_ = true;
    last_ = hello[L("seq")].toInteger();
    if (hello[L("reset")].toBool())
        Q_EMIT outdated();
    Q_EMIT connected();
}

void EventStream::onClosed() {
    greeted_ = false;
    if (wanted_)
        again_.start(pauseAfter(++failures_));
}

}  // namespace marea::app
