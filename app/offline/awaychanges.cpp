#include "app/offline/awaychanges.h"

#include <algorithm>
#include <QJsonArray>
#include <QJsonDocument>

namespace marea::app {
namespace {

using core::ErrorCode;
using L = QLatin1String;

const QString kKey = QStringLiteral("offline/changes");
constexpr qsizetype kMost = 500;  // the oldest go first

template <class T>
void over(std::optional<T>& earlier, const std::optional<T>& later) {
    if (later)
        earlier = later;
}

QJsonObject toJson(const AwayChange& c) {
    return {{L("account"), c.account},
            {L("media"), c.mediaId},
            {L("change"), toJson(c.change)},
            {L("at"), static_cast<double>(c.at)}};
}

AwayChange fromJson(const QJsonObject& json) {
    return {json[L("account")].toString(), json[L("media")].toString(), userChangeFrom(json[L("change")].toObject()),
            static_cast<qint64>(json[L("at")].toDouble())};
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
           a.change.rating.has_value() == b.change.rating.has_value();
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

QList<AwayChange> AwayChanges::all() const {
    QList<AwayChange> list;
    const auto array = QJsonDocument::fromJson(settings_.value(kKey).toByteArray()).array();
    for (const auto& value : array)
        list << fromJson(value.toObject());
    return list;
}

void AwayChanges::write(const QList<AwayChange>& list) {
    QJsonArray array;
    for (const auto& change : list)
        array << toJson(change);
    if (array.isEmpty())
        settings_.remove(kKey);
    else
        settings_.setValue(kKey, QJsonDocument(array).toJson(QJsonDocument::Compact));
    settings_.sync();
}

void AwayChanges::put(const QString& mediaId, const UserChange& change) {
    if (account_.isEmpty() || mediaId.isEmpty())
        return;
    auto list = all();
    for (const auto& part : partsOf(change)) {
        AwayChange now{account_, mediaId, part, clock_()};
        list.removeIf([&](const AwayChange& before) {
            const bool same = sameThing(before, now);
            if (same)
                now.change = merged(before.change, part);
            return same;
        });
        list << now;
    }
    while (list.size() > kMost)
        list.removeFirst();
    write(list);
}

std::optional<UserChange> AwayChanges::of(const QString& mediaId) const {
    std::optional<UserChange> found;
    for (const auto& change : all())
        if (change.account == account_ && change.mediaId == mediaId)
            found = merged(found.value_or(UserChange{}), change.change);
    return found;
}

void AwayChanges::drop(const AwayChange& told) {
    auto list = all();
    // What was changed again meanwhile is told again.
    list.removeIf([&](const AwayChange& c) { return sameThing(c, told) && c.at == told.at; });
    write(list);
}

void AwayChanges::send() {
    for (const auto& change : all()) {
        if (change.account != account_)
            continue;
        auto told = change.change;
        told.secondsAgo = std::max<qint64>(0, clock_() - change.at) / 1000.0;
        deliver(api_.change(change.mediaId, told), this, [this, change](const core::Result<bool>& done) {
            const auto code = done ? ErrorCode::Internal : done.error().code;
            const bool again = !done && (code == ErrorCode::Unavailable || code == ErrorCode::Timeout ||
                                         code == ErrorCode::Busy || code == ErrorCode::Unauthorized);
            if (again)
                return;
            drop(change);
            Q_EMIT sent(change.mediaId);
        });
    }
}

}  // namespace marea::app
