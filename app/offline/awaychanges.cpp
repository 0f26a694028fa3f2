#include "app/offline/awaychanges.h"

#include <algorithm>
#include <QJsonArray>
#include <QJsonDocument>
#include <utility>

namespace marea::app {
namespace {

using core::ErrorCode;
using L = QLatin1String;

const QString kKey = QStringLiteral("offline/changes"), kAside = QStringLiteral("offline/changes-aside");
constexpr qsizetype kMost = 2000, kMostAside = 100;  // the oldest go first

template <class T>
void over(std::optional<T>& earlier, const std::optional<T>& later) {
    if (later)
        earlier = later;
}

QJsonObject toJson(const AwayChange& c) {
    return {{L("account"), c.account},       {L("media"), c.mediaId},
            {L("change"), toJson(c.change)}, {L("at"), static_cast<double>(c.at)},
            {L("plays"), c.plays},           {L("kept"), c.kept}};
}

AwayChange fromJson(const QJsonObject& json) {
    return {json[L("account")].toString(),
            json[L("media")].toString(),
            userChangeFrom(json[L("change")].toObject()),
            static_cast<qint64>(json[L("at")].toDouble()),
            json[L("plays")].toInt(),
            json[L("kept")].toBool()};
}

// How far one is, whether one likes it, what one thinks of it: each has a time of its own.
QList<UserChange> partsOf(const UserChange& change) {
    QList<UserChange> parts;
    if (change.position || change.watched)
        parts << UserChange{change.watched, {}, change.position, {}, {}};
    if (change.favourite)
        parts << UserChange{{}, change.favourite, {}, {}, {}};
    if (change.rating)
        parts << UserChange{{}, {}, {}, change.rating, {}};
    return parts;
}

bool sameThing(const AwayChange& a, const AwayChange& b) {
    const auto progress = [](const UserChange& c) { return c.position || c.watched; };
    return a.account == b.account && a.mediaId == b.mediaId && progress(a.change) == progress(b.change) &&
           a.change.favourite.has_value() == b.change.favourite.has_value() &&
           a.change.rating.has_value() == b.change.rating.has_value() && (a.plays > 0) == (b.plays > 0);
}

bool isSame(const AwayChange& a, const AwayChange& b) {
    return sameThing(a, b) && a.at == b.at;
}

QString keyOf(const AwayChange& c) {
    return QString::fromUtf8(QJsonDocument(toJson(c)).toJson(QJsonDocument::Compact));
}

// Away, or not to be asked just now: it is tried again.
bool isForLater(ErrorCode code) {
    return code == ErrorCode::Unavailable || code == ErrorCode::Timeout || code == ErrorCode::Busy ||
           code == ErrorCode::Unauthorized || code == ErrorCode::Cancelled;
}

// Whoever refused it so refuses it again, however often it is told.
bool isForGood(ErrorCode code) {
    return code == ErrorCode::Invalid || code == ErrorCode::Forbidden || code == ErrorCode::NotFound ||
           code == ErrorCode::Conflict || code == ErrorCode::TooLarge || code == ErrorCode::Unprocessable;
}

}  // namespace

UserChange merged(UserChange earlier, const UserChange& later) {
    over(earlier.watched, later.watched);
    over(earlier.favourite, later.favourite);
    over(earlier.position, later.position);
    over(earlier.rating, later.rating);
    return earlier;
}

AwayChanges::AwayChanges(ApiClient& api, QSettings& settings, Clock clock, QObject* parent)
    : QObject(parent), api_(api), settings_(settings), clock_(std::move(clock)) {}

QList<AwayChange> AwayChanges::read(const QString& key) const {
    QList<AwayChange> list;
    const auto array = QJsonDocument::fromJson(settings_.value(key).toByteArray()).array();
    for (const auto& value : array)
        list << fromJson(value.toObject());
    return list;
}

QList<AwayChange> AwayChanges::all() const {
    return read(kKey);
}

QList<AwayChange> AwayChanges::aside() const {
    return read(kAside);
}

void AwayChanges::write(const QString& key, const QList<AwayChange>& list) {
    QJsonArray array;
    for (const auto& change : list)
        array << toJson(change);
    if (array.isEmpty())
        settings_.remove(key);
    else
        settings_.setValue(key, QJsonDocument(array).toJson(QJsonDocument::Compact));
    settings_.sync();
}

void AwayChanges::write(const QList<AwayChange>& list) {
    write(kKey, list);
}

void AwayChanges::putAside(const AwayChange& change, const core::Error& why) {
    auto list = aside();
    list << change;
    while (list.size() > kMostAside)
        list.removeFirst();
    write(kAside, list);
    drop(change);
    Q_EMIT gaveUp(change.mediaId, why);
}

void AwayChanges::put(const QString& mediaId, const UserChange& change, int plays) {
    if (account_.isEmpty() || mediaId.isEmpty())
        return;
    auto list = all();
    for (const auto& part : partsOf(change)) {
        AwayChange now{account_, mediaId, part, freshTime(list)};
        list.removeIf([&](const AwayChange& before) {
            const bool same = sameThing(before, now);
            if (same)
                now.change = merged(before.change, part);
            return same;
        });
        list << now;
    }
    if (plays > 0)
        list << AwayChange{account_, mediaId, {}, freshTime(list), plays};
    // Those that the copy has first: nothing of them is lost.
    std::stable_partition(list.begin(), list.end(), [&](const AwayChange& c) { return list.size() > kMost && c.kept; });
    while (list.size() > kMost)
        list.removeFirst();
    write(list);
    keepAll();
}

std::optional<UserChange> AwayChanges::of(const QString& mediaId) const {
    std::optional<UserChange> found;
    for (const auto& change : all())
        if (change.account == account_ && change.mediaId == mediaId)
            found = merged(found.value_or(UserChange{}), change.change);
    return found;
}

// By which one change is known from another.
qint64 AwayChanges::freshTime(const QList<AwayChange>& among) const {
    qint64 at = clock_();
    while (std::any_of(among.begin(), among.end(), [at](const AwayChange& c) { return c.at == at; }))
        ++at;
    return at;
}

void AwayChanges::drop(const AwayChange& told) {
    auto list = all();
    // What was changed again meanwhile is told again.
    list.removeIf([&](const AwayChange& c) { return isSame(c, told); });
    write(list);
}

void AwayChanges::keepAll() {
    for (const auto& change : copy_.keep ? all() : QList<AwayChange>()) {
        const QString key = keyOf(change);
        if (change.account != account_ || change.kept || keeping_.contains(key))
            continue;
        keeping_.insert(key);
        deliver(copy_.keep(change), this, [this, change, key](const core::Result<void>& done) {
            keeping_.remove(key);
            onKept(change, done);
        });
    }
}

// What cannot be kept just now is tried again with the next one; why not is said the first time.
void AwayChanges::onKept(const AwayChange& change, const core::Result<void>& done) {
    if (!done && isForGood(done.error().code))
        return putAside(change, done.error());
    const bool trouble = !done && !isForLater(done.error().code);
    if (trouble && !std::exchange(troubleSaid_, true))
        Q_EMIT refused(QString::fromStdString(done.error().text));
    if (!done)
        return;
    troubleSaid_ = false;
    auto list = all();
    for (auto& one : list)
        one.kept = one.kept || isSame(one, change);
    write(list);
}

// The copy does one thing after the other: what it was told to keep before, it has when it gives.
void AwayChanges::give() {
    again_ = giving_;
    if (account_.isEmpty() || giving_)
        return;
    giving_ = true;
    QList<AwayChange> given = all();
    given.removeIf([&](const AwayChange& c) { return c.account != account_; });
    deliver(copy_.give(account_), this, [this, given](const core::Result<void>& done) { onGiven(given, done); });
}

void AwayChanges::onGiven(const QList<AwayChange>& given, const core::Result<void>& done) {
    giving_ = false;
    const auto now = all();
    for (const auto& change : done ? given : QList<AwayChange>()) {
        const bool kept =
            std::any_of(now.begin(), now.end(), [&](const AwayChange& one) { return one.kept && isSame(one, change); });
        if (!kept)
            continue;
        drop(change);
        Q_EMIT sent(change.mediaId);
    }
    if (!done && !given.isEmpty() && !isForLater(done.error().code))
        Q_EMIT refused(QString::fromStdString(done.error().text));
    if (std::exchange(again_, false))
        give();
}

void AwayChanges::send() {
    if (copy_.give) {
        keepAll();
        return give();
    }
    for (const auto& change : all())
        if (change.account == account_ && change.plays == 0)
            tellByAge(change);
}

void AwayChanges::tellByAge(const AwayChange& change) {
    auto told = change.change;
    told.secondsAgo = std::max<qint64>(0, clock_() - change.at) / 1000.0;
    deliver(api_.change(change.mediaId, told), this, [this, change](const core::Result<bool>& done) {
        if (!done && isForGood(done.error().code))
            return putAside(change, done.error());
        if (!done)
            return;
        drop(change);
        Q_EMIT sent(change.mediaId);
    });
}

}  // namespace marea::app
