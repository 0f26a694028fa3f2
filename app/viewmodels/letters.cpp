#include "app/viewmodels/letters.h"

#include <algorithm>
#include <map>
#include <QLocale>
#include <QVariantMap>
#include <string>

#include "core/library/text.h"

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

// In the order of the keys that they are of; what comes before letters has none.
QList<LetterPlace> mergedLetters(const QList<QList<LetterPlace>>& lists, const QHash<QString, int>& copies,
                                 bool descending) {
    std::map<std::string, LetterPlace> byKey;
    for (const auto& list : lists)
        for (const auto& place : list) {
            const auto key =
                place.letter == QLatin1String("#") ? std::string() : core::library::sortKey(place.letter.toStdString());
            auto& sum = byKey[key];
            sum.letter = place.letter;
            sum.count += place.count;
        }
    QList<LetterPlace> merged;
    for (const auto& [key, place] : byKey)
        if (const int count = place.count - copies.value(place.letter); count > 0)
            merged << LetterPlace{place.letter, count};
    if (descending)
        std::reverse(merged.begin(), merged.end());
    return merged;
}

QString letterOf(const QList<LetterPlace>& places, int row) {
    int end = 0;
    for (const auto& place : places)
        if (row < (end += place.count))
            return place.letter;
    return {};
}

}  // namespace marea::app
