#include "app/offline/downloads.h"
#include "app/viewmodels/texts.h"

// What of Downloads is about protected titles: a licence comes before the file, and is renewed while the server is
// there.
namespace marea::app {

using State = OfflineTask::State;

void Downloads::connectLicences() {
    if (!licences_)
        return;
    connect(licences_, &OfflineLicences::changed, this, &Downloads::onLicence);
    connect(licences_, &OfflineLicences::refused, this, &Downloads::onRefused);
}

bool Downloads::isReady(const OfflineTask& task) const {
    const bool waits = task.state == State::Waiting || task.state == State::Loading;
    return waits && !task.url.isEmpty() && (!task.isProtected() || (licences_ && licences_->holds(task.mediaId)));
}

void Downloads::askForLicences() {
    if (!licences_ || again_.isActive())
        return;
    for (const auto& task : tasks_)
        if (task.state == State::Waiting && task.isProtected() && !task.url.isEmpty() &&
            !licences_->holds(task.mediaId))
            licences_->ask(task.mediaId, task.keyId);
}

void Downloads::renewLicences() {
    if (!licences_ || !online_)
        return;
    for (const auto& task : tasks_)
        if (task.done() && task.isProtected())
            licences_->renew(task.mediaId, task.keyId);
}

void Downloads::onLicence(const QString& mediaId) {
    const auto* licence = licences_->find(mediaId);
    change(mediaId, [&](OfflineTask& task) {
        task.until = licence ? licence->until : 0;
        task.problem.clear();
    });
    goOn();
}

// Of a title that is theirs no more nothing is kept.
void Downloads::onRefused(const QString& mediaId, const core::Error& error) {
    const auto* task = find(mediaId);
    if (!task)
        return;
    if (!task->done()) {
        later(mediaId, error);
    } else if (error.code == core::ErrorCode::NotFound && store_) {
        store_->removeFile(mediaId);
        change(mediaId, [&](OfflineTask& gone) {
            gone.state = State::Failed;
            gone.received = 0;
            gone.until = 0;
            gone.problem = tr("This title is not yours any more.");
        });
        Q_EMIT listChanged();
    } else {
        change(mediaId, [&](OfflineTask& kept) { kept.problem = texts::error(error); });
    }
    goOn();
}

}  // namespace marea::app
