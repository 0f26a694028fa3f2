#include <algorithm>

#include "app/offline/downloads.h"
#include "app/viewmodels/texts.h"

// What runs by itself: asking the server for files, waiting for them to be made, bringing them.
namespace marea::app {

using core::Error;
using core::ErrorCode;
using core::Result;
using State = OfflineTask::State;
using Why = OfflineTask::Why;
using L = QLatin1String;

namespace {

constexpr int kMostAttempts = 5;  // of what is no trouble with the connection

bool isAway(const Error& error) {
    return error.code == ErrorCode::Unavailable || error.code == ErrorCode::Timeout;
}

}  // namespace

void Downloads::goOn() {
    if (!online_ || !store_)
        return;
    order();
    askForLicences();
    load();
    const bool preparing =
        std::any_of(tasks_.begin(), tasks_.end(), [](const auto& t) { return t.state == State::Preparing; });
    if (preparing && !poll_.isActive())
        poll_.start();
    else if (!preparing)
        poll_.stop();
}

// One after the other, so that an album is not a flood.
void Downloads::order() {
    if (!ordering_.isEmpty() || again_.isActive())
        return;
    const auto next = std::find_if(tasks_.begin(), tasks_.end(),
                                   [](const auto& t) { return t.state == State::Waiting && t.url.isEmpty(); });
    if (next == tasks_.end())
        return;
    ordering_ = next->mediaId;
    // What comes by itself is no reason to take a licence, and to give up the right to give something back.
    const bool encrypted = licences_ && !next->ahead;
    deliver(DownloadApi(api_).order({next->mediaId, next->quality, next->format}, encrypted), this,
            [this, id = next->mediaId, generation = generation_](const Result<OrderedDownload>& info) {
                if (generation != generation_)
                    return;
                ordering_.clear();
                onOrdered(id, info);
                goOn();
            });
    companions_->fetch(*next);
}

void Downloads::onOrdered(const QString& mediaId, const Result<OrderedDownload>& ordered) {
    if (!ordered)
        return later(mediaId, ordered.error());
    const auto* info = &ordered->info;
    change(mediaId, [&](OfflineTask& task) {
        task.downloadId = info->id;
        task.fileId = info->fileId;
        task.fileName = info->fileName;
        task.keyId = ordered->keyId;
        task.prepared = info->progress;
        task.size = task.received == 0 ? info->size : task.size;
        if (task.state != State::Waiting && task.state != State::Preparing)
            return;
        if (info->state == L("ready")) {
            task.url = info->url;
            task.state = State::Waiting;
        } else if (info->state == L("queued") || info->state == L("making")) {
            task.state = State::Preparing;
        } else {
            task.state = info->state == L("expired") ? State::Waiting : State::Failed;
            task.problem = info->error.isEmpty() ? tr("The server did not make the file.") : info->error;
        }
    });
}

void Downloads::poll() {
    for (const auto& task : tasks_)
        if (task.state == State::Preparing)
            deliver(DownloadApi(api_).download(task.downloadId), this,
                    [this, id = task.mediaId, generation = generation_](const Result<OrderedDownload>& info) {
                        if (generation != generation_ || (!info && isAway(info.error())))
                            return;
                        onOrdered(id, info);
                        goOn();
                    });
}

void Downloads::load() {
    QList<OfflineTask> ready;
    std::copy_if(tasks_.begin(), tasks_.end(), std::back_inserter(ready),
                 [this](const OfflineTask& task) { return isReady(task); });
    const int next = nextInTurn(ready);
    if (next < 0 || again_.isActive() || loading_ == ready[next].mediaId)
        return;
    halt();
    const auto task = ready[next];
    if (!hasRoom(task.mediaId, task.size))
        return load();
    if (loading_ == task.mediaId)
        return;  // begun while room was made
    loading_ = task.mediaId;
    change(loading_, [](OfflineTask& t) { t.state = State::Loading; });
    const QString url = task.isProtected() ? task.url + QStringLiteral("?encrypted=true") : task.url;
    transfer_.start({api_.absolute(url), api_.accessToken(), store_->folder(task.mediaId)},
                    [this](const core::HttpRequest& request, core::HttpSink sink) {
                        return api_.stream(request, std::move(sink));
                    });
}

// What was fetched by itself goes first; without room for it the title waits, with the reason.
bool Downloads::hasRoom(const QString& mediaId, qint64 size) {
    const auto* task = find(mediaId);
    const qint64 more = std::max<qint64>(0, size - task->received);
    auto others = tasks_;
    others.removeIf([&](const auto& t) { return t.mediaId == mediaId; });
    const auto way = task->ahead ? QStringList() : toMakeWay(others, more, room());
    for (const auto& gone : way)
        remove(gone);
    const auto why = whyNoRoom(more, room());
    if (why == Why::None)
        return true;
    change(mediaId, [&](OfflineTask& t) {
        t.state = State::Paused;
        t.why = why;
    });
    return false;
}

void Downloads::reconsider() {
    renewLicences();
    const auto now = room();
    for (int row = 0; row < tasks_.size(); ++row) {
        auto& task = tasks_[row];
        const bool full = task.state == State::Paused && (task.why == Why::DiskFull || task.why == Why::Limit);
        if (!full || whyNoRoom(std::max<qint64>(0, task.size - task.received), now) != Why::None)
            continue;
        task.state = State::Waiting;
        task.why = Why::None;
        store(row);
    }
    goOn();
}

void Downloads::onBegan(qint64 size) {
    const QString id = loading_;
    change(id, [&](OfflineTask& task) {
        task.size = size;
        task.problem.clear();
    });
    if (!hasRoom(id, size)) {
        halt();
        goOn();
    }
}

void Downloads::onCompleted(qint64 size) {
    const QString id = std::exchange(loading_, {});
    attempts_.remove(id);
    change(id, [&](OfflineTask& task) {
        task.state = State::Done;
        task.received = task.size = size;
        task.problem.clear();
    });
    if (const auto* task = find(id))
        Q_EMIT completed(id, task->title);
    goOn();
}

void Downloads::onBroke(const Error& error) {
    const QString id = std::exchange(loading_, {});
    if (const int row = indexOf(id); row >= 0) {
        tasks_[row].received = store_->bytesOf(id);
        tasks_[row].state = State::Waiting;
    }
    if (error.code == ErrorCode::Unauthorized && attempts_.value(id) == 0) {
        ++attempts_[id];
        deliver(api_.refresh(), this, [this](const Result<Tokens>&) { goOn(); });
        return;
    }
    later(id, error);
    goOn();
}

// Trouble with the connection passes, and a full disk too; a file that is gone is asked for anew. Other things are told
// to the person after some attempts.
void Downloads::later(const QString& mediaId, const Error& error) {
    const int attempt = ++attempts_[mediaId];
    change(mediaId, [&](OfflineTask& task) {
        const bool gone = error.code == ErrorCode::NotFound || error.code == ErrorCode::Conflict;
        task.problem = texts::error(error);
        if (error.code == ErrorCode::Busy && error.text.empty()) {
            task.state = State::Paused;
            task.why = Why::DiskFull;
            task.problem.clear();
        } else if (isAway(error) || (attempt < kMostAttempts && error.code != ErrorCode::Forbidden &&
                                     error.code != ErrorCode::Unprocessable && !(gone && task.url.isEmpty()))) {
            task.state = State::Waiting;
            if (gone || attempt % kMostAttempts == 0)
                task.url.clear();
        } else {
            task.state = State::Failed;
        }
    });
    again_.start(pauseBefore(attempt));
}

}  // namespace marea::app
