#include "app/viewmodels/unsentpositions.h"

#include <algorithm>
#include <cmath>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace marea::app {
namespace {

constexpr qsizetype kMost = 200;  // the oldest go first
const QString kKey = QStringLiteral("player/unsent_positions");

// As the server's own rule, which starts these anew.
double nearStart(double duration) {
    return std::max(30.0, duration * 0.02);
}

QJsonObject toJson(const UnsentPosition& p) {
    return {{QStringLiteral("account"), p.account},     {QStringLiteral("media"), p.mediaId},
            {QStringLiteral("session"), p.sessionId},   {QStringLiteral("position"), p.position},
            {QStringLiteral("confirmed"), p.confirmed}, {QStringLiteral("duration"), p.duration}};
}

UnsentPosition fromJson(const QJsonObject& json) {
    return {json.value(QStringLiteral("account")).toString(),     json.value(QStringLiteral("media")).toString(),
            json.value(QStringLiteral("session")).toString(),     json.value(QStringLiteral("position")).toDouble(),
            json.value(QStringLiteral("confirmed")).toDouble(-1), json.value(QStringLiteral("duration")).toDouble()};
}

}  // namespace

bool stillOurs(const UnsentPosition& unsent, double onServer) {
    if (unsent.confirmed < 0)
        return false;
    const bool keptAsStart = onServer == 0 && unsent.confirmed < nearStart(unsent.duration);
    return keptAsStart || std::abs(onServer - unsent.confirmed) < 1;
}

QList<UnsentPosition> UnsentPositions::all() const {
    QList<UnsentPosition> list;
    const auto array = QJsonDocument::fromJson(settings_.value(kKey).toByteArray()).array();
    for (const auto& value : array)
        list << fromJson(value.toObject());
    return list;
}

void UnsentPositions::write(const QList<UnsentPosition>& list) {
    QJsonArray array;
    for (const auto& position : list)
        array << toJson(position);
    if (array.isEmpty())
        settings_.remove(kKey);
    else
        settings_.setValue(kKey, QJsonDocument(array).toJson(QJsonDocument::Compact));
    settings_.sync();
}

QList<UnsentPosition> UnsentPositions::of(const QString& account) const {
    auto list = all();
    list.removeIf([&](const auto& p) { return p.account != account; });
    return list;
}

void UnsentPositions::put(const UnsentPosition& position) {
    auto list = all();
    list.removeIf([&](const auto& p) { return p.account == position.account && p.mediaId == position.mediaId; });
    list << position;
    if (list.size() > kMost)
        list.removeFirst();
    write(list);
}

void UnsentPositions::remove(const QString& account, const QString& mediaId) {
    auto list = all();
    if (list.removeIf([&](const auto& p) { return p.account == account && p.mediaId == mediaId; }) > 0)
        write(list);
}

}  // namespace marea::app
