#include "core/http/qthttpcall.h"

#include <QCryptographicHash>
#include <QMutexLocker>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>

namespace marea::core {
namespace {

constexpr int maxRedirects = 5;
constexpr qint64 readBuffer = 1 << 20;

bool isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

HttpHeaders headersOf(const QNetworkReply& reply) {
    HttpHeaders headers;
    for (const auto& pair : reply.rawHeaderPairs()) {
        headers.emplaceBack(pair.first, pair.second);
    }
    return headers;
}

QNetworkRequest networkRequest(const HttpRequest& request, QtHttpClient::Shared& shared) {
    const QtHttpClientOptions& options = shared.options;
    QNetworkRequest out(request.url);
    out.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    out.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);  // a paused stream must not hold up others
    out.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    out.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    out.setHeader(QNetworkRequest::UserAgentHeader, options.userAgent);
    out.setRawHeader("Accept-Language", shared.spoken());  // Qt would ask for that of the system
    if (const QByteArray host = hostOfLink(request.url); !host.isEmpty()) {
        out.setRawHeader("Host", host);
    }
    for (const auto& [key, value] : request.headers) {
        out.setRawHeader(key, value);
    }
    if (request.url.scheme() == QLatin1String("https")) {
        QSslConfiguration ssl = QSslConfiguration::defaultConfiguration();
        ssl.setProtocol(options.allowTls12 ? QSsl::TlsV1_2OrLater : QSsl::TlsV1_3OrLater);
        out.setSslConfiguration(ssl);
    }
    return out;
}

Error plainError(ErrorCode code, const char* text, const QNetworkReply& reply) {
    return Error{code, reply.errorString().toStdString(), text};
}

}  // namespace

QString originOf(const QUrl& url) {
    const int standard = url.scheme() == QLatin1String("https") ? 443 : 80;
    return url.scheme() + QLatin1String("://") + url.host() + QLatin1Char(':') + QString::number(url.port(standard));
}

QByteArray QtHttpClient::Shared::pinOf(const QUrl& url) {
    const QMutexLocker lock(&mutex);
    return pins.value(originOf(url));
}

QByteArray QtHttpClient::Shared::spoken() {
    const QMutexLocker lock(&mutex);
    return language;
}

QtHttpCall::QtHttpCall(QNetworkAccessManager& network, QtHttpClient::Shared& shared, HttpRequest request, HttpSink sink,
                       std::shared_ptr<Control> control, QObject* parent)
    : QObject(parent),
      network_(network),
      shared_(shared),
      request_(std::move(request)),
      sink_(std::move(sink)),
      control_(std::move(control)),
      stall_(this) {
    stall_.setSingleShot(true);
    connect(&stall_, &QTimer::timeout, this, &QtHttpCall::onStalled);
}

QtHttpCall::~QtHttpCall() {
    dropReply();
    if (!ended_ && !control_->cancelled) {
        sink_.done(fail(ErrorCode::Cancelled, QT_TRANSLATE_NOOP("Player", "The program is closing")));
    }
}

void QtHttpCall::start() {
    if (control_->cancelled) {
        return cancel();
    }
    const QString scheme = request_.url.scheme();
    if ((scheme != QLatin1String("http") && scheme != QLatin1String("https")) || request_.url.host().isEmpty()) {
        return end(fail(ErrorCode::Invalid, QT_TRANSLATE_NOOP("Player", "This address can't be opened"),
                        scheme.toStdString()));
    }
    pin_ = shared_.pinOf(request_.url);
    stall_.start(request_.timeout);
    reply_ = network_.sendCustomRequest(networkRequest(request_, shared_), request_.method, request_.body);
    reply_->setReadBufferSize(readBuffer);
    connect(reply_, &QNetworkReply::metaDataChanged, this, &QtHttpCall::onHead);
    connect(reply_, &QNetworkReply::readyRead, this, &QtHttpCall::pump);
    connect(reply_, &QNetworkReply::uploadProgress, this, [this] { stall_.start(request_.timeout); });
    connect(reply_, &QNetworkReply::finished, this, &QtHttpCall::onFinished);
    if (!pin_.isEmpty()) {
        connect(reply_, &QNetworkReply::sslErrors, this, [this] { reply_->ignoreSslErrors(); });
        connect(reply_, &QNetworkReply::encrypted, this, &QtHttpCall::checkCertificate);
    }
}

// Comes before the request is written: the token does not reach a server with another certificate.
void QtHttpCall::checkCertificate() {
    const QSslCertificate shown = reply_->sslConfiguration().peerCertificate();
    if (shown.digest(QCryptographicHash::Sha256) != pin_) {
        pinFailed_ = true;
        reply_->abort();
    }
}

