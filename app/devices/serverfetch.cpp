#include "app/devices/serverfetch.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QPointer>

#include "app/offline/partfile.h"

namespace marea::app {

using core::Error;
using core::ErrorCode;
using L = QLatin1String;

namespace {

constexpr int kAskEveryMs = 1500, kAgainMs = 2000;
constexpr int kMostAttempts = 6;

bool passes(const Error& error) {
    return error.code == ErrorCode::Unavailable || error.code == ErrorCode::Timeout || error.code == ErrorCode::Busy ||
           error.code == ErrorCode::Corrupt || error.code == ErrorCode::Conflict;
}

// For the engine a device that is gone is Unavailable; a server that is gone ends the run in order. What else a server
// says concerns the one file, and not the device.
Error forTheEngine(Error error) {
    if (error.code == ErrorCode::Unavailable || error.code == ErrorCode::Timeout) {
        error.code = ErrorCode::Cancelled;
        error.text = QT_TRANSLATE_NOOP("Devices",
                                       "The server can no longer be reached. What came stays; the next sync goes on.");
    } else if (error.code != ErrorCode::Cancelled) {
        if (error.text.empty())
            error.text = error.code == ErrorCode::Busy
                             ? QT_TRANSLATE_NOOP("Devices", "There is no room on the computer for the file on its way.")
                             : QT_TRANSLATE_NOOP("Devices", "The server does not give the file.");
        error.code = ErrorCode::Unprocessable;
    }
    return error;
}

}  // namespace

ServerFetch::ServerFetch(ApiClient& api, Wish wish, QObject* parent)
    : QObject(parent), api_(api), wish_(std::move(wish)) {
    later_.setSingleShot(true);
    connect(&later_, &QTimer::timeout, this, [this] { next_(); });
    connect(&transfer_, &FileTransfer::completed, this, [this] { end({}); });
    connect(&transfer_, &FileTransfer::broke, this, &ServerFetch::onBroke);
}

void ServerFetch::start() {
    order();
}

void ServerFetch::order() {
    deliver(api_.orderDownload({wish_.mediaId, wish_.form.quality, wish_.form.format}), this,
            [this](const core::Result<DownloadInfo>& info) { take(info); });
}

void ServerFetch::ask() {
    deliver(api_.download(info_.id), this, [this](const core::Result<DownloadInfo>& info) { take(info); });
}

void ServerFetch::take(const core::Result<DownloadInfo>& info) {
    if (!info)
        return again(info.error());
    info_ = *info;
    if (info_.state == L("ready"))
        return load();
    if (info_.state == L("queued") || info_.state == L("making")) {
        next_ = [this] { ask(); };
        return later_.start(kAskEveryMs);
    }
    if (info_.state == L("expired"))
        return again({ErrorCode::Conflict, "expired", {}});
    end(core::fail(ErrorCode::Unprocessable, info_.error.isEmpty()
                                                 ? QT_TRANSLATE_NOOP("Devices", "The server did not make the file.")
                                                 : info_.error.toStdString()));
}

void ServerFetch::load() {
    transfer_.start({api_.absolute(info_.url), api_.accessToken(), wish_.folder},
                    [this](const core::HttpRequest& request, core::HttpSink sink) {
                        return api_.stream(request, std::move(sink));
                    });
}

void ServerFetch::onBroke(const Error& error) {
    if (error.code != ErrorCode::Unauthorized || attempts_ > 0)
        return again(error);
    ++attempts_;
    deliver(api_.refresh(), this, [this](const core::Result<Tokens>& tokens) {
        tokens ? load() : end(core::unexpected<Error>(tokens.error()));
    });
}

void ServerFetch::again(const Error& error) {
    if (!passes(error) || ++attempts_ >= kMostAttempts)
        return end(core::unexpected<Error>(error));
    next_ = [this] { order(); };
    later_.start(kAgainMs);
}

void ServerFetch::end(const core::Result<void>& result) {
    if (std::exchange(hasEnded_, true))
        return;
    if (result)
        Q_EMIT came();
    else
        Q_EMIT failed(result.error());
}

// What a thread waits for.
struct ServerFetcher::Errand {
    ServerFetch::Wish wish;
    std::mutex mutex;
    std::condition_variable changed;
    std::optional<core::Result<QString>> result;
    QPointer<QObject> work;  // GUI thread only

