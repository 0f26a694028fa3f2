#include "app/cli/cloudhttplink.h"

namespace marea::app {

namespace {

constexpr std::chrono::seconds kPatience{60};

}  // namespace

core::Result<CloudHttpLink::Answer> CloudHttpLink::send(std::string_view method, const std::string& target,
                                                        const std::string& body) {
    core::HttpRequest request;
    request.method = QByteArray(method.data(), static_cast<qsizetype>(method.size()));
    request.url = server_.resolved(QUrl(QString::fromStdString(target)));
    request.headers.emplaceBack("Authorization", "Bearer " + token_);
    if (!body.empty()) {
        request.headers.emplaceBack("Content-Type", "application/json");
        request.body = QByteArray::fromStdString(body);
    }
    request.timeout = kPatience;
    auto future = http_.send(request);
    future.waitForFinished();
    if (future.isCanceled() || future.resultCount() == 0) {
        return core::fail(core::ErrorCode::Cancelled, "The request was called off.");
    }
    const core::Result<core::HttpResponse> answer = future.result();
    return answer ? core::Result<Answer>(Answer{answer->status, answer->body.toStdString()})
                  : core::unexpected<core::Error>(answer.error());
}

}  // namespace marea::app
