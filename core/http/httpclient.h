#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <QByteArray>
#include <QFuture>
#include <QJsonDocument>
#include <QJsonObject>
#include <QList>
#include <QUrl>
#include <utility>

#include "core/base/result.h"

namespace marea::core {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

// The value of header `name` (any case); empty when there is none.
QByteArray headerValue(const HttpHeaders& headers, const QByteArray& name);

// The Host of a url with an address of one link, whose interface is this computer's affair (RFC 6874 section 3). Empty
// for all others, which say it as it is.
QByteArray hostOfLink(const QUrl& url);

struct HttpRequest {
    QByteArray method = "GET";
    QUrl url;  // http or https; anything else is refused
    HttpHeaders headers;
    QByteArray body;
    std::chrono::milliseconds timeout{15000};  // without any progress
    qint64 maxBody = 64LL << 20;               // bytes of answer that send() takes; TooLarge above

    // A request with a JSON body and its Content-Type; with a bearer token when `token` is not empty.
    static HttpRequest json(const QByteArray& method, const QUrl& url, const QJsonObject& body,
                            const QByteArray& token = {});
    static HttpRequest get(const QUrl& url, const QByteArray& token = {});
};

struct HttpResponse {
    int status = 0;
    HttpHeaders headers;
    QByteArray body;

    bool ok() const { return status >= 200 && status < 300; }
    QByteArray header(const QByteArray& name) const { return headerValue(headers, name); }
    Result<QJsonDocument> json() const;  // Corrupt when the body is none
};

// The error that an answer outside 200–299 means: code from the status, words from problem+json's `detail` or `title`.
Error errorOf(const HttpResponse& response);

// Turns an answer into its JSON, or into errorOf() it. An empty body (204) is a null document.
Result<QJsonDocument> jsonOf(const Result<HttpResponse>& response);

// A body in pieces. All functions are called on the client's own thread and must not block; `done` comes last and
// once, unless the call was cancelled.
struct HttpSink {
    std::function<void(int status, const HttpHeaders& headers)> head;
    std::function<void(QByteArray piece)> data;
    std::function<void(Result<void> result)> done;
};

// A streamed request under way. May be used from any thread; dropping it cancels.
class HttpCall {
public:
    virtual ~HttpCall() = default;
    virtual void cancel() = 0;                // after it returns no new callback begins; one may be running
    virtual void setPaused(bool paused) = 0;  // stops reading, so that the sender waits (TCP's own flow control)
};

// HTTP for the desktop program. May be called from any thread. Redirects are followed within the same scheme, host and
// port only; one that leads elsewhere is Forbidden. An HTTP status is never an error here: see errorOf().
// Errors: Timeout, Unavailable (no connection, name not found), Forbidden (redirect, certificate), Cancelled, TooLarge.
class HttpClient {
public:
    virtual ~HttpClient() = default;

    // The whole answer. future.cancel() aborts the request. Take the result with core::deliver().
    virtual QFuture<Result<HttpResponse>> send(const HttpRequest& request) = 0;

    virtual std::unique_ptr<HttpCall> stream(const HttpRequest& request, HttpSink sink) = 0;
};

}  // namespace marea::core
