#include "app/viewmodels/sharingviewmodel.h"

#include <algorithm>
#include <QSettings>

#include "app/viewmodels/texts.h"
#include "app/viewmodels/times.h"

namespace marea::app {
namespace {

using L = QLatin1String;

const QString kOn = QStringLiteral("sharing/on");
const QString kPort = QStringLiteral("sharing/port");
const QString kHidden = QStringLiteral("sharing/hidden");
constexpr int kGuestsMs = 3000;

QStringList idsOf(const QList<LibraryGuest>& guests) {
    QStringList ids;
    for (const auto& guest : guests)
        ids << guest.id;
    return ids;
}

}  // namespace

SharingViewModel::SharingViewModel(OwnLibrary* own, QSettings& settings, QObject* parent)
    : QObject(parent), own_(own), settings_(settings) {
    again_.setInterval(kGuestsMs);
    connect(&again_, &QTimer::timeout, this, &SharingViewModel::askForGuests);
    codeEnds_.setSingleShot(true);
    codeEnds_.setInterval(kCodeMs);
    connect(&codeEnds_, &QTimer::timeout, this, &SharingViewModel::hideCode);
}

QStringList SharingViewModel::hidden() const {
    return settings_.value(kHidden).toStringList();
}

QVariantList SharingViewModel::guests() const {
    QVariantList list;
    for (const auto& guest : guests_)
        list << QVariantMap{
            {L("id"), guest.id}, {L("name"), guest.device}, {L("detail"), tr("seen %1").arg(times::ago(guest.seenAt))}};
    return list;
}

SharingWish SharingViewModel::wish() const {
    SharingWish wish;
    wish.port = static_cast<quint16>(settings_.value(kPort).toUInt());
    const auto left = hidden();
    if (left.isEmpty())
        return wish;
    wish.libraries = QStringList();
    for (const auto& id : libraries_)
        if (!left.contains(id))
            *wish.libraries << id;
    return wish;
}

void SharingViewModel::resume() {
    if (own_ && settings_.value(kOn).toBool())
        share();
}

void SharingViewModel::setOn(bool on) {
    if (!own_ || busy_ || on == on_)
        return;
    settings_.setValue(kOn, on);
    if (on)
        return share();
    busy_ = true;
    code_.clear();
    Q_EMIT changed();
    deliver(own_->stopSharing(), this, [this](const core::Result<bool>& stopped) {
        busy_ = false;
        if (!stopped)
            return fail(stopped.error());
        on_ = false;
        guests_.clear();
        again_.stop();
        Q_EMIT changed();
    });
}

void SharingViewModel::share() {
    busy_ = true;
    error_.clear();
    Q_EMIT changed();
    deliver(own_->share(wish()), this, [this](const core::Result<SharedAt>& at) {
        busy_ = false;
        if (!at)
            return fail(at.error());
        at_ = *at;
        on_ = true;
        settings_.setValue(kPort, at_.port);
        setWatched(watched_);
        askForGuests();
        Q_EMIT changed();
    });
}

// What is new is seen at once where nothing is hidden; else the guests' list of libraries is another.
void SharingViewModel::setLibraries(const QStringList& ids) {
    if (ids == libraries_)
        return;
    libraries_ = ids;
    if (on_ && !hidden().isEmpty())
        share();
}

void SharingViewModel::setHidden(const QString& library, bool hide) {
    auto left = hidden();
    left.removeAll(library);
    if (hide)
        left << library;
    settings_.setValue(kHidden, left);
    Q_EMIT changed();
    if (on_)
        share();
}

void SharingViewModel::newCode() {
    if (!on_)
        return;
    deliver(own_->guestCode(), this, [this](const core::Result<QString>& code) {
        if (!code)
            return fail(code.error());
        showCode(*code);
    });
}

// Who is in by now did not come by it: nobody has seen it yet.
void SharingViewModel::showCode(const QString& code) {
    deliver(own_->guests(), this, [this, code](const core::Result<QList<LibraryGuest>>& guests) {
        if (!guests)
            return fail(guests.error());
        if (!on_)
            return;
        guests_ = *guests;
        before_ = idsOf(guests_);
        code_ = code;
        codeEnds_.start();
        Q_EMIT changed();
    });
}

// It lets one device in: whoever is new came by it.
void SharingViewModel::hideUsedCode() {
    const auto now = idsOf(guests_);
    if (std::any_of(now.begin(), now.end(), [this](const QString& id) { return !before_.contains(id); }))
        hideCode();
}

void SharingViewModel::hideCode() {
    codeEnds_.stop();
    code_.clear();
    Q_EMIT changed();
}

void SharingViewModel::endGuest(const QString& id) {
    if (!own_)
        return;
    deliver(own_->endGuest(id), this, [this](const core::Result<bool>& ended) {
        if (!ended)
            fail(ended.error());
        askForGuests();
    });
}

void SharingViewModel::setWatched(bool watched) {
    watched_ = watched;
    if (!watched_)
        return again_.stop();
    if (on_) {
        askForGuests();
        again_.start();
    }
}

void SharingViewModel::askForGuests() {
    if (!on_)
        return;
    deliver(own_->guests(), this, [this](const core::Result<QList<LibraryGuest>>& guests) {
        if (!guests || !on_)
            return;
        guests_ = *guests;
        if (!code_.isEmpty())
            hideUsedCode();
        Q_EMIT changed();
    });
}

void SharingViewModel::fail(const core::Error& error) {
    error_ = texts::error(error);
    Q_EMIT changed();
}

}  // namespace marea::app
