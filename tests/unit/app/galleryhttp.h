#pragma once

#include <atomic>
#include <memory>
#include <QHash>
#include <QPromise>

#include "core/http/httpclient.h"

namespace marea::app::test {

// Counts what is under way, so that a picture is taken when everything has come. Answers some paths itself, and nothing
// at all while it is down.
class GalleryHttp final : public core::HttpClient {
public:
    explicit GalleryHttp(core::HttpClient& http) : http_(http) {}
    QFuture<core::Result<core::HttpResponse>> send(const core::HttpRequest& request) override {
        if (down)
            return told(core::fail(core::ErrorCode::Unavailable, {}));
        if (answers.contains(request.url.path()))
            return told(core::HttpResponse{200, {}, answers[request.url.path()]});
        if (request.url.port() == kOwnPort)
            return told(core::HttpResponse{200, {}, "{\"items\":[],\"total\":0,\"next_cursor\":null}"});
        ++*underWay_;
        return http_.send(request).then([underWay = underWay_](const core::Result<core::HttpResponse>& answer) {
            --*underWay;
            return answer;
        });
    }
    std::unique_ptr<core::HttpCall> stream(const core::HttpRequest& request, core::HttpSink sink) override {
        return http_.stream(request, std::move(sink));
    }
    bool quiet() const { return *underWay_ == 0; }

    QHash<QString, QByteArray> answers;  // JSON by path
    bool down = false;

private:
    static constexpr int kOwnPort = 4711;  // FakeOwnLibrary's: nothing is in it yet

    static QFuture<core::Result<core::HttpResponse>> told(core::Result<core::HttpResponse> answer) {
        QPromise<core::Result<core::HttpResponse>> promise;
        promise.start();
        promise.addResult(std::move(answer));
        promise.finish();
        return promise.future();
    }

    core::HttpClient& http_;
    std::shared_ptr<std::atomic<int>> underWay_ = std::make_shared<std::atomic<int>>(0);
};

}  // namespace marea::app::test
