#include "core/http/httpclient.h"

#include <QJsonParseError>

#include "core/base/httpstatus.h"

namespace marea::core {
namespace {

HttpHeaders withToken(const QByteArray& token) {
    HttpHeaders headers{{"Accept", "application/json"}};
    if (!token.isEmpty()) {
        headers.emplaceBack("Authorization", "Bearer " + token);
    }
    return headers;
}

}  // namespace

QByteArray headerValue(const HttpHeaders& headers, const QByteArray& name) {
    for (const auto& [key, value] : headers) {
        if (key.compare(name, Qt::CaseInsensitive) == 0) {
            return value;
        }
    }
    return {};
}

QByteArray hostOfLink(const QUrl& url) {
    const QString host = url.host();
    const qsizetype zone = host.indexOf(QLatin1Char('%'));
    if (zone < 0) {
        return {};
    }
    const QByteArray address = '[' + host.left(zone).toLatin1() + ']';
    return url.port() < 0 ? address : address + ':' + QByteArray::number(url.port());
}

HttpRequest HttpRequest::json(const QByteArray& method, const QUrl& url, const QJsonObject& body,
                              const QByteArray& token) {
    HttpRequest request;
    request.method = method;
    request.url = url;
    request.headers = withToken(token);
    request.headers.emplaceBack("Content-Type", "application/json");
    request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return request;
}

HttpRequest HttpRequest::get(const QUrl& url, const QByteArray& token) {
    HttpRequest request;
    request.url = url;
    request.headers = withToken(token);
    return request;
}

Result<QJsonDocument> HttpResponse::json() const {
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(body, &problem);
    if (document.isNull()) {
        return fail(ErrorCode::Corrupt, QT_TRANSLATE_NOOP("Player", "The server's answer can't be read"),
                    "status " + std::to_string(status) + ": " + problem.errorString().toStdString());
    }
    return document;
}

Error errorOf(const HttpResponse& response) {
    Error error{errorOfStatus(response.status), "status " + std::to_string(response.status), {}};
    const QJsonObject problem = QJsonDocument::fromJson(response.body).object();
    if (const QString code = problem[QLatin1String("code")].toString(); !code.isEmpty()) {
        error.detail += ": " + code.toStdString();
    }
    QString text = problem[QLatin1String("detail")].toString();
    if (text.isEmpty()) {
        text = problem[QLatin1String("title")].toString();
    }
    error.text =
        text.isEmpty() ? "The server answered with status " + std::to_string(response.status) : text.toStdString();
    return error;
}

Result<QJsonDocument> jsonOf(const Result<HttpResponse>& response) {
    if (!response) {
        return unexpected<Error>(response.error());
    }
    if (!response->ok()) {
        return unexpected<Error>(errorOf(*response));
    }
    return response->body.isEmpty() ? Result<QJsonDocument>(QJsonDocument()) : response->json();
}

}  // namespace marea::core
