#include "app/peers/apilink.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <QJsonDocument>
#include <QPointer>

#include "app/api/apiclient.h"

namespace marea::app {

using core::ErrorCode;
using core::Result;
using Answer = sync::CloudLink::Answer;

namespace {

constexpr std::chrono::seconds kPatience{90};  // longer than the client's own

core::unexpected<core::Error> calledOff() {
    return core::fail(ErrorCode::Cancelled, QT_TRANSLATE_NOOP("Player", "Syncing was called off."));
}

ApiCall callOf(std::string_view method, const std::string& target, const std::string& body) {
    const QString text = QString::fromStdString(target);
    ApiCall call;
    call.method = QByteArray(method.data(), static_cast<qsizetype>(method.size()));
    call.path = text.section(QLatin1Char('?'), 0, 0);
    call.query = QUrlQuery(text.section(QLatin1Char('?'), 1));
    if (!body.empty())
        call.body = QJsonDocument::fromJson(QByteArray::fromStdString(body)).object();
    return call;
}

}  // namespace

struct ApiLink::Shared {
    Shared(ApiClient& client, QObject& context) : api(&client), desk(context) {}
    QPointer<ApiClient> api;  // on the GUI thread alone
    QObject& desk;            // lives there; gone once this is closed
    std::mutex mutex;
    std::condition_variable told;
    std::string account;
    bool closed = false;
};

ApiLink::ApiLink(ApiClient& api) : desk_(std::make_unique<QObject>()), shared_(std::make_shared<Shared>(api, *desk_)) {}

ApiLink::~ApiLink() {
    close();
}

void ApiLink::setAccount(const std::string& account) {
    const std::lock_guard lock(shared_->mutex);
    shared_->account = account;
}

void ApiLink::close() {
    const std::lock_guard lock(shared_->mutex);
    shared_->closed = true;
    shared_->told.notify_all();
}

// Whose sign-in it is looked at where it is asked: nobody signs in or out in between.
Result<Answer> ApiLink::send(const std::string& account, std::string_view method, const std::string& target,
                             const std::string& body) {
    const auto shared = shared_;
    const auto said = std::make_shared<std::optional<Result<Answer>>>();
    const auto call = callOf(method, target, body);
    const auto tell = [shared, said](Result<Answer> answer) {
        const std::lock_guard lock(shared->mutex);
        *said = std::move(answer);
        shared->told.notify_all();
    };
    const auto isOver = [shared, account] {
        const std::lock_guard lock(shared->mutex);
        return !shared->api || shared->account != account;
    };
    const auto ask = [shared, tell, isOver, call] {
        if (isOver())
            return tell(calledOff());
        deliver(shared->api->answer(call), &shared->desk, [tell](const Result<core::HttpResponse>& answer) {
            tell(answer.map([](const core::HttpResponse& response) {
                return Answer{response.status, response.body.toStdString()};
            }));
        });
    };
    std::unique_lock lock(shared->mutex);
    if (shared->closed)
        return calledOff();
    QMetaObject::invokeMethod(&shared->desk, ask, Qt::QueuedConnection);
    const bool came = shared->told.wait_for(lock, kPatience, [&] { return *said || shared->closed; });
    if (*said)
        return **said;
    return came ? Result<Answer>(calledOff())
                : core::fail(ErrorCode::Timeout, QT_TRANSLATE_NOOP("Player", "The server does not answer."));
}

}  // namespace marea::app
