#include "app/viewmodels/letters.h"

#include <algorithm>
#include <map>
#include <numeric>
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

// Letters in the order of the keys that they are of; what comes before letters has none.
std::string keyOfLetter(const QString& letter) {
    return letter == QLatin1String("#") ? std::string() : core::library::sortKey(letter.toStdString());
}

bool haveCursors(const QList<LetterPlace>& places) {
    return std::all_of(places.begin() + std::min<qsizetype>(1, places.size()), places.end(),
                       [](const LetterPlace& place) { return !place.cursor.isEmpty() && !place.before.isEmpty(); });
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

QList<LetterPlace> mergedLetters(const QList<QList<LetterPlace>>& lists, const QHash<QString, int>& copies,
                                 bool descending) {
    std::map<std::string, LetterPlace> byKey;
    for (const auto& list : lists)
        for (const auto& place : list) {
            auto& sum = byKey[keyOfLetter(place.letter)];
            sum.letter = place.letter;
            sum.count += place.count;
        }
    QList<LetterPlace> merged;
    for (const auto& [key, place] : byKey)
        if (const int count = place.count - copies.value(place.letter); count > 0)
            merged << LetterPlace{place.letter, count};
    if (descending)
        std::reverse(merged.begin(), merged.end());
    if (!std::all_of(lists.begin(), lists.end(), haveCursors))
        return merged;
    for (qsizetype i = 1; i < merged.size(); ++i) {
        merged[i].cursor = kFromLetter + merged[i].letter;
        merged[i].before = kBeforeLetter + merged[i].letter;
    }
    return merged;
}

QString letterOf(const QList<LetterPlace>& places, int row) {
    int end = 0;
    for (const auto& place : places)
        if (row < (end += place.count))
            return place.letter;
    return {};
}

// Signs that have no letter stand at both ends of a list.
qsizetype placeOf(const QList<LetterPlace>& places, const QString& letter, bool descending) {
    const auto key = keyOfLetter(letter);
    const auto isBefore = [&](qsizetype at) {
        if (places[at].letter == letter)
            return false;
        if (places[at].letter == QLatin1String("#"))
            return at == 0 && !(descending && places.size() == 1);
        const auto its = keyOfLetter(places[at].letter);
        return descending ? key < its : its < key;
    };
    qsizetype at = 0;
    while (at < places.size() && isBefore(at))
        ++at;
    return at;
}

int rowsBefore(const QList<LetterPlace>& places, qsizetype place) {
    return std::accumulate(places.begin(), places.begin() + place, 0,
                           [](int sum, const LetterPlace& before) { return sum + before.count; });
}

QList<LetterPlace> firstRows(const QList<LetterPlace>& places, int rows) {
    QList<LetterPlace> first;
    for (auto place = places.begin(); place != places.end() && rows > 0; ++place) {
        first << *place;
        first.last().count = std::min(place->count, rows);
        rows -= place->count;
    }
    return first;
}

}  // namespace marea::app
