#include "app/offline/downloads.h"

#include <algorithm>
#include <limits>
#include <QDateTime>

#include "app/viewmodels/queuemodel.h"

namespace marea::app {

using core::Result;
using State = OfflineTask::State;
using Why = OfflineTask::Why;

namespace {

constexpr int kPollMs = 2000, kReconsiderMs = 15'000;
}  // namespace

Downloads::Downloads(ApiClient& api, OfflineLicences* licences, QObject* parent)
    : QObject(parent), api_(api), licences_(licences) {
    connectLicences();
    connect(&transfer_, &FileTransfer::began, this, &Downloads::onBegan);
    connect(&transfer_, &FileTransfer::broke, this, &Downloads::onBroke);
    connect(&transfer_, &FileTransfer::completed, this, &Downloads::onCompleted);
    connect(&transfer_, &FileTransfer::progressed, this, [this](qint64 received) {
        const int row = indexOf(loading_);
        if (row < 0)
            return;
        tasks_[row].received = received;
        attempts_.remove(loading_);
        Q_EMIT taskChanged(row);
    });
    poll_.setInterval(kPollMs);
    connect(&poll_, &QTimer::timeout, this, &Downloads::poll);
    again_.setSingleShot(true);
    connect(&again_, &QTimer::timeout, this, &Downloads::goOn);
    reconsider_.setInterval(kReconsiderMs);
    connect(&reconsider_, &QTimer::timeout, this, &Downloads::reconsider);
}

Downloads::~Downloads() {
    halt();
}

void Downloads::open(const QString& root, const QString& account) {
    halt();
    ++generation_;
    tasks_.clear();
    attempts_.clear();
    pictures_.clear();
    ordering_.clear();
    store_.reset();
    companions_.reset();
    if (licences_)
        licences_->open(account);
    if (!account.isEmpty()) {
        store_.emplace(root, account);
        companions_ = std::make_unique<Companions>(api_, *store_);
        connect(companions_.get(), &Companions::came, this, [this](const QString& id) {
            if (const int row = indexOf(id); row >= 0)
                Q_EMIT taskChanged(row);
        });
        for (const auto& task : store_->load())
            tasks_ << resumed(task);
        for (const auto& task : tasks_)
            if (licences_ && task.isProtected())
                licences_->read(task.mediaId);
        reconsider_.start();
    }
    Q_EMIT listChanged();
    goOn();
}

void Downloads::setOnline(bool online) {
    online_ = online;
    if (!online)
        return halt();
    for (const auto& task : tasks_)
        companions_->fetch(task);
    renewLicences();
    goOn();
}

void Downloads::halt() {
    transfer_.stop();
    poll_.stop();
    again_.stop();
    const int row = indexOf(std::exchange(loading_, {}));
    if (row >= 0 && tasks_[row].state == State::Loading) {
        tasks_[row].state = State::Waiting;
        Q_EMIT taskChanged(row);
    }
}

void Downloads::setLimit(qint64 bytes) {
    limit_ = bytes;
    reconsider();
}

int Downloads::indexOf(const QString& mediaId) const {
    const auto found =
        std::find_if(tasks_.begin(), tasks_.end(), [&](const auto& task) { return task.mediaId == mediaId; });
    return mediaId.isEmpty() || found == tasks_.end() ? -1 : static_cast<int>(found - tasks_.begin());
}

const OfflineTask* Downloads::find(const QString& mediaId) const {
    const int row = indexOf(mediaId);
    return row < 0 ? nullptr : &tasks_[row];
}

std::optional<OfflineTitle> Downloads::title(const QString& mediaId) const {
    const auto* task = find(mediaId);
    auto title = task && store_ ? Companions::read(*store_, *task) : std::nullopt;
    if (title && task->isProtected()) {
        title->sealed = true;
        title->secret = licences_ && licences_->holds(mediaId) ? licences_->find(mediaId)->secret : QByteArray();
    }
    return title;
}

QByteArray Downloads::artwork(const QString& path) const {
    const auto same = [&](const OfflineTask& task) { return Companions::samePicture(artworkPath(task.mediaId), path); };
    const auto found = std::find_if(tasks_.begin(), tasks_.end(), same);
    return found == tasks_.end() ? QByteArray() : Companions::artwork(*store_, found->mediaId);
}

QString Downloads::artworkPath(const QString& mediaId) const {
    auto& path = pictures_[mediaId];
    if (path.isEmpty() && store_)
        path = Companions::artworkPath(*store_, mediaId);
    return path;
}

QByteArray Downloads::waveform(const QString& mediaId) const {
    return store_ && find(mediaId) ? Companions::waveform(*store_, mediaId) : QByteArray();
}

QByteArray Downloads::lyrics(const QString& mediaId) const {
    return store_ && find(mediaId) ? Companions::lyrics(*store_, mediaId) : QByteArray();
}

OfflineRoom Downloads::room() const {
    OfflineRoom room;
    for (const auto& task : tasks_)
        room.used += task.received;
    room.limit = limit_;
    room.diskFree = store_ ? store_->diskFree() : 0;
    return room;
}

bool Downloads::change(const QString& mediaId, const std::function<void(OfflineTask&)>& how) {
    const int row = indexOf(mediaId);
    if (row < 0)
        return false;
    const auto before = tasks_[row];
    how(tasks_[row]);
    if (tasks_[row] != before)
        store(row);
    return true;
}

void Downloads::store(int row) {
    if (store_ && !store_->save(tasks_[row]) && tasks_[row].state != State::Failed) {
        tasks_[row].state = State::Paused;
        tasks_[row].why = Why::DiskFull;
    }
    Q_EMIT taskChanged(row);
}

void Downloads::add(const Wish& wish) {
    if (!store_ || !safeId(wish.item.id))
        return;
    if (find(wish.item.id)) {
        change(wish.item.id, [&](OfflineTask& task) { task.ahead = task.ahead && wish.ahead; });
        return resume(wish.item.id);
    }
    const auto entry = toEntry(wish.item);
    OfflineTask task;
    task.mediaId = wish.item.id;
    task.kind = wish.item.kind;
    task.title = entry.title;
    task.subtitle = entry.artist;
    task.music = entry.music;
    task.quality = wish.quality;
    task.format = wish.format;
    task.ahead = wish.ahead;
    task.addedAt = task.usedAt = QDateTime::currentMSecsSinceEpoch();
    tasks_ << task;
    store(static_cast<int>(tasks_.size()) - 1);
    Q_EMIT listChanged();
    goOn();
}

void Downloads::pause(const QString& mediaId) {
    const bool known = change(mediaId, [](OfflineTask& task) {
        if (task.done())
            return;
        task.state = State::Paused;
        task.why = Why::Person;
        task.problem.clear();
    });
    if (known && loading_ == mediaId)
        halt();
    goOn();
}

void Downloads::resume(const QString& mediaId) {
    attempts_.remove(mediaId);
    change(mediaId, [](OfflineTask& task) {
        if (task.state != State::Paused && task.state != State::Failed)
            return;
        if (task.state == State::Failed)
            task.url.clear();  // asked for anew
        task.state = State::Waiting;
        task.why = Why::None;
        task.problem.clear();
    });
    goOn();
}

void Downloads::remove(const QString& mediaId) {
    const int row = indexOf(mediaId);
    if (row < 0)
        return;
    if (loading_ == mediaId)
        halt();
    if (!tasks_[row].downloadId.isEmpty() && online_)
        deliver(api_.removeDownload(tasks_[row].downloadId), this, [](const Result<bool>&) {});
    const bool wasProtected = tasks_[row].isProtected();
    tasks_.removeAt(row);
    store_->remove(mediaId);
    if (licences_ && wasProtected)
        licences_->giveUp(mediaId);
    Q_EMIT listChanged();
    reconsider();
}

void Downloads::used(const QString& mediaId) {
    change(mediaId, [](OfflineTask& task) { task.usedAt = QDateTime::currentMSecsSinceEpoch(); });
    if (licences_)
        licences_->used(mediaId);
}

void Downloads::trimAhead(qint64 bytes) {
    OfflineRoom room;
    room.limit = bytes;
    room.diskFree = std::numeric_limits<qint64>::max();
    for (const auto& task : tasks_)
        room.used += task.ahead ? task.received : 0;
    for (const auto& gone : toMakeWay(tasks_, 0, room))
        remove(gone);
}

void Downloads::refresh(const QString& mediaId) {
    if (companions_ && online_ && find(mediaId))
        companions_->refresh(mediaId);
}

}  // namespace marea::app