    void end(const core::Result<QString>& with) {
        const std::lock_guard lock(mutex);
        result = with;
        changed.notify_all();
    }
    // Nothing when it was called off.
    std::optional<core::Result<QString>> wait(sync::SyncControl& control) {
        std::unique_lock lock(mutex);
        while (!result && !control.isCancelled())
            changed.wait_for(lock, std::chrono::milliseconds(100));
        return result;
    }
};

ServerFetcher::ServerFetcher(ApiClient& api, QString folder, QObject* parent)
    : QObject(parent), api_(api), folder_(std::move(folder)) {}

// Two devices may want the same file at the same time.
void ServerFetcher::begin(const ErrandPtr& errand) {
    auto& row = rows_[errand->wish.folder];
    row << errand;
    if (row.size() == 1)
        start(errand);
}

void ServerFetcher::start(const ErrandPtr& errand) {
    QDir().mkpath(errand->wish.folder);
    auto* work = new ServerFetch(api_, errand->wish, this);
    errand->work = work;
    connect(work, &ServerFetch::came, this, [this, errand, work] {
        work->deleteLater();
        end(errand, handOver(errand->wish.folder));
    });
    connect(work, &ServerFetch::failed, this, [this, errand, work](const Error& error) {
        work->deleteLater();
        end(errand, core::unexpected<Error>(error));
    });
    work->start();
}

void ServerFetcher::end(const ErrandPtr& errand, const core::Result<QString>& with) {
    errand->end(with);
    leave(errand);
}

void ServerFetcher::leave(const ErrandPtr& errand) {
    const auto row = rows_.find(errand->wish.folder);
    if (row == rows_.end() || !row->contains(errand))
        return;
    const bool wasUnderWay = row->first() == errand;
    row->removeOne(errand);
    if (row->isEmpty())
        rows_.erase(row);
    else if (wasUnderWay)
        start(ErrandPtr(row->first()));
}

// It may just have come.
void ServerFetcher::callOff(const ErrandPtr& errand) {
    delete errand->work;
    leave(errand);
    const std::lock_guard lock(errand->mutex);
    if (errand->result && *errand->result)
        QDir(QFileInfo(**errand->result).path()).removeRecursively();
}

// Out of the way of the next that wants it. What a program that was killed has left there goes.
core::Result<QString> ServerFetcher::handOver(const QString& folder) {
    const QString own = QStringLiteral("%1/given-%2").arg(folder_).arg(++given_);
    QDir(own).removeRecursively();
    QDir().mkpath(own);
    if (!QFile::rename(PartFile::mediaPath(folder), PartFile::mediaPath(own)))
        return core::fail(ErrorCode::Busy, {});
    QDir(folder).removeRecursively();
    return PartFile::mediaPath(own);
}

ServerFetcher::Fetch ServerFetcher::fetch() {
    return [self = QPointer<ServerFetcher>(this), alive = std::weak_ptr<bool>(alive_), folder = folder_](
               const QString& mediaId, const DownloadForm& form, sync::SyncControl& control) -> core::Result<QString> {
        const QByteArray what = (mediaId + form.format + form.quality).toUtf8();
        const QString name = QString::fromLatin1(QCryptographicHash::hash(what, QCryptographicHash::Sha1).toHex());
        auto errand = std::make_shared<Errand>();
        errand->wish = {mediaId, form, folder + QLatin1Char('/') + name};
        const auto onGui = [alive, errand](std::function<void()> what_) {
            QMetaObject::invokeMethod(
                qApp,
                [alive, errand, what_ = std::move(what_)] {
                    alive.expired() ? errand->end(core::fail(ErrorCode::Cancelled, "The server was left.")) : what_();
                },
                Qt::QueuedConnection);
        };
        onGui([self, errand] { self->begin(errand); });
        const auto result = errand->wait(control);
        if (!result) {
            onGui([self, errand] { self->callOff(errand); });
            return core::fail(ErrorCode::Cancelled, "The sync was cancelled.");
        }
        return *result ? *result : core::unexpected<Error>(forTheEngine(result->error()));
    };
}

}  // namespace marea::app