void QtHttpCall::onHead() {
    if (headSent_ || control_->cancelled || !reply_) {
        return;
    }
    const int status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status < 200 || isRedirect(status)) {
        return;  // a redirect is decided when its answer has ended
    }
    headSent_ = true;
    stall_.start(request_.timeout);
    sink_.head(status, headersOf(*reply_));
}

void QtHttpCall::pump() {
    if (!headSent_ || !reply_ || control_->cancelled) {
        return;
    }
    if (control_->paused) {
        return stall_.stop();  // the silence is ours
    }
    while (reply_ && !control_->paused && !control_->cancelled && reply_->bytesAvailable() > 0) {
        stall_.start(request_.timeout);
        sink_.data(reply_->read(readBuffer));
    }
    if (control_->paused) {
        stall_.stop();
    } else if (reply_ && reply_->isFinished() && reply_->bytesAvailable() == 0) {
        onFinished();
    }
}

void QtHttpCall::resume() {
    if (!reply_ || control_->cancelled) {
        return;
    }
    stall_.start(request_.timeout);
    pump();
}

void QtHttpCall::cancel() {
    control_->cancelled = true;
    end({});
}

void QtHttpCall::onStalled() {
    if (!control_->paused) {
        end(fail(ErrorCode::Timeout, QT_TRANSLATE_NOOP("Player", "The server stopped answering")));
    }
}

bool QtHttpCall::followRedirect(int status, const QByteArray& location) {
    const QUrl target = request_.url.resolved(QUrl(QString::fromUtf8(location)));
    const bool same = !location.isEmpty() && originOf(target) == originOf(request_.url);
    const bool safe = status >= 307 || request_.method == "GET" || request_.method == "HEAD";
    if (!same || !safe || ++redirects_ > maxRedirects) {
        end(fail(ErrorCode::Forbidden,
                 QT_TRANSLATE_NOOP("Player", "The server sent Marea to another address, which was refused")));
        return false;
    }
    request_.url = target;
    dropReply();
    start();
    return true;
}

void QtHttpCall::onFinished() {
    if (ended_ || !reply_) {
        return;
    }
    const int status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (isRedirect(status)) {
        followRedirect(status, reply_->rawHeader("Location"));
        return;
    }
    if (status >= 200) {
        onHead();
        if (reply_ && reply_->bytesAvailable() > 0 && !control_->cancelled) {
            pump();
            if (ended_ || control_->paused) {
                return;  // pump() comes back here with the last piece
            }
        }
    }
    const QNetworkReply::NetworkError error = reply_->error();
    const bool aboutStatus = status >= 400 && error > QNetworkReply::UnknownProxyError;
    if (error == QNetworkReply::NoError || aboutStatus) {
        return end({});
    }
    end(unexpected<Error>(networkError()));
}

Error QtHttpCall::networkError() const {
    if (pinFailed_) {
        return plainError(ErrorCode::Forbidden,
                          QT_TRANSLATE_NOOP("Player", "The server shows another certificate than the one you trusted"),
                          *reply_);
    }
    switch (reply_->error()) {
        case QNetworkReply::ConnectionRefusedError:
            return plainError(ErrorCode::Unavailable,
                              QT_TRANSLATE_NOOP("Player", "The server is not running, or not at this address"),
                              *reply_);
        case QNetworkReply::HostNotFoundError:
            return plainError(ErrorCode::Unavailable, QT_TRANSLATE_NOOP("Player", "There is no server of this name"),
                              *reply_);
        case QNetworkReply::TimeoutError:
            return plainError(ErrorCode::Timeout, QT_TRANSLATE_NOOP("Player", "The server stopped answering"), *reply_);
        case QNetworkReply::SslHandshakeFailedError:
            return plainError(ErrorCode::Forbidden,
                              QT_TRANSLATE_NOOP("Player", "The server's certificate is not trusted"), *reply_);
        default:
            return plainError(ErrorCode::Unavailable, QT_TRANSLATE_NOOP("Player", "The connection to the server broke"),
                              *reply_);
    }
}

void QtHttpCall::dropReply() {
    if (!reply_) {
        return;
    }
    reply_->disconnect(this);
    if (!reply_->isFinished()) {
        reply_->abort();
    }
    reply_->deleteLater();
    reply_ = nullptr;
}

void QtHttpCall::end(Result<void> result) {
    if (ended_) {
        return;
    }
    ended_ = true;
    stall_.stop();
    dropReply();
    if (!control_->cancelled) {
        sink_.done(std::move(result));
    }
    deleteLater();
}

}  // namespace marea::core
