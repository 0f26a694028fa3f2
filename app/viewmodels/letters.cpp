#include "app/viewmodels/letters.h"

#include <algorithm>
#include <QLocale>
#include <QVariantMap>

namespace marea::app {
namespace {

// Latin letters in their order. Spanish has one more, which others see only where a title begins with it.
QStringList alphabet(const QList<LetterPlace>& present) {
    QStringList letters{QStringLiteral("#")};
    for (char c = 'A'; c <= 'Z'; ++c)
        letters << QString(QLatin1Char(c));
    const auto enye = QStringLiteral("Ñ");
    const bool used = std::any_of(present.begin(), present.end(), [&](const auto& p) { return p.letter == enye; });
    if (used || QLocale().language() == QLocale::Spanish)
        letters.insert(letters.indexOf(QStringLiteral("O")), enye);
    for (const auto& place : present)
        if (!letters.contains(place.letter))
            letters << place.letter;
    return letters;
}

}  // namespace

// A letter without titles stands where the next one that has some begins.
QVariantList letterRows(const QList<LetterPlace>& places, int total) {
    QVariantList list;
    if (places.isEmpty())
        return list;
    int row = 0;
    for (const auto& letter : alphabet(places)) {
        int before = 0, count = 0;
        for (const auto& place : places) {
            if (place.letter == letter) {
                count = place.count;
                row = before;
                break;
            }
            before += place.count;
        }
        list << QVariantMap{{QStringLiteral("text"), letter},
                            {QStringLiteral("row"), std::min(row, total - 1)},
                            {QStringLiteral("present"), count > 0}};
        row += count;
    }
    return list;
}

QString letterOf(const QList<LetterPlace>& places, int row) {
    int end = 0;
    for (const auto& place : places)
        if (row < (end += place.count))
            return place.letter;
    return {};
}

}  // namespace marea::app
