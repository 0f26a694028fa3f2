#pragma once

#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>
#include <QStringList>

namespace marea::app {

// What stands in a list of an answer; none where it is not one.
template <class T, class F>
QList<T> listOf(const QJsonValue& value, F parse) {
    QList<T> list;
    for (const auto& entry : value.toArray())
        list << parse(entry.toObject());
    return list;
}

inline QStringList stringsOf(const QJsonValue& value) {
    QStringList list;
    for (const auto& entry : value.toArray())
        list << entry.toString();
    return list;
}

}  // namespace marea::app
